import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallsView } from '../../src/controllers/calls-pages.js';
import { FollowedRows } from '../../src/parts/followed-rows.js';

/** A list of calls by their ids; null where a page is not known. */
const view = (...ids: readonly (string | null)[]): CallsView => ({
  total: ids.length,
  totals: {} as CallsView['totals'],
  newCalls: 0,
  late: 0,
  key: 'list',
  callAt: (row) => (ids[row] == null ? undefined : ({ id: ids[row] } as ReturnType<CallsView['callAt']>)),
  rowOf: (id) => (ids.includes(id) ? ids.indexOf(id) : undefined),
});

describe('rows that follow their calls', () => {
  it('move down with their calls when others arrive above', () => {
    const rows = new FollowedRows();
    const before = view('c', 'b', 'a');
    rows.activate(1, before);
    rows.toggle(before);
    rows.follow(view('e', 'd', 'c', 'b', 'a'), 2);
    assert.deepEqual([rows.active, rows.openedRow, rows.openedId], [3, 3, 'b']);
  });

  it('stay where they are while nobody chose one', () => {
    const rows = new FollowedRows();
    rows.follow(view('b', 'a'), 1);
    assert.equal(rows.active, 0);
    rows.hold(view('b', 'a'));
    rows.follow(view('c', 'b', 'a'), 1);
    assert.equal(rows.active, 1);
  });

  it('are taken to have moved along where their page is not known', () => {
    const rows = new FollowedRows();
    const before = view('c', 'b', 'a');
    rows.activate(2, before);
    rows.toggle(before);
    rows.follow(view('d', null, null, null), 1);
    assert.deepEqual([rows.active, rows.openedRow], [3, 3]);
    rows.follow(view('d', 'c', 'b', 'a'), 0);
    assert.deepEqual([rows.active, rows.openedRow, rows.openedId], [3, 3, 'a']);
  });

  it('close when their call is gone', () => {
    const rows = new FollowedRows();
    const before = view('b', 'a');
    rows.activate(1, before);
    rows.toggle(before);
    rows.follow(view('b'), 0);
    assert.equal(rows.active, 0);
    rows.follow(view('b', 'x'), 0);
    assert.equal(rows.openedId, null);
  });

  it('open and close again, and not before their call is known', () => {
    const rows = new FollowedRows();
    assert.equal(rows.toggle(view(null)), false);
    assert.equal(rows.toggle(view('a')), true);
    assert.equal(rows.openedId, 'a');
    rows.toggle(view('a'));
    assert.equal(rows.openedId, null);
  });
});
