import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToParams } from '../api/filter.js';
import type { WireGroupsAnswer } from '../api/groups.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';
import { sumShapes } from './sums.js';

export type GroupsAnswer = CamelCased<WireGroupsAnswer>;
export type Group = GroupsAnswer['groups'][number];

const groupsShape: Shape<WireGroupsAnswer> = {
  by: 's',
  groups: [{ key: 's?', ...sumShapes, avg_latency_ms: 'n?', first_call_at: 's?', last_call_at: 's?' }],
  totals: sumShapes,
};

/** `GET /api/calls/groups` */
export function listGroups(
  origin: string,
  by: GroupsAnswer['by'],
  filter: Filter,
  signal: AbortSignal,
): Promise<GroupsAnswer> {
  const params = filterToParams(filter);
  params.set('by', by);
  return getJson<WireGroupsAnswer>(origin, `/api/calls/groups?${params}`, groupsShape, signal);
}
