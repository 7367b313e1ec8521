import type { FilterQuery } from '../../../api/query.js';
import type { CallColumns } from './call-columns.js';
import type { Snapshot } from './connection.js';
import { resolveProjectIds } from './project-ids.js';
import { isAmong, type Parameter, type Sql } from './query.js';
import type { WordIndex } from './word-index.js';
import { readWindow } from './time-window.js';

/** A filter as a condition over `requests r`. */
export interface CallFilter extends Sql {
  /** Whether it looks at requested_at and nothing else, which the index answers by itself. */
  readonly isTimeOnly: boolean;
}

/** What resolving a filter needs besides the filter. */
export interface FilterContext {
  readonly snapshot: Snapshot;
  readonly columns: CallColumns;
  readonly words: WordIndex;
  readonly nowMs: number;
}

const NO_CONDITION: Sql = { sql: '1', parameters: [] };

/**
 * Turns a filter into SQL: OR within a name, AND across names. Values only ever travel as parameters.
 * @throws QueryError for an impossible time.
 */
export function filterCalls(query: FilterQuery, context: FilterContext): CallFilter {
  const { columns } = context;
  const time = filterTime(query, context);
  const rest = [
    ...filterLists(query, context),
    ...filterFlags(query, columns),
    ...filterRanges(query, columns),
    ...filterPrompt(query, columns),
    ...(query.q === undefined ? [] : context.words.findWords(query.q, context.snapshot, columns)),
  ];
  return { ...joinAll([...time, ...rest]), isTimeOnly: rest.length === 0 };
}

/** All of the conditions. */
export function joinAll(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return NO_CONDITION;
  return {
    sql: conditions.map(({ sql }) => sql).join(' and '),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

function compare(expression: string, operator: string, value: Parameter | undefined): Sql[] {
  return value === undefined || value === null ? [] : [{ sql: `${expression} ${operator} ?`, parameters: [value] }];
}

function filterTime(query: FilterQuery, { columns, nowMs }: FilterContext): Sql[] {
  const { from, before } = readWindow(query, nowMs);
  return [...compare(columns.requestedAt, '>=', from), ...compare(columns.requestedAt, '<', before)];
}

function filterLists(query: FilterQuery, { columns, snapshot }: FilterContext): Sql[] {
  const lists: [string, readonly (string | null)[] | undefined][] = [
    [columns.projectId, query.project && resolveProjectIds(snapshot, query.project)],
    [columns.provider, query.provider],
    [columns.model, query.model],
    [columns.status, query.status],
    [columns.kind, query.kind],
    [columns.billing, query.billing?.map((basis) => basis ?? 'api')],
    [columns.attribution, query.attribution],
    [columns.errorClass, query.error_class],
  ];
  return lists.flatMap(([expression, values]) => (values === undefined ? [] : [isAmong(expression, values)]));
}

function filterFlags(query: FilterQuery, columns: CallColumns): Sql[] {
  const flags: [string, boolean | undefined][] = [
    [`${columns.cost} is not null`, query.priced],
    [columns.isComplete, query.complete],
    [columns.hasBody, query.body],
    [isRepeated(columns), query.repeated],
  ];
  return flags.flatMap(([sql, wanted]) => {
    if (wanted === undefined) return [];
    return [{ sql: wanted ? `(${sql})` : `not (${sql})`, parameters: [] }];
  });
}

/** One pass over all prompts: asking for each call whether there is an earlier one takes a scan a call. */
function isRepeated({ promptHash }: CallColumns): string {
  return promptHash === 'null'
    ? '0'
    : `r.rowid in (select at from (
         select r.rowid as at, row_number() over (partition by r.project_id, r.prompt_hash
           order by r.requested_at, r.id) as place
         from requests r where r.prompt_hash is not null) where place > 1)`;
}

function filterRanges(query: FilterQuery, columns: CallColumns): Sql[] {
  return [
    ...compare(columns.cost, '>=', query.min_cost),
    ...compare(columns.cost, '<=', query.max_cost),
    ...compare(columns.latencyMs, '>=', query.min_latency),
    ...compare(columns.latencyMs, '<=', query.max_latency),
    ...compare(columns.tokens, '>=', query.min_tokens),
    ...compare(columns.tokens, '<=', query.max_tokens),
  ];
}

function filterPrompt(query: FilterQuery, columns: CallColumns): Sql[] {
  return compare(columns.promptHash, '=', query.prompt);
}
