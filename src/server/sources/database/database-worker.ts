import { parentPort, workerData } from 'node:worker_threads';
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

/**
 * The thread that holds the connection: what blocks in SQLite blocks here, and not the server. Longer work is done in
 * steps, and between two of them whoever asked something meanwhile is answered.
 */
const { path } = workerData as { path: string };
const reader = new DatabaseReader(path);

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

/** What is checked and written here, where it is made: in the server's own thread it would be garbage at once. */
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

let waiting: Waiting[] = [];
let isScheduled = false;
let isEnded = false;

function receive(question: Question | null): void {
  if (question === null) return end();
  if (!FROM_INDEX.has(question.verb)) send(question, () => answer(question));
  else {
    const query = HAS_NO_FILTER.has(question.verb) ? {} : (question.arguments[0] as FilterQuery);
    settle(question, () => {
      if (reader.isReadyFor(query, question.circumstances.nowMs)) send(question, () => answer(question));
      else {
        const newest = question.verb === 'calls' ? reader.newest(question.circumstances, query) : null;
        waiting.push({ question, query, newest, sinceMs: performance.now(), loads: reader.loads });
      }
    });
  }
  schedule();
}

/** One step for everybody who waits, or of the work in the background; then a turn of the event loop for others. */
function work(): void {
  isScheduled = false;
  if (isEnded) return;
  const asked = waiting;
  waiting = [];
  for (const one of asked) settle(one.question, () => attend(one));
  try {
    if (reader.isBusy(Date.now())) reader.advance(Date.now());
  } catch (error) {
    // Whoever asks next begins anew, and is told the same if it is still so.
    for (const { question } of waiting) post({ id: question.id, ok: false, failure: packError(error) });
    waiting = [];
    return;
  }
  schedule();
}

function attend(one: Waiting): void {
  const { question, query } = one;
  // In a database that grows faster than that, whoever has waited once is answered, however far behind the index is.
  if (reader.isReadyFor(query, question.circumstances.nowMs) || reader.loads > one.loads)
    return send(question, () => answer(question));
  if (question.verb === 'status' && performance.now() - one.sinceMs > STATUS_WAITS_MS) {
    return send(question, () => reader.statusSoFar(question.circumstances));
  }
  if (one.newest !== null) {
    const page = reader.advanceNewest(one.newest);
    if (page !== null && page !== 'more') return send(question, () => page);
    if (page === null) one.newest = null;
  }
  waiting.push(one);
  reader.searchWords(query);
}

function answer({ verb, circumstances, arguments: rest }: Question): unknown {
  const verbs = reader as unknown as Record<Verb, (circumstances: Circumstances, ...rest: unknown[]) => unknown>;
  return verbs[verb](circumstances, ...rest);
}

function send(question: Question, make: () => unknown): void {
  const { id, verb, asJson } = question;
  settle(question, () => {
    const answer = make();
    if (!asJson || answer === null) return post({ id, ok: true, answer }, listBuffers(answer));
    const bytes = writeJson(SHAPES[verb as JsonVerb], answer);
    post({ id, ok: true, answer: bytes }, [bytes.buffer]);
  });
}

/** Runs something on behalf of a question, which fails with it. */
function settle(question: Question, act: () => void): void {
  try {
    act();
  } catch (error) {
    post({ id: question.id, ok: false, failure: packError(error) });
  }
}

function post(reply: Reply, handedOver: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(reply, handedOver);
}

/** Bytes of a body are handed over: copying them would take longer than reading them. */
function listBuffers(answer: unknown): readonly ArrayBuffer[] {
  const { bytes } = (answer ?? {}) as { readonly bytes?: unknown };
  return bytes instanceof Uint8Array ? [bytes.buffer as ArrayBuffer] : [];
}

/** Without work no transaction is opened: it would only stand in the way of a daemon that folds its log. */
function schedule(): void {
  if (isScheduled || isEnded || (waiting.length === 0 && !reader.isBusy(Date.now()))) return;
  isScheduled = true;
  setImmediate(work);
}

/** Of its own accord, between two steps: a thread that is ended from outside while SQLite works takes the program with it. */
function end(): void {
  isEnded = true;
  reader.close();
  parentPort?.close();
}

parentPort?.on('message', receive);
