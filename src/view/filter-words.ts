import {
  FILTER_LISTS,
  FILTER_VALUES,
  type Filter,
  type FilterList,
  type FilterValue,
  type ListFilter,
} from '../api/filter.js';
import { LIST_NAMES, LISTS, type Measure, MEASURES, NO_VALUE } from '../filter/names.js';
import { escapeHidden } from '../filter/print.js';
import { printBound, printQuantity, readBound } from '../filter/quantity.js';
import { describeAttribution } from './attribution.js';
import { formatClock, formatDay } from './time.js';

/** A filter in words: one chip for each value, with the change that takes it away. */

export interface Chip {
  readonly name: string;
  readonly value: string;
  readonly removal: Filter;
}

/** How a list's name reads in a sentence; the rest read as they are written. */
const LIST_WORDS: Readonly<Partial<Record<FilterList, string>>> = {
  attribution: 'attributed by',
  body_state: 'body',
  phrase: 'exact words',
};

/** Between a list's name and its value. */
const RELATIONS: Readonly<Partial<Record<FilterList, string>>> = {
  like: 'is like',
  not: 'is not',
  not_like: 'is not like',
};

const VALUE_WORDS: Readonly<Partial<Record<FilterValue, string>>> = {
  body: 'body stored',
  since: 'from',
  repeated: 'repeated prompt',
  repeated_within: 'repeated within',
  q: 'words',
  tz: 'times in',
};

const BODY_WORDS: Readonly<Record<string, string>> = { truncated: 'cut', none: 'none kept' };
const BOUND_WORDS: Readonly<Record<string, string>> = {
  '>': 'above',
  '>=': 'from',
  '<': 'below',
  '<=': 'up to',
};

const LAST = /^\d+[dhm]$/;
const SPAN = /^(\d+)([dhms])$/;
const SPAN_UNITS: Readonly<Record<string, string>> = { d: 'days', h: 'hours', m: 'minutes', s: 'seconds' };

/** `30d` as `30 days`, `1h` as `hour`: what can stand behind "last". */
export function describeSpan(span: string): string {
  const match = SPAN.exec(span);
  if (match === null) return span;
  const unit = SPAN_UNITS[match[2]!]!;
  return match[1] === '1' ? unit.slice(0, -1) : `${match[1]} ${unit}`;
}

/** A day or an instant, `18 Nov 2026` or `18 Nov 2026, 14:00:00`; a text that is neither as it stands. */
function describeMoment(value: string, timeZone: string): string {
  if (Number.isNaN(Date.parse(value))) return value;
  if (value.length === 10) return formatDay(value, 'UTC');
  return `${formatDay(value, timeZone)}, ${formatClock(value, timeZone).replace(/:00$/, '')}`;
}

/** A filter's time in words: `Last 7 days`, `18 Nov`, `From 1 Nov`, `1 Nov – 18 Nov`. */
export function describeTime({ last, since, until }: Filter, timeZone: string): string {
  if (last !== undefined) return LAST.test(last) ? `Last ${describeSpan(last)}` : `Not a time: “${escapeHidden(last)}”`;
  const from = since === undefined ? '' : describeMoment(since, timeZone);
  const to = until === undefined ? '' : describeMoment(until, timeZone);
  if (from === '') return `Until ${to}`;
  if (to === '') return `From ${from}`;
  return since === until ? from : `${from} – ${to}`;
}

/** The bound in the form in which it is printed: "cost above $0.05". */
function describeBound(side: 'min' | 'max', measure: Measure, value: string): readonly [name: string, value: string] {
  const bound = readBound(value);
  if (bound === null) return [`${measure} ${side === 'min' ? 'from' : 'up to'}`, value];
  const { operator, text } = printBound(side, measure, bound);
  return [`${measure} ${BOUND_WORDS[operator]}`, describeAmount(measure, text)];
}

const describeAmount = (measure: Measure, text: string): string =>
  measure === 'cost' ? `$${text}` : text.replace(/(\d)([a-zA-Z])/, '$1\u00a0$2');

