import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { WireFacetsAnswer } from '../../src/api/facets.js';
import { LIST_FILTERS, type ListFilter } from '../../src/api/filter.js';
import type { NamedValue } from '../../src/api/parameters.js';
import type { FilterQuery } from '../../src/api/query.js';
import { CIRCUMSTANCES, openContents, projectRow, requestRow, bodyRow } from './database-rows.js';
import { insertRows, type Row } from './fixture-database.js';

interface MadeCall {
  readonly row: Row;
  readonly slug: string;
  readonly bodyRow: Row | null;
}

const foldCase = (text: string): string => text.toLowerCase().toUpperCase();
const stored = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;
const number = (row: Row, name: string): number | null => (row[name] ?? null) as number | null;

/** The value that a named filter looks at, as the contract shows it. */
function valueOf(name: ListFilter, { row, slug }: MadeCall): string | null {
  switch (name) {
    case 'project':
      return slug;
    case 'billing':
      return stored(row, 'billing_basis') ?? 'api';
    case 'kind':
      return stored(row, 'request_kind');
    case 'error_code':
      return stored(row, 'provider_error_code');
    case 'http_status':
      return row.http_status_code == null ? null : String(row.http_status_code);
    case 'attribution':
      return stored(row, 'attribution_method');
    case 'machine':
    case 'workdir':
      return stored(row, `source_${name}`);
    default:
      return stored(row, name);
  }
}

/** A pattern as a regular expression, which the program does without. */
function matches(value: string | null, pattern: string | null): boolean {
  const parts = (pattern ?? '').split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return value !== null && new RegExp(`^${parts.join('[^]*')}$`).test(value);
}

/** The named filters: exact values or patterns, and neither a value nor a pattern that must not be. */
function passesNames(query: FilterQuery, made: MadeCall): boolean {
  return LIST_FILTERS.every((name) => {
    const value = valueOf(name, made);
    const exact = query[name]?.map((wanted) => (name === 'billing' ? (wanted ?? 'api') : wanted));
    const like = (query.like ?? []).filter((item) => item.name === name);
    const isWanted =
      (exact === undefined && like.length === 0) ||
      (exact ?? []).includes(value) ||
      like.some((item) => matches(value, item.value));
    const not = (query.not ?? []).filter((item) => item.name === name);
    const notLike = (query.not_like ?? []).filter((item) => item.name === name);
    return (
      isWanted &&
      !not.some((item) => (name === 'billing' ? (item.value ?? 'api') : item.value) === value) &&
      !notLike.some((item) => matches(value, item.value))
    );
  });
}

function bodyState({ bodyRow: body }: MadeCall): string {
  if (body === null) return 'none';
  if ((body.request_body ?? body.response_body ?? null) === null) return body.capture_error == null ? 'none' : 'failed';
  return body.request_truncated === 1 || body.response_truncated === 1 ? 'truncated' : 'stored';
}

const NO_TIME = 'no time';
const SPANS_MS: Readonly<Record<string, number>> = {
  '1s': 1000,
  '59s': 59_000,
  '1m': 60_000,
  '999999d': 86_399_913_600_000,
};

/** From one call to another, NaN where a time is none. */
const microsBetween = (from: Row, to: Row): number => {
  const micros = (row: Row): number =>
    Date.parse(`${String(row.requested_at).slice(0, 23)}Z`) * 1000 + Number(String(row.requested_at).slice(23));
  return micros(to) - micros(from);
};

