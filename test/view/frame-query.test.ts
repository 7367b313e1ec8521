import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FILTER_LISTS, FILTER_VALUES } from '../../src/api/filter.js';
import { readFrameQuery, type FrameWishes } from '../../src/view/frame-query.js';
import { writeFramePath } from '../../src/view/embed-snippets.js';

const PROJECTS = {
  tag: 'hm-projects',
  names: ['daemon', 'filter', 'sort', 'columns', 'archived'],
  flags: ['archived'],
};

const read = (search: string): FrameWishes => readFrameQuery(search, PROJECTS);

describe('readFrameQuery', () => {
  it('takes attributes by their names, and the names of the filter together as one', () => {
    assert.deepEqual(read('?project=acme-site&last=7d&columns=cost,calls'), {
      attributes: { columns: 'cost,calls', filter: 'project=acme-site&last=7d' },
      colorScheme: null,
      faults: [],
    });
    assert.deepEqual(read('?filter=project%3Da%26project%3Db&model=m').attributes, {
      filter: 'project=a&project=b&model=m',
    });
    assert.deepEqual(read('').attributes, {});
  });

  it('takes an attribute for the name of the filter that is the same', () => {
    const pricing = { tag: 'hm-pricing', names: ['filter', 'provider'], flags: [] };
    assert.deepEqual(readFrameQuery('?provider=openai&tz=UTC', pricing).attributes, {
      provider: 'openai',
      filter: 'tz=UTC',
    });
  });

  it('sets what is there or not by its name alone or the word true', () => {
    for (const search of ['?archived', '?archived=', '?archived=true', '?archived=archived']) {
      assert.deepEqual(read(search).attributes, { archived: '' }, search);
    }
    assert.deepEqual(read('?archived=false').attributes, {});
  });

  it('takes a colour scheme', () => {
    assert.equal(read('?color-scheme=dark').colorScheme, 'dark');
  });

  for (const [search, told] of [
    ['?colums=cost', '"colums" is no attribute of <hm-projects> and no name of the filter. Is columns meant?'],
    ['?xyzzy', '"xyzzy" is no attribute of <hm-projects> and no name of the filter.'],
    ['?style=x', '"style" is no attribute of <hm-projects> and no name of the filter.'],
    ['?onclick=x', '"onclick" is no attribute of <hm-projects> and no name of the filter.'],
    ['?filter=projct%3Da', '"projct" is no name of the filter. Is project meant?'],
    ['?archived=maybe', 'archived is true or false, not "maybe".'],
    ['?color-scheme=pink', 'color-scheme is light or dark, not "pink".'],
    ['?sort=cost&sort=calls', 'sort can be given once only.'],
    ['?project=%E0%A4', 'A percent sign in the address stands for no character.'],
    ['?columns=100%', 'A percent sign in the address stands for no character.'],
  ] as const) {
    it(`says what is wrong with ${search}`, () => assert.deepEqual(read(search).faults, [told]));
  }

  it('reads what the snippet of an element says, whatever the values are', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...FILTER_LISTS, ...FILTER_VALUES), value, value, (name, text, columns) => {
        const attributes = { columns, filter: String(new URLSearchParams({ [name]: text })) };
        const { search } = new URL(writeFramePath('hm-projects', attributes), 'http://localhost:3000');
        assert.deepEqual(read(search), { attributes, colorScheme: null, faults: [] });
      }),
    );
  });
});
