import { html, nothing, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import type { WireGroupsAnswer } from '../api/groups.js';
import type { CamelCased } from '../api/camel-case.js';
import type { GroupKey, Order } from './call-arrangement.js';
import { formatCount, formatDuration, formatShare } from './format.js';
import { type CallMark, renderCallMark } from './call-mark.js';
import { renderTokens } from './call-totals.js';
import { renderSwatch } from './mark.js';
import { dash, renderCostSum, renderMoney } from './money.js';
import { formatRecent } from './time.js';

type Answer = CamelCased<WireGroupsAnswer>;
type Group = Answer['groups'][number];
type Sums = Answer['totals'];

export interface GroupColumn {
  readonly key: string;
  readonly label: string;
  /** Classes of head and cells: `number`, and the width from which the column stands. */
  readonly classes: string;
  /** What the column is sorted by; null goes last in either direction. */
  readonly sortBy: (group: Group) => number | string | null;
  readonly cell: (sums: Sums) => unknown;
  /** Of a group alone: sums over all have none. */
  readonly ofGroup?: (group: Group, timeZone: string) => unknown;
}

const zero = html`<span class="muted">0</span>`;

const renderCount = (count: number, mark?: CallMark): unknown =>
  count === 0 ? zero : html`${mark ? renderCallMark(mark) : nothing}${formatCount(count)}`;

const inputOf = (sums: Sums): number => sums.inputTokens + sums.cacheReadTokens + sums.cacheWriteTokens;
const outputOf = (sums: Sums): number => sums.outputTokens + sums.thinkingTokens;

export const GROUP_COLUMNS: readonly GroupColumn[] = [
  {
    key: 'cost',
    label: 'Cost',
    classes: 'number',
    sortBy: (group) => group.costMillicents,
    cell: (sums) => renderCostSum(sums),
  },
  {
    key: 'imputed',
    label: 'Imputed',
    classes: 'number from-1040',
    sortBy: (group) => group.imputedMillicents,
    cell: (sums) =>
      sums.imputedMillicents === 0 ? zero : html`${renderCallMark('imputed')}${renderMoney(sums.imputedMillicents, 2)}`,
  },
  {
    key: 'calls',
    label: 'Calls',
    classes: 'number',
    sortBy: (group) => group.calls,
    cell: (sums) => formatCount(sums.calls),
  },
  {
    key: 'unpriced',
    label: 'Not priced',
    classes: 'number from-720',
    sortBy: (group) => group.unpricedCalls,
    cell: (sums) => renderCount(sums.unpricedCalls, 'unpriced'),
  },
  {
    key: 'failed',
    label: 'Failed',
    classes: 'number from-720',
    sortBy: (group) => group.failedCalls,
    cell: (sums) => renderCount(sums.failedCalls, 'error'),
  },
  {
    key: 'input',
    label: 'Input',
    classes: 'number from-1040',
    sortBy: inputOf,
    cell: (sums) => renderTokens(inputOf(sums), sums),
  },
  {
    key: 'cached',
    label: 'Cached',
    classes: 'number from-720',
    sortBy: (group) => (inputOf(group) > 0 ? group.cacheReadTokens / inputOf(group) : null),
    cell: (sums) => formatShare(sums.cacheReadTokens, inputOf(sums)),
  },
  {
    key: 'output',
    label: 'Output',
    classes: 'number from-1040',
    sortBy: outputOf,
    cell: (sums) => renderTokens(outputOf(sums), sums),
  },
  {
    key: 'latency',
    label: 'Avg latency',
    classes: 'number from-1040',
    sortBy: (group) => group.avgLatencyMs,
    cell: () => nothing,
    ofGroup: (group) => (group.avgLatencyMs === null ? dash : formatDuration(group.avgLatencyMs)),
  },
  {
    key: 'last',
    label: 'Last call',
    classes: 'number from-720',
    sortBy: (group) => group.lastCallAt,
    cell: () => nothing,
    ofGroup: (group, zone) => (group.lastCallAt === null ? dash : formatRecent(group.lastCallAt, zone)),
  },
];

/** The groups in an order: nulls last in either direction, equal ones by name. */
export function sortGroups(groups: readonly Group[], sort: string, order: Order): Group[] {
  const by = GROUP_COLUMNS.find(({ key }) => key === sort)?.sortBy ?? ((group: Group) => group.key);
  const sign = order === 'asc' ? 1 : -1;
  const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...groups].sort((a, b) => {
    const [left, right] = [by(a), by(b)];
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else if (left !== right) return sign * compare(left, right);
    return compare(a.key ?? '\uffff', b.key ?? '\uffff');
  });
}

/** What a group is called; null is what no call of it had. */
export function nameGroup(by: GroupKey, key: string | null): string {
  if (key === null) return 'unknown';
  return by === 'status' ? key.replaceAll('_', ' ') : key;
}

export function renderGroupName(by: GroupKey, key: string | null): TemplateResult {
  const classes = by === 'machine' || by === 'workdir' ? 'mono' : '';
  return html`${by === 'provider' ? renderSwatch(key) : nothing}<span class=${key === null ? 'muted' : classes}
      >${nameGroup(by, key)}</span
    >`;
}

/** The filter that lets through the calls of one group alone. */
export function filterOfGroup(by: GroupKey, key: string | null): Filter {
  if (by !== 'day') return { [by]: [key ?? ''] };
  return { since: key ?? '', until: key ?? '', last: '' };
}
