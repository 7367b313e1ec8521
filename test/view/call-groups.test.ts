import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Group } from '../../src/daemon/groups.js';
import { filterOfGroup, nameGroup, sortGroups } from '../../src/view/call-groups.js';
import { ONE_CALL } from './one-call.js';

const group = (key: string | null, fields: Partial<Group> = {}): Group => ({
  key,
  ...ONE_CALL,
  avgLatencyMs: null,
  firstCallAt: null,
  lastCallAt: null,
  ...fields,
});

const order = (groups: readonly Group[], sort: string, direction: 'asc' | 'desc'): (string | null)[] =>
  sortGroups(groups, sort, direction).map(({ key }) => key);

describe('groups of calls', () => {
  it('are sorted by what they cost, those without a price last in both directions', () => {
    const groups = [
      group('cheap', { costMillicents: 1 }),
      group('unpriced', { costMillicents: null }),
      group('dear', { costMillicents: 9 }),
    ];
    assert.deepEqual(order(groups, 'cost', 'desc'), ['dear', 'cheap', 'unpriced']);
    assert.deepEqual(order(groups, 'cost', 'asc'), ['cheap', 'dear', 'unpriced']);
  });

  it('are sorted by name, the unknown one last', () => {
    const groups = [group(null), group('b'), group('a')];
    assert.deepEqual(order(groups, 'key', 'asc'), ['a', 'b', null]);
    assert.deepEqual(order(groups, 'key', 'desc'), ['b', 'a', null]);
  });

  it('stand by name where they are equal', () => {
    assert.deepEqual(order([group('b'), group('a'), group(null)], 'calls', 'desc'), ['a', 'b', null]);
  });

  it('are filters: a value, no value, or a day', () => {
    assert.deepEqual(filterOfGroup('model', 'grok-4'), { model: ['grok-4'] });
    assert.deepEqual(filterOfGroup('machine', null), { machine: [''] });
    assert.deepEqual(filterOfGroup('day', '2026-11-24'), { since: '2026-11-24', until: '2026-11-24', last: '' });
  });

  it('have names', () => {
    assert.equal(nameGroup('status', 'blocked_by_policy'), 'blocked by policy');
    assert.equal(nameGroup('workdir', null), 'unknown');
  });
});
