import type { MediaPart, Part } from '../conversation.js';
import { compareTexts, type TextSpan } from './text-differences.js';

/** Characters of one text of a part that the other message has not; none where the other has more there. */
export interface FieldChange {
  /** Of the part. */
  readonly pointer: string;
  /** Name of the text within it, as a ConversationSpot has it. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

/** Word by word what only one of two messages says. Both empty: they differ in what is no text, if at all. */
export interface MessageDifference {
  readonly left: readonly FieldChange[];
  readonly right: readonly FieldChange[];
}

/** A stretch of what is read of parts. `field` is empty where it stands in no text of a part: line ends, kinds, counts. */
interface Piece {
  readonly text: string;
  readonly pointer: string;
  readonly field: string;
}

/** Parts in parts below it are not read. */
const DEEPEST = 16;

/** Compares two messages, or system prompts, as wholes: a text that was cut in two parts is still the same text. */
export function compareParts(left: readonly Part[], right: readonly Part[]): MessageDifference {
  const [leftPieces, rightPieces] = [listPieces(left, 0), listPieces(right, 0)];
  const { left: before, right: after } = compareTexts(joinPieces(leftPieces), joinPieces(rightPieces));
  return {
    left: placeChanges(leftPieces, listStretches(before, after)),
    right: placeChanges(rightPieces, listStretches(after, before)),
  };
}

/** What is read of parts, in words and signs; bytes are left out. */
export function readParts(parts: readonly Part[]): string {
  return joinPieces(listPieces(parts, 0));
}

function joinPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** How many characters are equal, and how many after them are not, or stand only in the other. */
type Stretch = readonly [equal: number, own: number];

function listStretches(spans: readonly TextSpan[], others: readonly TextSpan[]): Stretch[] {
  const lengths = (of: readonly TextSpan[]): Map<number, number> => {
    const found = new Map<number, number>();
    let equal = 0;
    for (const { text, isEqual } of of) {
      if (isEqual) equal += text.length;
      else found.set(equal, text.length);
    }
    return found;
  };
  const [own, other] = [lengths(spans), lengths(others)];
  let last = 0;
  return [...new Set([...own.keys(), ...other.keys()])]
    .sort((one, two) => one - two)
    .map((at): Stretch => {
      const equal = at - last;
      last = at;
      return [equal, own.get(at) ?? 0];
    });
}

function placeChanges(pieces: readonly Piece[], stretches: readonly Stretch[]): FieldChange[] {
  const changes: FieldChange[] = [];
  let [piece, at] = [0, 0];
  const go = (characters: number, isChange: boolean): void => {
    let left = characters;
    while (left > 0) {
      const { text, pointer, field } = pieces[piece]!;
      const length = Math.min(left, text.length - at);
      if (isChange && field !== '' && length > 0) changes.push({ pointer, field, start: at, end: at + length });
      left -= length;
      at += length;
      if (at === text.length) [piece, at] = [piece + 1, 0];
    }
  };
  for (const [equal, own] of stretches) {
    go(equal, false);
    go(own, true);
    const { pointer, field } = pieces[piece] ?? { pointer: '', field: '' };
    if (own === 0 && field !== '') changes.push({ pointer, field, start: at, end: at });
  }
  return changes;
}

const glue = (text: string): Piece => ({ text, pointer: '', field: '' });

/** Lists of pieces with a text between each two. */
function joinLists(lists: readonly (readonly Piece[])[], between: string): Piece[] {
  return lists.flatMap((pieces, index) => (index === 0 ? pieces : [glue(between), ...pieces]));
}

function listPieces(parts: readonly Part[], depth: number): Piece[] {
  if (depth > DEEPEST) return [];
  return joinLists(
    parts.map((part) => listPiecesOf(part, depth)),
    '\n\n',
  );
}

function listPiecesOf(part: Part, depth: number): Piece[] {
  const { pointer } = part;
  const of = (field: string, text: string | null): Piece[] => (text === null ? [] : [{ text, pointer, field }]);
  const lines = (...lists: readonly (readonly Piece[])[]): Piece[] =>
    joinLists(
      lists.filter((pieces) => joinPieces(pieces) !== ''),
      '\n',
    );
  switch (part.kind) {
    case 'text':
    case 'thinking':
    case 'refusal':
      return of('text', part.text);
    case 'tool-call':
      return [...of('name', part.name), glue(' '), ...of('arguments', part.arguments)];
    case 'tool-result':
      return listPieces(part.parts, depth + 1);
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return lines(of('', part.mediaType), of('title', part.title), listSourcePieces(part, depth));
    case 'source':
      return lines(of('title', part.title), of('url', part.url), listPieces(part.parts, depth + 1));
    case 'numbers':
      return [glue(`${part.count ?? ''} ${part.unit}`)];
    case 'other':
      return of('json', part.json);
  }
}

function listSourcePieces({ source, pointer }: MediaPart, depth: number): Piece[] {
  switch (source.type) {
    case 'url':
      return [{ text: source.url, pointer, field: 'url' }];
    case 'file':
      return [{ text: source.id, pointer, field: '' }];
    case 'text':
      return [{ text: source.text, pointer, field: 'text' }];
    case 'parts':
      return listPieces(source.parts, depth + 1);
    case 'base64':
    case 'unknown':
      return [];
  }
}
