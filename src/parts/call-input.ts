import { CallKeys, type KeyActions } from './call-keys.js';
import type { CallsContext } from './calls-context.js';
import { type HeadOptions, HeadGestures } from './head-gestures.js';

/** Keys and gestures of the calls table: loaded once its first rows are drawn, since nobody can press a key before. */
export class CallInput {
  constructor({ host }: CallsContext, keys: KeyActions, heads: HeadOptions) {
    new CallKeys(host, keys);
    new HeadGestures(host, heads);
  }
}
