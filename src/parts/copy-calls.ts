import type { Call } from '../daemon/calls.js';
import { getCallText } from '../daemon/call-text.js';
import { CALL_COLUMNS } from '../view/all-columns.js';
import { printCsv } from '../view/call-csv.js';
import type { CallsContext } from './calls-context.js';
import { copyText } from './copy-text.js';

export type CopyFormat = 'JSON' | 'CSV' | 'id';

/** The calls that a copy is of: the chosen ones, or the one that keys act on. */
export function listCopied({ scope, activeCall }: CallsContext): readonly string[] {
  const active: Call | undefined = activeCall();
  return scope.selection.length > 0 ? scope.selection : active === undefined ? [] : [active.id];
}

/**
 * Puts calls on the clipboard; false where the page may not copy.
 * @throws what getCallText throws.
 */
export async function copyCalls(context: CallsContext, format: CopyFormat): Promise<boolean> {
  const ids = listCopied(context);
  if (format === 'id') return copyText(ids.join('\n'));
  const { signal } = new AbortController();
  const texts = await Promise.all(ids.map((id) => getCallText(context.scope.origin, id, signal)));
  const calls = texts.map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
  if (format === 'JSON') return copyText(JSON.stringify(calls.length === 1 ? calls[0] : calls, null, 2));
  const fields = context.columns().flatMap(({ key }) => CALL_COLUMNS.find((column) => column.key === key)?.field ?? []);
  return copyText(printCsv(fields, calls));
}
