import type { WireProject, WireProjectsAnswer } from '../../../api/project.js';
import type { FilterQuery } from '../../../api/query.js';
import type { BodyIndex } from './body-index.js';
import { filterCalls, type FilterContext } from './call-filter.js';
import { scanCalls } from './call-scan.js';
import { sumCalls } from './list-calls.js';
import { listDays, LocalDays } from './local-days.js';
import type { Memory } from './memory.js';
import { resolveProjectIds } from './project-ids.js';
import { ProjectSums } from './project-sums.js';
import { readText, selectText } from './query.js';
import { toInstant } from './stored-time.js';

/** Days in `daily`, counted back from the last call of the answer. */
const MAX_DAYS = 400;

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
export function listProjects(
  query: FilterQuery,
  context: FilterContext,
  bodies: BodyIndex,
  memory: Memory,
): WireProjectsAnswer {
  const { snapshot, columns } = context;
  const filter = filterCalls(query, context);
  const rows = readProjects(context, query.project);
  const sums = new Map<string, ProjectSums>(rows.map(({ id }) => [id, new ProjectSums()]));
  const days = new LocalDays(query.tz ?? 'UTC');
  const hasBodies = snapshot.schema.hasTable('request_bodies');
  const flags = bodies.flags(snapshot);
  scanCalls(snapshot, columns, filter, (chunk) => {
    for (let place = 0; place < chunk.rowids.length; place++) {
      const id = chunk.projectIds[place] ?? '';
      let project = sums.get(id);
      if (project === undefined) sums.set(id, (project = new ProjectSums()));
      project.add(chunk, place, days, hasBodies ? flags.get(chunk.rowids[place]!) : undefined);
    }
  });
  const dates = listDates(sums.values());
  const known = new Map(rows.map((row) => [row.id, row]));
  const projects = [...sums].map(([id, project]) =>
    writeProject(known.get(id) ?? describeUnknown(id), project, dates, hasBodies),
  );
  return { projects: projects.sort(compareProjects), totals: sumCalls(filter, context, memory) };
}

function readProjects({ snapshot }: FilterContext, slugs: FilterQuery['project']): ProjectRow[] {
  const { schema } = snapshot;
  const column = (name: string): string => schema.column('projects', 'p', name);
  const hasSettings = schema.hasTable('project_settings');
  const rows = snapshot.all(
    `select ${['p.id', 'p.slug', column('name'), column('created_at'), column('archived_at')].map(selectText).join(', ')},
       ${hasSettings ? 's.body_capture_enabled is not 0' : '1'},
       ${hasSettings ? selectText(schema.column('project_settings', 's', 'updated_at')) : 'null'}
     from projects p ${hasSettings ? 'left join project_settings s on s.project_id = p.id' : ''}`,
  );
  const asked = slugs === undefined ? null : new Set(resolveProjectIds(snapshot, slugs));
  return rows.flatMap(([id, slug, name, createdAt, archivedAt, isCaptureOn, captureChangedAt]) => {
    const text = readText(id) ?? '';
    if (asked !== null && !asked.has(text)) return [];
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

function listDates(sums: Iterable<ProjectSums>): string[] {
  let first: string | null = null;
  let last: string | null = null;
  for (const { firstDate, lastDate } of sums) {
    if (firstDate !== null && (first === null || firstDate < first)) first = firstDate;
    if (lastDate !== null && (last === null || lastDate > last)) last = lastDate;
  }
  return first === null || last === null ? [] : listDays(first, last, MAX_DAYS);
}

function writeProject(row: ProjectRow, sums: ProjectSums, dates: readonly string[], hasBodies: boolean): WireProject {
  return {
    slug: row.slug,
    name: row.name,
    created_at: toInstant(row.createdAt),
    archived_at: toInstant(row.archivedAt),
    capture: hasBodies
      ? { enabled: row.isCaptureOn, changed_at: toInstant(row.captureChangedAt), ...sums.capture }
      : null,
    ...sums.toWire(dates),
  };
}

/** Dearest first; what has no price at all comes after what cost nothing. */
function compareProjects(a: WireProject, b: WireProject): number {
  const cost = (b.cost_millicents ?? -1) - (a.cost_millicents ?? -1);
  return cost === 0 ? (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0) : cost;
}
