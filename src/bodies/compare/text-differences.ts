import { diffArrays } from 'diff';
import { splitLines, splitWords } from './text-tokens.js';

export interface TextSpan {
  readonly text: string;
  /** The other text has it at the same place in order; otherwise it is removed on the left, added on the right. */
  readonly isEqual: boolean;
}

/** Each side's spans, joined, are exactly its text; the equal spans of both, joined, are the same. */
export interface TextDifference {
  readonly left: readonly TextSpan[];
  readonly right: readonly TextSpan[];
  /** What was compared everywhere; `mixed`: words where that could be done, lines or more elsewhere. */
  readonly grain: 'word' | 'mixed';
}

/** Characters on one side up to which words are compared, and what all of a long text may come to. */
const MOST_CHARACTERS = 8_192;
const MOST_CHARACTERS_IN_ALL = 65_536;
const MOST_EDITED_WORDS = 500;
const MOST_EDITED_LINES = 1_000;
/** How far to look back for a place to cut between characters. */
const MOST_STEPS = 1_000;

/** A stretch of both texts, equal or not. */
type Change = readonly [left: string, right: string];

/**
 * Word by word what differs in two versions of a text. Long ones are compared by line first, and by word in the lines
 * that differ; what is too long or too different even for that is told as changed as a whole. Bounded by counts, not
 * by time. Swapping the texts swaps the answer.
 */
export function compareTexts(left: string, right: string): TextDifference {
  if (left > right) {
    const mirrored = compareTexts(right, left);
    return { ...mirrored, left: mirrored.right, right: mirrored.left };
  }
  const start = findCommonStart(left, right);
  const end = findCommonEnd(left, right, start);
  const comparison = new Comparison();
  comparison.add(left.slice(0, start), right.slice(0, start));
  comparison.compare(left.slice(start, left.length - end), right.slice(start, right.length - end));
  comparison.add(left.slice(left.length - end), right.slice(right.length - end));
  return comparison.finish();
}

class Comparison {
  readonly #changes: Change[] = [];
  #characters = MOST_CHARACTERS_IN_ALL;
  #isByWord = true;

  add(left: string, right: string): void {
    if (left !== '' || right !== '') this.#changes.push([left, right]);
  }

  compare(left: string, right: string): void {
    if (this.#compareWords(left, right)) return;
    const changes = diffTokens(splitLines(left), splitLines(right), MOST_EDITED_LINES);
    for (const [before, after] of changes ?? [[left, right] as const]) {
      if (before === after) this.add(before, after);
      else if (changes === null || !this.#compareWords(before, after)) {
        this.#isByWord = false;
        this.add(before, after);
      }
    }
  }

  finish(): TextDifference {
    const left: TextSpan[] = [];
    const right: TextSpan[] = [];
    for (const [before, after] of this.#changes) {
      const isEqual = before === after;
      addSpan(left, before, isEqual);
      addSpan(right, after, isEqual);
    }
    return { left, right, grain: this.#isByWord ? 'word' : 'mixed' };
  }

  /** False: too long or too different. */
  #compareWords(left: string, right: string): boolean {
    if (left === '' || right === '') {
      this.add(left, right);
      return true;
    }
    const characters = Math.max(left.length, right.length);
    if (characters > MOST_CHARACTERS || characters > this.#characters) return false;
    this.#characters -= characters;
    const changes = diffTokens(splitWords(left), splitWords(right), MOST_EDITED_WORDS);
    if (changes === null) return false;
    for (const [before, after] of joinAcrossSpaces(changes)) this.add(before, after);
    return true;
  }
}

function addSpan(spans: TextSpan[], text: string, isEqual: boolean): void {
  const last = spans.at(-1);
  if (text === '') return;
  if (last?.isEqual === isEqual) spans[spans.length - 1] = { text: last.text + text, isEqual };
  else spans.push({ text, isEqual });
}

/** Null: more edits than allowed. */
function diffTokens(left: string[], right: string[], maxEditLength: number): Change[] | null {
  const found = diffArrays(left, right, { maxEditLength });
  if (found === undefined) return null;
  const changes: Change[] = [];
  let [before, after] = ['', ''];
  const flush = (): void => {
    if (before !== '' || after !== '') changes.push([before, after]);
    [before, after] = ['', ''];
  };
  for (const { added, removed, value } of found) {
    const text = value.join('');
    if (removed) before += text;
    else if (added) after += text;
    else {
      flush();
      changes.push([text, text]);
    }
  }
  flush();
  return changes;
}

/** A space alone between two changes ties them to nothing: the phrase was changed, not each of its words. */
function joinAcrossSpaces(changes: readonly Change[]): Change[] {
  const joined: [string, string][] = [];
  for (const [index, [before, after]] of changes.entries()) {
    const last = joined.at(-1);
    const isChange = before !== after;
    const isLoneSpace = !isChange && index > 0 && index < changes.length - 1 && /^[^\S\r\n]+$/.test(before);
    if (last !== undefined && last[0] !== last[1] && (isChange || isLoneSpace)) {
      last[0] += before;
      last[1] += after;
    } else {
      joined.push([before, after]);
    }
  }
  return joined;
}

/** Characters that both texts begin with, up to a place where a word may end; 0 where that isn't worth a cut. */
function findCommonStart(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let at = 0;
  while (at < most && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === most && left.length === right.length) return at;
  const least = Math.max(0, at - MOST_STEPS);
  while (at > least && !(isCut(left, at) && isCut(right, at))) at--;
  return at > least ? at : 0;
}

function findCommonEnd(left: string, right: string, start: number): number {
  const most = Math.min(left.length, right.length) - start;
  let length = 0;
  while (length < most && left.charCodeAt(left.length - 1 - length) === right.charCodeAt(right.length - 1 - length)) {
    length++;
  }
  const least = Math.max(0, length - MOST_STEPS);
  while (length > least && !(isCut(left, left.length - length) && isCut(right, right.length - length))) length--;
  return length > least ? length : 0;
}

/** Between a space and something that stands for itself: no word and no character goes across. */
function isCut(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return (code === 0x20 || code === 0x0a) && !(text.charCodeAt(at) >= 0x300);
}
