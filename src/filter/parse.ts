import { type Filter, FILTER_LISTS, FILTER_VALUES, type FilterList, type FilterValue } from '../api/filter.js';
import {
  BODY_STATES,
  type Flag,
  FLAGS,
  isKnown,
  listOf,
  type LISTS,
  type Measure,
  MEASURES,
  NAMES,
  NO_VALUE,
  REPEAT_SPAN,
} from './names.js';
import { findNearest } from './nearest.js';
import { readRange } from './read-quantity.js';
import { readTokens, type Token, valueOf } from './tokens.js';
import { isDay, isTimeZone } from './local-time.js';
import { describeNoMoment, isAfter, readMoment } from './moment.js';

/**
 * Reads the filter language: words, `"exact words"`, `name:value`, `-name:value`, `cost>0.05`. A value may be quoted; a
 * `*` outside quotes stands for any characters; `none` or `""` for "no value"; several of a name are alternatives.
 */

/** A stretch of the text that can't be read, and why, as a sentence. */
export interface Mistake {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

export interface Parsed {
  /** What the readable terms say. Not to be used while there are mistakes. */
  readonly filter: Filter;
  readonly mistakes: readonly Mistake[];
  readonly tokens: readonly Token[];
}

interface Options {
  /** Zone of times where the text names none. */
  readonly timeZone: string;
  /** Names that the page's author fixed. */
  readonly fixed?: Filter;
}

/** As the language prints them, and as the contract does. */
const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
]);
const TIMES: readonly FilterValue[] = ['since', 'until', 'last'];
const LONGEST = 1024;
const MOST: Readonly<Partial<Record<FilterList, number>>> = { phrase: 20 };

export function parseFilter(text: string, { timeZone, fixed = {} }: Options): Parsed {
  const tokens = readTokens(text, isKnown);
  const reader = new FilterReader(zoneOf(tokens) ?? timeZone, fixed);
  for (const token of tokens) reader.read(token);
  return { ...reader.finish(), tokens };
}

function zoneOf(tokens: readonly Token[]): string | undefined {
  const zone = tokens.find(({ name }) => name === 'tz');
  return zone && isTimeZone(valueOf(zone)) ? valueOf(zone) : undefined;
}

/** Gathers terms into a filter; a term that can't be read, or contradicts one before it, becomes a mistake. */
class FilterReader {
  readonly #timeZone: string;
  readonly #fixed: Filter;
  readonly #filter: Record<string, string | string[]> = {};
  readonly #mistakes: Mistake[] = [];
  readonly #notBodies = new Set<string>();
  #token!: Token;

  constructor(timeZone: string, fixed: Filter) {
    this.#timeZone = timeZone;
    this.#fixed = fixed;
  }

  read(token: Token): void {
    this.#token = token;
    const { name } = token;
    const value = valueOf(token);
    if (!token.isClosed) return this.#refuse('The closing " is missing.');
    if (value.length > LONGEST) return this.#refuse('This is longer than 1,024 characters.');
    if (name === null) return this.#readWords(value);
    if (!isKnown(name)) return this.#refuse(describeUnknown(name), token.start, token.valueStart);
    if (token.pieces.length === 0) return this.#refuse(`What should ${name} be? A value is missing.`, token.start);
    const list = listOf(name);
    const measure = MEASURES.find((known) => known === name);
    if (measure !== undefined) return this.#readRange(measure, value);
    if (token.operator === '~' ? list === null : token.operator !== ':') {
      return this.#refuse(`Write ${name}:${value}.`, token.start);
    }
    if (list !== null) return this.#readList(list, value);
    if (name === 'body') return this.#readBody(value);
    const flag = FLAGS.find((known) => known === name);
    if (flag !== undefined) return this.#readFlag(flag, value);
    if (token.isExcluded) return this.#refuse(`${name} can't be left out.`, token.start);
    this.#readSingle(name, value);
  }

