import assert from 'node:assert/strict';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Hono } from 'hono';
import { KeyGate } from '../../src/server/key-gate.js';
import { writeOpeningPage } from '../../src/server/opening-page.js';
import { rebaseLinks, rebasePages } from '../../src/server/rebase-pages.js';
import type { BuiltServer } from '../built-server.js';
import { startBuilt } from '../built-server.js';
import { ask, type Answer } from './ask.js';
import { Machine } from './machine.js';

const PAGE = { headers: { Accept: 'text/html' } };
const NAVIGATION = {
  headers: {
    Accept: 'text/html',
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-Dest': 'document',
    'Sec-Fetch-Site': 'none',
  },
};

/** The path of the newest address that was printed. */
function readOffered(server: BuiltServer): string {
  return /^Open http:\/\/localhost:\d+(\/open\/[\w-]+) \(once, within 10 minutes\)$/m.exec(
    server.output().split('\n').reverse().join('\n'),
  )![1]!;
}

/** What a refusal must be, and the same for all. */
function assertRefused({ status, headers, text }: Answer): void {
  assert.equal(status, 403);
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['set-cookie'], undefined);
  assert.equal(headers['location'], undefined);
  assert.match(text, /terminal/);
}

describe('a server started with --token', () => {
  let machine: Machine;
  let server: BuiltServer;
  let first: string;
  let base: string;

  before(async () => {
    machine = await Machine.make();
    server = await startBuilt(['--db', machine.captured, '--token'], await machine.makeHome());
    await server.printed(/^Open .*\n/m);
    first = readOffered(server);
  });

  after(async () => {
    await server.stop();
    await machine.remove();
  });

  it('answers nothing to who has no key, one refusal for all', async () => {
    const paths = [
      '/',
      '/hm-calls',
      '/api/status',
      '/api/nothing',
      '/elements/hm-calls.js',
      '/page.css',
      '/k/',
      '/open/',
    ];
    const texts = new Set<string>();
    for (const path of [...paths, '/k/AAAAAAAAAAAAAAAAAAAAAA/api/status', '/open/AAAAAAAAAAAAAAAAAAAAAA', '*', '/\\']) {
      const answer = await ask(server.port, path);
      assertRefused(answer);
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
      texts.add(answer.text);
    }
    assert.equal(texts.size, 1);
    for (const path of paths) texts.add((await ask(server.port, path, PAGE)).text);
    assert.equal(texts.size, 2);
    assertRefused(await ask(server.port, '/api/status', { method: 'POST' }));
    assert.equal((await ask(server.port, '/', { method: 'HEAD' })).text, '');
  });

  it('does not use up a key that is only looked at, or fetched in advance', async () => {
    assertRefused(await ask(server.port, first, { headers: { ...NAVIGATION.headers, 'Sec-Purpose': 'prefetch' } }));
    assert.equal((await ask(server.port, first, { method: 'HEAD' })).status, 403);
    assertRefused(await ask(server.port, `${first}x`, NAVIGATION));
    assertRefused(await ask(server.port, `${first}?x`, NAVIGATION));
  });

  it('leads who has the key to an address that can not be guessed, and sets no cookie', async () => {
    const { status, headers, text } = await ask(server.port, first, NAVIGATION);
    assert.equal(status, 303);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['set-cookie'], undefined);
    assert.equal(text, '');
    base = /^http:\/\/localhost:\d+(\/k\/[\w-]{22})\/$/.exec(headers.location!)![1]!;
    assert.ok(!server.output().includes(base.slice(3)), 'the secret is not printed');
  });

  it('refuses the key a second time, and says in the terminal that it was used twice', async () => {
    const warning = /opened a second time\. If the first was not you, end this server/;
    assert.doesNotMatch(server.output(), warning);
    assertRefused(await ask(server.port, first, NAVIGATION));
    await server.printed(warning);
  });

  it('prints a new address when a page is asked for without one, and only then', async () => {
    await server.printed(new RegExp(`Open (?![^\\n]*${first.replace('/open/', '')})`));
    const second = readOffered(server);
    assert.notEqual(second, first);
    assertRefused(await ask(server.port, '/', PAGE));
    assert.equal(readOffered(server), second, 'one that was not used is enough');
    assert.equal((await ask(server.port, second, NAVIGATION)).headers.location!.includes(base), true);
    assertRefused(await ask(server.port, '/api/status'));
    assert.equal(readOffered(server), second, 'programs read no terminal');
  });

  it('serves everything below that address, with every link of its pages below it', async () => {
    for (const path of ['/', '/hm-calls', '/nothing']) {
      const { status, headers, text } = await ask(server.port, base + path, NAVIGATION);
      assert.equal(status, path === '/nothing' ? 404 : 200, path);
      const links = [...text.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, link]) => link!);
      assert.ok(links.length > 0);
      for (const link of links) assert.ok(link.startsWith(`${base}/`) || link.startsWith('#'), link);
      if (headers['content-length'] !== undefined) {
        assert.equal(Number(headers['content-length']), Buffer.byteLength(text));
      }
    }
    assert.equal((await ask(server.port, `${base}/api/status`)).status, 200);
    assert.equal((await ask(server.port, `${base}/elements/hm-calls.js`)).status, 200);
    assert.equal((await ask(server.port, base, NAVIGATION)).status, 200);
    assertRefused(await ask(server.port, `${base}x/api/status`));
    assertRefused(await ask(server.port, `${base.slice(0, -1)}/api/status`));
    assertRefused(await ask(server.port, `/x/..${base}/api/status`));
  });

  it('keeps the guard: names, origins and methods are refused as without --token', async () => {
    const path = `${base}/api/status`;
    assert.equal((await ask(server.port, path, { host: 'evil.example' })).status, 421);
    assert.equal((await ask(server.port, path, { headers: { Origin: 'http://localhost:1' } })).status, 403);
    assert.equal((await ask(server.port, path, { headers: { 'Sec-Fetch-Site': 'same-site' } })).status, 403);
    assert.equal((await ask(server.port, path, { method: 'POST' })).status, 405);
    const redirected = await ask(server.port, `${base}/hm-calls?a=b`, {
      ...NAVIGATION,
      host: `127.0.0.1:${server.port}`,
    });
    assert.equal(redirected.headers.location, `${server.url}${base}/hm-calls?a=b`);
  });

  it('has another secret in its next run, and tells a page of the last one to be opened anew', async () => {
    const next = await startBuilt(['--db', machine.captured, '--token'], await machine.makeHome());
    try {
      const { status, text } = await ask(next.port, `${base}/api/status`);
      assert.equal(status, 403);
      const { detail } = JSON.parse(text) as { detail: string };
      assert.match(detail, /opened anew: the server was started again/);
    } finally {
      await next.stop();
    }
  });
});

