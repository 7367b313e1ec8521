import { findPointer, printFound } from '../bodies/json-pointer.js';
import { getBodyText } from '../daemon/body-texts.js';
import type { Call } from '../daemon/calls.js';
import { getCallText } from '../daemon/call-text.js';
import { ProblemError } from '../daemon/errors.js';
import { fieldOf } from '../view/all-columns.js';
import { printCsv } from '../view/call-csv.js';
import type { CallsContext } from './calls-context.js';
import { copyText } from './copy-text.js';

export type CopyFormat = 'JSON' | 'CSV' | 'id';

/** The calls that a copy is of: the chosen ones, or the one that keys act on. */
export function listCopied({ scope, activeCall }: CallsContext): readonly string[] {
  const active: Call | undefined = activeCall();
  return scope.selection.length > 0 ? scope.selection : active === undefined ? [] : [active.id];
}

/** A call as it was answered. */
interface CallRecord extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly body: string;
}

/**
 * Puts calls on the clipboard; false where the page may not copy.
 * @throws what getCallText and getBodyText throw.
 */
export async function copyCalls(context: CallsContext, format: CopyFormat): Promise<boolean> {
  const ids = listCopied(context);
  if (format === 'id') return copyText(ids.join('\n'));
  const { signal } = new AbortController();
  const texts = await Promise.all(ids.map((id) => getCallText(context.scope.origin, id, signal)));
  const calls = texts.map((text) => JSON.parse(text) as CallRecord);
  if (format === 'JSON') return copyText(JSON.stringify(calls.length === 1 ? calls[0] : calls, null, 2));
  const fields = context.columns().map(({ key }) => fieldOf(key));
  const pointers = fields.filter((field) => field.startsWith('/'));
  const records = calls.map(async (call) => ({
    ...call,
    ...(pointers.length > 0 && (await readPointers(context.scope.origin, call, pointers, signal))),
  }));
  return copyText(printCsv(fields, await Promise.all(records)));
}

/** What the request has at each pointer, as the server's exports tell it: nothing for what is not there or was not kept. */
async function readPointers(
  origin: string,
  { id, body }: CallRecord,
  pointers: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string | null>>> {
  if (body === 'none') return {};
  try {
    const text = await getBodyText(origin, id, 'request', signal);
    return Object.fromEntries(pointers.map((pointer) => [pointer, printFound(findPointer(text, pointer))]));
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return {};
    throw error;
  }
}
