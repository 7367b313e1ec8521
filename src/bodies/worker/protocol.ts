import type { WireCallDetail } from '../../api/call.js';
import type { CamelCased } from '../../api/camel-case.js';
import type { BodyFormat } from '../body-format.js';
import type { AlignedRow } from '../compare/align.js';
import type { Stretch } from '../compare/differences.js';
import type { ToolDifference } from '../compare/field-differences.js';
import type { ValueDifference } from '../compare/json-differences.js';
import type { MessageDifference } from '../compare/message-differences.js';
import type { CacheVerdict } from '../compare/prompt-cache.js';
import type { TextDifference } from '../compare/text-differences.js';
import type { Conversation, Message, Part, ToolDefinition } from '../conversation.js';
import type { EventLink, StreamState } from '../streams/rebuilt-stream.js';
import type { RecordedTokens, Told, ToldCall, ToldHead, ToldTool, ToldTurn } from '../telling/told.js';
import type { FindQuery, FindTarget, FindProgress, FindMatch } from './matches.js';
import type { TextRow, TreeRow, Rows, Folded, Revealed, TreeNode, EventRow, Mark } from './rows.js';

/**
 * What a page and the worker that holds its bodies say to each other: types only. Offsets are JavaScript characters
 * (UTF-16 units) of the stored text, lines and columns count from 1, everything else from 0; ranges end before `end`.
 */

/** Names an opened body; the page chooses it. */
export type BodyKey = string;

/** Where the text comes from: the API, or the page itself (what was rebuilt, or pasted). */
export type BodySource = { readonly origin: string; readonly callId: string } | { readonly text: string };

export interface OpenBody {
  readonly key: BodyKey;
  readonly source: BodySource;
  readonly side: 'request' | 'response';
  /** As recorded; null: unknown. */
  readonly provider: string | null;
  readonly contentType: string | null;
  /** More was sent than is stored (`truncated`), or the stream stopped (`incomplete`): an early end is no fault. */
  readonly endsEarly: boolean;
  /** Columns at which lines of text are wrapped. */
  readonly columns: number;
}

/** What is known of a body, while it is read and after. */
export interface BodyMeta {
  readonly key: BodyKey;
  readonly isRead: boolean;
  /** `text` also for what looked like JSON until its `fault`. */
  readonly format: BodyFormat;
  /** UTF-8, so far. */
  readonly bytes: number;
  /** Null: not known before all is read. */
  readonly totalBytes: number | null;
  readonly characters: number;
  /** Rows of the text, wrapped at `columns`. */
  readonly textRows: number;
  readonly columns: number;
  /** Rows of the folding tree as it stands; 0: there is none. */
  readonly treeRows: number;
  /** Of a stream; else 0. */
  readonly events: number;
  /** The text ends in the middle, as `endsEarly` said it might. */
  readonly isCut: boolean;
  /** Why it is no JSON though it looks like it. The tree then goes up to there. */
  readonly fault: JsonFault | null;
  /** Redaction marks by category, commonest first. One secret may stand under two names, so these are "up to". */
  readonly marks: readonly { readonly category: string; readonly count: number }[];
}

/** The first place at which a text is no JSON. */
export interface JsonFault {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly textRow: number;
  /** In words: `a value`, `a comma or "]"`, `a digit`. */
  readonly expected: string;
  /** The character that stands there instead; null: the text ends there. */
  readonly found: string | null;
}

/** A conversation without its messages: those are asked for in slices. */
export type ConversationHead = Omit<Conversation, 'messages' | 'system' | 'tools'> & {
  readonly messages: number;
  readonly system: readonly Part[];
  readonly tools: readonly ToolDefinition[];
  /** How the stream that it was put together from ended; its places are then those of `rebuilt`. Null: it was no stream. */
  readonly stream: StreamState | null;
  /** The same, to be drawn. */
  readonly told: ToldHead;
};

/** How the conversations of several bodies stand to each other, message by message. */
export interface Comparison {
  /** One row for messages that stand level; cells are indexes of messages, in the order of the keys. */
  readonly rows: readonly AlignedRow[];
  /** The rows with equal ones folded. */
  readonly stretches: readonly Stretch[];
  /** Of each body but the first, what differs from the first one. */
  readonly against: readonly HeadDifference[];
}

/** What differs between two requests apart from their messages. */
export interface HeadDifference {
  readonly parameters: readonly ValueDifference[];
  readonly tools: readonly ToolDifference[];
  readonly system: TextDifference;
}

/** What a call is known by beside its prompt. */
export interface PromptOf {
  readonly key: BodyKey;
  readonly model: string | null;
  /** Input, cache reads and cache writes together; null: unknown. */
  readonly promptTokens: number | null;
}

/** A call that is to be told of. */
export interface ToldOf {
  readonly call: CamelCased<WireCallDetail>;
  readonly timeZone: string;
}

interface MessagePlace {
  readonly key: BodyKey;
  /** Null: the system prompt. */
  readonly message: number | null;
}

type Slice = { readonly key: BodyKey; readonly from: number; readonly to: number };
type Ask<Params, Answer> = { readonly params: Params; readonly answer: Answer };

