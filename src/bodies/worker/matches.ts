import type { BodyKey } from './protocol.js';

/** What is looked for in bodies, and what was found. */

export interface FindQuery {
  readonly text: string;
  readonly isRegExp: boolean;
  readonly matchesCase: boolean;
  readonly wholeWord: boolean;
}

/**
 * What is searched of a body. `stored`: the text as it stands, escapes and all, for the views that show it (text, tree,
 * events). `conversation`: what the conversation view shows: decoded texts, tool arguments and results.
 */
export interface FindTarget {
  readonly key: BodyKey;
  readonly in: 'stored' | 'conversation';
}

export interface FindProgress {
  /** The id of the question that this is about. */
  readonly ask: number;
  readonly total: number;
  /** In the order of the targets. */
  readonly counts: readonly number[];
  readonly isDone: boolean;
  /** There are more than are kept. */
  readonly isMore: boolean;
}

/** A decoded text of a conversation. */
export interface ConversationSpot {
  readonly section: 'system' | 'tools' | 'messages';
  /** Which tool or message; of the system prompt, which part. */
  readonly index: number;
  /** Which part, and which part of that, as indexes. */
  readonly parts: readonly number[];
  /** Name of the text within the part: `text`, `name`, `arguments`, `title`, `url`, `json`, `description`, `schema`. */
  readonly field: string;
  /** Of the part, tool or message. */
  readonly pointer: string;
}

export interface FindMatch {
  /** Its place in the order of all matches: by target, then by position. */
  readonly index: number;
  readonly key: BodyKey;
  /** Of the stored text, or of the spot's text. */
  readonly start: number;
  readonly end: number;
  /** Row of the wrapped text; null in a conversation. */
  readonly textRow: number | null;
  /** Null in stored text. */
  readonly spot: ConversationSpot | null;
  /** The match with what stands around it on its line. */
  readonly excerpt: { readonly before: string; readonly match: string; readonly after: string };
}
