import type { CamelCased } from '../api/camel-case.js';
import { type Filter, filterToSearch } from '../api/filter.js';
import type { WireShownProjects } from '../api/project.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';
import { sumShapes } from './sums.js';

export type ProjectsAnswer = CamelCased<WireShownProjects>;
export type Project = ProjectsAnswer['projects'][number];

const projectsShape: Shape<WireShownProjects> = {
  projects: [
    {
      slug: 's',
      name: 's',
      created_at: 's?',
      archived_at: 's?',
      tags: [{ method: 's?', calls: 'n' }],
      capture: ['?', { enabled: 'b', changed_at: 's?', bodies: 'n', redacted: 'n' }],
      ...sumShapes,
      avg_latency_ms: 'n?',
      p95_latency_ms: 'n?',
      first_call_at: 's?',
      last_call_at: 's?',
      top_model: 's?',
      top_provider: 's?',
      daily: [{ cost_millicents: 'n?' }],
    },
  ],
  totals: sumShapes,
};

/** `GET /api/projects` */
export function listProjects(origin: string, filter: Filter, signal: AbortSignal): Promise<ProjectsAnswer> {
  return getJson<WireShownProjects>(origin, `/api/projects${filterToSearch(filter)}`, projectsShape, signal);
}
