import type { Filter, ListFilter } from '../api/filter.js';
import { FLAGS, LIST_NAMES, LISTS, MEASURES, NO_VALUE, REPEAT_SPAN } from './names.js';
import { printBound, printQuantity, readBound } from './quantity.js';
import { instantToLocal } from './local-time.js';

/**
 * A filter as a text of the filter language. `parseFilter` reads it back as the same filter; what the contract does not
 * hold, such as a bound that is no number, is printed as it stands, so that it is read as the mistake it is.
 */

/** One term: a name with its operator (`-kind:`), or none, and what stands behind it. */
export interface Term {
  readonly head: string;
  readonly value: string;
}

/** Controls, line breaks, marks that turn the direction of writing, halves of characters: never drawn as they are. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text whose hidden characters stand as `\u{202e}`, so that it can pass for no other one. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** A text in quotes, which reads back as itself. */
export function quote(text: string): string {
  return `"${escapeHidden(text.replace(/["\\]/g, '\\$&'))}"`;
}

const needsQuotes = (text: string): boolean => text === '' || /[\s"]/.test(text) || text.search(HIDDEN) >= 0;

function printPlain(text: string): string {
  return needsQuotes(text) ? quote(text) : text;
}

/** One value of a list; empty text stands for null. */
export function printValue(value: string): string {
  if (value === '') return NO_VALUE;
  return value === NO_VALUE || value.includes('*') ? quote(value) : printPlain(value);
}

/** `*` outside quotes stands for any characters; a pattern without one needs `~` to be a pattern. */
function printPattern(pattern: string): { operator: string; value: string } {
  const value = pattern
    .split('*')
    .map((piece) => (piece === '' ? '' : printPlain(piece)))
    .join('*');
  return pattern.includes('*') ? { operator: ':', value } : { operator: '~', value: value || '""' };
}

function splitNamed(text: string): { name: string; value: string } {
  const at = text.indexOf(':');
  const name = text.slice(0, Math.max(0, at));
  return {
    name: LISTS.includes(name as ListFilter) ? LIST_NAMES[name as ListFilter] : name,
    value: text.slice(at + 1),
  };
}

function printMoment(value: string, timeZone: string): string {
  return printPlain(instantToLocal(value, timeZone) ?? value);
}

const isPlainWord = (word: string): boolean => !needsQuotes(word) && !/^(-|[a-z_]+[:=~<>])/i.test(word);

function printWords(words: string): Term[] {
  const terms = words.split(' ');
  return terms.every(isPlainWord)
    ? terms.map((value) => ({ head: '', value }))
    : [{ head: 'words:', value: quote(words) }];
}

const asYesNo = (value: string): string => (value === 'true' ? 'yes' : value === 'false' ? 'no' : printPlain(value));

/** `timeZone`: the browser's, in which times stand where the filter names no zone of its own. */
export function printTerms(filter: Filter, timeZone: string): Term[] {
  const terms: Term[] = [];
  const add = (head: string, value: string): unknown => terms.push({ head, value });
  const addPattern = (sign: string, named: string): void => {
    const { name, value: pattern } = splitNamed(named);
    const { operator, value } = printPattern(pattern);
    add(`${sign}${name}${operator}`, value);
  };

  for (const list of LISTS) for (const value of filter[list] ?? []) add(`${LIST_NAMES[list]}:`, printValue(value));
  for (const named of filter.like ?? []) addPattern('', named);
  for (const measure of MEASURES) addRange(measure, filter[`min_${measure}`], filter[`max_${measure}`], add);
  for (const state of filter.body_state ?? []) add('body:', printPlain(state));
  if (filter.body !== undefined) add('body:', asYesNo(filter.body));
  for (const flag of FLAGS) if (filter[flag] !== undefined) add(`${flag}:`, asYesNo(filter[flag]));
  const within = filter.repeated_within;
  // What is no time would be read as another filter, or as none, behind the language's name.
  if (within !== undefined) add(REPEAT_SPAN.test(within) ? 'repeated:' : 'repeated_within:', printPlain(within));
  for (const named of filter.not ?? []) {
    const { name, value } = splitNamed(named);
    add(`-${name}:`, printValue(value));
  }
  for (const named of filter.not_like ?? []) addPattern('-', named);
  if (filter.prompt !== undefined) add('prompt:', printPlain(filter.prompt));
  for (const phrase of filter.phrase ?? []) add('', quote(phrase));
  if (filter.q) terms.push(...printWords(filter.q));
  if (filter.last !== undefined) add('last:', printPlain(filter.last));
  const zone = filter.tz ?? timeZone;
  if (filter.since !== undefined && filter.since === filter.until && filter.since.length === 10) {
    add('on:', printPlain(filter.since));
  } else {
    if (filter.since !== undefined) add('since:', printMoment(filter.since, zone));
    if (filter.until !== undefined) add('until:', printMoment(filter.until, zone));
  }
  if (filter.tz !== undefined) add('tz:', printPlain(filter.tz));
  return terms;
}

function addRange(
  measure: (typeof MEASURES)[number],
  min: string | undefined,
  max: string | undefined,
  add: (head: string, value: string) => unknown,
): void {
  const exact = min === max && min !== undefined ? readBound(min) : null;
  if (exact !== null) {
    add(`${measure}:`, printQuantity(measure, exact));
    return;
  }
  for (const [side, given] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (given === undefined) continue;
    const value = readBound(given);
    const bound =
      value === null
        ? { operator: side === 'min' ? '>=' : '<=', text: printPlain(given) }
        : printBound(side, measure, value);
    add(`${measure}${bound.operator}`, bound.text);
  }
}

/** The filter's text in the one form that equal filters share. */
export function printFilter(filter: Filter, timeZone: string): string {
  return printTerms(filter, timeZone)
    .map(({ head, value }) => head + value)
    .join(' ');
}
