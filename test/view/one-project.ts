import type { CamelCased } from '../../src/api/camel-case.js';
import type { WireShownProject } from '../../src/api/project.js';
import { ONE_CALL } from './one-call.js';

type Project = CamelCased<WireShownProject>;

/** A project with one call, of which nothing is known beyond what is given. */
export function makeProject(slug: string, facts: Partial<Project> = {}): Project {
  return {
    slug,
    name: slug,
    createdAt: null,
    archivedAt: null,
    tags: [],
    capture: null,
    ...ONE_CALL,
    avgLatencyMs: null,
    p95LatencyMs: null,
    firstCallAt: null,
    lastCallAt: null,
    topModel: null,
    topProvider: null,
    daily: [],
    ...facts,
  };
}
