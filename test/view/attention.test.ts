import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { changeFilter, type Filter } from '../../src/api/filter.js';
import type { AttentionFacts, AttentionItem, Groups, Status } from '../../src/view/attention-facts.js';
import { changeTo, chooseCalls, symptomFilters } from '../../src/view/attention-filter.js';
import { listAttention, listUnread } from '../../src/view/attention-items.js';
import { contractFilter } from '../filter/any-filter.js';

const NOW = new Date('2026-11-24T14:02:14Z');
const FILTER: Filter = { last: '7d' };
const SUMS = {
  ...{ calls: 0, failedCalls: 0, unpricedCalls: 0, incompleteCalls: 0, costMillicents: 0, imputedMillicents: 0 },
  ...{ inputTokens: 0, outputTokens: 0, thinkingTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
};
type Sums = Partial<Omit<typeof SUMS, 'costMillicents'>> & { readonly costMillicents?: number | null };
type Project = NonNullable<AttentionFacts['projects']['data']>['projects'][number];

const makeGroups = (
  by: Groups['by'],
  groups: readonly ({ readonly key: string | null } & Sums)[],
  totals: Sums,
): Groups => ({
  by,
  groups: groups.map((group) => ({
    ...SUMS,
    ...{ avgLatencyMs: null, firstCallAt: null, lastCallAt: '2026-11-24T11:40:12Z' },
    ...group,
  })),
  totals: { ...SUMS, ...totals },
});

const captureOf = (enabled: boolean): Project['capture'] => ({ enabled, changedAt: null, bodies: 0, redacted: 0 });

const makeProject = (slug: string, facts: Partial<Project> = {}): Project => ({
  ...SUMS,
  ...{ slug, name: slug, archivedAt: null, tags: [{ method: 'git', calls: 1 }], capture: captureOf(true) },
  ...{
    createdAt: null,
    avgLatencyMs: null,
    p95LatencyMs: null,
    firstCallAt: null,
    lastCallAt: null,
    topModel: null,
    topProvider: null,
    daily: [],
  },
  ...facts,
});

const makeFacts = (facts: Partial<AttentionFacts> = {}): AttentionFacts => ({
  projects: { data: { projects: [makeProject('acme')], totals: { ...SUMS, calls: 100, costMillicents: 1_000_000 } } },
  pricing: { data: { rates: [], unlisted: [], bundledDate: '2026-11-14' } },
  repeats: { data: makeGroups('project', [], {}) },
  cut: { data: makeGroups('project', [], {}) },
  ...{ failures: {}, unpriced: {}, incomplete: {}, attributions: {}, dearest: {} },
  ...facts,
});

const STATUS: Status = {
  source: 'database',
  daemon: { url: 'http://127.0.0.1:8765', reachable: true, unreachableSince: null, version: '0.6.4' },
  database: { path: '~/db.sqlite', schemaVersion: 19, calls: 100, newestCallAt: null },
  capture: { enabled: true, retentionDays: 90 },
  features: [],
};

const list = (facts: Partial<AttentionFacts>, status: Status | undefined = STATUS): AttentionItem[] =>
  listAttention(makeFacts(facts), status, { filter: FILTER, timeZone: 'UTC', now: NOW });
const say = (facts: Partial<AttentionFacts>, status?: Status): string[] =>
  list(facts, status).map(({ title, detail }) => `${title} | ${detail}`);

describe('what needs attention', () => {
  it('is nothing where all is well', () => {
    assert.deepEqual(say({}), []);
    assert.deepEqual(listUnread(makeFacts(), undefined, undefined), []);
  });

  it('is a daemon that does not answer, and since when; but not of a demo', () => {
    const daemon = { ...STATUS.daemon, reachable: false, unreachableSince: '2026-11-24T13:58:00Z' };
    assert.deepEqual(say({}, { ...STATUS, daemon }), [
      'Daemon not answering since 13:58:00 | Calls made meanwhile may be missing',
    ]);
    assert.deepEqual(say({}, { ...STATUS, daemon, source: 'demo' }), []);
  });

  it('is failed calls, with the class that dominates, who answered so and when last', () => {
    const classes = makeGroups(
      'error_class',
      [
        { key: 'rate_limit', calls: 31 },
        { key: 'timeout', calls: 7 },
      ],
      { calls: 38 },
    );
    const one = makeGroups('provider', [{ key: 'anthropic', calls: 31 }], { calls: 31 });
    const two = makeGroups(
      'provider',
      [
        { key: 'openai', calls: 3 },
        { key: 'anthropic', calls: 28 },
      ],
      { calls: 31 },
    );
    assert.deepEqual(say({ failures: { data: { classes, providers: one } } }), [
      '38 calls failed | 31 are “rate limit” from anthropic, the last at 11:40',
    ]);
    assert.deepEqual(say({ failures: { data: { classes, providers: two } } }), [
      '38 calls failed | 31 are “rate limit”, most from anthropic, the last at 11:40',
    ]);
    const unknown = makeGroups('error_class', [{ key: null, calls: 1 }], { calls: 1 });
    const nobody = makeGroups('provider', [{ key: null, calls: 1 }], { calls: 1 });
    assert.deepEqual(say({ failures: { data: { classes: unknown, providers: nobody } } }), [
      '1 call failed | It gives no reason, the last at 11:40',
    ]);
  });

  it('says of a daemon that is read over HTTP what could not be looked at, and blames no call for it', () => {
    const overHttp: Status = { ...STATUS, source: 'daemon', database: null, capture: null };
    assert.deepEqual(
      listUnread(makeFacts(), undefined, overHttp).map(({ what, error, isFinal }) => [what, error, isFinal]),
      [
        [
          'Repeated prompts, attribution, cut bodies and capture',
          'The daemon does not tell of them over HTTP; its database does.',
          true,
        ],
      ],
    );
    const classes = makeGroups('error_class', [{ key: null, calls: 2 }], { calls: 2 });
    const providers = makeGroups('provider', [{ key: 'openai', calls: 2 }], { calls: 2 });
    assert.deepEqual(say({ failures: { data: { classes, providers } } }, overHttp), [
      '2 calls failed | The daemon gives no reason over HTTP; all from openai, the last at 11:40',
    ]);
  });

  it('is what was paid for the same prompts, with the project that paid most and how often the worst one came', () => {
    const repeats = makeGroups(
      'project',
      [
        { key: 'acme', calls: 2, costMillicents: 20_000 },
        { key: 'ide', calls: 20, costMillicents: 390_000 },
      ],
      { calls: 22, costMillicents: 410_000, imputedMillicents: 90_000 },
    );
    const call = (promptHash: string, costMillicents: number | null) => ({
      project: 'ide',
      promptHash,
      costMillicents,
    });
    const calls = [call('a', 100), call('b', 60), call('b', 60), call('c', null)];
    const dearest = { data: { calls, total: 4 } } as unknown as AttentionFacts['dearest'];
    const paid = '$3.20 paid again for the same prompts | 22 calls sent a prompt again within 10 minutes, most in ide';
    const imputed = '$0.90 more imputed, not billed';
    assert.deepEqual(say({ repeats: { data: repeats }, dearest }), [`${paid}; one prompt 2 times; ${imputed}`]);
    const some = { data: { calls, total: 22 } } as unknown as AttentionFacts['dearest'];
    assert.deepEqual(say({ repeats: { data: repeats }, dearest: some }), [
      `${paid}; one prompt at least 2 times; ${imputed}`,
    ]);
  });

  it('says of a sum over calls without a price that it is a lower bound, and calls no retry dear that cost nothing', () => {
    const repeats = (totals: Sums): Partial<AttentionFacts> => ({
      repeats: { data: makeGroups('project', [{ key: 'acme', ...totals }], totals) },
    });
    const titles = (totals: Sums): string[] => list(repeats(totals)).map(({ title }) => title);
    assert.deepEqual(titles({ calls: 3, costMillicents: 90_000, unpricedCalls: 1 }), [
      'At least $0.90 paid again for the same prompts',
    ]);
    assert.deepEqual(titles({ calls: 3, costMillicents: 12, unpricedCalls: 1 }), [
      'At least $0.00012 paid again for the same prompts',
    ]);
    assert.deepEqual(titles({ calls: 3, costMillicents: null, unpricedCalls: 3 }), ['The same prompts sent again']);
    assert.deepEqual(titles({ calls: 3, costMillicents: 0 }), []);
  });

  it('is calls without a price: models without a rate lead to the prices, others to the calls', () => {
    const unpriced = makeGroups(
      'model',
      ['qwen3-max', 'grok-4-fast', 'kimi-k3', 'glm-5'].map((key) => ({ key, calls: 103 })),
      { calls: 412 },
    );
    const unlisted = unpriced.groups.map(({ key }) => ({
      ...{ provider: 'other', model: key, calls: 103, costMillicents: null, unpricedCalls: 103 },
    }));
    const pricing = { data: { rates: [], unlisted, bundledDate: null } };
    assert.deepEqual(say({ unpriced: { data: unpriced }, pricing }), [
      '412 calls not priced | qwen3-max, grok-4-fast, kimi-k3 and 1 more have no rate; sums they touch read “at least”',
    ]);
    assert.equal(list({ unpriced: { data: unpriced }, pricing })[0]!.to, 'pricing');
    const [item] = list({ unpriced: { data: unpriced } });
    assert.deepEqual([item!.to, item!.filter], ['calls', { last: '7d', priced: 'false' }]);
  });

  it('is spend that fell to a default project, as a share of all', () => {
    const tags = [
      { method: 'smart_default', calls: 9 },
      { method: 'resolve_timeout', calls: 1 },
      { method: 'env', calls: 5 },
    ];
    const projects = {
      data: {
        projects: [makeProject('default', { tags })],
        totals: { ...SUMS, calls: 100, costMillicents: 1_000_000 },
      },
    };
    const attributions = makeGroups(
      'attribution',
      [
        { key: 'env', calls: 90, costMillicents: 939_000 },
        { key: 'smart_default', calls: 9, costMillicents: 60_000 },
        { key: 'resolve_timeout', calls: 1, costMillicents: 1000, unpricedCalls: 1 },
      ],
      { calls: 100, costMillicents: 1_000_000 },
    );
    assert.deepEqual(say({ projects, attributions: { data: attributions } }), [
      '6.1 % of spend unattributed | 10 calls, at least $0.61, fell to “default”',
    ]);
    const [item] = list({ projects, attributions: { data: attributions } });
    assert.deepEqual(item!.filter, { last: '7d', attribution: ['smart_default', 'resolve_timeout'] });
    assert.equal(item!.to, 'projects');
  });

  it('is rates that nobody verified for more than thirty days', () => {
    const rate = (lastVerifiedAt: string | null, source = 'bundled') => ({ source, lastVerifiedAt });
    const pricing = (bundledDate: string | null, ...rates: object[]): Partial<AttentionFacts> => ({
      pricing: { data: { rates, unlisted: [], bundledDate } } as unknown as AttentionFacts['pricing'],
    });
    assert.deepEqual(say(pricing('2026-10-14', rate('2026-10-01T00:00:00Z'), rate('2026-10-14T14:00:00Z', 'auto'))), [
      'Rates last verified 41 days ago | List shipped with the daemon 41 days ago',
    ]);
    assert.deepEqual(say(pricing('2026-10-14', rate(null))), [
      'Rates 41 days old | List shipped with the daemon 41 days ago, and never verified since',
    ]);
    assert.deepEqual(say(pricing(null, rate('2026-10-14T14:00:00Z'))), [
      'Rates last verified 41 days ago | On 14 Oct; prices may have changed since',
    ]);
    assert.deepEqual(say(pricing('2026-07-13', rate('2026-10-25T15:00:00Z'))), []);
    // A rate of the user's own is not for a list to verify, and what nobody knows is not called old.
    assert.deepEqual(say(pricing(null, rate('2020-01-01T00:00:00Z', 'operator'))), []);
  });

  it('is streams and bodies that were cut, and capture that is off', () => {
    const cut = makeGroups(
      'project',
      [
        { key: 'acme', calls: 1 },
        { key: 'ide', calls: 3 },
      ],
      { calls: 4 },
    );
    const projects = {
      data: {
        projects: [
          makeProject('ide', { capture: captureOf(false) }),
          makeProject('old', { capture: captureOf(false), archivedAt: '2026-01-01T00:00:00Z' }),
          makeProject('acme'),
        ],
        totals: { ...SUMS, calls: 100 },
      },
    };
    assert.deepEqual(say({ incomplete: { data: cut }, cut: { data: cut }, projects }), [
      '4 streams cut or without usage | Their cost is a lower bound, most in ide',
      '4 bodies cut at the size cap | Most in ide, 4.0 % of the calls',
      'Capture off for 1 project | ide',
    ]);
    assert.deepEqual(say({ projects }, { ...STATUS, capture: { enabled: false, retentionDays: 90 } }), [
      'Capture off for all projects | Bodies of calls are not kept',
    ]);
  });

  it('is known to be missing where it could not be had', () => {
    const error = new Error('locked');
    assert.deepEqual(
      listUnread(makeFacts({ repeats: { error }, pricing: { error } }), error, undefined).map(({ what }) => what),
      ['The daemon and what it captures', 'Repeated prompts', 'The age of the rates'],
    );
  });
});

describe('the calls that are looked at', () => {
  it('are those of the last seven days, where nobody named a time', () => {
    assert.deepEqual(chooseCalls({}, {}), { last: '7d' });
    assert.deepEqual(chooseCalls({ since: '2026-11-01' }, {}), { since: '2026-11-01' });
    assert.deepEqual(chooseCalls({ last: '1h' }, { last: '30d' }), { last: '30d' });
  });

  it('stay the same when an item was chosen, whatever filter there was', () => {
    fc.assert(
      fc.property(contractFilter, (filter) => {
        const calls = chooseCalls(filter, {});
        for (const wanted of Object.values(symptomFilters(calls))) {
          const chosen = changeFilter(filter, changeTo(wanted, filter));
          assert.deepEqual(chosen, changeFilter({}, wanted));
          assert.deepEqual(chooseCalls(chosen, {}), changeFilter({}, calls));
        }
      }),
    );
  });

  it('heed what the page’s author fixed, also where it is what an item would ask for', () => {
    assert.deepEqual(chooseCalls({ status: ['error'], priced: 'false', project: ['a'] }, { status: ['timeout'] }), {
      last: '7d',
      project: ['a'],
      status: ['timeout'],
    });
  });
});
