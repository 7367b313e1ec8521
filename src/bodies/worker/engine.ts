import { listTexts } from './conversation-texts.js';
import { FindSession, type SearchedBody } from './find-session.js';
import { type HeldBody, HeldBodies } from './held-bodies.js';
import { type BodyBytes, OpenedBody } from './opened-body.js';
import { PatternRunner, type PatternThread } from './pattern-search.js';
import type { ToldCall } from '../telling/told.js';
import type { Answer, BodySource, News, OpenBody, Params, QuestionName, ToldOf } from './protocol.js';
import type { FindTarget } from './matches.js';
import { answerRows } from './row-answers.js';
import { sliceRows } from './slice-rows.js';
import { answerTalk } from './talk-answers.js';

/** What a question was asked with, beside its parameters. */
interface Asking {
  readonly ask: number;
  readonly signal: AbortSignal;
}

export type Answers = {
  readonly [Name in QuestionName]: (params: Params<Name>, asking: Asking) => Answer<Name> | Promise<Answer<Name>>;
};

type Stored = Extract<BodySource, { callId: string }>;

interface Options {
  /** Asks the server for a body; throws as src/daemon does. */
  readonly fetchBody: (source: Stored, side: OpenBody['side'], signal: AbortSignal) => Promise<BodyBytes>;
  readonly tell: (news: News) => void;
  readonly tellCall: (of: ToldOf) => ToldCall;
  /** Characters that are read at a stretch: fewer where the user waits on the same thread. */
  readonly sliceCharacters: number;
  /** Starts a thread for regular expressions; null: there can be none here. */
  readonly startPatternThread: (() => PatternThread) | null;
}

/** So long reading waits for the first rows to be drawn, at most. */
const LONGEST_WAIT_MS = 200;

/** Answers every question about bodies, in a worker or, where there can be none, in the page. */
export class BodyEngine {
  readonly #options: Options;
  readonly #bodies = new HeldBodies();
  readonly #runner: PatternRunner;
  #find: { readonly session: FindSession; readonly ended: AbortController } | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#runner = new PatternRunner(options.startPatternThread);
  }

  /** Answers one question. Throws a RangeError where it makes no sense. */
  async answer<Name extends QuestionName>(name: Name, params: Params<Name>, asking: Asking): Promise<Answer<Name>> {
    const answers: Answers = this.#answers;
    return answers[name](params, asking);
  }

  /** Forgets everything. */
  closeAll(): void {
    this.#bodies.clear();
    this.#find?.ended.abort();
    this.#find = null;
    this.#runner.end();
  }

  readonly #answers: Answers = {
    ...answerRows(this.#bodies),
    ...answerTalk(this.#bodies),
    toldCall: (of) => this.#options.tellCall(of),
    open: (params, { signal }) => this.#open(params, signal),
    close: ({ key }) => {
      this.#bodies.remove(key);
      return null;
    },
    wrap: async ({ key, columns }, { signal }) => {
      const { body, closed } = this.#bodies.get(key);
      if (columns !== body.rows.columns) await body.wrap(columns, AbortSignal.any([signal, closed.signal]));
      return body.meta;
    },
    find: async ({ targets, query }, { ask, signal }) => {
      this.#find?.ended.abort();
      const ended = new AbortController();
      const bodies = targets.map((target) => this.#searched(target));
      const session = new FindSession(ask, query, bodies, (progress) => this.#options.tell({ kind: 'find', progress }));
      this.#find = { session, ended };
      await session.run(this.#runner, AbortSignal.any([signal, ended.signal]));
      return session.progress;
    },
    endFind: () => {
      this.#find?.ended.abort();
      this.#find = null;
      this.#runner.end();
      return null;
    },
    matches: ({ from, to }) => {
      const session = this.#find?.session;
      return sliceRows(from, to, session?.total ?? 0, (index) => session!.read(index)!);
    },
    matchesIn: ({ key, start, end }) => this.#find?.session.within(key, start, end) ?? [],
    stepMatch: ({ key, offset, isBack }) => this.#find?.session.step(key, offset, isBack) ?? null,
    painted: ({ key }) => {
      this.#bodies.find(key)?.markPainted();
      return null;
    },
  };

  async #open(asked: OpenBody, signal: AbortSignal): Promise<Answer<'open'>> {
    const { key, source, side } = asked;
    const closed = new AbortController();
    const { promise, resolve } = makeGate();
    const body: OpenedBody = new OpenedBody(asked, {
      sliceCharacters: this.#options.sliceCharacters,
      painted: promise,
      grew: () => {
        setTimeout(resolve, LONGEST_WAIT_MS);
        held.talk = undefined;
        this.#options.tell({ kind: 'body', meta: body.meta });
      },
    });
    const held: HeldBody = { body, closed, markPainted: resolve, talk: undefined };
    this.#bodies.add(key, held);
    const ended = AbortSignal.any([signal, closed.signal]);
    try {
      if ('text' in source) await body.readText(source.text, ended);
      else await body.read(await this.#options.fetchBody(source, side, ended), ended);
    } catch (error) {
      if (this.#bodies.find(key) === held) this.#bodies.remove(key);
      throw error;
    }
    return body.meta;
  }

  #searched(target: FindTarget): SearchedBody {
    const { body } = this.#bodies.get(target.key);
    const conversation = target.in === 'conversation' ? this.#bodies.talk(target.key).conversation : null;
    return {
      target,
      texts: conversation === null ? (target.in === 'stored' ? [{ text: body.text }] : []) : listTexts(conversation),
      rowAt: (offset) => body.rows.rowAt(offset),
    };
  }
}

function makeGate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
