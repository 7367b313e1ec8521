import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseReader, type Circumstances } from './database-reader.js';
import { packError, type Question, type Reply, type Verb } from './messages.js';

/** The thread that holds the connection: what blocks in SQLite blocks here, and not the server. */
const { path } = workerData as { path: string };
const reader = new DatabaseReader(path);

function answer(question: Question): Reply {
  try {
    const verbs = reader as unknown as Record<Verb, (circumstances: Circumstances, ...rest: unknown[]) => unknown>;
    return {
      id: question.id,
      ok: true,
      answer: verbs[question.verb](question.circumstances, ...question.arguments),
    };
  } catch (error) {
    return { id: question.id, ok: false, failure: packError(error) };
  }
}

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)));
