import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';
import * as z from 'zod/mini';

const db = new Database(workerData);
parentPort.on('message', (question) => {
  parentPort.postMessage(z.parse(z.string(), question));
});
parentPort.postMessage(db.prepare('select count(*) from requests').raw().get());
