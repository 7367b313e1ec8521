import type { Filter, ListFilter } from '../api/filter.js';
import {
  BODY_STATES,
  FLAGS,
  isKnown,
  LIST_NAMES,
  listOf,
  LISTS,
  type Measure,
  MEASURES,
  NAMES,
  NO_VALUE,
} from './names.js';
import type { Parsed } from './parse.js';
import { escapeHidden, printValue } from './print.js';
import { readTokens, type Token, valueOf } from './tokens.js';
import { findToday } from './local-time.js';

/** What can stand at a place of the filter's text: names, operators, and the values that calls really have. */

export interface Suggestion {
  /** What would replace the term, or its value. */
  readonly insert: string;
  readonly label: string;
  /** What it means, shortly. */
  readonly detail: string;
  /** How many calls have this value. */
  readonly calls?: number;
  /** The term is whole with it. */
  readonly isWhole: boolean;
}

export interface Completion {
  /** The stretch of the text that a suggestion replaces. */
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly Suggestion[];
}

export interface Known {
  /** Values with their calls; undefined while they are not known. */
  readonly values:
    Readonly<Partial<Record<ListFilter, readonly { value: string | null; calls: number }[]>>> | undefined;
  readonly timeZone: string;
  /** Names that the page's author fixed. */
  readonly fixed: Filter;
  readonly nowMs?: number;
}

const NAME_WORDS: Readonly<Record<string, string>> = {
  project: 'project of the call',
  provider: 'who answered',
  model: 'exact name, or claude-*',
  status: 'success, error, blocked_by_policy',
  kind: 'chat, embedding, tool',
  billing: 'paid per token, subscription, imported',
  attribution: 'how the call got its project',
  mode: 'how it was asked: stream',
  error: 'class of the error',
  error_code: 'as the provider calls it',
  code: 'HTTP status: code:429, code:5*',
  machine: 'where the call came from',
  folder: 'where the call came from',
  rates: 'where its rates came from',
  cost: 'in dollars: cost>0.05',
  tokens: 'all kinds together: tokens>=100k',
  latency: 'until the answer ended: latency>10s',
  ttft: 'until its first token: ttft>2s',
  body: 'what is kept: stored, truncated, failed, none',
  priced: 'yes or no',
  complete: 'token counts whole: yes or no',
  repeated: 'prompt sent before: yes, no, or within 10m',
  last: 'back from now: last:7d',
  since: 'a day, or a day and time',
  until: 'a day, to its end, or a time',
  on: 'one day',
  tz: 'zone of times and days',
  prompt: 'hash of a prompt',
  words: 'words in quotes, each anywhere',
};

const OPERATOR_WORDS = { '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most', ':': 'exactly' };

const BODY_WORDS: Readonly<Record<(typeof BODY_STATES)[number], string>> = {
  stored: 'whole',
  truncated: 'cut to the size limit',
  failed: 'could not be captured',
  none: 'not captured, or expired',
};

const AMOUNTS: Readonly<Record<Measure, { some: readonly string[]; units: readonly string[] }>> = {
  cost: { some: ['0.01', '0.10', '1'], units: [] },
  tokens: { some: ['10k', '100k', '1M'], units: ['k', 'M'] },
  latency: { some: ['1s', '10s', '1m'], units: ['ms', 's', 'm'] },
  ttft: { some: ['500ms', '2s', '10s'], units: ['ms', 's', 'm'] },
};

const SPANS: readonly (readonly [span: string, words: string])[] = [
  ['1h', 'last hour'],
  ['24h', 'last 24 hours'],
  ['7d', 'last 7 days'],
  ['30d', 'last 30 days'],
  ['90d', 'last 90 days'],
];

const REPEATS: readonly (readonly [span: string, words: string])[] = [
  ['yes', 'at any time before'],
  ['no', 'for the first time'],
  ['1m', 'within a minute'],
  ['10m', 'within 10 minutes'],
  ['1h', 'within an hour'],
];

const MOST_OF_A_NAME = 5;
const MOST = 50;

const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
const whole = (value: string, detail: string, calls?: number): Suggestion => ({
  insert: value,
  label: value,
  detail,
  isWhole: true,
  ...(calls === undefined ? {} : { calls }),
});

export function complete(text: string, caret: number, known: Known): Completion {
  const typed = readTokens(text.slice(0, caret), isKnown).at(-1);
  if (typed === undefined || typed.end < caret) {
    return { start: caret, end: caret, suggestions: suggestNames('', false, known) };
  }
  const end = readTokens(text, isKnown).find(({ start }) => start === typed.start)!.end;
  const part = valueOf(typed);
  if (typed.name !== null) {
    return { start: typed.valueStart, end, suggestions: suggestValues(typed, part, known).slice(0, MOST) };
  }
  const isPhrase = typed.pieces[0]?.isQuoted ?? false;
  const suggestions = isPhrase ? [] : [...suggestNames(part, typed.isExcluded, known), ...suggestTerms(part, known)];
  return { start: typed.valueStart, end, suggestions: suggestions.slice(0, MOST) };
}

/** Whether the term at this place is likely to be typed on, so that it is too early to apply it. */
export function isUnfinished({ tokens }: Parsed, caret: number): boolean {
  const token = tokens.find(({ start, end }) => start < caret && caret <= end);
  if (token === undefined) return false;
  if (token.pieces.length === 0 || !token.isClosed) return true;
  return token.name === null && NAMES.some((name) => name.startsWith(valueOf(token).toLowerCase()));
}

