import type { WireGroupsAnswer } from '../api/groups.js';
import type { Sort } from '../api/query.js';
import type { ViewSettings } from '../api/view.js';
import type { ChosenColumn } from './call-layout.js';
import type { parseColumns } from './chosen-columns.js';

export type Order = 'asc' | 'desc';
export type GroupKey = WireGroupsAnswer['by'];

/** How calls are shown, read from texts. */
export interface Arrangement {
  /** Null: those that the width allows. */
  readonly columns: readonly ChosenColumn[] | null;
  readonly sort: Sort;
  readonly order: Order;
  readonly group: GroupKey | null;
  readonly groupSort: string;
  readonly groupOrder: Order;
  /** What was asked for and can't be done, in words. */
  readonly faults: readonly string[];
}

const SORT_WORDS: Readonly<Record<Sort, string>> = {
  requested_at: 'time',
  cost: 'cost',
  latency: 'latency',
  ttft: 'first token',
  input: 'input tokens',
  output: 'output tokens',
  tokens: 'tokens',
};

export const GROUPINGS: readonly (readonly [key: GroupKey, label: string])[] = [
  ['project', 'project'],
  ['model', 'model'],
  ['provider', 'provider'],
  ['status', 'status'],
  ['day', 'day'],
  ['machine', 'machine'],
  ['workdir', 'folder'],
];

/**
 * The user's settings, and where there are none the element's own attributes. `parse`: what reads columns; until it is
 * there, none are chosen.
 */
export function readArrangement(
  view: ViewSettings,
  own: { readonly columns: string; readonly sort: string; readonly order: string; readonly group: string },
  parse: typeof parseColumns | undefined,
): Arrangement {
  const faults: string[] = [];
  const { columns, unknown } = parse?.(view.columns ?? own.columns) ?? { columns: [], unknown: [] };
  for (const name of unknown) faults.push(`There is no column ${JSON.stringify(name)}.`);
  const pick = <T extends string>(what: string, text: string, known: readonly T[], usual: T): T => {
    const found = known.find((value) => value === text);
    if (found === undefined && text !== '') faults.push(`Calls can't be ${what} ${JSON.stringify(text)}.`);
    return found ?? usual;
  };
  return {
    columns: columns.length > 0 ? columns : null,
    sort: pick('sorted by', view.sort ?? own.sort, Object.keys(SORT_WORDS) as Sort[], 'requested_at'),
    order: pick('put in the order', view.order ?? own.order, ['asc', 'desc'], 'desc'),
    group:
      pick<GroupKey | ''>(
        'grouped by',
        view.group ?? own.group,
        GROUPINGS.map(([key]) => key),
        '',
      ) || null,
    groupSort: view.group_sort ?? 'cost',
    groupOrder: pick('put in the order', view.group_order ?? '', ['asc', 'desc'], 'desc'),
    faults,
  };
}

/** What the next click on a column's head asks for. */
export function nextSort({ sort, order }: Arrangement, clicked: Sort): Required<Pick<ViewSettings, 'sort' | 'order'>> {
  return { sort: clicked, order: sort === clicked && order === 'desc' ? 'asc' : 'desc' };
}

/** For a screen reader: "Sorted by cost, descending", "Grouped by model". */
export function describeArrangement({ sort, order, group }: Pick<Arrangement, 'sort' | 'order' | 'group'>): string {
  if (group !== null) return `Grouped by ${GROUPINGS.find(([key]) => key === group)?.[1] ?? group}`;
  return `Sorted by ${SORT_WORDS[sort]}, ${order === 'desc' ? 'descending' : 'ascending'}`;
}
