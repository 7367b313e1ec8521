import type { Conversation } from '../conversation.js';
import { prettyPrint } from '../json-pretty.js';
import { readConversation } from '../providers/read-conversation.js';
import { listTexts } from './conversation-texts.js';
import { FindSession, type SearchedBody } from './find-session.js';
import type { Spot } from './fold-tree.js';
import { type BodyBytes, OpenedBody } from './opened-body.js';
import { PatternRunner, type PatternThread } from './pattern-search.js';
import type {
  Answer,
  BodyKey,
  BodySource,
  FindTarget,
  Folded,
  News,
  OpenBody,
  Params,
  QuestionName,
  Rows,
} from './protocol.js';
import { PREVIEW_CHARACTERS } from './protocol.js';
import { describeNode } from './tree-place.js';

/** What a question was asked with, beside its parameters. */
interface Asking {
  readonly ask: number;
  readonly signal: AbortSignal;
}

type Answers = {
  readonly [Name in QuestionName]: (params: Params<Name>, asking: Asking) => Answer<Name> | Promise<Answer<Name>>;
};

type Stored = Extract<BodySource, { callId: string }>;

interface Options {
  /** Asks the server for a body; throws as src/daemon does. */
  readonly fetchBody: (source: Stored, side: OpenBody['side'], signal: AbortSignal) => Promise<BodyBytes>;
  readonly tell: (news: News) => void;
  /** Characters that are read at a stretch: fewer where the user waits on the same thread. */
  readonly sliceCharacters: number;
  /** Starts a thread for regular expressions; null: there can be none here. */
  readonly startPatternThread: (() => PatternThread) | null;
}

/** One opened body with what came of it. */
interface Held {
  readonly body: OpenedBody;
  readonly closed: AbortController;
  readonly markPainted: () => void;
  /** Undefined: not looked for yet. */
  conversation: Conversation | null | undefined;
}

/** So long reading waits for the first rows to be drawn, at most. */
const LONGEST_WAIT_MS = 200;
const MOST_ROWS = 2_000;

/** Answers every question about bodies, in a worker or, where there can be none, in the page. */
export class BodyEngine {
  readonly #options: Options;
  readonly #held = new Map<BodyKey, Held>();
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
    for (const { closed } of this.#held.values()) closed.abort();
    this.#held.clear();
    this.#find?.ended.abort();
    this.#find = null;
    this.#runner.end();
  }

