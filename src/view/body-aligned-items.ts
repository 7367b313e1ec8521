import type { AlignedRow } from '../bodies/compare/align.js';
import type { Stretch } from '../bodies/compare/differences.js';
import { hasParameters } from '../bodies/conversation.js';
import type { BodyKey, ConversationHead, HeadDifference } from '../bodies/worker/protocol.js';

/** What stands in the list of aligned calls, line by line: pure figures, no drawing. */

export type SideName = 'request' | 'response';

/** One side of a call as a column of the list. */
export interface AlignedColumn {
  readonly letter: string;
  /** Null: nothing is stored of this side of the call. */
  readonly key: BodyKey | null;
  /** Null: it is not compared. */
  readonly head: ConversationHead | null;
  /** Why it is not. */
  readonly words: string;
}

/** One side of all calls, compared. Cells stand in the order of the columns. */
export interface AlignedSides {
  readonly side: SideName;
  readonly columns: readonly AlignedColumn[];
  readonly rows: readonly AlignedRow[];
  readonly stretches: readonly Stretch[];
  /** Of each compared body but the first, what differs from it before the messages. */
  readonly against: readonly HeadDifference[];
}

export type HeadPart = 'parameters' | 'system' | 'tools';

export type AlignedItem =
  /** Where the requests begin, or the responses. */
  | { readonly kind: 'section'; readonly key: string; readonly of: AlignedSides }
  /** Messages that are equal, in one line. */
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly of: AlignedSides;
      readonly row: number;
      readonly messages: number;
      readonly characters: number;
      readonly isOpen: boolean;
    }
  /** What is equal before the messages, in one line. */
  | {
      readonly kind: 'heads';
      readonly key: string;
      readonly of: AlignedSides;
      readonly parts: readonly HeadPart[];
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'part';
      readonly key: string;
      readonly of: AlignedSides;
      readonly part: HeadPart | 'foot';
      readonly isDifferent: boolean;
    }
  | { readonly kind: 'message'; readonly key: string; readonly of: AlignedSides; readonly row: number };

/** `isOpen`: whether what is folded under this key was opened. */
export function listAlignedItems(
  sides: readonly AlignedSides[],
  isFolding: boolean,
  isOpen: (key: string) => boolean,
): AlignedItem[] {
  const items: AlignedItem[] = [];
  for (const of of sides) {
    items.push({ kind: 'section', key: of.side, of });
    addHeads(items, of, isFolding, isOpen);
    for (const stretch of of.stretches) {
      const key = rowKey(of, stretch.start);
      const isFolded = stretch.kind === 'equal' && isFolding && isCompared(of);
      if (isFolded) {
        const { start, end, characters } = stretch;
        const fold = `fold ${key}`;
        const open = isOpen(fold);
        items.push({ kind: 'fold', key: fold, of, row: start, messages: end - start, characters, isOpen: open });
        if (!open) continue;
      }
      for (let row = stretch.start; row < stretch.end; row++) {
        items.push({ kind: 'message', key: rowKey(of, row), of, row });
      }
    }
    items.push({ kind: 'part', key: `${of.side} foot`, of, part: 'foot', isDifferent: false });
  }
  return items;
}

/** At least two are. */
export function isCompared({ columns }: AlignedSides): boolean {
  return columns.filter(({ head }) => head !== null).length > 1;
}

/** What a row differs in; of a body that stands alone nothing. */
export function kindOf(item: AlignedItem): AlignedRow['kind'] {
  if (item.kind === 'part') return item.isDifferent ? 'changed' : 'equal';
  return item.kind === 'message' && isCompared(item.of) ? item.of.rows[item.row]!.kind : 'equal';
}

/** A difference, from its first item up to, not including, `end`. */
export interface ListedDifference {
  readonly kind: Exclude<AlignedRow['kind'], 'equal'>;
  readonly start: number;
  readonly end: number;
}

/** In order. Rows of one kind that follow each other are one difference, changed ones are one each. */
export function listDifferences(items: readonly AlignedItem[]): ListedDifference[] {
  const differences: ListedDifference[] = [];
  for (const [index, item] of items.entries()) {
    const kind = kindOf(item);
    if (kind === 'equal') continue;
    const last = differences.at(-1);
    if (last?.end === index && last.kind === kind && kind !== 'changed') {
      differences[differences.length - 1] = { ...last, end: index + 1 };
    } else {
      differences.push({ kind, start: index, end: index + 1 });
    }
  }
  return differences;
}

/** The messages that an item stands for, of a folded line those of its first row: to be found again in another list. */
export function namesOf(item: AlignedItem): string[] {
  if (item.kind !== 'message' && item.kind !== 'fold') return [];
  return nameRow(item.of, item.row);
}

/** The item in which each message stands, folded or not. */
export function findMessages(items: readonly AlignedItem[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    if (item.kind === 'message') for (const name of nameRow(item.of, item.row)) places.set(name, index);
    if (item.kind !== 'fold' || item.isOpen) continue;
    for (let row = item.row; row < item.row + item.messages; row++) {
      for (const name of nameRow(item.of, row)) places.set(name, index);
    }
  }
  return places;
}

export function nameMessage(key: BodyKey, index: number): string {
  return `${key} ${index}`;
}

function nameRow({ rows, columns }: AlignedSides, row: number): string[] {
  return rows[row]!.cells.flatMap((index, place) => {
    const key = columns[place]?.key ?? null;
    return index === null || key === null ? [] : [nameMessage(key, index)];
  });
}

/** By its first message, so that it stays when others come before it. */
function rowKey(of: AlignedSides, row: number): string {
  return nameRow(of, row)[0] ?? `${of.side} ${row}`;
}

function addHeads(items: AlignedItem[], of: AlignedSides, isFolding: boolean, isOpen: (key: string) => boolean): void {
  const heads = of.columns.flatMap(({ head }) => head ?? []);
  const add = (part: HeadPart, isDifferent: boolean): void => {
    items.push({ kind: 'part', key: `${of.side} ${part}`, of, part, isDifferent });
  };
  const parts: readonly HeadPart[] = [
    ...(heads.length === 0 || heads.some(hasParameters) ? ['parameters' as const] : []),
    ...(heads.some(({ system }) => system.length > 0) ? ['system' as const] : []),
    ...(heads.some(({ tools }) => tools.length > 0) ? ['tools' as const] : []),
  ];
  // Of a response they are what it is known by: its id, when it came.
  const isNeutral = of.side === 'response' || heads.length < 2;
  const equal = isNeutral ? [] : parts.filter((part) => isEqualPart(part, heads, of.against));
  if (equal.length > 0 && isFolding) {
    const key = `fold ${of.side}`;
    const open = isOpen(key);
    items.push({ kind: 'heads', key, of, parts: equal, isOpen: open });
    if (open) for (const part of equal) add(part, false);
  }
  for (const part of parts) {
    const isEqual = isNeutral || equal.includes(part);
    if (!isFolding || !equal.includes(part)) add(part, !isEqual);
  }
}

function isEqualPart(part: HeadPart, heads: readonly ConversationHead[], against: readonly HeadDifference[]): boolean {
  switch (part) {
    case 'parameters':
      return (
        heads.every(({ model }) => model === heads[0]!.model) &&
        against.every(({ parameters }) => parameters.length === 0)
      );
    case 'system':
      return against.every(({ system }) => [...system.left, ...system.right].every(({ isEqual }) => isEqual));
    case 'tools':
      return against.every(({ tools }) => tools.every(({ kind, isMoved }) => kind === 'equal' && !isMoved));
  }
}