/** The contract's filter, told in the plainest way: one call at a time. */
function passes(query: FilterQuery, made: MadeCall, all: readonly MadeCall[]): boolean {
  const { row, slug } = made;
  const is = (wanted: boolean | undefined, value: boolean): boolean => wanted === undefined || wanted === value;
  const within = (value: number | null, min: number | undefined, max: number | undefined): boolean =>
    (min === undefined || (value !== null && value >= min)) && (max === undefined || (value !== null && value <= max));
  const tokens = ['input', 'output', 'thinking', 'cache_read', 'cache_write'].reduce(
    (sum, name) => sum + Number(row[`${name}_tokens`]),
    0,
  );
  const hasBody = made.bodyRow !== null && (made.bodyRow.request_body ?? made.bodyRow.response_body ?? null) !== null;
  const isRepeated = all.some(
    (earlier) =>
      row.prompt_hash != null &&
      earlier.row.prompt_hash === row.prompt_hash &&
      earlier.row.project_id === row.project_id &&
      `${earlier.row.requested_at} ${earlier.row.id}` < `${row.requested_at} ${row.id}`,
  );
  const spanMs = query.repeated_within === undefined ? null : SPANS_MS[query.repeated_within]!;
  const isRepeatedWithin = all.some(
    (earlier) =>
      spanMs !== null &&
      row.prompt_hash != null &&
      earlier.row.prompt_hash === row.prompt_hash &&
      earlier.row.project_id === row.project_id &&
      (earlier.row.requested_at === row.requested_at
        ? row.requested_at !== NO_TIME && String(earlier.row.id) < String(row.id)
        : microsBetween(earlier.row, row) > 0 && microsBetween(earlier.row, row) <= spanMs * 1000),
  );
  const haystacks = ['id', 'model', 'source_workdir', 'source_machine', 'provider_error_code', 'idempotency_key']
    .map((name) => stored(row, name) ?? '')
    .concat(slug)
    .map(foldCase);
  const words = (query.q ?? '').split(/\s+/u).filter((word) => word !== '');
  return (
    passesNames(query, made) &&
    (query.body_state === undefined || (query.body_state as string[]).includes(bodyState(made))) &&
    is(query.priced, row.cost_usd_minor_units !== null) &&
    is(query.complete, row.tokens_complete === 1) &&
    is(query.body, hasBody) &&
    is(query.repeated, isRepeated) &&
    (spanMs === null || isRepeatedWithin) &&
    within(number(row, 'cost_usd_minor_units'), query.min_cost, query.max_cost) &&
    within(number(row, 'latency_ms'), query.min_latency, query.max_latency) &&
    within(number(row, 'time_to_first_token_ms'), query.min_ttft, query.max_ttft) &&
    within(tokens, query.min_tokens, query.max_tokens) &&
    (query.prompt === undefined || row.prompt_hash === query.prompt) &&
    [...words, ...(query.phrase ?? [])].every((word) => haystacks.some((haystack) => haystack.includes(foldCase(word))))
  );
}

const PROJECTS = [
  projectRow({ id: 'p1', slug: 'acme/site' }),
  projectRow({ id: 'p2', slug: 'Straße "50%_off"' }),
  projectRow({ id: 'p3', slug: '🦊<b>fox</b>' }),
];
const SLUGS = new Map(PROJECTS.map((row) => [String(row.id), String(row.slug)]));

const smallCount = fc.integer({ min: 0, max: 4 });
const someText = fc.constantFrom('chat', 'tool', "it's", '100%', 'a_b', 'ÉTÉ', 'été', 'sigma ς', 'weiß');
const row = fc.record({
  project_id: fc.constantFrom('p1', 'p2', 'p3'),
  provider: fc.constantFrom('anthropic', 'gemini', 'new-one'),
  model: fc.constantFrom('gpt-5.4', 'GPT-5.4', 'claude_x'),
  status: fc.constantFrom('success', 'error', 'brand_new_status'),
  request_kind: fc.option(someText),
  mode: fc.constantFrom('stream', 'sync'),
  http_status_code: fc.option(fc.constantFrom(200, 429)),
  rates_source: fc.option(fc.constantFrom('override')),
  time_to_first_token_ms: fc.option(fc.constantFrom(1, 2.5, 3)),
  billing_basis: fc.option(fc.constantFrom('api', 'subscription_imputed', 'imported')),
  attribution_method: fc.option(fc.constantFrom('env', 'git')),
  error_class: fc.option(fc.constantFrom('timeout', 'never_seen')),
  cost_usd_minor_units: fc.option(smallCount),
  latency_ms: fc.option(fc.constantFrom(0.5, 1, 2.25)),
  tokens_complete: fc.constantFrom(0, 1),
  input_tokens: smallCount,
  cache_write_tokens: smallCount,
  prompt_hash: fc.option(fc.constantFrom('h1', 'h2')),
  requested_at: fc.constantFrom(
    '2026-11-24 08:00:00.000000',
    '2026-11-24 08:00:00.000001',
    '2026-11-24 08:00:01.000001',
    '2026-11-24 08:01:00.000000',
    '2026-11-24 08:02:00.000002',
    NO_TIME,
  ),
  source_workdir: fc.option(someText),
  source_machine: fc.option(fc.constantFrom('Laptop', 'LÄPTOP')),
  provider_error_code: fc.option(fc.constantFrom('rate_limit_error')),
  idempotency_key: fc.option(fc.constantFrom('key-Ä', 'KEY-b', 'strasse')),
});
const bodyTexts = fc.option(
  fc.record({
    request_body: fc.option(fc.constant('{}')),
    response_body: fc.option(fc.constant('')),
    response_truncated: fc.constantFrom(0, 1),
    capture_error: fc.option(fc.constant('redaction_failed')),
  }),
);