  readonly #answers: Answers = {
    open: (params, { signal }) => this.#open(params, signal),
    close: ({ key }) => {
      this.#held.get(key)?.closed.abort();
      this.#held.delete(key);
      return null;
    },
    wrap: async ({ key, columns }, { signal }) => {
      const { body, closed } = this.#get(key);
      if (columns !== body.rows.columns) await body.wrap(columns, AbortSignal.any([signal, closed.signal]));
      return body.meta;
    },
    textRows: ({ key, from, to }) => {
      const { rows, text } = this.#get(key).body;
      return sliceRows(from, to, rows.count, (row) => ({
        start: rows.startOf(row),
        line: rows.lineOf(row),
        isContinued: rows.isContinued(row),
        text: text.slice(rows.startOf(row), rows.endOf(row)),
      }));
    },
    place: ({ key, ...at }) => {
      const { body } = this.#get(key);
      return body.place('offset' in at ? at.offset : body.rows.startOf(body.rows.rowOfLine(at.line)));
    },
    text: ({ key, start, end }) => this.#get(key).body.text.slice(start, end),
    treeRows: ({ key, from, to }) => {
      const { tree } = this.#get(key).body;
      return tree?.rows(from, Math.min(to, from + MOST_ROWS)) ?? { from: 0, rows: [], total: 0 };
    },
    fold: ({ key, id, isOpen }) => {
      const { tree, spot } = this.#spot(key, id);
      tree.fold(spot, isOpen);
      return { treeRows: tree.rowCount, row: tree.rowOf(spot) };
    },
    foldAll: ({ key, id, isOpen }): Folded => {
      if (id !== null) {
        const { tree, spot } = this.#spot(key, id);
        tree.foldAll(spot, isOpen);
        return { treeRows: tree.rowCount, row: tree.rowOf(spot) };
      }
      const tree = this.#tree(key);
      tree.foldAll(null, isOpen);
      return { treeRows: tree.rowCount, row: 0 };
    },
    reveal: ({ key, ...where }) => {
      const tree = this.#tree(key);
      const place =
        'pointer' in where
          ? tree.findPointer(where.pointer)
          : { spot: 'id' in where ? tree.findId(where.id) : tree.findOffset(where.offset), found: 'exact' as const };
      if (!place?.spot) throw new RangeError('There is nothing there in this body.');
      const { spot, found } = place;
      const { rows } = tree.rows(tree.rowOf(spot), tree.rowOf(spot) + 1);
      const { pointer } = describeNode(spot.branch, spot.position, tree.read(spot));
      const { id, range } = rows[0]!;
      return { treeRows: tree.rowCount, row: tree.rowOf(spot), id, pointer, range, found };
    },
    node: ({ key, id }) => {
      const { tree, spot } = this.#spot(key, id);
      return describeNode(spot.branch, spot.position, tree.read(spot));
    },
    pretty: ({ key, id }) => {
      const { body } = this.#get(key);
      if (id !== undefined) {
        const { tree, spot } = this.#spot(key, id);
        const { document, text, start, end } = tree.read(spot);
        return document === null ? text.slice(start, end) : prettyPrint(document, start, end);
      }
      return body.json === null || body.fault !== null ? null : prettyPrint(body.json, 0, body.text.length);
    },
    events: ({ key, from, to }) => {
      const { body } = this.#get(key);
      const { events } = body;
      if (events === null) return { from: 0, rows: [], total: 0 };
      return sliceRows(from, to, events.count, (index) => {
        const { name, data, complete } = events.read(index);
        const [start, end] = [events.startOf(index), events.endOf(index)];
        const shown = data?.slice(0, PREVIEW_CHARACTERS) ?? null;
        return { index, name, data: shown, start, end, isComplete: complete, textRow: body.rows.rowAt(start) };
      });
    },
    conversation: ({ key }) => {
      const conversation = this.#conversation(key);
      if (conversation === null) return null;
      return { ...conversation, messages: conversation.messages.length, isRebuilt: false };
    },
    messages: ({ key, from, to }) => {
      const messages = this.#conversation(key)?.messages ?? [];
      return sliceRows(from, to, messages.length, (index) => messages[index]!);
    },
    marks: ({ key, from, to, category }) => {
      const { marks, rows } = this.#get(key).body;
      return sliceRows(from, to, marks.count(category), (place) => {
        const mark = marks.read(place, category);
        return { ...mark, textRow: rows.rowAt(mark.start) };
      });
    },
    stepMark: ({ key, offset, isBack, category }) => {
      const { marks, rows } = this.#get(key).body;
      const place = marks.step(offset, isBack, category);
      if (place === null) return null;
      const mark = marks.read(place, category);
      return { ...mark, textRow: rows.rowAt(mark.start) };
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
      this.#held.get(key)?.markPainted();
      return null;
    },
  };

  async #open(asked: OpenBody, signal: AbortSignal): Promise<Answer<'open'>> {
    const { key, source, side } = asked;
    this.#held.get(key)?.closed.abort();
    const closed = new AbortController();
    const { promise, resolve } = makeGate();
    const body: OpenedBody = new OpenedBody(asked, {
      sliceCharacters: this.#options.sliceCharacters,
      painted: promise,
      grew: () => {
        setTimeout(resolve, LONGEST_WAIT_MS);
        held.conversation = undefined;
        this.#options.tell({ kind: 'body', meta: body.meta });
      },
    });
    const held: Held = { body, closed, markPainted: resolve, conversation: undefined };
    this.#held.set(key, held);
    const ended = AbortSignal.any([signal, closed.signal]);
    try {
      if ('text' in source) await body.readText(source.text, ended);
      else await body.read(await this.#options.fetchBody(source, side, ended), ended);
    } catch (error) {
      if (this.#held.get(key) === held) this.#held.delete(key);
      throw error;
    }
    return body.meta;
  }

  #get(key: BodyKey): Held {
    const held = this.#held.get(key);
    if (held === undefined) throw new RangeError(`No body ${JSON.stringify(key)} is open.`);
    return held;
  }

  #tree(key: BodyKey): NonNullable<OpenedBody['tree']> {
    const { tree } = this.#get(key).body;
    if (tree === null) throw new RangeError('This body is no tree.');
    return tree;
  }

  #spot(key: BodyKey, id: string): { readonly tree: NonNullable<OpenedBody['tree']>; readonly spot: Spot } {
    const tree = this.#tree(key);
    const spot = tree.findId(id);
    if (spot === null) throw new RangeError(`The tree has no row ${JSON.stringify(id)}.`);
    return { tree, spot };
  }

  #conversation(key: BodyKey): Conversation | null {
    const held = this.#get(key);
    const { body } = held;
    if (held.conversation === undefined) {
      const { side, provider } = body.asked;
      held.conversation = body.json === null ? null : readConversation(body.text, { side, provider });
    }
    return held.conversation;
  }

  #searched(target: FindTarget): SearchedBody {
    const { body } = this.#get(target.key);
    const conversation = target.in === 'conversation' ? this.#conversation(target.key) : null;
    return {
      target,
      texts: conversation === null ? (target.in === 'stored' ? [{ text: body.text }] : []) : listTexts(conversation),
      rowAt: (offset) => body.rows.rowAt(offset),
    };
  }
}

function sliceRows<T>(from: number, to: number, total: number, read: (index: number) => T): Rows<T> {
  const end = Math.min(total, to, Math.max(0, from) + MOST_ROWS);
  const start = Math.max(0, Math.min(from, end));
  return { from: start, rows: Array.from({ length: end - start }, (_, index) => read(start + index)), total };
}

function makeGate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
