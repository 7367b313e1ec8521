import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import type Database from 'libsql';
import * as z from 'zod';
import { bodiesAnswer } from '../../src/api/body.js';
import { callDetail, callsAnswer } from '../../src/api/call.js';
import { problem, type Problem } from '../../src/api/problem.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { startApp, type AppServer } from './app-server.js';
import { ask, sendRaw, type Answer, type Asked } from './ask.js';
import { insertRows, loadCaptured, readCaptured } from './fixture-database.js';

const ODD_ID = 'odd/id ?#%2F\u00e9"<b>';
const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

let folder: string;
let server: AppServer;
let db: Database.Database;
const stored = readCaptured().request_bodies.find((row) => row.request_body !== null && row.response_body !== null)!;
const storedId = String(stored.request_id);

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'db.sqlite');
  db = loadCaptured(path);
  const [first] = readCaptured().requests;
  insertRows(db, 'requests', [{ ...first!, id: ODD_ID }]);
  server = await startApp(await openDatabaseSource(path), folder);
});

after(async () => {
  await server.close();
  db.close();
  await removeFolder(folder);
});

const get = (target: string, asked?: Asked): Promise<Answer> => ask(server.port, target, asked);
const parse = <S extends z.core.$ZodType>(shape: S, answer: Answer): z.output<S> =>
  z.parse(shape, JSON.parse(answer.text));

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
  `/api/calls/${storedId}`,
  `/api/calls/${encodeURIComponent(ODD_ID)}`,
  `/api/bodies?call=${storedId}`,
  `/api/bodies/${storedId}/request`,
  `/api/bodies/${storedId}/response`,
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
const STREAMED_ROUTES = ['/api/calls.csv', '/api/calls.jsonl?columns=id', '/api/events'];
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
        `http://localhost:${server.port}${route}`,
      ]) {
        for (const host of ['evil.example', `evil.example:${server.port}`, `localhost.:${server.port}`]) {
          const answer = await get(target, {
            host,
            headers: { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
          });
          assert.equal(answer.status, 421, `${target} at ${host}`);
          assert.equal(parse(problem, answer).status, 421);
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

describe('malformed requests', () => {
  const own = (): string => `localhost:${server.port}`;
  const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);

  it('are refused when they name no host, or two', async () => {
    assert.equal(statusOf(await sendRaw(server.port, 'GET /api/calls HTTP/1.0\r\n\r\n')), 421);
    assert.equal(statusOf(await sendRaw(server.port, 'GET /api/calls HTTP/1.1\r\nConnection: close\r\n\r\n')), 400);
    const two = `GET /api/calls HTTP/1.1\r\nHost: ${own()}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    assert.equal(statusOf(await sendRaw(server.port, two)), 400);
  });

  it('are refused when their target is no plain path', async () => {
    for (const target of ['http://evil.example/abs', '//evil.example/x', '/a#/../b', '*', '/caf\u00e9']) {
      const text = await sendRaw(server.port, `GET ${target} HTTP/1.1\r\nHost: ${own()}\r\nConnection: close\r\n\r\n`);
      assert.equal(statusOf(text), 400, target);
      assert.ok(!/location:/i.test(text), target);
    }
  });

  it('get no word before the guard has seen them', async () => {
    const text = await sendRaw(
      server.port,
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
      assert.equal((await get(target)).status, 404, target);
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
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html hm-worker",
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
      const answer = await get('/hm-calls?q=a', { address, host: `${name}:${server.port}`, headers });
      assert.equal(answer.status, 307);
      assert.equal(answer.headers.location, `http://localhost:${server.port}/hm-calls?q=a`);
      assert.equal(answer.headers['cache-control'], 'no-store');
    }
  });
});

describe('the API', () => {
  it('keeps recorded data out of every cache, and lets its own origin read', async () => {
    const own = `http://localhost:${server.port}`;
    for (const route of API_ROUTES) {
      const { headers } = await get(route, { headers: { Origin: own } });
      assert.equal(headers['cache-control'], 'no-store', route);
      assert.equal(headers.vary, 'Origin, Sec-Fetch-Site', route);
      assert.equal(headers['access-control-allow-origin'], own, route);
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'; sandbox", route);
    }
  });

  it('lists the calls that the daemon recorded', async () => {
    const answer = await get('/api/calls?limit=5');
    const { calls, total } = parse(callsAnswer, answer);
    assert.equal(answer.headers['content-type'], JSON_TYPE);
    assert.equal(calls.length, 5);
    assert.equal(total, readCaptured().requests.length + 1);
  });

  it('finds a call whose id needs percent-encoding', async () => {
    const answer = await get(`/api/calls/${encodeURIComponent(ODD_ID)}`);
    assert.equal(parse(callDetail, answer).id, ODD_ID);
  });

  it('answers bodies exactly as they are stored', async () => {
    for (const side of ['request', 'response'] as const) {
      const { headers, text } = await get(`/api/bodies/${storedId}/${side}`);
      assert.equal(text, stored[`${side}_body`]);
      assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'; sandbox");
    }
    assert.equal(parse(bodiesAnswer, await get(`/api/bodies?call=${storedId}`)).bodies[0]!.state, 'stored');
  });

  it('says which state explains that there is no body', async () => {
    const answer = await get(`/api/bodies/${encodeURIComponent(ODD_ID)}/request`);
    assert.equal(answer.status, 404);
    const { bodies } = parse(bodiesAnswer, await get(`/api/bodies?call=${encodeURIComponent(ODD_ID)}`));
    assert.ok(parse(problem, answer).detail.includes(`state "${bodies[0]!.state}"`));
  });

  for (const [target, status, parameter] of [
    ['/api/calls?nonsense=1', 400, 'nonsense'],
    ['/api/calls?limit=0', 400, 'limit'],
    ['/api/calls?limit=5&limit=6', 400, 'limit'],
    ['/api/calls?last=30d&since=2026-01-01', 400, 'last'],
    ['/api/calls?tz=Mars/Olympus', 400, 'tz'],
    ['/api/calls?cursor=zzz', 400, 'cursor'],
    ['/api/projects?limit=5', 400, 'limit'],
    ['/api/status?x=1', 400, 'x'],
    ['/api/openapi.json?x=1', 400, 'x'],
    ['/api/pricing?at=yesterday', 400, 'at'],
    ['/api/bodies', 400, 'call'],
    ['/api/bodies?call=nobody', 400, 'call'],
    ['/api/calls/%ff', 400, 'id'],
    ['/api/calls/nobody', 404, undefined],
    ['/api/bodies/nobody/request', 404, undefined],
    ['/api/bodies/nobody/headers', 404, undefined],
    ['/api/nothing', 404, undefined],
    ['/api', 404, undefined],
    ['/%61pi/status', 404, undefined],
  ] as const) {
    it(`answers ${status} ${parameter === undefined ? '' : `naming ${parameter} `}to ${target}`, async () => {
      const answer = await get(target);
      assert.equal(answer.status, status);
      if (target.startsWith('/%')) return;
      assert.equal(answer.headers['content-type'], PROBLEM_TYPE);
      const told: Problem = parse(problem, answer);
      assert.equal(told.status, status);
      assert.equal(told.parameter, parameter);
    });
  }
});

describe('a tag', () => {
  it('is not current any more once the daemon has written, for any route that tells of it', async () => {
    const routes = ['/api/calls', '/api/projects', '/api/status', `/api/calls/${encodeURIComponent(ODD_ID)}`];
    const before = await Promise.all(routes.map((route) => get(route)));
    db.prepare('UPDATE requests SET cost_usd_minor_units = cost_usd_minor_units + 1 WHERE id = ?').run(ODD_ID);
    const [first] = readCaptured().requests;
    insertRows(db, 'requests', [{ ...first!, id: 'added-later' }]);
    for (const [index, route] of routes.entries()) {
      const answer = await get(route, { headers: { 'If-None-Match': before[index]!.headers.etag! } });
      assert.equal(answer.status, 200, route);
      assert.notEqual(answer.headers.etag, before[index]!.headers.etag);
    }
  });
});
