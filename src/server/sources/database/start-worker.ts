import { Worker } from 'node:worker_threads';

/**
 * What it may have of the JavaScript heap. Little room for what is young keeps it small: columns lie outside the heap,
 * and what is made for an answer is soon gone.
 */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 1024 };

/** Starts the thread that reads the database at `path`: the built file beside this one, or the source as it stands. */
export function startWorker(path: string): Worker {
  const workerData = { path };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./database-worker.js', import.meta.url), { workerData, resourceLimits: LIMITS });
  }
  // In tests Node runs TypeScript through tsx, which Node 20 does not carry over into a worker's first file.
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = JSON.stringify(new URL('./database-worker.ts', import.meta.url).href);
  const bootstrap = `import(${tsx}).then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(bootstrap, { eval: true, execArgv: [], workerData, resourceLimits: LIMITS });
}
