import type { Sort } from '../api/query.js';
import type { WireCall } from '../api/call.js';
import { bodyCell, numberCell, textCell, timeCell, tokensCell } from './call-cells.js';
import { type Call, type CellText, costCell, statusCell } from './call-state.js';
import { formatDuration } from './format.js';

export interface CallColumn {
  /** Its name in an address. A column from inside the body has its JSON Pointer for one. */
  readonly key: string;
  readonly label: string;
  /** The contract's field, by which exports name it; null for a column from inside the body. */
  readonly field: keyof WireCall | null;
  readonly isNumber: boolean;
  readonly sort?: Sort;
  /** Least width in pixels, and what it takes of the room that is left. */
  readonly minPx: number;
  readonly share: number;
  /** Stands without being chosen, from this width of the element on. */
  readonly fromPx?: number;
  readonly isMono?: boolean;
  /** `bodies`: for what a cell tells of a call's body. */
  readonly cell: (call: Call, timeZone: string, bodies?: BodyReader) => CellText;
}

/** What is known of bodies, each read by itself and therefore later than the calls. */
export interface BodyReader {
  /** What a JSON Pointer finds in a call's request. */
  readonly readPointer: (pointer: string, call: Call) => CellText;
  /** Why a call has no body, where that is known. */
  readonly readState: (call: Call) => string | undefined;
}

/** Below this width a row has two lines: clock over day, model over project. */
export const TWO_LINES_PX = 640;

export function column(
  key: string,
  label: string,
  field: keyof WireCall,
  widths: readonly [minPx: number, share: number, fromPx?: number],
  cell: CallColumn['cell'],
  more: Pick<Partial<CallColumn>, 'sort' | 'isNumber' | 'isMono'> = {},
): CallColumn {
  const [minPx, share, fromPx] = widths;
  return {
    key,
    label,
    field,
    isNumber: false,
    minPx,
    share,
    ...(fromPx === undefined ? {} : { fromPx }),
    cell,
    ...more,
  };
}

const tokens = (
  key: string,
  label: string,
  field: keyof WireCall,
  count: (call: Call) => number,
  fromPx: number,
  sort?: Sort,
): CallColumn =>
  column(key, label, field, [label.length > 8 ? 82 : 66, 0.62, fromPx], (call) => tokensCell(call, count(call)), {
    isNumber: true,
    ...(sort ? { sort } : {}),
  });

export const number = { isNumber: true };
export const mono = { isMono: true };
const duration = (ms: number | null): CellText => numberCell(ms, formatDuration);

/** The columns that stand without being chosen, in the order they stand in. */
export const FIRST_COLUMNS: readonly CallColumn[] = [
  column('time', 'Time', 'requested_at', [122, 0, 0], (call, zone) => timeCell(call.requestedAt, zone), {
    sort: 'requested_at',
  }),
  column('project', 'Project', 'project', [96, 1.15, TWO_LINES_PX], (call) => textCell(call.project)),
  column('model', 'Model', 'model', [140, 1.5, 0], (call) => ({ ...textCell(call.model), swatch: call.provider })),
  column('status', 'Status', 'status', [140, 0.4, TWO_LINES_PX], statusCell),
  tokens('input', 'Input', 'input_tokens', (call) => call.inputTokens, 842, 'input'),
  tokens('cache-read', 'Cache read', 'cache_read_tokens', (call) => call.cacheReadTokens, 1002),
  tokens('cache-write', 'Cache write', 'cache_write_tokens', (call) => call.cacheWriteTokens, 1182),
  tokens('output', 'Output', 'output_tokens', (call) => call.outputTokens, 902, 'output'),
  tokens('thinking', 'Thinking', 'thinking_tokens', (call) => call.thinkingTokens, 1082),
  column('ttft', 'First token', 'ttft_ms', [82, 0.55, 1480], (call) => duration(call.ttftMs), {
    ...number,
    sort: 'ttft',
  }),
  column('latency', 'Latency', 'latency_ms', [72, 0.6, 782], (call) => duration(call.latencyMs), {
    ...number,
    sort: 'latency',
  }),
  column('cost', 'Cost', 'cost_millicents', [92, 0.7, 0], costCell, { ...number, sort: 'cost' }),
  column('body', 'Body', 'body', [74, 0, 720], (call, _, bodies) => bodyCell(call, bodies?.readState(call))),
  column('machine', 'Machine', 'machine', [90, 0.8, 1480], (call) => textCell(call.machine), mono),
];
