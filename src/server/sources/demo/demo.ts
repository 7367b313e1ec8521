import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makePrivateFolder, removePrivateFolder, removeStaleFolders } from '../private-folder.js';

/** What the worker is told. */
export interface DemoTask {
  readonly path: string;
  readonly seed: number;
  readonly nowMs: number;
  readonly calls: number | undefined;
  /** Pause between two added calls: least and most. */
  readonly everyMs: readonly [least: number, most: number];
}

export interface StartDemoOptions {
  readonly seed: number;
  /** The demo's calls end here, and the added ones go on from here. */
  readonly now: Date;
  /** Where to make the demo's folder; default the system's folder for temporary files. */
  readonly directory?: string;
  /** About so many calls; default 24,000. */
  readonly calls?: number;
  /** Milliseconds between two added calls, least and most; default 2,000 to 6,000. */
  readonly everyMs?: readonly [least: number, most: number];
  /** The built worker; tests, which run from the sources, name another. */
  readonly worker?: URL;
}

export interface Demo {
  /** The database: a file with the daemon's tables, to be opened as the daemon's own would be. */
  readonly path: string;
  /** Stops adding calls and removes the folder. */
  stop(): Promise<void>;
}

/**
 * Makes a database of made-up calls in a temporary folder and keeps adding one every few seconds, all in a thread of its
 * own. Folders that killed runs left are removed first.
 * @throws Error where the folder or the database can't be made; nothing is left behind then.
 */
export async function startDemo(options: StartDemoOptions): Promise<Demo> {
  const { seed, now, directory, calls, everyMs = [2000, 6000] } = options;
  const file = options.worker ?? new URL('./demo-worker.js', import.meta.url);
  removeStaleFolders(directory);
  const folder = makePrivateFolder('demo', directory);
  const path = join(folder, 'db.sqlite');
  // Where nobody calls stop, at least nothing stays behind.
  const tidy = (): void => removePrivateFolder(folder);
  process.once('exit', tidy);
  const task: DemoTask = { path, seed, nowMs: now.getTime(), calls, everyMs };
  const worker = new Worker(file, { workerData: task });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  async function stop(): Promise<void> {
    worker.ref();
    worker.postMessage('stop');
    await ended;
    process.off('exit', tidy);
    removePrivateFolder(folder);
  }

  try {
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread that makes the demo data ended early')));
    });
  } catch (error) {
    await worker.terminate();
    process.off('exit', tidy);
    removePrivateFolder(folder);
    throw error;
  }
  // A later failure ends the added calls and not the server, which goes on showing what is there.
  worker.on('error', () => undefined);
  worker.unref();
  return { path, stop };
}
