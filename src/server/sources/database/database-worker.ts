import { parentPort, workerData } from 'node:worker_threads';
import { QuestionDesk } from './question-desk.js';

/** The thread that holds the connection: what blocks in SQLite blocks here, and not the server. */
const { path } = workerData as { readonly path: string };
new QuestionDesk(path, parentPort!);
