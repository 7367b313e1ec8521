import { BodyEngine } from '../bodies/worker/engine.js';
import {
  type PatternTask,
  type PatternThread,
  type PatternNews,
  searchPattern,
} from '../bodies/worker/pattern-search.js';
import type { FromWorker, ToWorker } from '../bodies/worker/protocol.js';
import { openBodyBytes } from '../daemon/body-texts.js';
import { tellCall } from '../view/tell-call.js';
import { toRefusal } from '../controllers/body-refusal.js';
import { startWorker } from '../controllers/start-worker.js';

// The worker that holds bodies; and, under another name, the one that it runs regular expressions in.

const PATTERNS = 'hm-patterns';
const SLICE_CHARACTERS = 1 << 20;

/** What of a worker's global scope is used here. */
interface WorkerScope {
  readonly name: string;
  addEventListener(type: 'message', listener: (event: MessageEvent<never>) => void): void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

function serveBodies(): void {
  const tell = (message: FromWorker): void => scope.postMessage(message);
  const engine = new BodyEngine({
    fetchBody: ({ origin, callId }, side, signal) => openBodyBytes(origin, callId, side, signal),
    tell: (news) => tell({ type: 'news', news }),
    tellCall,
    sliceCharacters: SLICE_CHARACTERS,
    startPatternThread,
  });
  const asked = new Map<number, AbortController>();
  scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    const { ask } = data;
    if (data.type === 'cancel') {
      asked.get(ask)?.abort();
      return;
    }
    const controller = new AbortController();
    asked.set(ask, controller);
    void engine
      .answer(data.name, data.params as never, { ask, signal: controller.signal })
      .then(
        (answer) => tell({ type: 'answer', ask, answer }),
        (error: unknown) => tell({ type: 'refusal', ask, refusal: toRefusal(error) }),
      )
      .finally(() => asked.delete(ask));
  });
  tell({ type: 'ready' });
}

function servePatterns(): void {
  scope.addEventListener('message', ({ data }: MessageEvent<PatternTask>) => {
    searchPattern(data, (news) => scope.postMessage(news, [news.matches.buffer]));
  });
  scope.postMessage(null);
}

function startPatternThread(): PatternThread {
  const worker = startWorker(new URL(import.meta.url), PATTERNS);
  const thread: PatternThread = {
    send: (task) => worker.postMessage(task),
    receive: () => undefined,
    end: () => worker.terminate(),
  };
  worker.addEventListener('message', ({ data }: MessageEvent<PatternNews | null>) => thread.receive(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    thread.receive(new Error(event.message || 'the worker could not be started.'));
  });
  return thread;
}

if (scope.name === PATTERNS) servePatterns();
else serveBodies();