describe('a key', () => {
  /** A gate before a listener that answers with the path it was asked for, and a clock that is turned by hand. */
  async function startGate(
    test: TestContext,
  ): Promise<{ port: number; clock: { ms: number }; offered: string[]; gate: KeyGate }> {
    const clock = { ms: 0 };
    const offered: string[] = [];
    const server = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1');
    test.after(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const offer = (address: string): void => void offered.push(new URL(address).pathname);
    const gate = new KeyGate({ port, offer, warn: () => undefined, now: () => clock.ms });
    const listener = gate.guard((request, response) => response.end(request.url));
    return { port, clock, offered, gate };
  }

  it('opens nothing after ten minutes, and a new one is there for who asks then', async (test) => {
    const { port, clock, offered, gate } = await startGate(test);
    gate.offer();
    clock.ms = 10 * 60_000;
    assertRefused(await ask(port, offered[0]!, PAGE));
    assert.equal(offered.length, 2);
    clock.ms += 10 * 60_000 - 1;
    assert.equal((await ask(port, offered[1]!, PAGE)).status, 303);
  });

  it('opens nothing once there is a newer one', async (test) => {
    const { port, offered, gate } = await startGate(test);
    gate.offer();
    gate.offer();
    assertRefused(await ask(port, offered[0]!, PAGE));
    assert.equal((await ask(port, offered[1]!, PAGE)).status, 303);
  });

  it('is not found by any path that does not hold it', async (test) => {
    const { port, offered, gate } = await startGate(test);
    gate.offer();
    const secret = gate.base.slice('/k/'.length);
    const near = fc.constantFrom(secret, secret.slice(1), secret.toLowerCase(), encodeURIComponent(secret), '', '..');
    const path = fc
      .tuple(
        fc.constantFrom('/k/', '/K/', '/k//', '//k/', '/open/', '/%6b/'),
        near,
        fc.constantFrom('', '/', '/api/status'),
      )
      .map((parts) => parts.join(''))
      .filter((text) => !text.startsWith(`${gate.base}/`) && text !== gate.base && text !== offered[0]);
    await fc.assert(
      fc.asyncProperty(path, async (text) => assert.equal((await ask(port, text)).status, 403, text)),
      { numRuns: 200 },
    );
    assert.equal((await ask(port, `${gate.base}/api?x=/k/`)).text, '/api?x=/k/');
  });
});

describe('the page that gives a browser the key', () => {
  it('is a file that its user alone can read, and is gone afterwards', async () => {
    const page = await writeOpeningPage('http://localhost:3000/open/KEY');
    const path = fileURLToPath(page.url);
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600);
    await page.remove();
    await assert.rejects(stat(path), { code: 'ENOENT' });
  });
});

describe('the links of a page', () => {
  it('lead below the base in a redirect too, but for one to another server', async () => {
    const app = new Hono();
    app.get('/pages', (context) => context.redirect('/pages/', 307));
    app.get('/away', (context) => context.redirect('http://127.0.0.1:8765/api/status', 307));
    const answer = rebasePages(app.fetch, '/k/S');
    const follow = async (path: string): Promise<string | null> =>
      (await answer(new Request(`http://localhost${path}`))).headers.get('location');
    assert.equal(await follow('/pages'), '/k/S/pages/');
    assert.equal(await follow('/away'), 'http://127.0.0.1:8765/api/status');
  });

  it('lead below the base where they began at the root, and are left alone everywhere else', () => {
    const rebase = (html: string): string => rebaseLinks(html, '/k/S');
    assert.equal(rebase('<a class="x" href="/">'), '<a class="x" href="/k/S/">');
    assert.equal(
      rebase(`<script type=module src='/e/x.js'></script>`),
      `<script type=module src='/k/S/e/x.js'></script>`,
    );
    for (const same of [
      '<a href="//elsewhere/x">',
      '<a href="https://elsewhere/">',
      '<a href="x/y">',
      '<a href="#x">',
      '<p>href="/x"</p>',
      '<script>const a = `<a href="/x">`;</script>',
      '<style>a { content: \'<a href="/x">\' }</style>',
    ]) {
      assert.equal(rebase(same), same);
    }
  });
});
