import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CamelCased } from '../../src/api/camel-case.js';
import type { WireShownProject } from '../../src/api/project.js';
import { ALL_COLUMNS } from '../../src/view/project-more-columns.js';
import { sortProjects } from '../../src/view/project-sorts.js';
import { ONE_CALL } from './one-call.js';

type Project = CamelCased<WireShownProject>;

function makeProject(slug: string, facts: Partial<Project> = {}): Project {
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

const slugs = (projects: readonly Project[]): string => projects.map((project) => project.slug).join(' ');

describe('the order of projects', () => {
  it('puts unknown costs last in either direction, and projects without calls with them', () => {
    const projects = [
      makeProject('unpriced', { costMillicents: null, unpricedCalls: 1 }),
      makeProject('cheap', { costMillicents: 1 }),
      makeProject('idle', { calls: 0, costMillicents: 0 }),
      makeProject('dear', { costMillicents: 9 }),
    ];
    assert.equal(slugs(sortProjects(projects, 'cost', 'desc')), 'dear cheap idle unpriced');
    assert.equal(slugs(sortProjects(projects, 'cost', 'asc')), 'cheap dear idle unpriced');
  });

  it('is by slug where a column is equal, and leaves the given list alone', () => {
    const projects = [makeProject('b'), makeProject('c'), makeProject('a')];
    assert.equal(slugs(sortProjects(projects, 'calls', 'desc')), 'a b c');
    assert.equal(slugs(projects), 'b c a');
  });

  it('counts a price per call over priced calls only', () => {
    const projects = [
      makeProject('half', { calls: 10, unpricedCalls: 8, costMillicents: 100 }),
      makeProject('full', { calls: 10, costMillicents: 200 }),
    ];
    assert.equal(slugs(sortProjects(projects, 'per-call', 'desc')), 'half full');
  });

  it('is by the name for the first column and for a column that does not exist', () => {
    const projects = [makeProject('b'), makeProject('a')];
    assert.equal(slugs(sortProjects(projects, 'project', 'desc')), 'b a');
    assert.equal(slugs(sortProjects(projects, 'nonsense', 'asc')), 'a b');
  });

  it('is total for every column that can be sorted', () => {
    const projects = ['x', 'a', 'm'].map((slug) => makeProject(slug));
    for (const { key } of ALL_COLUMNS) {
      assert.equal(slugs(sortProjects(projects, key, 'desc')), 'a m x', key);
    }
  });
});
