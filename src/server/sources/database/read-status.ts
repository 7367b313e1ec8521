import type { CaptureConfig } from '../../daemon-config.js';
import type { SourceChanges, SourceStatus } from '../../source.js';
import type { BodySums } from './body-index.js';
import type { CallColumns } from './call-columns.js';
import type { CallIndex } from './columns/call-index.js';
import type { Snapshot } from './connection.js';
import type { Circumstances } from './database-reader.js';
import { readCount, readText, selectText, type Cell } from './query.js';
import { toInstant } from './stored-time.js';

/** What a source over these tables can do beyond listing calls in the order of time, but for bodies. */
export const FEATURES: readonly string[] = [
  'sort',
  'offset',
  'filters',
  'totals',
  'facets',
  'series',
  'groups',
  'strip',
  'reprice',
  'export',
  'events',
  'pricing',
  'audit',
];

/**
 * What the database holds. `config` is null where the daemon's config.toml can't be read. Figures on bodies are there
 * once the index has walked through them all, `capture` is null until then.
 */
export function readStatus(
  snapshot: Snapshot,
  path: string,
  columns: CallColumns,
  index: CallIndex,
  { nowMs, config }: Circumstances,
): SourceStatus {
  const hasBodies = snapshot.schema.hasTable('request_bodies');
  const isLoaded = index.isLoaded(snapshot, nowMs);
  const [[schemaVersion]] = snapshot.all('pragma user_version') as [[number]];
  const [row] = snapshot.all(
    `select ${selectText('sqlite_version()')}, ${isLoaded ? '0' : '(select count(*) from requests)'},
       ${hasBodies && !isLoaded ? '(select count(*) from request_bodies where request_body is not null or response_body is not null)' : '0'},
       ${selectText(`(select min(${columns.requestedAt}) from requests r)`)},
       ${selectText(`(select max(${columns.requestedAt}) from requests r)`)}`,
  );
  const [sqliteVersion, calls, bodies, oldest, newest] = row!;
  return {
    database: {
      path,
      schema_version: readCount(schemaVersion),
      sqlite_version: readText(sqliteVersion) ?? '',
      calls: isLoaded ? index.table.length : readCount(calls),
      bodies: isLoaded ? index.bodies.sums.bodies : readCount(bodies),
      oldest_call_at: toInstant(readText(oldest)),
      newest_call_at: toInstant(readText(newest)),
    },
    capture: hasBodies && isLoaded ? writeCapture(index.bodies.sums, config) : null,
    cloud: readCloud(snapshot, config),
    index: index.progress,
    features: hasBodies ? ['bodies', 'body-search', 'body-summary', ...FEATURES] : [...FEATURES],
  };
}

function writeCapture(sums: BodySums, config: CaptureConfig | null): SourceStatus['capture'] {
  return {
    enabled: config?.enabled ?? null,
    max_body_bytes: config?.maxBodyBytes ?? null,
    retention_days: config?.retentionDays ?? null,
    bodies: sums.bodies,
    stored_bytes: sums.storedBytes,
    truncated: sums.truncated,
    failed: sums.failed,
    redacted: sums.redacted,
    oldest_body_at: toInstant(sums.oldest),
    categories: Object.fromEntries([...sums.categories].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** How many calls there are, and what is known to have changed. */
export function countChanges(
  snapshot: Snapshot,
  { requestedAt }: CallColumns,
  index: CallIndex,
  nowMs: number,
): SourceChanges {
  const [[calls, last, newest]] = snapshot.all(
    `select ${index.isLoaded(snapshot, nowMs) ? index.table.length : '(select count(*) from requests)'},
       coalesce(max(r.rowid), 0), ${selectText(`(select max(${requestedAt}) from requests r)`)} from requests r`,
  ) as [[number, number, Cell]];
  return {
    calls,
    newestCallAt: toInstant(readText(newest)),
    version: snapshot.version,
    marks: { insert: last, body: index.bodies.rows, ...index.marks },
  };
}

/** Whether the daemon itself is set to send calls to its vendor's cloud; null in a database from before it could. */
function readCloud(snapshot: Snapshot, config: CaptureConfig | null): SourceStatus['cloud'] {
  const { schema } = snapshot;
  if (!schema.hasTable('cloud_state')) return null;
  const name = schema.column('cloud_state', 'c', 'workspace_name');
  const [row] = snapshot.all(
    `select ${selectText(name)} from cloud_state c
     where c.enabled is 1 and coalesce(c.workspace_id, '') <> '' order by c.rowid limit 1`,
  );
  const [uploaded] = schema.hasColumn('request_bodies', 'uploaded_at')
    ? snapshot.all('select count(*) from request_bodies where uploaded_at is not null')
    : [];
  return {
    paired: row !== undefined,
    workspace: readText(row?.[0] ?? null),
    uploaded_bodies: readCount(uploaded?.[0]),
    uploads_bodies: config?.uploadsBodies ?? null,
  };
}