function isFixed(name: string, fixed: Filter): boolean {
  const list = listOf(name);
  if (list !== null) return fixed[list] !== undefined;
  if (['last', 'since', 'until', 'on'].includes(name)) {
    return (fixed.last ?? fixed.since ?? fixed.until) !== undefined;
  }
  return name in fixed;
}

function suggestNames(part: string, isExcluded: boolean, { fixed }: Known): Suggestion[] {
  const canBeLeftOut = (name: string): boolean =>
    listOf(name) !== null || name === 'body' || (FLAGS as readonly string[]).includes(name);
  const names = NAMES.filter((name) => contains(name, part) && !isFixed(name, fixed)).filter(
    (name) => !isExcluded || canBeLeftOut(name),
  );
  const begins = (name: string): boolean => name.startsWith(part.toLowerCase());
  names.sort((a, b) => Number(begins(b)) - Number(begins(a)));
  return names.flatMap((name): Suggestion[] => {
    if (!(MEASURES as readonly string[]).includes(name)) {
      return [{ insert: `${name}:`, label: `${name}:`, detail: NAME_WORDS[name]!, isWhole: false }];
    }
    const operators = Object.entries(OPERATOR_WORDS).slice(0, name === part.toLowerCase() ? undefined : 1);
    return operators.map(([operator, words]) => ({
      insert: name + operator,
      label: name + operator,
      detail: operators.length > 1 ? words : NAME_WORDS[name]!,
      isWhole: false,
    }));
  });
}

/** Whole terms for a value that was typed without its name. */
function suggestTerms(part: string, { values, fixed }: Known): Suggestion[] {
  return LISTS.flatMap((list) =>
    fixed[list] === undefined
      ? (values?.[list] ?? [])
          .filter(({ value }) => value !== null && contains(value, part))
          .slice(0, MOST_OF_A_NAME)
          .map(({ value, calls }) => whole(`${LIST_NAMES[list]}:${printValue(value!)}`, '', calls))
      : [],
  );
}

function suggestValues(token: Token, part: string, known: Known): Suggestion[] {
  const name = token.name!;
  const list = listOf(name);
  const measure = MEASURES.find((other) => other === name);
  if (list !== null) return suggestListed(list, part, known);
  if (measure !== undefined) return suggestAmounts(measure, part);
  switch (name) {
    case 'body':
      return BODY_STATES.map((state) => whole(state, BODY_WORDS[state])).filter(({ insert }) => contains(insert, part));
    case 'last':
      return /^\d+$/.test(part)
        ? [whole(`${part}m`, 'minutes'), whole(`${part}h`, 'hours'), whole(`${part}d`, 'days')]
        : SPANS.filter(([span]) => contains(span, part)).map(([span, words]) => whole(span, words));
    case 'repeated':
      return /^\d+$/.test(part)
        ? [whole(`${part}s`, 'seconds'), whole(`${part}m`, 'minutes'), whole(`${part}h`, 'hours')]
        : REPEATS.filter(([value]) => contains(value, part)).map(([value, words]) => whole(value, words));
    case 'since':
    case 'until':
    case 'on':
      return suggestDays(known).filter(({ insert, detail }) => contains(insert, part) || contains(detail, part));
    case 'tz':
      return listTimeZones()
        .filter((zone) => contains(zone, part))
        .map((zone) => whole(zone, ''));
    default:
      return (FLAGS as readonly string[]).includes(name)
        ? ['yes', 'no'].filter((word) => contains(word, part)).map((word) => whole(word, ''))
        : [];
  }
}

function suggestListed(list: ListFilter, part: string, { values = {} }: Known): Suggestion[] {
  const found = (values[list] ?? []).filter(({ value }) => contains(value ?? NO_VALUE, part));
  const begun = part.length < 2 ? [] : found.filter(({ value }) => value?.startsWith(part) && value !== part);
  const beginning = begun.map(({ value }) => value!).reduce(findCommonStart, begun[0]?.value ?? '');
  const callsBegun = begun.reduce((sum, { calls }) => sum + calls, 0);
  const pattern = whole(`${beginning}*`, `the ${begun.length} that begin so`, callsBegun);
  return [
    ...(begun.length > 1 && /^[^\s"*]+$/.test(beginning) ? [pattern] : []),
    ...found.map(({ value, calls }) => ({
      ...whole(printValue(value ?? ''), value === null ? `no ${LIST_NAMES[list]} recorded` : '', calls),
      label: value === null ? NO_VALUE : escapeHidden(value),
    })),
  ];
}

function findCommonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

function suggestAmounts(measure: Measure, part: string): Suggestion[] {
  const { some, units } = AMOUNTS[measure];
  if (part === '') return some.map((amount) => whole(amount, ''));
  return /^\d+(\.\d+)?$/.test(part) ? units.map((unit) => whole(part + unit, '')) : [];
}

function suggestDays({ timeZone, nowMs }: Known): Suggestion[] {
  const today = findToday(timeZone, nowMs);
  const noonMs = Date.parse(`${today}T12:00Z`);
  const before = (days: number): string => new Date(noonMs - days * 86_400_000).toISOString().slice(0, 10);
  const sinceMonday = (new Date(noonMs).getUTCDay() + 6) % 7;
  return [
    whole(today, 'today'),
    whole(before(1), 'yesterday'),
    whole(before(sinceMonday), 'Monday this week'),
    whole(`${today.slice(0, 8)}01`, 'first of this month'),
  ];
}

/** Every zone the browser knows, its own first. */
export function listTimeZones(): string[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
