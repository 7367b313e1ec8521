import { Worker } from 'node:worker_threads';
import { BodyEngine } from '../../../src/bodies/worker/engine.js';
import type { PatternNews, PatternThread } from '../../../src/bodies/worker/pattern-search.js';
import { tellCall } from '../../../src/view/tell-call.js';
import type { Answer, BodyMeta, News, OpenBody, Params, QuestionName } from '../../../src/bodies/worker/protocol.js';

/** An engine as a worker has it, asked in Node. */
export class AskedEngine {
  readonly news: News[] = [];
  /** Threads that were started for regular expressions. */
  readonly threads: PatternThread[] = [];
  readonly #engine: BodyEngine;
  #asked = 0;

  constructor(chunks: readonly Uint8Array[] = [], sliceCharacters = 1 << 16) {
    this.#engine = new BodyEngine({
      fetchBody: () => Promise.resolve({ chunks: giveInTurns(chunks), totalBytes: null }),
      tell: (news) => {
        this.news.push(news);
        if (news.kind === 'body') void this.ask('painted', { key: news.meta.key });
      },
      tellCall,
      sliceCharacters,
      startPatternThread: () => {
        const thread = startThread();
        this.threads.push(thread);
        return thread;
      },
    });
  }

  ask<Name extends QuestionName>(
    name: Name,
    params: Params<Name>,
    signal = new AbortController().signal,
  ): Promise<Answer<Name>> {
    return this.#engine.answer(name, params, { ask: this.#asked++, signal });
  }

  open(text: string, options: Partial<OpenBody> = {}): Promise<BodyMeta> {
    return this.ask('open', { ...OPENED, source: { text }, ...options });
  }

  closeAll(): void {
    this.#engine.closeAll();
  }
}

export const OPENED = {
  key: 'a',
  side: 'request',
  provider: null,
  contentType: 'application/json',
  endsEarly: false,
  columns: 80,
} as const;

async function* giveInTurns(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const THREAD = `
  import { parentPort } from 'node:worker_threads';
  import { tsImport } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
  const { searchPattern } = await tsImport(
    ${JSON.stringify(new URL('../../../src/bodies/worker/pattern-search.ts', import.meta.url).href)},
    ${JSON.stringify(import.meta.url)},
  );
  parentPort.on('message', (task) => searchPattern(task, (news) => parentPort.postMessage(news)));
  parentPort.postMessage(null);
`;

function startThread(): PatternThread {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(THREAD)}`));
  const thread: PatternThread = {
    send: (task) => worker.postMessage(task),
    receive: () => undefined,
    end: () => void worker.terminate(),
  };
  worker.on('message', (news: PatternNews | null) => thread.receive(news));
  worker.on('error', (error) => thread.receive(error));
  return thread;
}