const listOf = (values: fc.Arbitrary<string | null>): fc.Arbitrary<(string | null)[]> =>
  fc.array(values, { minLength: 1, maxLength: 3 });
const bound = fc.integer({ min: 0, max: 6 });
const someName = fc.constantFrom(...LIST_FILTERS);
const named = (values: fc.Arbitrary<string | null>): fc.Arbitrary<NamedValue[]> =>
  fc.array(fc.record({ name: someName, value: values }), { minLength: 1, maxLength: 3 });
const someValue = fc.constantFrom(
  'acme/site',
  'anthropic',
  'gpt-5.4',
  'success',
  'chat',
  'api',
  'git',
  'timeout',
  '429',
  'stream',
  'Laptop',
  null,
);
const somePattern = fc.constantFrom(
  '*',
  'gpt*',
  '4*',
  '*5.4',
  'GPT-*',
  'c*e',
  '*a*',
  '**',
  '*.*',
  'a_b',
  '100%',
  'S*f"',
  '*t*t*',
  null,
);
/** Times have tests of their own. */
type Elsewhere = 'since' | 'until' | 'last' | 'tz';
const everyFilter: fc.Arbitrary<Required<Omit<FilterQuery, Elsewhere>>> = fc.record({
  project: listOf(fc.constantFrom(...SLUGS.values(), 'nobody', null)),
  provider: listOf(fc.constantFrom('anthropic', 'new-one', null)),
  model: listOf(fc.constantFrom('gpt-5.4', 'claude_x')),
  status: listOf(fc.constantFrom('success', 'brand_new_status')),
  kind: listOf(fc.option(someText)),
  mode: listOf(fc.constantFrom('stream', null)),
  error_code: listOf(fc.constantFrom('rate_limit_error', null)),
  http_status: listOf(fc.constantFrom('429', '200', null)),
  rates_source: listOf(fc.constantFrom('override', 'never', null)),
  machine: listOf(fc.constantFrom('Laptop', 'laptop', null)),
  workdir: listOf(fc.option(someText)),
  like: named(somePattern),
  not: named(someValue),
  not_like: named(somePattern),
  body_state: fc
    .subarray(['stored', 'truncated', 'failed', 'none'] as const, { minLength: 1 })
    .map((states) => [...states]),
  phrase: fc.array(fc.constantFrom('"50%_off"', 'KEY-', 'gpt', 'sigma Σ', 'id-1', 'é', 'fox</'), {
    minLength: 1,
    maxLength: 2,
  }),
  billing: listOf(fc.constantFrom('api', 'imported', null)),
  attribution: listOf(fc.constantFrom('env', null)),
  error_class: listOf(fc.constantFrom('never_seen', null)),
  priced: fc.boolean(),
  complete: fc.boolean(),
  body: fc.boolean(),
  repeated: fc.boolean(),
  repeated_within: fc.constantFrom(...Object.keys(SPANS_MS)),
  min_cost: bound,
  max_cost: bound,
  min_latency: bound,
  max_latency: bound,
  min_ttft: bound,
  max_ttft: bound,
  min_tokens: bound,
  max_tokens: bound,
  prompt: fc.constantFrom('h1', 'h3'),
  q: fc.constantFrom(
    'acme',
    'gpt GPT',
    'STRASSE',
    '%',
    '_',
    '100%',
    'été',
    'läptop',
    'ä',
    'ς',
    'fox <B>',
    ' ',
    'id-0',
    'Id-1 key',
  ),
});