/** How a call got its project, with the daemon's own name for it where several read the same: `git (parent_git)`. */
export function describeMethod(method: string): string {
  const words = describeAttribution(method || null);
  return method === '' || words === method ? words : `${words} (${method})`;
}

/** One value of a list as it is shown: what hides is told, and no value apart from the word that stands for it. */
export function describeItem(value: string): string {
  if (value === '') return NO_VALUE;
  return value === NO_VALUE ? `“${value}”` : escapeHidden(value);
}

function describeListed(name: FilterList, text: string): readonly [name: string, value: string] {
  const relation = RELATIONS[name];
  const at = relation === undefined ? -1 : text.indexOf(':');
  const list = relation === undefined ? name : (text.slice(0, at) as FilterList);
  const value = text.slice(at + 1);
  const known = LISTS.includes(list as ListFilter) ? LIST_NAMES[list as ListFilter] : list;
  const words =
    list === 'body_state'
      ? (BODY_WORDS[value] ?? value)
      : list === 'attribution' && !relation?.endsWith('like')
        ? describeMethod(value)
        : describeItem(value);
  return [relation === undefined ? (LIST_WORDS[name] ?? known) : `${known} ${relation}`, words];
}

function describeValue(name: FilterValue, value: string, timeZone: string): readonly [name: string, value: string] {
  const [, side, measure] = /^(min|max)_(\w+)$/.exec(name) ?? [];
  if (measure !== undefined) return describeBound(side as 'min' | 'max', measure as Measure, value);
  const word = VALUE_WORDS[name] ?? name;
  if (name === 'q' || name === 'prompt' || name === 'tz') return [word, escapeHidden(value)];
  if (name === 'repeated_within') return [word, escapeHidden(describeSpan(value).replace(/^[a-z]+$/, '1 $&'))];
  if (name === 'last') return [word, describeSpan(value)];
  if (name === 'since' || name === 'until') return [word, describeMoment(value, timeZone)];
  return [word, value === 'true' ? 'yes' : value === 'false' ? 'no' : value];
}

/** All chips of a filter but the ones the page's author fixed: those are not the user's to take away. */
export function listChips(filter: Filter, fixed: Filter, timeZone: string): Chip[] {
  const chips: Chip[] = [];
  for (const list of FILTER_LISTS) {
    const values = filter[list] ?? [];
    if (fixed[list] !== undefined) continue;
    for (const text of values) {
      const [name, value] = describeListed(list, text);
      chips.push({ name, value, removal: { [list]: values.filter((other) => other !== text) } });
    }
  }
  const pairs = listPairs(filter, fixed, timeZone);
  for (const single of FILTER_VALUES) {
    const text = filter[single];
    if (text === undefined || fixed[single] !== undefined) continue;
    const pair = pairs.find(({ removal }) => single in removal);
    if (pair !== undefined) {
      if (!chips.includes(pair)) chips.push(pair);
      continue;
    }
    const [name, value] = describeValue(single, text, timeZone);
    chips.push({ name, value, removal: { [single]: undefined } });
  }
  return chips;
}

/** Two names of the contract that say one thing together: a whole day, an exact amount. */
function listPairs(filter: Filter, fixed: Filter, timeZone: string): Chip[] {
  const pairs: Chip[] = [];
  const pair = (from: FilterValue, to: FilterValue, name: string, describe: (value: string) => string | null): void => {
    const value = filter[from];
    if (value === undefined || value !== filter[to] || from in fixed || to in fixed) return;
    const words = describe(value);
    if (words !== null) pairs.push({ name, value: words, removal: { [from]: undefined, [to]: undefined } });
  };
  pair('since', 'until', 'on', (day) => (day.length === 10 ? describeMoment(day, timeZone) : null));
  for (const measure of MEASURES) {
    pair(`min_${measure}`, `max_${measure}`, measure, (text) => {
      const bound = readBound(text);
      return bound === null ? null : describeAmount(measure, printQuantity(measure, bound));
    });
  }
  return pairs;
}
