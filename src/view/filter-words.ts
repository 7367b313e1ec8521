import { FILTER_LISTS, FILTER_VALUES, type Filter, type FilterList, type FilterValue } from '../api/filter.js';
import { describeAttribution } from './attribution.js';
import { formatCount, formatDuration, formatExactMoney } from './format.js';
import { formatClock, formatDay } from './time.js';

/** A filter in words: one chip for each value, with the change that takes it away. */

export interface Chip {
  readonly name: string;
  readonly value: string;
  readonly removal: Filter;
}

const LIST_WORDS: Readonly<Record<FilterList, string>> = {
  project: 'project',
  provider: 'provider',
  model: 'model',
  status: 'status',
  kind: 'kind',
  billing: 'billing',
  attribution: 'attributed by',
  error_class: 'error',
  machine: 'machine',
  workdir: 'folder',
  body_state: 'bodies',
  like: 'like',
  not: 'not',
  not_like: 'not like',
  phrase: 'exact words',
};

const VALUE_WORDS: Readonly<Record<Exclude<FilterValue, 'tz'>, string>> = {
  priced: 'priced',
  complete: 'complete',
  body: 'body stored',
  since: 'from',
  until: 'until',
  last: 'last',
  min_cost: 'cost from',
  max_cost: 'cost up to',
  min_latency: 'latency from',
  max_latency: 'latency up to',
  min_tokens: 'tokens from',
  max_tokens: 'tokens up to',
  prompt: 'prompt',
  repeated: 'repeated prompt',
  q: 'words',
};

const SPAN_UNITS: Readonly<Record<string, string>> = { d: 'days', h: 'hours', m: 'minutes' };

/** `30d` as `30 days`. */
export function describeSpan(span: string): string {
  const match = /^(\d+)([dhm])$/.exec(span);
  if (match === null) return span;
  const unit = SPAN_UNITS[match[2]!]!;
  return `${match[1]} ${match[1] === '1' ? unit.slice(0, -1) : unit}`;
}

function describeValue(name: FilterValue, value: string, timeZone: string): string {
  if (name === 'q') return value;
  const number = Number(value);
  if (name === 'last') return describeSpan(value);
  if ((name === 'since' || name === 'until') && value.length > 10 && !Number.isNaN(Date.parse(value))) {
    return `${formatDay(value, timeZone)}, ${formatClock(value, timeZone)}`;
  }
  if (Number.isNaN(number)) return value === 'true' ? 'yes' : value === 'false' ? 'no' : value;
  if (name === 'min_cost' || name === 'max_cost') return formatExactMoney(number);
  if (name === 'min_latency' || name === 'max_latency') return formatDuration(number);
  if (name === 'min_tokens' || name === 'max_tokens') return formatCount(number);
  return value;
}

/** All chips of a filter but the ones the page's author fixed: those are not the user's to take away. */
export function listChips(filter: Filter, fixed: Filter, timeZone: string): Chip[] {
  const chips: Chip[] = [];
  for (const name of FILTER_LISTS) {
    const values = filter[name] ?? [];
    if (fixed[name] !== undefined) continue;
    for (const value of values) {
      const words = name === 'attribution' ? describeAttribution(value === '' ? null : value) : value;
      chips.push({
        name: LIST_WORDS[name],
        value: value === '' ? 'unknown' : words,
        removal: { [name]: values.filter((other) => other !== value) },
      });
    }
  }
  for (const name of FILTER_VALUES) {
    const value = filter[name];
    if (value === undefined || name === 'tz' || fixed[name] !== undefined) continue;
    chips.push({
      name: VALUE_WORDS[name],
      value: describeValue(name, value, timeZone),
      removal: { [name]: undefined },
    });
  }
  return chips;
}

/** The change that takes away every name of a filter but its zone and what the page's author fixed. */
export function clearFilter(filter: Filter, fixed: Filter): Filter {
  const change: Record<string, undefined> = {};
  for (const name of Object.keys(filter)) if (name !== 'tz' && !(name in fixed)) change[name] = undefined;
  return change;
}