/** A few names at a time: all at once let nothing through. */
const filter = everyFilter.chain((every) =>
  fc
    .subarray(Object.keys(every), { minLength: 1, maxLength: 3 })
    .map((names): FilterQuery => Object.fromEntries(Object.entries(every).filter(([name]) => names.includes(name)))),
);

/** Each name's values are counted with that name's own filters left out. */
function assertFacets(answer: WireFacetsAnswer, query: FilterQuery, all: readonly MadeCall[]): void {
  for (const name of LIST_FILTERS) {
    const others = (list: NamedValue[] | undefined): NamedValue[] => (list ?? []).filter((item) => item.name !== name);
    const { [name]: _own, like, not, not_like, ...rest } = query;
    const without = { ...rest, like: others(like), not: others(not), not_like: others(not_like) };
    const counted = new Map<string | null, { calls: number; unpriced: number; cost: number }>();
    for (const made of all) {
      if (!passes(without, made, all)) continue;
      const value = valueOf(name, made);
      const known = counted.get(value) ?? { calls: 0, unpriced: 0, cost: 0 };
      const cost = number(made.row, 'cost_usd_minor_units');
      counted.set(value, {
        calls: known.calls + 1,
        unpriced: known.unpriced + Number(cost === null),
        cost: known.cost + (cost ?? 0),
      });
    }
    const facets = answer.facets[name];
    assert.deepEqual(
      new Map(facets.map(({ value, ...counts }) => [value, counts])),
      new Map(
        [...counted].map(([value, { calls, unpriced, cost }]) => [
          value,
          { calls, unpriced_calls: unpriced, cost_millicents: unpriced === calls ? null : cost },
        ]),
      ),
      `${name} of ${JSON.stringify(query)}`,
    );
    const calls = facets.map((facet) => facet.calls);
    assert.deepEqual(
      calls,
      [...calls].sort((a, b) => b - a),
    );
  }
}

describe('filters', () => {
  it('let through the calls that the contract names, whatever the data and however they are combined', (test) => {
    const made = fc.array(fc.tuple(row, bodyTexts), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(made, fc.array(filter, { minLength: 20, maxLength: 30 }), (rows, filters) => {
        const all = rows.map(([fields, texts], place): MadeCall => {
          const id = `id-${place}${place % 5 === 0 ? '-É' : ''}`;
          return {
            row: requestRow({ ...fields, id }),
            slug: SLUGS.get(fields.project_id)!,
            bodyRow: texts === null ? null : bodyRow({ request_id: id, ...texts }),
          };
        });
        const { reader } = openContents(test, {
          projects: PROJECTS,
          requests: all.map((call) => call.row),
          request_bodies: all.map((call) => call.bodyRow).filter((texts) => texts !== null),
        });
        for (const query of filters) {
          const expected = all.filter((call) => passes(query, call, all)).map((call) => String(call.row.id));
          const answer = reader.calls(CIRCUMSTANCES, { ...query, limit: 1000 });
          assert.deepEqual(answer.calls.map(({ id }) => id).sort(), expected.sort(), JSON.stringify(query));
          assert.equal(answer.total, expected.length);
          assertFacets(reader.facets(CIRCUMSTANCES, query), query, all);
          const projects = reader.projects(CIRCUMSTANCES, query);
          assert.deepEqual(projects.totals, answer.totals);
          assert.equal(
            projects.projects.reduce((sum, { calls }) => sum + calls, 0),
            expected.length,
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  it('find text that was called after the first search', (test) => {
    const { reader, db } = openContents(test, { requests: [requestRow({ id: 'a', source_workdir: '/home/one' })] });
    const search = (q: string): string[] => reader.calls(CIRCUMSTANCES, { q }).calls.map(({ id }) => id);
    assert.deepEqual(search('two'), []);
    insertRows(db, 'requests', [requestRow({ id: 'ключ', source_workdir: '/home/TWO' })]);
    assert.deepEqual(search('two'), ['ключ']);
    assert.deepEqual(search('КЛЮЧ'), ['ключ']);
    db.prepare("update projects set slug = 'renamed'").run();
    assert.deepEqual(search('RENAMED').length, 2);
  });
});
