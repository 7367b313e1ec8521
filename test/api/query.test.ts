import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseQuery } from '../../src/api/parse-query.js';
import { bodiesQuery, callsQuery, noQuery, pricingQuery, repriceQuery } from '../../src/api/query.js';
import { QueryError } from '../../src/api/query-error.js';

const parseCalls = (search: string): ReturnType<typeof parseQuery<typeof callsQuery>> =>
  parseQuery(callsQuery, new URLSearchParams(search));

/** The parameter that is named and what is said of it. */
function refuse(parse: () => unknown): [parameter: string, detail: string] {
  try {
    parse();
  } catch (error) {
    assert.ok(error instanceof QueryError);
    const problem = error.toProblem();
    assert.equal(problem.status, 400);
    return [problem.parameter!, problem.detail];
  }
  throw new Error('It was not refused.');
}

describe('a query', () => {
  it('is read into numbers, booleans and lists', () => {
    const query = parseCalls('project=a&project=&priced=false&min_cost=500&limit=1000&offset=0&sort=cost&order=asc');
    assert.deepEqual(
      { ...query },
      {
        project: ['a', null],
        priced: false,
        min_cost: 500,
        limit: 1000,
        offset: 0,
        sort: 'cost',
        order: 'asc',
      },
    );
  });

  it('may be empty', () => {
    assert.deepEqual({ ...parseCalls('') }, {});
  });

  it('takes days, instants with an offset, spans and zones', () => {
    for (const search of [
      'since=2026-11-01&until=2026-11-30',
      'since=2026-11-24T13:00:00Z',
      'since=2026-11-24T13:00:00.386836%2B01:00',
      'last=30d',
      'last=45m&tz=Europe/London',
    ]) {
      assert.doesNotThrow(() => parseCalls(search), search);
    }
  });

  it('is refused with the name of the parameter that is malformed or out of range', () => {
    for (const [search, parameter, reason] of [
      ['limit=0', 'limit', 'is below 1'],
      ['limit=1001', 'limit', 'is above 1000'],
      ['limit=ten', 'limit', 'is not a whole number'],
      ['limit=', 'limit', 'is not a whole number'],
      ['limit=1e3', 'limit', 'is not a whole number'],
      ['offset=-1', 'offset', 'is below 0'],
      ['min_cost=9007199254740993', 'min_cost', 'is above'],
      ['priced=yes', 'priced', 'is neither true nor false'],
      ['sort=price', 'sort', 'is none of'],
      ['order=up', 'order', 'is neither asc nor desc'],
      ['since=yesterday', 'since', 'is neither a day'],
      ['since=2026-13-01', 'since', 'is neither a day'],
      ['since=2026-11-24T13:00:00', 'since', 'is neither a day'],
      ['last=30', 'last', 'is not a span'],
      ['last=0d', 'last', 'is not a span'],
      ['tz=Mars/Olympus', 'tz', 'is no IANA time zone'],
      ['tz=%2B01:00', 'tz', 'is no IANA time zone'],
      ['cursor=', 'cursor', 'is empty'],
      ['prompt=', 'prompt', 'is empty'],
      [`q=${'x'.repeat(1025)}`, 'q', 'is longer than'],
      [`project=ok&project=${'x'.repeat(1025)}`, 'project', 'is longer than'],
    ] as const) {
      const [named, detail] = refuse(() => parseCalls(search));
      assert.equal(named, parameter, search);
      assert.ok(detail.includes(parameter) && detail.includes(reason), `${search}: ${detail}`);
    }
  });

  it('quotes what was given, shortened where it is long', () => {
    const [, detail] = refuse(() => parseCalls(`last=${'9'.repeat(500)}`));
    assert.match(detail, /"9{80}…"/);
  });

  it('is refused where it has a name that does not exist, or a single one twice', () => {
    assert.deepEqual(
      refuse(() => parseCalls('projekt=a')),
      ['projekt', 'There is no parameter "projekt" here.'],
    );
    assert.equal(refuse(() => parseCalls('toString=a'))[0], 'toString');
    assert.equal(refuse(() => parseCalls('__proto__=a'))[0], '__proto__');
    assert.deepEqual(
      refuse(() => parseCalls('limit=1&limit=2')),
      ['limit', 'The parameter limit can be given once only.'],
    );
    assert.equal(refuse(() => parseQuery(noQuery, new URLSearchParams('x=1')))[0], 'x');
  });

  it('is refused where it contradicts itself', () => {
    assert.equal(refuse(() => parseCalls('last=7d&since=2026-11-01'))[0], 'last');
    assert.equal(refuse(() => parseCalls('last=7d&until=2026-11-01'))[0], 'last');
    assert.equal(refuse(() => parseCalls('cursor=x&offset=1'))[0], 'cursor');
    assert.equal(refuse(() => parseQuery(pricingQuery, new URLSearchParams('at=2026-11-01&history=true')))[0], 'at');
    const parseReprice = (search: string) => parseQuery(repriceQuery, new URLSearchParams(search));
    assert.equal(refuse(() => parseReprice('to_model=a'))[0], 'to_model');
    assert.equal(refuse(() => parseReprice('to_provider=a'))[0], 'to_provider');
    assert.equal(refuse(() => parseReprice('to_provider=a&to_model=b&rates=1,2,3,4,5'))[0], 'rates');
  });

  it('of other rates names five whole numbers that are none too great', () => {
    const parseRates = (rates: string) => parseQuery(repriceQuery, new URLSearchParams({ rates })).rates;
    const rates = { input: 300_000, output: 0, thinking: 3, cacheRead: 4, cacheWrite: 1_000_000_000 };
    assert.deepEqual(parseRates('300000,0,3,4,1000000000'), rates);
    for (const wrong of ['', '1,2,3,4', '1,2,3,4,5,6', '1,2,3,4,-5', '1,2,3,4,5.5', '1,2,3,4,1000000001']) {
      assert.equal(refuse(() => parseRates(wrong))[0], 'rates', wrong);
    }
  });

  it('of bodies names 1 to 50 calls', () => {
    const parseBodies = (count: number): unknown =>
      parseQuery(
        bodiesQuery,
        new URLSearchParams(Array.from({ length: count }, (_, index) => ['call', `id-${index}`])),
      );
    assert.deepEqual(parseQuery(bodiesQuery, new URLSearchParams('call=a&call=b')).call, ['a', 'b']);
    assert.doesNotThrow(() => parseBodies(50));
    assert.deepEqual(
      refuse(() => parseBodies(0)),
      ['call', 'The parameter call is missing.'],
    );
    assert.match(refuse(() => parseBodies(51))[1], /more than 50 times/);
    assert.match(refuse(() => parseQuery(bodiesQuery, new URLSearchParams('call=')))[1], /is empty/);
  });
});
