import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAddress, writeAddress } from '../../src/controllers/address.js';

describe("the page's address", () => {
  it('holds a view and gives it back', () => {
    const view = { filter: { project: ['acme/site', ''], last: '7d' }, selection: ['b', 'a'], view: {} };
    const search = writeAddress('', view);
    assert.equal(search, '?project=acme%2Fsite&project=&last=7d&call=b&call=a');
    assert.deepEqual(readAddress(search), { ...view, daemon: '' });
  });

  it('keeps names that are not of the view', () => {
    assert.equal(
      writeAddress('?theme=dark&project=old&call=x', { filter: { project: ['new'] }, selection: [], view: {} }),
      '?theme=dark&project=new',
    );
  });

  it('is empty for a view without anything', () => {
    assert.equal(writeAddress('?project=old', { filter: {}, selection: [], view: {} }), '');
  });

  it('holds how calls are shown, but nothing that was not chosen', () => {
    const view = { columns: 'time,model:180,/a~1b', sort: 'cost', group: '' };
    const search = writeAddress('?order=asc&theme=dark', { filter: {}, selection: [], view });
    assert.equal(search, '?theme=dark&columns=time%2Cmodel%3A180%2C%2Fa%7E1b&sort=cost');
    assert.deepEqual(readAddress(search).view, { columns: view.columns, sort: 'cost' });
  });

  it('leaves out empty and repeated ids of calls', () => {
    assert.deepEqual(readAddress('?call=a&call=&call=a&call=b').selection, ['a', 'b']);
  });

  it('names a daemon on this machine', () => {
    for (const daemon of ['http://localhost:3000', 'http://127.0.0.1:8765', 'http://[::1]:8765', 'http://localhost']) {
      assert.equal(readAddress(`?daemon=${encodeURIComponent(daemon)}`).daemon, daemon);
    }
  });

  it('can not make the page ask anybody else', () => {
    for (const daemon of [
      'http://example.com',
      'https://localhost:3000',
      'http://localhost.example.com',
      'http://localhost:3000@example.com',
      'http://localhost:3000/evil',
      '//example.com',
      'javascript:alert(1)',
    ]) {
      assert.equal(readAddress(`?daemon=${encodeURIComponent(daemon)}`).daemon, '', daemon);
    }
  });
});
