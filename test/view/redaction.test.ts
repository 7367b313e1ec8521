import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatBytes } from '../../src/view/bytes.js';
import { sortCapture } from '../../src/view/redaction-columns.js';
import { placeParts } from '../../src/view/redaction-coverage.js';
import type { CaptureProject, CaptureStatus, Figures } from '../../src/view/redaction-model.js';
import { describeCapture } from '../../src/view/redaction-words.js';

const NOTHING: Figures = {
  calls: 0,
  stored: 0,
  truncated: 0,
  failed: 0,
  expired: 0,
  off: 0,
  none: 0,
  storedBytes: 0,
  uploaded: 0,
  redactedBodies: 0,
  categories: [],
  oldestBodyAt: null,
  newestBodyAt: null,
};

const makeProject = (slug: string, facts: Partial<CaptureProject> = {}): CaptureProject => ({
  slug,
  archivedAt: null,
  captureEnabled: true,
  changedAt: null,
  ...NOTHING,
  ...facts,
});

type Capture = NonNullable<CaptureStatus['capture']>;

const CAPTURE: Capture = {
  enabled: true,
  maxBodyBytes: 524_288,
  retentionDays: 90,
  bodies: 0,
  storedBytes: 0,
  truncated: 0,
  failed: 0,
  redacted: 0,
  oldestBodyAt: null,
  categories: {},
};

function describeWith(
  capture: Partial<Capture> | null,
  totals: Partial<Figures> | null = {},
  projects: readonly CaptureProject[] = [],
): string {
  const status = {
    source: 'database' as const,
    database: { calls: 0 },
    capture: capture && { ...CAPTURE, ...capture },
    cloud: null,
    features: [],
  };
  const summary = totals && { projects: [...projects], totals: { ...NOTHING, ...totals } };
  return describeCapture({ status, summary });
}

describe('capture in one sentence', () => {
  it('names the cap, the retention and how much is cut', () => {
    assert.equal(
      describeWith({}, { stored: 959, truncated: 41 }),
      'Bodies are captured, up to 512 KiB each, kept 90 days; 4.1 % of those stored are cut.',
    );
    assert.equal(
      describeWith({ retentionDays: 1 }, { stored: 3 }),
      'Bodies are captured, up to 512 KiB each, kept 1 day; none of those stored is cut.',
    );
    assert.match(describeWith({}), /; none of these calls has one stored\.$/);
  });

  it('names how many projects are switched off, archived ones aside', () => {
    const projects = [
      makeProject('a', { captureEnabled: false }),
      makeProject('b', { captureEnabled: false, archivedAt: '2026-11-02T00:00:00Z' }),
      makeProject('c'),
    ];
    assert.match(describeWith({}, {}, projects), /^Bodies are captured, but not of 1 project, up to/);
  });

  it('says that nothing is captured, and what becomes of the rest, where the master switch is off', () => {
    assert.match(describeWith({ enabled: false }), /master switch is off\. None is stored\.$/);
    assert.match(describeWith({ enabled: false, bodies: 1 }), /The one stored before stays until it expires\.$/);
    assert.match(
      describeWith({ enabled: false, bodies: 1234 }),
      /The 1,234 bodies stored before stay until they expire\.$/,
    );
  });

  it('says that it does not know where config.toml can not be read, never that capture is off', () => {
    const words = describeWith({ enabled: null, maxBodyBytes: null, retentionDays: null });
    assert.match(words, /unknown/);
    assert.doesNotMatch(words, / off|null/);
  });

  it('says nothing of figures that nobody has', () => {
    assert.equal(describeWith(null), '');
    assert.match(describeWith({}, null), /does not sum up/);
  });
});

describe('sizes', () => {
  it('read in binary units, with a tenth only where they are not whole', () => {
    assert.deepEqual([0, 1, 1023, 1024, 1536, 524_288, 1_048_575, 1_048_576, 88_290_000, 5e12].map(formatBytes), [
      '0 bytes',
      '1 byte',
      '1,023 bytes',
      '1 KiB',
      '1.5 KiB',
      '512 KiB',
      '1.0 MiB',
      '1 MiB',
      '84.2 MiB',
      '4.5 TiB',
    ]);
  });
});

describe('the coverage bar', () => {
  it('fills its width with what is there, in order, and hides none of it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 }), (counts) => {
        fc.pre(counts.some((count) => count > 0));
        const parts = placeParts(counts);
        const there = parts.filter((_, at) => counts[at]! > 0);
        for (const { width } of there) assert.ok(width >= 3.9);
        for (const [at, { width }] of parts.entries()) if (counts[at] === 0) assert.equal(width, 0);
        const end = there.at(-1)!;
        assert.ok(Math.abs(end.x + end.width - 1000) < 1);
        for (let at = 1; at < there.length; at++) {
          assert.ok(there[at]!.x >= there[at - 1]!.x + there[at - 1]!.width);
        }
      }),
    );
    assert.deepEqual(
      placeParts([0, 0]).map(({ width }) => width),
      [0, 0],
    );
  });
});

describe('the order of projects by capture', () => {
  const slugs = (projects: readonly CaptureProject[]): string => projects.map(({ slug }) => slug).join(' ');
  const projects = [
    makeProject('b', { calls: 5, changedAt: null }),
    makeProject('a', { calls: 5, changedAt: '2026-11-02T00:00:00Z', captureEnabled: false }),
    makeProject('c', { calls: 9, changedAt: '2026-11-01T00:00:00Z' }),
  ];

  it('is by any column, ties by name, never switched last', () => {
    assert.equal(slugs(sortCapture(projects, 'calls', 'desc')), 'c a b');
    assert.equal(slugs(sortCapture(projects, 'calls', 'asc')), 'a b c');
    assert.equal(slugs(sortCapture(projects, 'since', 'desc')), 'a c b');
    assert.equal(slugs(sortCapture(projects, 'since', 'asc')), 'c a b');
    assert.equal(slugs(sortCapture(projects, 'capture', 'asc')), 'a b c');
    assert.equal(slugs(sortCapture(projects, 'project', 'desc')), 'c b a');
    assert.equal(slugs(sortCapture(projects, 'no-such-column', 'asc')), 'a b c');
  });
});
