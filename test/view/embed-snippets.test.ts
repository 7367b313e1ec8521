import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ATTRIBUTES_FIRST, writeFramePath, writeSnippets } from '../../src/view/embed-snippets.js';

const ORIGIN = 'http://localhost:3000';

describe('writeSnippets', () => {
  it('gives a script and a tag, with the address where it is needed', () => {
    const { sameOrigin, otherOrigin } = writeSnippets({
      tag: 'hm-calls',
      attributes: { filter: 'project=acme-site&last=7d', columns: 'time,model' },
      origin: ORIGIN,
    });
    assert.equal(
      sameOrigin,
      '<script type="module" src="/elements/hm-calls.js"></script>\n' +
        '<hm-calls filter="project=acme-site&amp;last=7d" columns="time,model"></hm-calls>\n',
    );
    assert.match(otherOrigin, /--allow-origin http:\/\/localhost:5173/);
    assert.match(otherOrigin, /src="http:\/\/localhost:3000\/elements\/hm-calls\.js"/);
  });

  it('gives a frame of the element, with at most ten lines of script that hear its height', () => {
    const { iframe } = writeSnippets({
      tag: 'hm-projects',
      attributes: { filter: 'last=7d', archived: '' },
      origin: ORIGIN,
    });
    assert.match(iframe, /^<iframe src="http:\/\/localhost:3000\/embed\/hm-projects\?last=7d&amp;archived" /);
    assert.match(iframe, /origin !== "http:\/\/localhost:3000"/);
    assert.ok(iframe.trimEnd().split('\n').length <= 12);
  });

  it('leaves nothing unseen in an attribute, and nothing that ends it', () => {
    const { sameOrigin } = writeSnippets({
      tag: 'hm-projects',
      attributes: { search: '"><script>\u202ex\u200b\n' },
      origin: ORIGIN,
    });
    assert.match(sameOrigin, /search="&quot;&gt;&lt;script&gt;&#8238;x&#8203;&#10;"/);
  });
});

describe('writeFramePath', () => {
  /** What stands in the frame's query after reading it back. */
  function readBack(attributes: Readonly<Record<string, string>>): [string, string][] {
    return [...new URL(writeFramePath('hm-calls', attributes), ORIGIN).searchParams];
  }

  it('puts the names of the filter beside the attributes', () => {
    assert.equal(
      writeFramePath('hm-calls', { filter: 'project=acme%20site&last=7d', columns: 'time,model,cost' }),
      '/embed/hm-calls?project=acme+site&last=7d&columns=time,model,cost',
    );
    assert.equal(writeFramePath('hm-calls', {}), '/embed/hm-calls');
  });

  it('keeps the filter in one where a name of it would be taken for an attribute', () => {
    assert.ok(ATTRIBUTES_FIRST.has('provider'));
    assert.deepEqual(readBack({ filter: 'provider=openai' }), [['filter', 'provider=openai']]);
    assert.deepEqual(readBack({ filter: 'q=a', q: 'b' }), [
      ['filter', 'q=a'],
      ['q', 'b'],
    ]);
  });

  it('says the same after reading it back, whatever the values are', () => {
    const value = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(value, value, (project, columns) => {
        const filter = String(new URLSearchParams({ project }));
        assert.deepEqual(readBack({ filter, columns }), [
          ['project', project],
          ['columns', columns],
        ]);
      }),
    );
  });
});
