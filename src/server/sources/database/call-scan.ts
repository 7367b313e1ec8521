import type { CallColumns } from './call-columns.js';
import { selectNumber, type Query, type Sql } from './query.js';

/** Calls as columns: the same place in each array is the same call. */
export interface CallChunk {
  readonly rowids: readonly number[];
  readonly projectIds: readonly (string | null)[];
  readonly providers: readonly (string | null)[];
  readonly models: readonly (string | null)[];
  readonly attributions: readonly (string | null)[];
  readonly requestedAt: readonly (string | null)[];
  readonly latencyMs: readonly (number | null)[];
  readonly costs: readonly (number | null)[];
  /** Sums of the FLAG values. */
  readonly flags: readonly number[];
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly thinking: readonly number[];
  readonly cacheRead: readonly number[];
  readonly cacheWrite: readonly number[];
}

export const FLAG = { failed: 1, incomplete: 2, imputed: 4 } as const;

/** Calls in one statement: enough for it to pay, few enough to stay small in memory. */
const CHUNK_CALLS = 50_000;

/**
 * Reads all calls that a condition lets through, a chunk of columns at a time. SQLite writes each column as one JSON
 * array: that takes half the time of fetching rows, whose every value crosses into JavaScript by itself.
 */
export function scanCalls(db: Query, columns: CallColumns, filter: Sql, read: (chunk: CallChunk) => void): void {
  const [[count, first, last]] = db.all(
    `select count(*), coalesce(min(r.rowid), 0), coalesce(max(r.rowid), 0) from requests r where ${filter.sql}`,
    filter.parameters,
  ) as [[number, number, number]];
  if (count === 0) return;
  const select = selectColumns(columns);
  if (count <= CHUNK_CALLS) {
    read(parseChunk(db.all(`${select} where ${filter.sql}`, filter.parameters)[0]!));
    return;
  }
  for (let from = first; from <= last; from += CHUNK_CALLS) {
    const [row] = db.all(`${select} where ${filter.sql} and r.rowid >= ? and r.rowid < ?`, [
      ...filter.parameters,
      from,
      from + CHUNK_CALLS,
    ]);
    read(parseChunk(row!));
  }
}

function selectColumns(columns: CallColumns): string {
  const flags = [
    `${columns.isFailed} * ${FLAG.failed}`,
    `(not ${columns.isComplete}) * ${FLAG.incomplete}`,
    `${columns.isImputed} * ${FLAG.imputed}`,
  ].join(' + ');
  const texts = [columns.projectId, columns.provider, columns.model, columns.attribution, columns.requestedAt];
  const counts = [columns.input, columns.output, columns.thinking, columns.cacheRead, columns.cacheWrite];
  const arrays = [
    'json_group_array(r.rowid)',
    ...texts.map((text) => `json_group_array(cast(${text} as text))`),
    selectReals(columns.latencyMs),
    `json_group_array(${selectNumber(columns.cost)})`,
    `json_group_array(${flags})`,
    ...counts.map((count) => `json_group_array(coalesce(cast(${count} as integer), 0))`),
  ];
  return `select ${arrays.map((array) => `cast(${array} as blob)`).join(', ')} from requests r`;
}

/** SQLite's own JSON cuts a real number to 15 digits; 17 give it back as it was. */
function selectReals(column: string): string {
  const real = selectNumber(column);
  return `'[' || coalesce(group_concat(iif(${real} is null, 'null', printf('%!.17g', ${real}))), '') || ']'`;
}

function parseChunk(row: readonly unknown[]): CallChunk {
  const [
    rowids,
    projectIds,
    providers,
    models,
    attributions,
    requestedAt,
    latencyMs,
    costs,
    flags,
    input,
    output,
    thinking,
    cacheRead,
    cacheWrite,
  ] = row.map((cell) => JSON.parse((cell as Buffer).toString('utf8')) as never[]);
  return {
    rowids: rowids!,
    projectIds: projectIds!,
    providers: providers!,
    models: models!,
    attributions: attributions!,
    requestedAt: requestedAt!,
    latencyMs: latencyMs!,
    costs: costs!,
    flags: flags!,
    input: input!,
    output: output!,
    thinking: thinking!,
    cacheRead: cacheRead!,
    cacheWrite: cacheWrite!,
  };
}