  finish(): Omit<Parsed, 'tokens'> {
    const filter: Record<string, string | string[]> = {};
    for (const name of [...FILTER_LISTS, ...FILTER_VALUES]) {
      if (this.#filter[name] !== undefined) filter[name] = this.#filter[name];
    }
    return { filter: filter, mistakes: this.#mistakes };
  }

  #refuse(reason: string, start = this.#token.valueStart, end = this.#token.end): void {
    this.#mistakes.push({ start: start < end ? start : this.#token.start, end, reason });
  }

  #isFixed(name: FilterList | FilterValue): boolean {
    const names = TIMES.includes(name as FilterValue) ? TIMES : [name];
    if (!names.some((fixed) => this.#fixed[fixed] !== undefined)) return false;
    this.#refuse('This page fixes that part of the filter: it can’t be changed here.', this.#token.start);
    return true;
  }

  #add(name: FilterList, value: string): void {
    if (this.#isFixed(name)) return;
    const values = (this.#filter[name] ??= []) as string[];
    if (values.includes(value)) return;
    if (values.length >= (MOST[name] ?? 200)) return this.#refuse('There are too many of these.', this.#token.start);
    if (value.length > LONGEST) return this.#refuse('This is longer than 1,024 characters.');
    values.push(value);
  }

  #set(name: FilterValue, value: string): void {
    if (this.#isFixed(name)) return;
    if (this.#filter[name] !== undefined) {
      return this.#refuse('Another term says the same or otherwise. Leave one of the two.', this.#token.start);
    }
    this.#filter[name] = value;
  }

  #readWords(value: string): void {
    const { isExcluded, pieces, start } = this.#token;
    const [piece, ...others] = pieces;
    if (isExcluded || piece === undefined) {
      return this.#refuse('Only names can be left out: -model:gpt-4. To find a minus, write it in quotes.', start);
    }
    if (others.length > 0) return this.#refuse('Put a space before and after words in quotes.', start);
    if (!piece.isQuoted) return this.#addWords(value);
    if (value === '') return this.#refuse('Nothing stands between these quotes.', start);
    this.#add('phrase', value);
  }

  #addWords(words: string): void {
    if (this.#isFixed('q')) return;
    const before = this.#filter.q;
    const all = before === undefined ? words : `${String(before)} ${words}`;
    if (all.length > LONGEST) return this.#refuse('These words are longer than 1,024 characters.');
    if (words !== '') this.#filter.q = all;
  }

  #readList(list: (typeof LISTS)[number], value: string): void {
    const { pieces, operator, isExcluded } = this.#token;
    const isPattern = operator === '~' || pieces.some(({ text, isQuoted }) => !isQuoted && text.includes('*'));
    if (isPattern) {
      if (pieces.some(({ text, isQuoted }) => isQuoted && text.includes('*'))) {
        return this.#refuse('In a pattern, * always stands for any characters, also in quotes.');
      }
      return this.#add(isExcluded ? 'not_like' : 'like', `${list}:${value}`);
    }
    const exact = value === NO_VALUE && !pieces[0]!.isQuoted ? '' : value;
    if (isExcluded) this.#add('not', `${list}:${exact}`);
    else this.#add(list, exact);
  }

  #readBody(value: string): void {
    const { isExcluded } = this.#token;
    const flag = YES_NO.get(value);
    if (flag !== undefined) return this.#set('body', String(flag !== isExcluded));
    if (!(BODY_STATES as readonly string[]).includes(value)) {
      return this.#refuse(`“${value}” is no state of a body. Write ${BODY_STATES.join(', ')}, yes or no.`);
    }
    if (!isExcluded) {
      if (this.#notBodies.has(value)) return this.#refuse(`body:${value} is left out already.`, this.#token.start);
      if (this.#notBodies.size === 0) this.#add('body_state', value);
      return;
    }
    // The states are four, so leaving one out is asking for the others.
    const wanted = (this.#filter.body_state as string[] | undefined) ?? BODY_STATES;
    const rest = wanted.filter((state) => state !== value);
    if (this.#isFixed('body_state')) return;
    if (rest.length === 0) return this.#refuse('This leaves out every state of a body.', this.#token.start);
    this.#notBodies.add(value);
    this.#filter.body_state = rest;
  }

  #readFlag(flag: Flag, value: string): void {
    if (flag === 'repeated' && REPEAT_SPAN.test(value)) {
      if (this.#token.isExcluded) return this.#refuse(`repeated:${value} can’t be left out.`, this.#token.start);
      return this.#set('repeated_within', value);
    }
    const isYes = YES_NO.get(value);
    if (isYes === undefined) {
      const advice = flag === 'repeated' ? ', nor a time such as 90s, 10m or 1h' : '';
      return this.#refuse(`“${value}” is neither yes nor no${advice}.`);
    }
    this.#set(flag, String(isYes !== this.#token.isExcluded));
  }

  #readRange(measure: Measure, value: string): void {
    const { operator, isExcluded, start } = this.#token;
    if (isExcluded) return this.#refuse(`Turn the sign instead: ${measure}< or ${measure}>.`, start);
    if (operator === '~') return this.#refuse(`Write ${measure}>${value}.`, start);
    const range = readRange(measure, operator, value);
    if (typeof range === 'string') return this.#refuse(range);
    if (range.min !== undefined) this.#set(`min_${measure}`, String(range.min));
    if (range.max !== undefined) this.#set(`max_${measure}`, String(range.max));
    const min = this.#filter[`min_${measure}`];
    const max = this.#filter[`max_${measure}`];
    if (Number(min) > Number(max)) this.#refuse(`No ${measure} is in this range: it ends before it starts.`, start);
  }

  #readSingle(name: string, value: string): void {
    switch (name) {
      case 'last':
        if (!/^[1-9]\d{0,5}[dhm]$/.test(value)) {
          return this.#refuse(`“${value}” is not a span. Write 45m, 12h or 30d.`);
        }
        if (this.#filter.since !== undefined || this.#filter.until !== undefined) {
          return this.#refuse('last can’t stand beside since or until. Leave one of the two.', this.#token.start);
        }
        return this.#set('last', value);
      case 'tz':
        if (!isTimeZone(value)) return this.#refuse(`“${value}” is no time zone. Write UTC or Europe/London.`);
        return this.#set('tz', value);
      case 'prompt':
        if (value.length === 0 || value.length > 128) return this.#refuse('A prompt’s hash has 1 to 128 characters.');
        return this.#set('prompt', value);
      case 'words':
        return this.#addWords(value);
      default:
        return this.#readTime(name, value);
    }
  }

  #readTime(name: string, value: string): void {
    if (this.#filter.last !== undefined) {
      return this.#refuse('last can’t stand beside since or until. Leave one of the two.', this.#token.start);
    }
    const moment = name === 'on' ? (isDay(value) ? value : null) : readMoment(value, this.#timeZone);
    if (moment === null) return this.#refuse(describeNoMoment(name, value, this.#timeZone));
    if (name !== 'until') this.#set('since', moment);
    if (name !== 'since') this.#set('until', moment);
    const { since, until } = this.#filter as Filter;
    if (since !== undefined && until !== undefined && isAfter(since, until, this.#timeZone)) {
      this.#refuse('This time ends before it starts.', this.#token.start);
    }
  }
}

function describeUnknown(name: string): string {
  const near = findNearest(name, NAMES);
  const advice = near === null ? 'To find it as text, put it in quotes.' : `Did you mean ${near}?`;
  return `“${name}” is no name of a filter. ${advice}`;
}
