import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { problem } from '../../src/api/problem.js';
import { ODD_ID, startCapturedApp, STORED, type CapturedApp } from './app-server.js';
import { ask, sendRaw, type Answer, type Asked } from './ask.js';

let app: CapturedApp;

before(async () => {
  app = await startCapturedApp();
});

after(() => app.close());

const get = (target: string, asked?: Asked): Promise<Answer> => ask(app.port, target, asked);

const API_ROUTES = [
  '/api/status',
  '/api/projects',
  '/api/projects?last=30d',
  '/api/calls',
  '/api/calls?last=30d&sort=cost&order=asc&limit=3',
  '/api/calls/facets',
  '/api/calls/series',
  '/api/calls/groups?by=model',
  '/api/calls/strip',
  '/api/calls/reprice',
  `/api/calls/${String(STORED.request_id)}`,
  `/api/calls/${encodeURIComponent(ODD_ID)}`,
  `/api/bodies?call=${String(STORED.request_id)}`,
  `/api/bodies/${String(STORED.request_id)}/request`,
  `/api/bodies/${String(STORED.request_id)}/response`,
  '/api/bodies/summary',
  '/api/bodies/summary?last=30d&body_state=stored',
  '/api/pricing',
  '/api/pricing?history=true',
  '/api/openapi.json',
];
const PAGE_ROUTES = ['/', '/hm-calls', '/page.css', '/favicon.svg'];
const ELEMENT_ROUTES = ['/elements/hm-calls.js', '/elements/chunks/lit-AAAA.js'];
const MISSING_ROUTES = [
  '/nothing',
  '/api',
  '/api/',
  '/api/nothing',
  '/api/calls/nobody',
  '/elements/nothing.js',
  '/favicon.ico',
  '/notes.txt',
];
/** Their answers are made while they are sent: without a length, and without a tag. */
const STREAMED_ROUTES = ['/api/calls.csv', '/api/calls.jsonl?columns=id', '/api/bodies/search?text=x', '/api/events'];
const ALL_ROUTES = [...API_ROUTES, ...PAGE_ROUTES, ...ELEMENT_ROUTES, ...MISSING_ROUTES];

