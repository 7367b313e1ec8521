import type { WireCallDetail } from '../../../api/call.js';
import type { CallColumns } from './call-columns.js';
import { readCalls } from './call-row.js';
import type { Snapshot } from './connection.js';
import { readText, selectText } from './query.js';
import { auditCall, findRate } from './rates.js';
import { normaliseStored } from './stored-time.js';

/** One call with its price and audit, null where there is none with this id. */
export function findCall(snapshot: Snapshot, columns: CallColumns, id: string): WireCallDetail | null {
  const [row] = snapshot.all(
    `select r.rowid, ${selectText(columns.requestedAt)} from requests r where ${columns.id} = ?`,
    [id],
  );
  if (row === undefined) return null;
  const [call] = readCalls(snapshot, columns, [Number(row[0])]);
  if (call === undefined) return null;
  const requestedAt = normaliseStored(readText(row[1]) ?? '');
  return auditCall(call, requestedAt === null ? null : findRate(snapshot, call, requestedAt));
}