/** Everything that can be asked, by name. */
export interface Questions {
  /** Answers when all is read; `body` news come before, the first as soon as there are rows to show. */
  open: Ask<OpenBody, BodyMeta>;
  /** Forgets a body, and stops reading it. */
  close: Ask<{ readonly key: BodyKey }, null>;
  /** Wraps the text at another width. */
  wrap: Ask<{ readonly key: BodyKey; readonly columns: number }, BodyMeta>;
  textRows: Ask<Slice, Rows<TextRow>>;
  /** Where an offset, or the first row of a line, stands. */
  place: Ask<
    { readonly key: BodyKey } & ({ readonly offset: number } | { readonly line: number }),
    { readonly textRow: number; readonly line: number; readonly column: number }
  >;
  /** A stretch of the stored text. */
  text: Ask<{ readonly key: BodyKey; readonly start: number; readonly end: number }, string>;
  treeRows: Ask<Slice, Rows<TreeRow>>;
  fold: Ask<{ readonly key: BodyKey; readonly id: string; readonly isOpen: boolean }, Folded>;
  /** Opens or closes all below a row, or everything; opening ends at OPENED_AT_ONCE. */
  foldAll: Ask<{ readonly key: BodyKey; readonly id: string | null; readonly isOpen: boolean }, Folded>;
  /** Opens the way to a pointer, an offset of the stored text, or a row that may be folded away. */
  reveal: Ask<
    { readonly key: BodyKey } & ({ readonly pointer: string } | { readonly offset: number } | { readonly id: string }),
    Revealed
  >;
  node: Ask<{ readonly key: BodyKey; readonly id: string }, TreeNode>;
  /** JSON with line ends and indents, all else as written; of one row or of the whole body. Null: it is no JSON. */
  pretty: Ask<{ readonly key: BodyKey; readonly id?: string }, string | null>;
  events: Ask<Slice, Rows<EventRow>>;
  /** Null: no form that is known. */
  conversation: Ask<{ readonly key: BodyKey; readonly recorded?: readonly RecordedTokens[] }, ConversationHead | null>;
  messages: Ask<Slice, Rows<Message>>;
  /** The messages, to be drawn. */
  told: Ask<Slice, Rows<ToldTurn>>;
  /** What is said of a call, to be drawn; of no body. Times are of this zone. */
  toldCall: Ask<ToldOf, ToldCall>;
  /** The tool definitions, to be drawn. */
  toldTools: Ask<{ readonly key: BodyKey }, readonly ToldTool[]>;
  /** Texts as Markdown; null for one that can't be read so. */
  markdown: Ask<{ readonly key: BodyKey; readonly texts: readonly string[] }, readonly (Told | null)[]>;
  /** The message that a stream was put together into, as JSON; null: it is no stream, or nothing came that belongs to one. */
  rebuilt: Ask<{ readonly key: BodyKey }, string | null>;
  /** What events `from` to `to` added to the rebuilt message. */
  eventLinks: Ask<Slice, readonly EventLink[]>;
  /** Null: not every body is a conversation. */
  compare: Ask<{ readonly keys: readonly BodyKey[] }, Comparison | null>;
  /** Of each body but the first, what differs from the first one before the messages; null: not every one is a conversation. */
  compareHeads: Ask<{ readonly keys: readonly BodyKey[] }, readonly HeadDifference[] | null>;
  /** What differs in the words of two messages; null: there is no such message. */
  compareMessages: Ask<{ readonly from: MessagePlace; readonly to: MessagePlace }, MessageDifference | null>;
  /** The first place at which the later prompt could no longer match the cache of the earlier one; null: there is no cache. */
  cacheBreak: Ask<{ readonly earlier: PromptOf; readonly later: PromptOf }, CacheVerdict | null>;
  /** Marks, all or of one category. */
  marks: Ask<Slice & { readonly category?: string }, Rows<Mark>>;
  /** The next mark after an offset, or the one before it; goes round at the ends. Null: there is none. */
  stepMark: Ask<
    { readonly key: BodyKey; readonly offset: number; readonly isBack: boolean; readonly category?: string },
    Mark | null
  >;
  /** Searches; ends the search before. Answers at the end, `find` news come before. An invalid or endless expression is refused. */
  find: Ask<{ readonly targets: readonly FindTarget[]; readonly query: FindQuery }, FindProgress>;
  /** Forgets the matches. */
  endFind: Ask<null, null>;
  matches: Ask<{ readonly from: number; readonly to: number }, Rows<FindMatch>>;
  /** Matches that touch a stretch of the stored text, for marking what is on the screen. */
  matchesIn: Ask<{ readonly key: BodyKey; readonly start: number; readonly end: number }, readonly FindMatch[]>;
  /** The first match at or after a place, or the last before it; goes round at the ends. Null: there is none. */
  stepMatch: Ask<{ readonly key: BodyKey; readonly offset: number; readonly isBack: boolean }, FindMatch | null>;
  /** The first rows are on the screen: reading may go on at full speed. */
  painted: Ask<{ readonly key: BodyKey }, null>;
}

export type QuestionName = keyof Questions;
export type Params<Name extends QuestionName> = Questions[Name]['params'];
export type Answer<Name extends QuestionName> = Questions[Name]['answer'];

export type News =
  { readonly kind: 'body'; readonly meta: BodyMeta } | { readonly kind: 'find'; readonly progress: FindProgress };

/** Why something could not be answered, so that it can be thrown again on the page under the same name. */
export interface Refusal {
  /** `UnreachableError`, `ProblemError`, `ContractError`, `AbortError`, `FindError`, or another error's own name. */
  readonly name: string;
  readonly message: string;
  /** Of HTTP, of a ProblemError. */
  readonly status?: number;
}

export type ToWorker =
  | { readonly type: 'ask'; readonly ask: number; readonly name: QuestionName; readonly params: unknown }
  | { readonly type: 'cancel'; readonly ask: number };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly ask: number; readonly answer: unknown }
  | { readonly type: 'refusal'; readonly ask: number; readonly refusal: Refusal }
  | { readonly type: 'news'; readonly news: News };
