import type { WireBodySummary } from '../../../api/body-summary.js';
import type { FilterQuery } from '../../../api/query.js';
import type { CaptureConfig } from '../../daemon-config.js';
import { DAY_MS } from './body-state.js';
import { BodyTables, type BodyFigures, type CaptureRules } from './body-tables.js';
import { testName } from './columns/pass-signatures.js';
import type { IndexContext } from './index-context.js';
import { readText, selectText } from './query.js';
import { toEpochMs, toInstant } from './stored-time.js';

const MICROS_PER_MS = 1000;

interface Setting {
  readonly isOn: boolean;
  readonly changedAt: string | null;
}

/**
 * What is kept of the bodies of the filter's calls, and why not, by project, those with the most calls first; projects
 * without a call too, unless the filter names others. Null where there is no table for bodies.
 */
export function summarizeBodies(
  query: FilterQuery,
  context: IndexContext,
  config: CaptureConfig | null,
): WireBodySummary | null {
  const { snapshot, index, selections, slugs } = context;
  if (!snapshot.schema.hasTable('request_bodies')) return null;
  index.bodies.uploads.update(snapshot, index.table);
  const settings = readSettings(context);
  const archived = readArchived(context);
  const ids = index.table.signatures.values('projectId');
  const tables = new BodyTables(
    index.table,
    index.bodies.facts,
    selections.select(query, context),
    findRules(ids, settings, config, context.nowMs),
  );
  const isAsked = testName(query, 'project') ?? (() => true);
  const figures = new Map<string, BodyFigures>(
    [...slugs].filter(([, slug]) => isAsked(slug)).map(([id]) => [id, tables.none]),
  );
  for (const project of tables.used) figures.set(ids[project] ?? '', tables.figures(project));
  const projects = [...figures].map(([id, figure]) => {
    const setting = settings.get(id);
    return {
      slug: slugs.get(id) ?? id,
      archived_at: toInstant(archived.get(id) ?? null),
      capture_enabled: setting?.isOn ?? true,
      changed_at: toInstant(setting?.changedAt ?? null),
      ...figure,
    };
  });
  projects.sort((a, b) => b.calls - a.calls || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0));
  return { projects, totals: tables.totals };
}

/** By the id of the project, which need not have a row of its own. */
function readSettings({ snapshot }: IndexContext): ReadonlyMap<string, Setting> {
  const { schema } = snapshot;
  if (!schema.hasTable('project_settings')) return new Map();
  const changedAt = schema.column('project_settings', 's', 'updated_at');
  const rows = snapshot.all(
    `select ${selectText('s.project_id')}, s.body_capture_enabled is not 0, ${selectText(changedAt)}
     from project_settings s`,
  );
  return new Map(
    rows.map(([id, isOn, changed]) => [readText(id) ?? '', { isOn: isOn === 1, changedAt: readText(changed) }]),
  );
}

function readArchived({ snapshot }: IndexContext): ReadonlyMap<string, string | null> {
  if (!snapshot.schema.hasColumn('projects', 'archived_at')) return new Map();
  const rows = snapshot.all(`select ${selectText('p.id')}, ${selectText('p.archived_at')} from projects p`);
  return new Map(rows.map(([id, at]) => [readText(id) ?? '', readText(at)]));
}

/** `explainBody` for calls without a row, as borders that their times are compared with. */
function findRules(
  ids: readonly (string | null)[],
  settings: ReadonlyMap<string, Setting>,
  config: CaptureConfig | null,
  nowMs: number,
): CaptureRules {
  const offFrom = Float64Array.from(ids, (id) => {
    const setting = id === null ? undefined : settings.get(id);
    const changedAtMs = setting === undefined || setting.isOn ? null : toEpochMs(setting.changedAt);
    return changedAtMs === null ? Infinity : changedAtMs * MICROS_PER_MS;
  });
  const expiredBefore = config === null ? -Infinity : Math.ceil(nowMs - config.retentionDays * DAY_MS) * MICROS_PER_MS;
  return { offFrom, expiredBefore, isOff: config?.enabled === false };
}
