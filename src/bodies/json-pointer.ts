import { type JsonRange, memberAt, scanMembers, scanValue, skipSpace } from './json-scan.js';

/** What a pointer found in a text: values as written, in order, and whether the text ended before there could be more. */
export interface Found {
  readonly texts: readonly string[];
  /** The text ended inside what was looked for, or before it. */
  readonly isCut: boolean;
}

/** Values that are kept; a list of thousands is no cell. */
const MOST = 100;
const LONGEST = 500;

/**
 * Looks up a JSON Pointer (RFC 6901) in a text that may end in the middle, without parsing it: numbers stay as they were
 * written. `*` stands for every name or place. Of equal names the last counts, as for every parser.
 */
export function findPointer(text: string, pointer: string): Found {
  const start = skipSpace(text, 0, text.length);
  if (start >= text.length) return { texts: [], isCut: false };
  let ranges: readonly JsonRange[] = [scanValue(text, start)];
  let isCut = false;
  for (const token of pointer.split('/').slice(1).map(unescapeToken)) {
    const next: JsonRange[] = [];
    for (const range of ranges) {
      const found = step(text, range, token);
      next.push(...found.ranges);
      isCut ||= found.isCut;
    }
    ranges = next;
  }
  isCut ||= ranges.some(({ complete, kind }) => !complete && kind !== 'invalid');
  return { texts: ranges.slice(0, MOST).map((range) => readValue(text, range)), isCut };
}

/** What was found in one line, with a mark where the cut hides more; null where nothing is there. */
export function printFound({ texts, isCut }: Found): string | null {
  if (texts.length === 0) return isCut ? 'cut before it' : null;
  const words = texts.join(', ');
  return isCut && !words.endsWith('…') ? `${words}…` : words;
}

const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** One step down, by name, by place, or by `*` to all. */
function step(text: string, range: JsonRange, token: string): { ranges: JsonRange[]; isCut: boolean } {
  if (range.kind !== 'object' && range.kind !== 'array') return { ranges: [], isCut: false };
  const members = scanMembers(text, range);
  const ranges: JsonRange[] = [];
  for (let index = 0; index < members.count && ranges.length < MOST; index++) {
    const { key, value } = memberAt(text, range, members, index);
    if (value === null || value.kind === 'invalid') continue;
    if (token === '*') ranges.push(value);
    else if (key === null ? token === String(index) : readString(key) === token) ranges.splice(0, ranges.length, value);
  }
  const isMissing = token === '*' || ranges.length === 0;
  return { ranges, isCut: isMissing && !members.complete && !members.invalid };
}

/** A string without its quotes and escapes; everything else as it stands. */
function readValue(text: string, { kind, start, end, complete }: JsonRange): string {
  const written = text.slice(start, Math.min(end, start + LONGEST));
  if (kind !== 'string') return end - start > LONGEST ? `${written}…` : written;
  if (end - start > LONGEST || !complete) return `${written.slice(1)}…`;
  return readString(written);
}

function readString(written: string): string {
  if (!written.includes('\\')) return written.slice(1, written.endsWith('"') ? -1 : undefined);
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}
