import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CamelCased } from '../../src/api/camel-case.js';
import type { WireShownProject } from '../../src/api/project.js';
import { ALL_COLUMNS } from '../../src/view/project-more-columns.js';
import { sortProjects } from '../../src/view/project-sorts.js';
import { writeHtml } from '../../src/first-rows/write-html.js';
import { makeTable } from '../../src/view/project-columns.js';
import { ONE_CALL } from './one-call.js';
import { makeProject } from './one-project.js';

type Project = CamelCased<WireShownProject>;

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

describe('a column of projects', () => {
  const one = makeProject('a', { costMillicents: 1, calls: 1 });
  const draw = (key: string, projects: readonly Project[], of: Project): string => {
    const costMillicents = projects.reduce((sum, project) => sum + (project.costMillicents ?? 0), 0);
    const table = makeTable({ projects: [...projects], totals: { ...ONE_CALL, costMillicents } }, 'UTC');
    const text = writeHtml(ALL_COLUMNS.find((column) => column.key === key)!.cell(of, table));
    return text.replace(/<[^>]*>/g, '').trim();
  };

  it('says what of the cost of all is its share, and that a small one is small', () => {
    const dear = makeProject('b', { costMillicents: 9_999_999 });
    assert.equal(draw('share', [dear, one], dear), '100.0 %');
    assert.equal(draw('share', [dear, one], one), '&lt;0.1 %');
    assert.equal(draw('share', [one], makeProject('c', { costMillicents: null })), '–');
    const free = makeProject('free');
    assert.equal(draw('share', [free], free), '–');
  });

  it('counts all five kinds of tokens', () => {
    const used = makeProject('d', {
      inputTokens: 1,
      outputTokens: 20,
      thinkingTokens: 300,
      cacheReadTokens: 4000,
      cacheWriteTokens: 50_000,
    });
    assert.equal(draw('tokens', [used], used), '54,321');
  });

  it('tells whether bodies are kept, and of how many calls they are', () => {
    const capture = { enabled: false, changedAt: null, bodies: 1204, redacted: 0 };
    assert.equal(draw('capture', [one], { ...one, capture }), 'off, 1,204 kept');
    assert.equal(draw('capture', [one], { ...one, capture: { ...capture, enabled: true, bodies: 0 } }), 'on');
    assert.equal(draw('capture', [one], one), 'unknown');
  });
});
