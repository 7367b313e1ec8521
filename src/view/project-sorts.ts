import type { CamelCased } from '../api/camel-case.js';
import type { WireShownProject } from '../api/project.js';
import { cacheShare, perCall } from './project-columns.js';
import { joinTags } from './project-tags.js';

type Project = CamelCased<WireShownProject>;

/** What rows are put in order by; null goes last in either direction. */
export type SortBy = (project: Project) => number | string | null;

const byCost: SortBy = ({ calls, costMillicents }) => (calls > 0 ? costMillicents : null);

/** By the key of a column. That of the change is only known once the period before is. */
const SORTS: Readonly<Record<string, SortBy>> = {
  cost: byCost,
  imputed: (project) => project.imputedMillicents,
  share: byCost,
  // Of the newest day.
  trend: ({ daily }) => daily.at(-1)?.costMillicents ?? null,
  calls: (project) => project.calls,
  'per-call': perCall,
  tokens: (project) => sumTokens(project),
  cached: cacheShare,
  latency: (project) => project.avgLatencyMs,
  p95: (project) => project.p95LatencyMs,
  failed: (project) => project.failedCalls,
  cut: (project) => project.incompleteCalls,
  unpriced: (project) => project.unpricedCalls,
  model: (project) => project.topModel,
  attribution: ({ tags }) => joinTags(tags)[0]?.[0] ?? null,
  capture: ({ capture }) => capture && Number(capture.enabled),
  created: (project) => project.createdAt,
  first: (project) => project.firstCallAt,
  last: (project) => project.lastCallAt,
};

/** Columns whose order begins with the first of the alphabet. */
export const isText = (key: string): boolean => /^(project|model|attribution)$/.test(key);

type Tokens = Pick<Project, 'inputTokens' | 'outputTokens' | 'thinkingTokens' | 'cacheReadTokens' | 'cacheWriteTokens'>;

export const sumTokens = (sums: Tokens): number =>
  sums.inputTokens + sums.outputTokens + sums.thinkingTokens + sums.cacheReadTokens + sums.cacheWriteTokens;

/** The projects in a column's order, nulls last, ties by slug. A column that isn't there is the slug itself. */
export function sortProjects(
  projects: readonly Project[],
  key: string,
  order: 'asc' | 'desc',
  more: Readonly<Record<string, SortBy>> = {},
): Project[] {
  const sorts = { ...SORTS, ...more };
  const sortBy = Object.hasOwn(sorts, key) ? sorts[key]! : ({ slug }: Project) => slug;
  const direction = order === 'asc' ? 1 : -1;
  return [...projects].sort((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === right) return a.slug < b.slug ? -1 : 1;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -direction : direction;
  });
}
