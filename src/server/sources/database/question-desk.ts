import type { MessagePort } from 'node:worker_threads';
import type * as z from 'zod/mini';
import { bodySummaryAnswer } from '../../../api/body-summary.js';
import { callDetail, callsAnswer } from '../../../api/call.js';
import { facetsAnswer } from '../../../api/facets.js';
import { groupsAnswer } from '../../../api/groups.js';
import { pricingAnswer } from '../../../api/pricing.js';
import { projectsAnswer } from '../../../api/project.js';
import type { FilterQuery } from '../../../api/query.js';
import { repriceAnswer } from '../../../api/reprice.js';
import { seriesAnswer } from '../../../api/series.js';
import { stripAnswer } from '../../../api/strip.js';
import { writeJson } from '../../contract.js';
import type { JsonVerb } from '../../source.js';
import { DatabaseReader, type Circumstances } from './database-reader.js';
import type { NewestCalls } from './list-newest.js';
import { packError, type Question, type Reply, type Verb } from './messages.js';

/** Questions that are answered from the index. */
const FROM_INDEX: ReadonlySet<Verb> = new Set([
  'status',
  'projects',
  'calls',
  'facets',
  'series',
  'groups',
  'strip',
  'bodySummary',
  'reprice',
  'listSearched',
  'pricing',
]);

/** What is checked and written here, where it is made: only its bytes go through the port. */
const SHAPES: Readonly<Record<JsonVerb, z.core.$ZodType>> = {
  projects: projectsAnswer,
  calls: callsAnswer,
  facets: facetsAnswer,
  series: seriesAnswer,
  groups: groupsAnswer,
  strip: stripAnswer,
  bodySummary: bodySummaryAnswer,
  reprice: repriceAnswer,
  pricing: pricingAnswer,
  call: callDetail,
};

/** A small database is loaded within this time; of a large one the status says how far it is. */
const STATUS_WAITS_MS = 300;

const HAS_NO_FILTER: ReadonlySet<Verb> = new Set(['status', 'pricing']);

interface Waiting {
  readonly question: Question;
  readonly query: FilterQuery;
  /** Its first page without the index, as far as that is. */
  newest: NewestCalls | null;
  readonly sinceMs: number;
  /** How often the index had been loaded. */
  readonly loads: number;
}

/**
 * Holds the connection and answers what comes through a port, null being the end. Longer work is done in steps, and
 * between two of them whoever asked something meanwhile is answered.
 */
export class QuestionDesk {
  readonly #port: MessagePort;
  readonly #reader: DatabaseReader;
  #waiting: Waiting[] = [];
  #isScheduled = false;
  #isEnded = false;

  /** @param busyTimeoutMs how long SQLite may wait for another program that holds a lock, all else standing still */
  constructor(path: string, port: MessagePort, busyTimeoutMs?: number) {
    this.#port = port;
    this.#reader = new DatabaseReader(path, busyTimeoutMs);
    port.on('message', (question: Question | null) => this.#receive(question));
  }

  #receive(question: Question | null): void {
    if (question === null) return this.#end();
    if (!FROM_INDEX.has(question.verb)) this.#send(question, () => this.#answer(question));
    else {
      const query = HAS_NO_FILTER.has(question.verb) ? {} : (question.arguments[0] as FilterQuery);
      this.#settle(question, () => {
        const reader = this.#reader;
        if (reader.isReadyFor(query, question.circumstances.nowMs)) {
          this.#send(question, () => this.#answer(question));
        } else {
          const newest = question.verb === 'calls' ? reader.newest(question.circumstances, query) : null;
          this.#waiting.push({ question, query, newest, sinceMs: performance.now(), loads: reader.loads });
        }
      });
    }
    this.#schedule();
  }

  /** One step for everybody who waits, or of the work in the background; then a turn of the event loop for others. */
  #work(): void {
    this.#isScheduled = false;
    if (this.#isEnded) return;
    const asked = this.#waiting;
    this.#waiting = [];
    for (const one of asked) this.#settle(one.question, () => this.#attend(one));
    try {
      if (this.#reader.isBusy(Date.now())) this.#reader.advance(Date.now());
    } catch (error) {
      // Whoever asks next begins anew, and is told the same if it is still so.
      for (const { question } of this.#waiting) this.#post({ id: question.id, ok: false, failure: packError(error) });
      this.#waiting = [];
      return;
    }
    this.#schedule();
  }

  #attend(one: Waiting): void {
    const { question, query } = one;
    const reader = this.#reader;
    // In a database that grows faster than that, whoever has waited once is answered, however far behind the index is.
    if (reader.isReadyFor(query, question.circumstances.nowMs) || reader.loads > one.loads) {
      return this.#send(question, () => this.#answer(question));
    }
    if (question.verb === 'status' && performance.now() - one.sinceMs > STATUS_WAITS_MS) {
      return this.#send(question, () => reader.statusSoFar(question.circumstances));
    }
    if (one.newest !== null) {
      const page = reader.advanceNewest(one.newest);
      if (page !== null && page !== 'more') return this.#send(question, () => page);
      if (page === null) one.newest = null;
    }
    this.#waiting.push(one);
    reader.searchWords(query);
  }

  #answer({ verb, circumstances, arguments: rest }: Question): unknown {
    const verbs = this.#reader as unknown as Record<
      Verb,
      (circumstances: Circumstances, ...rest: unknown[]) => unknown
    >;
    return verbs[verb](circumstances, ...rest);
  }

  #send(question: Question, make: () => unknown): void {
    const { id, verb, asJson } = question;
    this.#settle(question, () => {
      const answer = make();
      if (!asJson || answer === null) return this.#post({ id, ok: true, answer }, listBuffers(answer));
      const bytes = writeJson(SHAPES[verb as JsonVerb], answer);
      this.#post({ id, ok: true, answer: bytes }, [bytes.buffer]);
    });
  }

  /** Runs something on behalf of a question, which fails with it. */
  #settle(question: Question, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#post({ id: question.id, ok: false, failure: packError(error) });
    }
  }

  #post(reply: Reply, handedOver: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(reply, handedOver);
  }

  /** Without work no transaction is opened: it would only stand in the way of a daemon that folds its log. */
  #schedule(): void {
    if (this.#isScheduled || this.#isEnded || (this.#waiting.length === 0 && !this.#reader.isBusy(Date.now()))) return;
    this.#isScheduled = true;
    setImmediate(() => this.#work());
  }

  /** Of its own accord, between two steps: a thread that is ended from outside while SQLite works takes the program with it. */
  #end(): void {
    this.#isEnded = true;
    this.#reader.close();
    this.#port.close();
  }
}

/** Bytes of a body are handed over: copying them would take longer than reading them. */
function listBuffers(answer: unknown): readonly ArrayBuffer[] {
  const { bytes } = (answer ?? {}) as { readonly bytes?: unknown };
  return bytes instanceof Uint8Array ? [bytes.buffer as ArrayBuffer] : [];
}
