import type { WireBody } from '../../../api/body.js';
import { QueryError } from '../../../api/query-error.js';
import type { CaptureConfig } from '../../daemon-config.js';
import type { NoBodyText } from '../../source.js';
import { explainBody, type ExplainedState } from './body-state.js';
import type { Snapshot } from './connection.js';
import { selectNumber, readInteger, readNumber, readText, selectText, type Cell } from './query.js';
import { parseRedactions } from './redactions.js';
import type { Schema } from './schema.js';
import { toEpochMs, toInstant } from './stored-time.js';

type Side = 'request' | 'response';

/** The daemon's settings and the clock: what a state is told from besides the database. */
export interface BodyContext {
  readonly config: CaptureConfig | null;
  readonly nowMs: number;
}

/**
 * What is known of the bodies of these calls, in this order.
 * @throws QueryError for an id that no call has.
 */
export function readBodies(snapshot: Snapshot, ids: readonly string[], context: BodyContext): WireBody[] {
  return ids.map((id) => {
    const body = readBody(snapshot, id, context);
    if (body === null) throw new QueryError('call', `There is no call ${JSON.stringify(id)}.`);
    return body;
  });
}

/** A stretch of the stored bytes of one side. */
export interface BodyPiece {
  readonly found: 'text';
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly totalBytes: number;
  /** Which row of which file it is of. */
  readonly row: string;
  readonly version: string;
}

/** Bytes of one side from `start`, so many at most, or why there are none. */
export function readBodyPiece(
  snapshot: Snapshot,
  id: string,
  side: Side,
  { start, most }: { readonly start: number; readonly most: number },
  context: BodyContext,
): BodyPiece | NoBodyText {
  if (snapshot.schema.hasTable('request_bodies')) {
    const text = `b.${side}_body`;
    const [row] = snapshot.all(
      `select b.rowid, octet_length(${text}), substr(${selectText(text)}, ?, ?) from request_bodies b where b.request_id = ?`,
      [start + 1, most, id],
    );
    const [rowid, totalBytes, bytes] = row ?? [];
    if (typeof totalBytes === 'number') {
      const { layout, version } = snapshot;
      // Of an empty text SQLite gives no bytes.
      const piece = Buffer.isBuffer(bytes)
        ? new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length)
        : new Uint8Array();
      return { found: 'text', bytes: piece, totalBytes, row: `${layout}.${Number(rowid)}`, version };
    }
  }
  const body = readBody(snapshot, id, context);
  if (body === null) return { found: 'no-call' };
  // One side may be stored where the other is not.
  if (body.state !== 'stored') return { found: 'nothing', state: body.state, reason: body.reason };
  const { error } = body[side];
  return { found: 'nothing', state: error === null ? 'none' : 'failed', reason: error };
}

function readBody(snapshot: Snapshot, id: string, { config, nowMs }: BodyContext): WireBody | null {
  const { schema } = snapshot;
  const [call] = snapshot.all(
    `select ${selectText('r.requested_at')}, ${selectSetting(schema)} from requests r
     ${schema.hasTable('project_settings') ? 'left join project_settings s on s.project_id = r.project_id' : ''}
     where r.id = ?`,
    [id],
  );
  if (call === undefined) return null;
  const hasTable = schema.hasTable('request_bodies');
  const [row] = hasTable ? snapshot.all(selectBody(schema), [id]) : [];
  const captureError = readText(row?.[0]);
  const request = readSide(row?.slice(4, 8));
  const response = readSide(row?.slice(8, 12));
  const explained: ExplainedState = explainBody({
    hasTable,
    row: row === undefined ? null : { hasText: request.isStored || response.isStored, captureError },
    requestedAtMs: toEpochMs(readText(call[0])),
    setting: readSetting(call.slice(1)),
    config,
    nowMs,
  });
  return {
    call_id: id,
    ...explained,
    captured_at: toInstant(readText(row?.[1])),
    uploaded_at: toInstant(readText(row?.[2])),
    redactions: Object.fromEntries(parseRedactions(readText(row?.[3]))),
    request: { ...request.wire, error: pickError('request', request.isStored, captureError) },
    response: {
      ...response.wire,
      error: pickError('response', response.isStored, captureError),
      incomplete: readNumber(row?.[12]) === 1,
    },
  };
}

function selectSetting(schema: Schema): string {
  if (!schema.hasTable('project_settings')) return 'null, null, null';
  const changedAt = schema.column('project_settings', 's', 'updated_at');
  return `s.project_id is not null, s.body_capture_enabled is not 0, ${selectText(changedAt)}`;
}

function readSetting([exists, isOn, changedAt]: readonly Cell[]): { isOn: boolean; changedAtMs: number | null } | null {
  if (exists !== 1) return null;
  return { isOn: isOn === 1, changedAtMs: toEpochMs(readText(changedAt)) };
}

function selectBody(schema: Schema): string {
  const column = (name: string): string => schema.column('request_bodies', 'b', name);
  const selectSide = (side: Side): string[] => [
    selectNumber(column(`${side}_body_bytes`)),
    `octet_length(b.${side}_body)`,
    `${column(`${side}_truncated`)} is 1`,
    selectText(column(`${side}_content_type`)),
  ];
  return `select ${[
    ...['capture_error', 'captured_at', 'uploaded_at', 'redaction_summary'].map((name) => selectText(column(name))),
    ...selectSide('request'),
    ...selectSide('response'),
    `${column('streaming_incomplete')} is 1`,
  ].join(', ')} from request_bodies b where b.request_id = ?`;
}

function readSide(cells: readonly Cell[] = []): {
  readonly isStored: boolean;
  readonly wire: Omit<WireBody['request'], 'error'>;
} {
  const storedBytes = readInteger(cells[1]);
  const bytes = readInteger(cells[0]);
  return {
    isStored: storedBytes !== null,
    wire: {
      // The column is 0 where nothing was measured, and a body of which no text is stored was hardly empty.
      bytes: bytes === null || bytes < 0 || (bytes === 0 && storedBytes === null) ? null : bytes,
      stored_bytes: storedBytes,
      truncated: cells[2] === 1,
      content_type: readText(cells[3]),
    },
  };
}

/** The daemon notes one error for both sides; its name says which it is about, or it is about what is not there. */
function pickError(side: Side, isStored: boolean, captureError: string | null): string | null {
  if (captureError === null || isStored) return null;
  const about = /^(request|response)_/.exec(captureError)?.[1];
  return about === undefined || about === side ? captureError : null;
}
