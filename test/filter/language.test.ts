import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Filter } from '../../src/api/filter.js';
import { filterToParams } from '../../src/api/filter.js';
import { parseQuery } from '../../src/api/parse-query.js';
import { projectsQuery } from '../../src/api/query.js';
import { parseFilter } from '../../src/filter/parse.js';
import { printFilter } from '../../src/filter/print.js';
import { anyText, contractFilter, zone } from './any-filter.js';

const read = (text: string, timeZone = 'Europe/London', fixed: Filter = {}): Filter => {
  const { filter, mistakes } = parseFilter(text, { timeZone, fixed });
  assert.deepEqual(mistakes, [], text);
  return filter;
};
const explain = (text: string, fixed: Filter = {}): string[] =>
  parseFilter(text, { timeZone: 'Europe/London', fixed }).mistakes.map(
    ({ start, end, reason }) => `${text.slice(start, end)} → ${reason}`,
  );

describe('the filter language', () => {
  it('reads the example of the issue as the contract means it', () => {
    assert.deepEqual(
      read(
        'project:acme model:claude-* status:error cost>0.05 tokens>=100k latency>10s body:truncated -kind:embedding "exact words" last:7d',
      ),
      {
        project: ['acme'],
        status: ['error'],
        body_state: ['truncated'],
        like: ['model:claude-*'],
        not: ['kind:embedding'],
        phrase: ['exact words'],
        last: '7d',
        min_cost: '5001',
        min_latency: '10001',
        min_tokens: '100000',
      },
    );
  });

  it('gives every filter of the contract a text that reads back as that filter, in whatever zone', () => {
    fc.assert(
      fc.property(contractFilter, zone, (filter, timeZone) => {
        const text = printFilter(filter, timeZone);
        assert.deepEqual(read(text, timeZone), { ...filter }, text);
        assert.doesNotMatch(text, /[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('prints what it read as one text that does not change when it is read again', () => {
    fc.assert(
      fc.property(anyText, zone, (text, timeZone) => {
        const { filter, mistakes } = parseFilter(text, { timeZone });
        if (mistakes.length > 0) return;
        const printed = printFilter(filter, timeZone);
        assert.deepEqual(read(printed, timeZone), filter, printed);
        assert.equal(printFilter(read(printed, timeZone), timeZone), printed);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads any text without failing, says where each mistake is, and else gives a filter the server takes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { filter, mistakes } = parseFilter(text, { timeZone: 'Europe/London' });
        for (const { start, end, reason } of mistakes) {
          assert.ok(start >= 0 && start < end && end <= text.length, `${start}–${end} of ${text}`);
          assert.match(reason, /^[A-Z“”a-z].*[.?]$/su);
        }
        if (mistakes.length === 0) parseQuery(projectsQuery, filterToParams(filter));
      }),
      { numRuns: 5000 },
    );
  });

  it('takes true and false for yes and no, and prints those', () => {
    const text = 'body:true priced:true complete:false -repeated:false';
    assert.deepEqual(read(text), { body: 'true', priced: 'true', complete: 'false', repeated: 'true' });
    assert.equal(printFilter(read(text), 'UTC'), 'body:yes priced:yes complete:no repeated:yes');
    assert.deepEqual(explain('priced:maybe'), ['maybe → “maybe” is neither yes nor no.']);
  });

  it('takes several values of a name as alternatives, and each once', () => {
    assert.deepEqual(read('model:a model:b model:a'), { model: ['a', 'b'] });
  });

  it('takes bare words as words and words in quotes as they stand', () => {
    assert.deepEqual(read('rate  limit "Rate Limit"'), { q: 'rate limit', phrase: ['Rate Limit'] });
    assert.deepEqual(read('"say \\"hi\\" in C:\\Users"'), { phrase: ['say "hi" in C:\\Users'] });
  });

  it('lets values hold colons, slashes and backslashes, and in quotes anything', () => {
    assert.deepEqual(read('project:docker:web folder:C:\\Users\\me folder:"/tmp/a b"'), {
      project: ['docker:web'],
      workdir: ['C:\\Users\\me', '/tmp/a b'],
    });
  });

  it('takes none and empty quotes for "no value", and the word none when it is quoted', () => {
    assert.deepEqual(read('kind:none'), { kind: [''] });
    assert.deepEqual(read('kind:""'), { kind: [''] });
    assert.deepEqual(read('kind:"none"'), { kind: ['none'] });
    assert.deepEqual(read('-kind:none'), { not: ['kind:'] });
  });

  it('takes * for any characters, but in quotes for itself', () => {
    assert.deepEqual(read('model:claude-* -model:*mini*'), { like: ['model:claude-*'], not_like: ['model:*mini*'] });
    assert.deepEqual(read('model:"a*b" -model:"*"'), { model: ['a*b'], not: ['model:*'] });
    assert.deepEqual(read('project:"my app"*'), { like: ['project:my app*'] });
    assert.deepEqual(read('model~claude'), { like: ['model:claude'] });
  });

  it('knows error and folder by the contract’s names too, and = for a colon', () => {
    assert.deepEqual(read('error_class:timeout error=network workdir:/a'), {
      error_class: ['timeout', 'network'],
      workdir: ['/a'],
    });
  });

  it('turns amounts into whole millicents, tokens and milliseconds without losing one', () => {
    const cases: [text: string, filter: Filter][] = [
      ['cost>0.05', { min_cost: '5001' }],
      ['cost>=$0.05', { min_cost: '5000' }],
      ['cost<5c', { max_cost: '4999' }],
      ['cost<=.00001', { max_cost: '1' }],
      ['cost>0.000001', { min_cost: '1' }],
      ['cost<0.000011', { max_cost: '1' }],
      ['cost:0.29', { min_cost: '29000', max_cost: '29000' }],
      ['cost>=0', { min_cost: '0' }],
      ['tokens>=100k tokens<1.5M', { min_tokens: '100000', max_tokens: '1499999' }],
      ['latency>1.5s latency<=2m', { min_latency: '1501', max_latency: '120000' }],
      ['latency>=1h', { min_latency: '3600000' }],
      ['latency>500ms', { min_latency: '501' }],
      ['latency>0.1ms', { min_latency: '1' }],
      ['cost>=90071992547.4', { min_cost: '9007199254740000' }],
    ];
    for (const [text, filter] of cases) assert.deepEqual(read(text), filter, text);
  });

  it('prints bounds as round as they can be written', () => {
    assert.equal(printFilter({ min_cost: '5001', max_cost: '100000' }, 'UTC'), 'cost>0.05 cost<=1');
    assert.equal(printFilter({ min_latency: '10001', min_tokens: '100000' }, 'UTC'), 'tokens>=100k latency>10s');
    assert.equal(printFilter({ max_latency: '59999', max_tokens: '1999999' }, 'UTC'), 'tokens<2M latency<1m');
  });

  it('takes leaving out one state of a body for asking for the other three', () => {
    assert.deepEqual(read('-body:none'), { body_state: ['stored', 'truncated', 'failed'] });
    assert.deepEqual(read('body:stored body:failed'), { body_state: ['stored', 'failed'] });
    assert.deepEqual(read('body:yes'), { body: 'true' });
    assert.deepEqual(read('-priced:yes repeated:yes complete:no'), {
      priced: 'false',
      repeated: 'true',
      complete: 'false',
    });
  });

  it('takes a time behind repeated for how long before the prompt was sent last', () => {
    assert.deepEqual(read('repeated:10m'), { repeated_within: '10m' });
    assert.deepEqual(read('repeated:yes repeated:90s'), { repeated: 'true', repeated_within: '90s' });
    assert.equal(printFilter({ repeated: 'false', repeated_within: '2d' }, 'UTC'), 'repeated:no repeated:2d');
  });

  it('takes times for the clocks of the zone, and the zone from the text where it names one', () => {
    assert.deepEqual(read('since:2026-07-01T14:00'), { since: '2026-07-01T13:00:00Z' });
    assert.deepEqual(read('since:2026-07-01T14:00 tz:Asia/Kathmandu'), {
      since: '2026-07-01T08:15:00Z',
      tz: 'Asia/Kathmandu',
    });
    assert.deepEqual(read('since:2026-11-01 until:2026-11-18'), { since: '2026-11-01', until: '2026-11-18' });
    assert.deepEqual(read('on:2026-11-18'), { since: '2026-11-18', until: '2026-11-18' });
    assert.deepEqual(read('since:2026-07-01T14:00:30.250+02:00'), { since: '2026-07-01T14:00:30.250+02:00' });
    assert.equal(printFilter({ since: '2026-07-01T13:00:00Z' }, 'Europe/London'), 'since:2026-07-01T14:00');
  });

  it('takes the first of two equal clock times, and refuses one that clocks skip', () => {
    assert.deepEqual(read('since:2026-10-25T01:30'), { since: '2026-10-25T00:30:00Z' });
    assert.equal(printFilter({ since: '2026-10-25T01:30:00Z' }, 'Europe/London'), 'since:2026-10-25T01:30:00Z');
    assert.deepEqual(explain('since:2026-03-29T01:30'), [
      '2026-03-29T01:30 → “2026-03-29T01:30” does not exist in Europe/London: clocks skip it.',
    ]);
  });

  it('keeps what the page’s author fixed out of reach', () => {
    const [mistake] = explain('project:other', { project: ['acme'] });
    assert.match(mistake!, /^project:other → This page fixes/);
    assert.equal(explain('since:2026-11-01', { last: '7d' }).length, 1);
  });

  const MISTAKES: [text: string, mistake: string][] = [
    ['latency>10x', '10x → “10x” is not a duration. Write 500ms, 10s or 2m.'],
    ['latency>10', '10 → “10” has no unit. Write 10ms, 10s or 10m.'],
    ['cost>much', 'much → “much” is not an amount. Write 0.05, $1.20 or 5c.'],
    ['cost>constructor', 'constructor → “constructor” is not an amount. Write 0.05, $1.20 or 5c.'],
    ['tokens:1e3', '1e3 → “1e3” is not a number of tokens. Write 800, 100k or 2M.'],
    ['cost<0', '0 → Nothing is below 0.'],
    ['tokens:0.5', '0.5 → Nothing is exactly 0.5. Write tokens> or tokens<.'],
    ['tokens>9007199254740993', '9007199254740993 → “9007199254740993” is more than there can be.'],
    ['projct:acme', 'projct: → “projct” is no name of a filter. Did you mean project?'],
    ['lat>10s', 'lat> → “lat” is no name of a filter. Did you mean latency?'],
    ['https://example.test', 'https: → “https” is no name of a filter. To find it as text, put it in quotes.'],
    ['constructor:x', 'constructor: → “constructor” is no name of a filter. To find it as text, put it in quotes.'],
    ['model:', 'model: → What should model be? A value is missing.'],
    ['"open', '"open → The closing " is missing.'],
    ['model:"open', '"open → The closing " is missing.'],
    ['""', '"" → Nothing stands between these quotes.'],
    ['a"b"', 'a"b" → Put a space before and after words in quotes.'],
    ['-words', '-words → Only names can be left out: -model:gpt-4. To find a minus, write it in quotes.'],
    ['-', '- → Only names can be left out: -model:gpt-4. To find a minus, write it in quotes.'],
    ['-cost>5', '-cost>5 → Turn the sign instead: cost< or cost>.'],
    ['-last:7d', "-last:7d → last can't be left out."],
    ['model>5', 'model>5 → Write model:5.'],
    ['last:1y', '1y → “1y” is not a span. Write 45m, 12h or 30d.'],
    ['last:7d last:30d', 'last:30d → Another term says the same or otherwise. Leave one of the two.'],
    ['last:7d since:2026-11-01', 'since:2026-11-01 → last can’t stand beside since or until. Leave one of the two.'],
    ['since:2026-11-01 last:7d', 'last:7d → last can’t stand beside since or until. Leave one of the two.'],
    ['since:2026-02-30', '2026-02-30 → “2026-02-30” is not a day or time. Write 2026-11-24 or 2026-11-24T14:00.'],
    ['on:2026-11-18T14:00', '2026-11-18T14:00 → “2026-11-18T14:00” is not a day. Write 2026-11-24.'],
    ['since:2026-11-18 until:2026-11-01', 'until:2026-11-01 → This time ends before it starts.'],
    ['since:2026-11-18T14:00 until:2026-11-17', 'until:2026-11-17 → This time ends before it starts.'],
    ['cost>5 cost<1', 'cost<1 → No cost is in this range: it ends before it starts.'],
    ['cost>5 cost>6', 'cost>6 → Another term says the same or otherwise. Leave one of the two.'],
    ['priced:maybe', 'maybe → “maybe” is neither yes nor no.'],
    ['repeated:often', 'often → “often” is neither yes nor no, nor a time such as 90s, 10m or 1h.'],
    ['-repeated:10m', '-repeated:10m → repeated:10m can’t be left out.'],
    ['repeated:1m repeated:2m', 'repeated:2m → Another term says the same or otherwise. Leave one of the two.'],
    ['body:lost', 'lost → “lost” is no state of a body. Write stored, truncated, failed, none, yes or no.'],
    ['tz:Mars/Olympus', 'Mars/Olympus → “Mars/Olympus” is no time zone. Write UTC or Europe/London.'],
    ['tz:+02:00', '+02:00 → “+02:00” is no time zone. Write UTC or Europe/London.'],
    ['model:"a*"*', '"a*"* → In a pattern, * always stands for any characters, also in quotes.'],
  ];
  for (const [text, mistake] of MISTAKES) {
    it(`underlines and explains ${text}`, () => assert.deepEqual(explain(text), [mistake]));
  }

  it('shows the mistake that an address brought, in its place', () => {
    for (const filter of [
      { last: 'ever' },
      { min_cost: 'much' },
      { since: 'yesterday' },
      { priced: 'maybe' },
      { not: ['nonsense:x'] },
      { like: ['constructor:a*'] },
      { body_state: ['gone'] },
      { repeated_within: 'yes' },
      { repeated_within: '0m' },
      { tz: 'Mars' },
    ] as Filter[]) {
      assert.equal(explain(printFilter(filter, 'UTC')).length, 1, JSON.stringify(filter));
    }
  });
});
