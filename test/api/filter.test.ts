import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  changeFilter,
  type Filter,
  FILTER_LISTS,
  FILTER_VALUES,
  filterToParams,
  paramsToFilter,
} from '../../src/api/filter.js';

const anyFilter = fc.record(
  Object.fromEntries([
    ...FILTER_LISTS.map((name) => [
      name,
      fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }),
    ]),
    ...FILTER_VALUES.map((name) => [name, fc.string({ unit: 'binary', minLength: 1 })]),
  ]) as Record<string, fc.Arbitrary<string | string[]>>,
  { requiredKeys: [] },
) as fc.Arbitrary<Filter>;

describe('a filter', () => {
  it('comes back from an address as it was, whatever its texts', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const address = filterToParams(filter).toString();
        assert.deepEqual({ ...paramsToFilter(new URLSearchParams(address)) }, { ...filter });
      }),
    );
  });

  it('has one text, in whatever order its names were set', () => {
    const text = filterToParams({ project: ['a'], status: ['error'], since: '2026-11-01' }).toString();
    assert.equal(filterToParams({ since: '2026-11-01', status: ['error'], project: ['a'] }).toString(), text);
  });

  it('keeps an empty value in a list, which stands for null', () => {
    const filter = paramsToFilter(new URLSearchParams('kind=&kind=chat'));
    assert.deepEqual(filter, { kind: ['', 'chat'] });
    assert.equal(filterToParams(filter).toString(), 'kind=&kind=chat');
  });

  it('leaves alone what is not its own, and takes a value once', () => {
    assert.deepEqual(paramsToFilter(new URLSearchParams('sort=cost&project=a&project=a&q=x&q=y&last=')), {
      project: ['a'],
      q: 'x',
    });
  });

  it('changes by name, and loses names that become nothing', () => {
    const filter: Filter = { project: ['a'], q: 'x', last: '7d' };
    assert.deepEqual(changeFilter(filter, { project: ['b'], q: '', last: undefined }), { project: ['b'] });
    assert.deepEqual(changeFilter(filter, { project: [] }), { q: 'x', last: '7d' });
    assert.deepEqual(changeFilter(filter, { kind: [''] }), { ...filter, kind: [''] });
    assert.deepEqual(filter, { project: ['a'], q: 'x', last: '7d' });
  });
});
