/** Rows of the views that show a body as it is stored; offsets and counting as in `protocol.ts`. */

/** One row of wrapped text. */
export interface TextRow {
  readonly start: number;
  readonly line: number;
  /** It goes on with the line of the row above. */
  readonly isContinued: boolean;
  /** Without the line's end. */
  readonly text: string;
}

export type TreeRowKind =
  | 'object'
  | 'array'
  | 'string'
  | 'number'
  | 'literal'
  /** An event of a stream. */
  | 'event'
  /** One stretch of an opened long string, or of what is no JSON. */
  | 'piece'
  /** The text ended between key and value. */
  | 'missing'
  /** No JSON from here on. */
  | 'invalid'
  /** The text ends here, in the middle. */
  | 'cut'
  /** More is still being read. */
  | 'reading';

/** One row of the folding tree, as it stands in the flat list that a screen shows. */
export interface TreeRow {
  /** Stays the same however the tree is folded, and while the body is read. */
  readonly id: string;
  /** Id of the row it hangs on; empty at the top. */
  readonly parent: string;
  /** Depth, from 1. */
  readonly level: number;
  /** Place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly size: number;
  readonly kind: TreeRowKind;
  /** Key as written (quotes, escapes and all), index, or an event's number from 1; empty where there is none. */
  readonly label: string;
  /** What an event's `event:` line says. */
  readonly eventName: string | null;
  /** Null where there is nothing to open. */
  readonly isOpen: boolean | null;
  /** Members of an object or array; characters of all else. */
  readonly count: number;
  /** False where the text ended before the value did. */
  readonly isComplete: boolean;
  /** The value as written, at most its first PREVIEW_CHARACTERS; of an event its data. */
  readonly text: string;
  /** The whole value and, of a member, its key in the stored text; null where an event's data stand on several lines. */
  readonly range: { readonly start: number; readonly end: number; readonly labelStart: number } | null;
}

export interface Rows<T> {
  /** First one given: what was asked for may lie beyond the end. */
  readonly from: number;
  readonly rows: readonly T[];
  /** How many there are in all. */
  readonly total: number;
}

/** How a tree stands after it was folded. */
export interface Folded {
  readonly treeRows: number;
  /** Where the row is now. */
  readonly row: number;
}

/** Where the tree shows what was looked for; everything above it was opened. */
export interface Revealed extends Folded {
  readonly id: string;
  readonly pointer: string;
  readonly range: TreeRow['range'];
  /** `nearest`: it isn't there, and this is as far as the way goes. `cut`: the same, because the text ended before it. */
  readonly found: 'exact' | 'nearest' | 'cut';
}

/** All of one row of the tree, for copying. */
export interface TreeNode {
  /** JSON Pointer (RFC 6901); of a stream its first token is the event's index. */
  readonly pointer: string;
  /** As a program would write it: `messages[12].content[0]["a b"]`. */
  readonly path: string;
  /** Another member of the same object has the same key, and readers of the pointer may find that one. */
  readonly isAmbiguous: boolean;
  /** Exactly as written. */
  readonly written: string;
  /** What a string says, without quotes and escapes; null of all else. */
  readonly text: string | null;
}

/** One event of a stream, in the order stored. */
export interface EventRow {
  readonly index: number;
  readonly name: string | null;
  /** Its data, at most PREVIEW_CHARACTERS; null: it has none. */
  readonly data: string | null;
  readonly start: number;
  readonly end: number;
  /** False for a last one that no blank line ends. */
  readonly isComplete: boolean;
  readonly textRow: number;
}

/** One redaction mark: `[REDACTED:category]`. */
export interface Mark {
  readonly index: number;
  readonly category: string;
  readonly start: number;
  readonly end: number;
  readonly textRow: number;
}

/** Characters of a value that a row carries; the rest is asked for. */
export const PREVIEW_CHARACTERS = 400;

/** Rows that one foldAll opens at most. */
export const OPENED_AT_ONCE = 10_000;
