import { call, type WireCall } from '../api/call.js';
import type { CallsQuery, ExportQuery } from '../api/query.js';
import { QueryError } from '../api/query-error.js';
import type { Source } from './source.js';

export type ExportFormat = 'csv' | 'jsonl';

type Field = keyof WireCall;

/** Calls read at once: what an export holds in memory, however long it is. */
const PAGE_CALLS = 1000;

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
  source: Pick<Source, 'calls'>,
  query: ExportQuery,
  format: ExportFormat,
  nowMs: number,
  onFault: (fault: unknown) => void,
): Promise<ReadableStream<Uint8Array>> {
  const { columns, ...rest } = query;
  const fields = readFields(columns);
  const filter: CallsQuery = { ...fixWindow(rest, nowMs), limit: PAGE_CALLS };
  let page: Awaited<ReturnType<Source['calls']>> | null = await source.calls(filter);
  let head = format === 'csv' ? `${fields.join(',')}\r\n` : '';
  return new ReadableStream(
    {
      async pull(controller) {
        if (page === null) return;
        const text = head + page.calls.map((one) => writeCall(one, fields, format)).join('');
        head = '';
        const cursor = page.next_cursor;
        page = null;
        if (text !== '') controller.enqueue(Buffer.from(text, 'utf8'));
        if (cursor === null) return controller.close();
        try {
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

function readFields(columns: string | undefined): Field[] {
  const all = Object.keys(call.shape) as Field[];
  if (columns === undefined) return all;
  const names = columns.split(',');
  const unknown = names.find((name) => !(all as string[]).includes(name));
  if (unknown !== undefined) {
    const known = all.join(', ');
    throw new QueryError(
      'columns',
      `The parameter columns names ${JSON.stringify(unknown)}, which is none of ${known}.`,
    );
  }
  return names as Field[];
}

function writeCall(one: WireCall, fields: readonly Field[], format: ExportFormat): string {
  if (format === 'csv') return `${fields.map((field) => writeCell(one[field])).join(',')}\r\n`;
  return `${JSON.stringify(Object.fromEntries(fields.map((field) => [field, one[field]])))}\n`;
}

/** One cell as RFC 4180 has it; a text that would be taken for a formula behind an apostrophe, null as nothing. */
function writeCell(value: WireCall[Field]): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
