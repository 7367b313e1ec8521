import type { WireProject, WireProjectsAnswer } from '../../../api/project.js';
import type { FilterQuery } from '../../../api/query.js';
import { testName } from './columns/pass-signatures.js';
import type { IndexContext } from './index-context.js';
import { dateOfDay } from './local-days.js';
import { NO_SUMS } from './columns/sum-table.js';
import { ProjectTables, type ProjectCounts, type ProjectFigures } from './project-tables.js';
import { readText, selectText } from './query.js';
import { toInstant } from './stored-time.js';

/** Days in `daily`, counted back from the last call of the answer. */
const MAX_DAYS = 400;

const NO_CAPTURE: ProjectCounts = { bodies: 0, redacted: 0 };

const NO_FIGURES: ProjectFigures = {
  tags: [],
  ...NO_SUMS,
  avg_latency_ms: null,
  p95_latency_ms: null,
  first_call_at: null,
  last_call_at: null,
  top_model: null,
  top_provider: null,
  daily: [],
};

interface ProjectRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: string | null;
  readonly archivedAt: string | null;
  readonly isCaptureOn: boolean;
  readonly captureChangedAt: string | null;
}

/**
 * Every project, archived ones too, with the sums of the calls that the filter lets through, dearest first; where the
 * filter names projects, only those. Calls whose project has no row stand under the project's id.
 *
 * `daily` has the same days for all projects that have calls: each from the first to the last call of the whole
 * answer, at most the last 400, those without a call with zeros. `top_model` and `top_provider` are, each by itself,
 * what cost most; then what was called most.
 */
export function listProjects(query: FilterQuery, context: IndexContext): WireProjectsAnswer {
  const { snapshot, index, selections } = context;
  const selection = selections.select(query, context);
  const tables = new ProjectTables(index.table, selection, selections.sumSignatures(query, context));
  const dailyOf = countDays(tables, query.tz, context);
  const hasBodies = snapshot.schema.hasTable('request_bodies');
  const ids = index.table.signatures.values('projectId');
  const codes = new Map(tables.used.map((project) => [ids[project] ?? '', project]));
  const rows = new Map(readProjects(context).map((row) => [row.id, row]));
  const isAsked = testName(query, 'project') ?? (() => true);
  for (const row of rows.values()) if (!codes.has(row.id) && !isAsked(row.slug)) rows.delete(row.id);
  for (const id of codes.keys()) if (!rows.has(id)) rows.set(id, describeUnknown(id));
  const projects = [...rows.values()].map((row) => {
    const project = codes.get(row.id);
    const figures = project === undefined ? NO_FIGURES : { ...tables.figures(project), daily: dailyOf(project) };
    const capture = project === undefined ? NO_CAPTURE : tables.capture(project);
    return writeProject(row, hasBodies ? capture : null, figures);
  });
  return { projects: projects.sort(compareProjects), totals: selections.sum(query, context) };
}

function readProjects({ snapshot }: IndexContext): ProjectRow[] {
  const { schema } = snapshot;
  const column = (name: string): string => schema.column('projects', 'p', name);
  const hasSettings = schema.hasTable('project_settings');
  const rows = snapshot.all(
    `select ${['p.id', 'p.slug', column('name'), column('created_at'), column('archived_at')].map(selectText).join(', ')},
       ${hasSettings ? 's.body_capture_enabled is not 0' : '1'},
       ${hasSettings ? selectText(schema.column('project_settings', 's', 'updated_at')) : 'null'}
     from projects p ${hasSettings ? 'left join project_settings s on s.project_id = p.id' : ''}`,
  );
  return rows.map(([id, slug, name, createdAt, archivedAt, isCaptureOn, captureChangedAt]) => {
    const text = readText(id) ?? '';
    return {
      id: text,
      slug: readText(slug) ?? text,
      name: readText(name) ?? readText(slug) ?? text,
      createdAt: readText(createdAt),
      archivedAt: readText(archivedAt),
      isCaptureOn: isCaptureOn === 1,
      captureChangedAt: readText(captureChangedAt),
    };
  });
}

const describeUnknown = (id: string): ProjectRow => ({
  id,
  slug: id,
  name: id,
  createdAt: null,
  archivedAt: null,
  isCaptureOn: true,
  captureChangedAt: null,
});

/** `daily` of each project that has calls. */
function countDays(
  tables: ProjectTables,
  tz: string | undefined,
  { findDays }: IndexContext,
): (project: number) => WireProject['daily'] {
  const { span } = tables;
  if (span === null) return () => [];
  const days = findDays(tz);
  const last = days.dayOf(span.last);
  const first = Math.max(days.dayOf(span.first), last - MAX_DAYS + 1);
  return tables.daily(
    days,
    first,
    Array.from({ length: last - first + 1 }, (_, at) => dateOfDay(first + at)),
  );
}

function writeProject(row: ProjectRow, counts: ProjectCounts | null, figures: ProjectFigures): WireProject {
  return {
    slug: row.slug,
    name: row.name,
    created_at: toInstant(row.createdAt),
    archived_at: toInstant(row.archivedAt),
    capture: counts && { enabled: row.isCaptureOn, changed_at: toInstant(row.captureChangedAt), ...counts },
    ...figures,
  };
}

/** Dearest first; what has no price at all comes after what cost nothing. */
function compareProjects(a: WireProject, b: WireProject): number {
  const cost = (b.cost_millicents ?? -1) - (a.cost_millicents ?? -1);
  return cost === 0 ? (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0) : cost;
}
