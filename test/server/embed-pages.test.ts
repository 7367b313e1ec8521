import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startCapturedApp, type CapturedApp } from './app-server.js';
import { ask } from './ask.js';

let app: CapturedApp;

before(async () => {
  app = await startCapturedApp();
});

after(() => app.close());

describe('/embed', () => {
  it('has a page for each element, which pages on this machine alone may hold', async () => {
    const { status, headers, text } = await ask(app.port, '/embed/hm-calls?project=a&last=7d&columns=time');
    assert.equal(status, 200);
    assert.match(text, /<html lang="en" data-tag="hm-calls">/);
    assert.match(text, /src="\/elements\/hm-calls\.js"/);
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /frame-ancestors 'self' http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\* file:;/);
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.equal(headers['x-frame-options'], undefined);
  });

  for (const [query, told] of [
    ['last=7x', 'The parameter last, &#34;7x&#34;, is not a span such as 30d, 12h or 45m.'],
    ['filter=last%3D7x', 'The parameter last, &#34;7x&#34;, is not a span such as 30d, 12h or 45m.'],
    ['last=7d&filter=last%3D8d', 'The parameter last can be given once only.'],
    ['since=2026-13-01', 'The parameter since, '],
    [
      'last=%3C%22%27%3E',
      'The parameter last, &#34;&#60;\\&#34;&#39;&#62;&#34;, is not a span such as 30d, 12h or 45m.',
    ],
  ] as const) {
    it(`says what the filter can not mean in ${query}`, async () => {
      const { status, text } = await ask(app.port, `/embed/hm-calls?${query}`);
      assert.equal(status, 200);
      const [, fault] = /<html lang="en" data-tag="hm-calls" data-fault="([^"]*)">/.exec(text) ?? [];
      assert.ok(fault?.includes(told), text.slice(0, 300));
    });
  }

  it('leaves it to the element which other names there are', async () => {
    const { text } = await ask(app.port, '/embed/hm-calls?columns=time&nonsense=1');
    assert.match(text, /data-tag="hm-calls">/);
  });

  for (const path of [
    '/embed/hm-nothing',
    '/embed/hm-scope',
    '/embed/chunks',
    '/embed/hm-calls.js',
    '/embed/HM-CALLS',
  ]) {
    it(`names the elements there are at ${path}, in the frame too`, async () => {
      const { status, headers, text } = await ask(app.port, path);
      assert.equal(status, 404);
      assert.match(text, /<a href="\/embed\/hm-calls">/);
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'self' http:\/\/localhost:\*/);
      assert.equal(headers['x-frame-options'], undefined);
    });
  }

  it('is nothing by itself, and nothing deeper', async () => {
    for (const path of ['/embed', '/embed/', '/embed/hm-calls/', '/embed/hm-calls/x', '/embed/%68m-calls/x']) {
      const { status, headers } = await ask(app.port, path);
      assert.equal(status, 404, path);
      assert.equal(headers['x-frame-options'], 'DENY', path);
    }
  });
});
