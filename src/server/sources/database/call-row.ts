import type { WireCall } from '../../../api/call.js';
import type { CallColumns } from './call-columns.js';
import type { Snapshot } from './connection.js';
import { printReal, readCount, readInteger, readText, selectNumber, type Cell } from './query.js';
import type { Schema } from './schema.js';
import { toInstant, toInstantOr1970 } from './stored-time.js';

type BodyMark = WireCall['body'];

/** Columns, texts first, in the order in which SQLite writes them into a call's JSON array. */
const PACKED = [
  'id',
  'provider',
  'model',
  'mode',
  'kind',
  'status',
  'errorClass',
  'errorCode',
  'requestedAt',
  'recordedAt',
  'ratesSource',
  'billing',
  'machine',
  'workdir',
  'attribution',
  'promptHash',
  'httpStatus',
  'retryable',
  'input',
  'output',
  'thinking',
  'cacheRead',
  'cacheWrite',
  'isComplete',
  'cost',
] as const satisfies readonly (keyof CallColumns)[];

type Packed = (typeof PACKED)[number];
type PackedCell = string | number | null;
/** What stands before the packed columns of a call. */
type PackedCall = readonly [
  rowid: number,
  project: string,
  mark: number,
  latencyMs: number | null,
  ttftMs: number | null,
  ...PackedCell[],
];

const FIRST_NUMBER = PACKED.indexOf('httpStatus');
const BEFORE = 5;
const PLACES = new Map(PACKED.map((name, place) => [name, BEFORE + place]));

/**
 * Reads calls by rowid, in the order of the rowids. A call whose project has no row goes by the project's id; a
 * requested_at that is no time reads as 1970, so that the call is still there to be found.
 */
export function readCalls(snapshot: Snapshot, columns: CallColumns, rowids: readonly number[]): WireCall[] {
  if (rowids.length === 0) return [];
  const packed = PACKED.map((name, place) =>
    place < FIRST_NUMBER ? `cast(${columns[name]} as text)` : selectNumber(columns[name]),
  );
  const { mark, join } = selectBodyMark(snapshot.schema);
  const project = 'cast(coalesce(p.slug, r.project_id) as text)';
  const times = [columns.latencyMs, columns.ttftMs].map(selectNumber).map((time) => {
    return `iif(${time} is null, null, json(${printReal(time)}))`;
  });
  // One value for all of them: each value that crosses into JavaScript by itself costs as much as ten in a text.
  const [[json]] = snapshot.all(
    `select cast(json_group_array(json_array(r.rowid, ${project}, ${mark}, ${[...times, ...packed].join(', ')})) as blob)
     from requests r left join projects p on p.id = r.project_id ${join}
     where r.rowid in (select value from json_each(?))`,
    [JSON.stringify(rowids)],
  ) as [[Cell]];
  const rows = JSON.parse(readText(json)!) as PackedCall[];
  const calls = new Map(rows.map((row) => [row[0], readCall(row)]));
  return rowids.flatMap((rowid) => calls.get(rowid) ?? []);
}

function readCall(row: PackedCall): WireCall {
  const cell = (name: Packed): PackedCell => row[PLACES.get(name)!] ?? null;
  const text = (name: Packed): string | null => cell(name) as string | null;
  const number = (name: Packed): number | null => cell(name) as number | null;
  const [, project, mark, latencyMs, ttftMs] = row;
  const retryable = number('retryable');
  return {
    id: text('id') ?? '',
    project: project ?? '',
    provider: text('provider'),
    model: text('model'),
    mode: text('mode'),
    kind: text('kind'),
    status: text('status'),
    http_status: readInteger(number('httpStatus')),
    error_class: text('errorClass'),
    error_code: text('errorCode'),
    retryable: retryable === null ? null : retryable !== 0,
    requested_at: toInstantOr1970(text('requestedAt')),
    recorded_at: toInstant(text('recordedAt')),
    latency_ms: latencyMs,
    ttft_ms: ttftMs,
    input_tokens: readCount(number('input')),
    output_tokens: readCount(number('output')),
    thinking_tokens: readCount(number('thinking')),
    cache_read_tokens: readCount(number('cacheRead')),
    cache_write_tokens: readCount(number('cacheWrite')),
    complete: number('isComplete') !== 0,
    cost_millicents: readInteger(number('cost')),
    rates_source: text('ratesSource'),
    billing: text('billing') ?? 'api',
    machine: text('machine'),
    workdir: text('workdir'),
    attribution: text('attribution'),
    prompt_hash: text('promptHash'),
    body: BODY_MARKS[mark] ?? 'none',
  };
}

const BODY_MARKS: readonly BodyMark[] = ['none', 'stored', 'truncated', 'failed'];

/** The place in BODY_MARKS, as a column over `request_bodies b` that `join` brings in. */
function selectBodyMark(schema: Schema): { mark: string; join: string } {
  if (!schema.hasTable('request_bodies')) return { mark: '0', join: '' };
  const column = (name: string): string => schema.column('request_bodies', 'b', name);
  return {
    mark: `case when b.request_body is not null or b.response_body is not null
             then iif(${column('request_truncated')} is 1 or ${column('response_truncated')} is 1, 2, 1)
           when ${column('capture_error')} is not null then 3 else 0 end`,
    join: 'left join request_bodies b on b.request_id = r.id',
  };
}