describe('every route', () => {
  it('answers 421 to a foreign Host, however its path is written', async () => {
    for (const route of [...ALL_ROUTES, ...STREAMED_ROUTES]) {
      const [path = '', query = ''] = route.split('?');
      const encoded = path.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
      for (const target of [
        route,
        `${encoded}?${query}`,
        `//${route}`,
        `/x/..${route}`,
        `http://localhost:${app.port}${route}`,
      ]) {
        for (const host of ['evil.example', `evil.example:${app.port}`, `localhost.:${app.port}`]) {
          const answer = await get(target, {
            host,
            headers: { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
          });
          assert.equal(answer.status, 421, `${target} at ${host}`);
          assert.equal(z.parse(problem, JSON.parse(answer.text)).status, 421);
        }
      }
    }
  });

  it('answers 403 to a page of another origin, with nothing of the data and no permission to read', async () => {
    for (const route of [...ALL_ROUTES, ...STREAMED_ROUTES]) {
      const answer = await get(route, { headers: { Origin: 'http://localhost:5173' } });
      assert.equal(answer.status, 403, route);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
    }
  });

  it('answers 405 with Allow to every method but GET and HEAD', async () => {
    for (const route of [...ALL_ROUTES, ...STREAMED_ROUTES]) {
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const answer = await get(route, { method });
        assert.equal(answer.status, 405, `${method} ${route}`);
        assert.equal(answer.headers.allow, 'GET, HEAD');
      }
    }
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    for (const route of ALL_ROUTES) {
      const [full, head] = [await get(route), await get(route, { method: 'HEAD' })];
      assert.equal(head.status, full.status, route);
      assert.equal(head.text, '');
      for (const name of [
        'content-type',
        'content-length',
        'etag',
        'cache-control',
        'content-security-policy',
      ] as const) {
        assert.equal(head.headers[name], full.headers[name], `${name} of ${route}`);
      }
      assert.equal(Number(full.headers['content-length']), Buffer.byteLength(full.text), route);
    }
  });

  it('forbids sniffing, referrers and other origins, whatever it answers', async () => {
    for (const route of ALL_ROUTES) {
      for (const asked of [{}, { host: 'evil.example' }, { method: 'POST' }]) {
        const { headers } = await get(route, asked);
        assert.equal(headers['x-content-type-options'], 'nosniff', route);
        assert.equal(headers['referrer-policy'], 'no-referrer', route);
        assert.equal(headers['cross-origin-resource-policy'], 'same-origin', route);
        assert.match(headers['content-security-policy'] as string, /^default-src 'none'/, route);
        assert.equal(headers['access-control-allow-credentials'], undefined);
        assert.equal(headers['access-control-allow-headers'], undefined);
      }
    }
  });

  it('tags what it answers, and answers 304 to who has it already', async () => {
    for (const route of [...API_ROUTES, ...PAGE_ROUTES, ...ELEMENT_ROUTES]) {
      const first = await get(route);
      assert.equal(first.status, 200, route);
      const { etag } = first.headers;
      assert.match(etag!, /^"[\w-]+"$/, route);
      for (const tags of [etag!, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await get(route, { headers: { 'If-None-Match': tags } });
        assert.equal(again.status, 304, `${route} ${tags}`);
        assert.equal(again.text, '');
        assert.equal(again.headers.etag, etag);
        assert.equal(again.headers['cache-control'], first.headers['cache-control']);
      }
      assert.equal((await get(route, { headers: { 'If-None-Match': '"other"' } })).status, 200, route);
    }
  });
});

describe('every route of the API', () => {
  it('keeps recorded data out of every cache, and lets its own origin read', async () => {
    const own = `http://localhost:${app.port}`;
    for (const route of API_ROUTES) {
      const { headers } = await get(route, { headers: { Origin: own } });
      assert.equal(headers['cache-control'], 'no-store', route);
      assert.equal(headers.vary, 'Origin, Sec-Fetch-Site', route);
      assert.equal(headers['access-control-allow-origin'], own, route);
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'; sandbox", route);
    }
  });
});

describe('malformed requests', () => {
  const own = (): string => `localhost:${app.port}`;
  const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);

  it('are refused when they name no host, or two', async () => {
    assert.equal(statusOf(await sendRaw(app.port, 'GET /api/calls HTTP/1.0\r\n\r\n')), 421);
    assert.equal(statusOf(await sendRaw(app.port, 'GET /api/calls HTTP/1.1\r\nConnection: close\r\n\r\n')), 400);
    const two = `GET /api/calls HTTP/1.1\r\nHost: ${own()}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    assert.equal(statusOf(await sendRaw(app.port, two)), 400);
  });

  it('are refused when their target is no plain path', async () => {
    for (const target of ['http://evil.example/abs', '//evil.example/x', '/a#/../b', '*', '/caf\u00e9']) {
      const text = await sendRaw(app.port, `GET ${target} HTTP/1.1\r\nHost: ${own()}\r\nConnection: close\r\n\r\n`);
      assert.equal(statusOf(text), 400, target);
      assert.ok(!/location:/i.test(text), target);
    }
  });

  it('get no word before the guard has seen them', async () => {
    const text = await sendRaw(
      app.port,
      'POST /api/calls HTTP/1.1\r\nHost: evil.example\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n',
    );
    assert.equal(statusOf(text), 421);
  });

  it('find no file outside the built ones', async () => {
    for (const target of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/elements/..%2f..%2fpackage.json',
      '/demo/index.html',
      '/package.json',
      '/@fs/etc/passwd',
      '/elements/../../etc/passwd',
      '/.git/config',
      '/elements/',
      '/elements/__proto__',
      '/constructor',
    ]) {
      // Names that mean another folder are no path at all.
      const isPath = !/\/(\.|%2e){2}\//.test(target);
      assert.equal((await get(target)).status, isPath ? 404 : 400, target);
    }
  });
});

describe('pages and modules', () => {
  it('show the index at / and each page at its name, never to be stored unchecked', async () => {
    for (const [route, title] of [
      ['/', 'index'],
      ['/hm-calls?project=x', 'calls'],
    ] as const) {
      const { status, headers, text } = await get(route);
      assert.equal(status, 200);
      assert.match(text, new RegExp(`<title>${title}`));
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-cache');
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
      assert.equal(
        headers['content-security-policy'],
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html hm-worker",
      );
    }
  });

  it('give modules their type, their own policy and no foreign reader', async () => {
    const { headers } = await get('/elements/hm-calls.js');
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers.vary, 'Origin');
    assert.equal(headers['content-security-policy'], "default-src 'none'; connect-src 'self'; script-src 'self'");
    assert.equal(headers['access-control-allow-origin'], undefined);
    assert.match((await get('/elements/chunks/lit-AAAA.js')).headers['cache-control']!, /immutable/);
  });

  it('serve style sheets and icons with their types', async () => {
    assert.equal((await get('/page.css')).headers['content-type'], 'text/css; charset=utf-8');
    assert.equal((await get('/favicon.svg')).headers['content-type'], 'image/svg+xml');
  });

  it('say so in a small page where there is none', async () => {
    const { status, headers, text } = await get('/<script>alert(1)</script>'.replace(/[<>]/g, encodeURIComponent));
    assert.equal(status, 404);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.match(text, /No such page/);
    assert.ok(!text.includes('alert'));
  });

  it('open at localhost when they are opened at 127.0.0.1 or [::1]', async () => {
    const headers = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    for (const [address, name] of [
      ['127.0.0.1', '127.0.0.1'],
      ['::1', '[::1]'],
    ] as const) {
      const answer = await get('/hm-calls?q=a', { address, host: `${name}:${app.port}`, headers });
      assert.equal(answer.status, 307);
      assert.equal(answer.headers.location, `http://localhost:${app.port}/hm-calls?q=a`);
      assert.equal(answer.headers['cache-control'], 'no-store');
    }
  });
});
