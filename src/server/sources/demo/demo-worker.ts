import { chmodSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';
import type { DemoTask } from './demo.js';
import { generateDemo } from './generate.js';
import { LiveCalls } from './live.js';
import { Random } from './random.js';

/**
 * The thread that makes the demo's database and keeps it alive. Posts `ready` once the database is there; ends on any
 * message.
 */
const { path, seed, nowMs, calls, everyMs } = workerData as DemoTask;
const now = new Date(nowMs);
const startedAtMs = performance.now();
const db = new Database(path);
chmodSync(path, 0o600);
db.pragma('busy_timeout = 2000');
generateDemo(db, { seed, now, ...(calls === undefined ? {} : { calls }) });
// Everything into the main file, so that a reader starts from a small log.
db.pragma('wal_checkpoint(TRUNCATE)');

const live = new LiveCalls(db, { seed, generatedAt: now });
const pauses = new Random(seed, 78);
let timer: NodeJS.Timeout;

function addOne(): void {
  try {
    live.addCall(new Date(nowMs + performance.now() - startedAtMs));
  } catch {
    // A reader held the lock, or the disk is full: the next call may work, and the server goes on either way.
  }
  schedule();
}

function schedule(): void {
  timer = setTimeout(addOne, pauses.integer(...everyMs));
}

schedule();
parentPort?.once('message', () => {
  clearTimeout(timer);
  db.close();
});
parentPort?.postMessage('ready');
