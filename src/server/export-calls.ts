import { call, type WireCall } from '../api/call.js';
import type { CallsQuery, ExportQuery } from '../api/query.js';
import { QueryError } from '../api/query-error.js';
import { isJsonPointer } from '../bodies/is-json-pointer.js';
import { findPointer, printFound } from '../bodies/json-pointer.js';
import type { Source } from './source.js';

export type ExportFormat = 'csv' | 'jsonl';

type Field = keyof WireCall;
/** A field of the call, or a place in its request. */
type Column = Field | `/${string}`;
type Value = WireCall[Field];

/** Calls read at once: what an export holds in memory, however long it is. */
const PAGE_CALLS = 1000;
/** The same where each one's request is opened, which may be half a megabyte. */
const PAGE_REQUESTS = 50;

const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** What a spreadsheet would take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Every call of the filter as text, in the asked order, a page at a time and only as fast as it is read. The first page
 * is read before it resolves, so that what is wrong with the question is told as such; what goes wrong later is given to
 * `onFault`, which has to cut the answer off: a file that merely ends looks whole.
 * @throws QueryError for an unknown column; and what `Source.calls` throws.
 */
export async function exportCalls(
  source: Pick<Source, 'calls' | 'bodyText'>,
  query: ExportQuery,
  format: ExportFormat,
  nowMs: number,
  onFault: (fault: unknown) => void,
): Promise<ReadableStream<Uint8Array>> {
  const { columns, ...rest } = query;
  const asked = readColumns(columns);
  const pointers = asked.filter((column) => column.startsWith('/'));
  const filter: CallsQuery = { ...fixWindow(rest, nowMs), limit: pointers.length > 0 ? PAGE_REQUESTS : PAGE_CALLS };
  let page: Awaited<ReturnType<Source['calls']>> | null = await source.calls(filter);
  let head = format === 'csv' ? `${asked.map(writeCell).join(',')}\r\n` : '';
  return new ReadableStream(
    {
      async pull(controller) {
        if (page === null) return;
        const { calls, next_cursor: cursor } = page;
        page = null;
        try {
          let text = head;
          head = '';
          for (const one of calls) {
            const found = pointers.length > 0 ? await readPointers(source, one, pointers) : null;
            text += writeCall(asked, (column) => found?.get(column) ?? one[column as Field] ?? null, format);
          }
          if (text !== '') controller.enqueue(Buffer.from(text, 'utf8'));
          if (cursor === null) return controller.close();
          page = await source.calls({ ...filter, cursor });
        } catch (fault) {
          onFault(fault);
        }
      },
    },
    // Nothing is read before it is wanted, so nothing waits in memory for a slow reader.
    { highWaterMark: 0 },
  );
}

/** `last` counts from the beginning of the export, not of each page. */
function fixWindow(query: Omit<ExportQuery, 'columns'>, nowMs: number): Omit<ExportQuery, 'columns'> {
  const { last, ...rest } = query;
  if (last === undefined) return rest;
  const spanMs = Number(last.slice(0, -1)) * UNIT_MS[last.slice(-1)]!;
  return { ...rest, since: new Date(Math.max(0, nowMs - spanMs)).toISOString() };
}

function readColumns(columns: string | undefined): Column[] {
  const fields = Object.keys(call.shape) as Field[];
  if (columns === undefined) return fields;
  return columns.split(',').map((name) => {
    if (name.startsWith('/')) return readPointer(name);
    if ((fields as string[]).includes(name)) return name as Field;
    const known = fields.join(', ');
    throw new QueryError('columns', `The parameter columns names ${JSON.stringify(name)}, which is none of ${known}.`);
  });
}

function readPointer(encoded: string): Column {
  let pointer = encoded;
  try {
    pointer = decodeURIComponent(encoded);
  } catch {
    // It is taken as it stands.
  }
  if (isJsonPointer(pointer)) return pointer as Column;
  throw new QueryError('columns', `The parameter columns names ${JSON.stringify(pointer)}, which is no JSON Pointer.`);
}

/** What the request has at each pointer, as the table shows it; nothing for what is not there or was not kept. */
async function readPointers(
  source: Pick<Source, 'bodyText'>,
  { id, body }: WireCall,
  pointers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const answer = body === 'none' ? null : await source.bodyText(id, 'request');
  const values = new Map<string, string>();
  if (answer?.found !== 'text') return values;
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.pieces) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  for (const pointer of pointers) {
    const value = printFound(findPointer(text, pointer));
    if (value !== null) values.set(pointer, value);
  }
  return values;
}

function writeCall(columns: readonly Column[], valueOf: (column: Column) => Value, format: ExportFormat): string {
  if (format === 'csv') return `${columns.map((column) => writeCell(valueOf(column))).join(',')}\r\n`;
  return `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, valueOf(column)])))}\n`;
}

/** One cell as RFC 4180 has it; a text that would be taken for a formula behind an apostrophe, null as nothing. */
function writeCell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
