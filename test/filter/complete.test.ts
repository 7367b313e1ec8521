import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { complete, isUnfinished, type Known } from '../../src/filter/complete.js';
import { parseFilter } from '../../src/filter/parse.js';
import { anyText, hostile } from './any-filter.js';

const values: Known['values'] = {
  project: [
    { value: 'acme-checkout', calls: 17_904 },
    { value: 'docker:web', calls: 12 },
    { value: 'my app', calls: 3 },
    { value: null, calls: 2 },
  ],
  model: [
    { value: 'claude-sonnet-4-6', calls: 5801 },
    { value: 'claude-opus-4-6', calls: 2390 },
    { value: 'gpt-5.1', calls: 900 },
  ],
  kind: [{ value: null, calls: 7 }],
};

const known: Known = { values, timeZone: 'Europe/London', fixed: {}, nowMs: Date.parse('2026-11-24T23:30:00Z') };

/** `|` stands for the caret. */
function suggest(typed: string, more: Partial<Known> = {}) {
  const caret = typed.indexOf('|');
  const text = typed.replace('|', '');
  const { start, end, suggestions } = complete(text, caret, { ...known, ...more });
  return {
    labels: suggestions.map(({ label }) => label),
    suggestions,
    take: (label: string) => {
      const { insert } = suggestions.find((suggestion) => suggestion.label === label)!;
      return text.slice(0, start) + insert + text.slice(end);
    },
  };
}

describe('completion of the filter’s text', () => {
  it('offers every name with what it means, before anything is typed', () => {
    const { labels, suggestions } = suggest('|');
    assert.deepEqual(labels.slice(0, 4), ['project:', 'provider:', 'model:', 'status:']);
    assert.ok(labels.includes('cost>') && labels.includes('tz:'));
    assert.ok(suggestions.every(({ detail }) => detail !== ''));
  });

  it('offers how long before a prompt was sent last', () => {
    assert.deepEqual(suggest('repeated:|').labels, ['yes', 'no', '1m', '10m', '1h']);
    assert.deepEqual(suggest('repeated:15|').labels, ['15s', '15m', '15h']);
  });

  it('finds names by any part of them, those that begin so first', () => {
    assert.deepEqual(suggest('pro|').labels.slice(0, 3), ['project:', 'provider:', 'prompt:']);
    assert.ok(suggest('ject|').labels.includes('project:'));
    assert.equal(suggest('status:error pr|').take('project:'), 'status:error project:');
  });

  it('offers the operators of an amount once its name stands there', () => {
    assert.deepEqual(suggest('cost|').labels, ['cost>', 'cost>=', 'cost<', 'cost<=', 'cost:']);
    assert.deepEqual(suggest('latency>10|').labels, ['10ms', '10s', '10m']);
    assert.deepEqual(suggest('tokens>=100|').labels, ['100k', '100M']);
  });

  it('offers a name’s values with their calls, whatever part of them was typed', () => {
    const { labels, suggestions, take } = suggest('project:CHECK|');
    assert.deepEqual(labels, ['acme-checkout']);
    assert.equal(suggestions[0]!.calls, 17_904);
    assert.equal(take('acme-checkout'), 'project:acme-checkout');
    assert.deepEqual(suggest('-project:|').labels, ['acme-checkout', 'docker:web', 'my app', 'none']);
  });

  it('quotes a value that needs it, and calls a missing one none', () => {
    assert.equal(suggest('project:app|').take('my app'), 'project:"my app"');
    assert.equal(suggest('project:"my a|').take('my app'), 'project:"my app"');
    assert.equal(suggest('kind:|').take('none'), 'kind:none');
  });

  it('offers a pattern for the values that begin alike, with their calls together', () => {
    const { suggestions, take } = suggest('model:cl|');
    assert.equal(take('claude-*'), 'model:claude-*');
    assert.equal(suggestions.find(({ label }) => label === 'claude-*')!.calls, 8191);
  });

  it('finds a value that was typed without its name', () => {
    assert.equal(suggest('opus|').take('model:claude-opus-4-6'), 'model:claude-opus-4-6');
    assert.equal(suggest('-web|').take('project:docker:web'), '-project:docker:web');
  });

  it('replaces the whole term that the caret is in, and nothing else', () => {
    assert.equal(
      suggest('status:error project:acm|xyz last:7d').take('acme-checkout'),
      'status:error project:acme-checkout last:7d',
    );
  });

  it('offers only names that can be left out behind a minus', () => {
    assert.ok(!suggest('-|').labels.some((label) => /^(cost|last|tz)/.test(label)));
    assert.equal(suggest('-mod|').take('model:'), '-model:');
  });

  it('offers days by the zone’s calendar, spans, states and zones', () => {
    assert.deepEqual(suggest('since:|').labels, ['2026-11-24', '2026-11-23', '2026-11-23', '2026-11-01']);
    assert.equal(suggest('since:|', { timeZone: 'Asia/Kathmandu' }).labels[0], '2026-11-25');
    assert.deepEqual(suggest('since:yest|').labels, ['2026-11-23']);
    assert.deepEqual(suggest('last:3|').labels, ['3m', '3h', '3d']);
    assert.deepEqual(suggest('body:t|').labels, ['stored', 'truncated']);
    assert.deepEqual(suggest('priced:|').labels, ['yes', 'no']);
    assert.deepEqual(suggest('tz:new_york|').labels, ['America/New_York']);
  });

  it('offers nothing that the page’s author fixed', () => {
    const { labels } = suggest('|', { fixed: { project: ['acme'], last: '7d' } });
    assert.ok(!labels.some((label) => /^(project|last|since|until|on):/.test(label)));
    assert.deepEqual(suggest('acme|', { fixed: { project: ['acme'] } }).labels, []);
  });

  it('offers nothing within exact words', () => assert.deepEqual(suggest('"pro|').labels, []));

  it('quotes any value so that it reads back as that value', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (value, isExcluded) => {
        const sign = isExcluded ? '-' : '';
        const { suggestions, take } = suggest(`${sign}folder:|`, { values: { workdir: [{ value, calls: 1 }] } });
        const { filter, mistakes } = parseFilter(take(suggestions[0]!.label), { timeZone: 'UTC' });
        assert.deepEqual(mistakes, []);
        assert.deepEqual(filter, isExcluded ? { not: [`workdir:${value}`] } : { workdir: [value] });
      }),
    );
  });

  it('never fails, and replaces a stretch around the caret', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, place) => {
        const caret = place % (text.length + 1);
        const { start, end } = complete(text, caret, known);
        assert.ok(start <= caret && caret <= end && end <= text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('waits with a term that is likely typed on', () => {
    const isOpen = (typed: string): boolean => {
      const text = typed.replace('|', '');
      return isUnfinished(parseFilter(text, { timeZone: 'UTC' }), typed.indexOf('|'));
    };
    assert.ok(isOpen('proj|') && isOpen('model:|') && isOpen('"a b|') && isOpen('-|'));
    assert.ok(!isOpen('sonnet|') && !isOpen('model:claude|') && !isOpen('project:acme |'));
  });
});
