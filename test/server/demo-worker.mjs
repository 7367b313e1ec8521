// Lets the demo's thread run from its TypeScript source: threads don't inherit the loader of the tests.
import { register } from 'tsx/esm/api';

register();
await import('../../src/server/sources/demo/demo-worker.ts');
