import { statSync } from 'node:fs';
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { Question, Reply } from './messages.js';

/** Who reads a database and answers questions about it. */
export interface Reader {
  /** A reader in this thread holds everybody up while it waits for a lock, and so it hardly waits. */
  readonly isPatient: boolean;
  ask(question: Question): void;
  /** Whether the program is to go on running for its sake. */
  keepRunning(isKept: boolean): void;
  /** Lets it end of its own accord. */
  end(): void;
  /** Ends it from outside. */
  kill(): void;
}

export interface ReaderEvents {
  readonly onReply: (reply: Reply) => void;
  /** It answers nothing more; the first cause that is told is the one. */
  readonly onEnd: (cause: string) => void;
}

/**
 * Bytes of a database from which on it is read in a thread of its own. Below, no question takes longer than a page that
 * is being written; and a thread takes a tenth of the memory that the server has in all.
 */
export const LARGE_BYTES = 64 * 1024 * 1024;

/** How long SQLite may wait in this thread for another program that holds a lock: as long as a small write takes. */
const IMPATIENT_MS = 25;

/** Whether the database at `path` has so many bytes, with its log. What can't be looked at is not large. */
export function isLarge(path: string, bytes: number): boolean {
  try {
    const sizes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    return sizes[0]! + sizes[1]! >= bytes;
  } catch {
    return false;
  }
}

/** What a thread and the end of a channel have in common. */
interface QuestionPort {
  postMessage(question: Question | null): void;
  ref(): void;
  unref(): void;
}

/** Reads in a thread. */
export function readInThread(worker: Worker, { onReply, onEnd }: ReaderEvents): Reader {
  worker.on('message', onReply);
  worker.on('error', (error: Error) => onEnd(error.message));
  worker.on('exit', (code) => onEnd(`exit code ${code}`));
  return { ...askThrough(worker), isPatient: true, kill: () => void worker.terminate() };
}

/** Reads in this thread, between its other work. */
export function readHere(path: string, { onReply, onEnd }: ReaderEvents): Reader {
  const { port1: port, port2: desk } = new MessageChannel();
  port.on('message', onReply);
  port.once('close', () => onEnd('it was ended'));
  // Loaded only here: a server that has a thread for it need not hold it twice.
  import('./question-desk.js').then(
    ({ QuestionDesk }) => {
      new QuestionDesk(path, desk, IMPATIENT_MS);
      desk.unref();
    },
    () => desk.close(),
  );
  return { ...askThrough(port), isPatient: false, kill: () => port.close() };
}

function askThrough(port: QuestionPort): Pick<Reader, 'ask' | 'keepRunning' | 'end'> {
  return {
    ask: (question) => port.postMessage(question),
    keepRunning: (isKept) => (isKept ? port.ref() : port.unref()),
    end: () => {
      port.ref();
      port.postMessage(null);
    },
  };
}
