import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Database from 'libsql';
import type { Browser, Page } from 'puppeteer-core';
import { writeOpeningPage } from '../../src/server/opening-page.js';
import { generateDemo } from '../../src/server/sources/demo/generate.js';
import { LiveCalls } from '../../src/server/sources/demo/live.js';
import { makeFolder, removeFolder, spawnBuilt, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched, waitForLoads } from './browser.js';
import { exportCalls } from './export-calls.js';
import { readPanes, showCalls } from './shown-bodies.js';

// A server started with --token, as its user and as others see it from a browser.

const ALL = ['hm-status', 'hm-spend', 'hm-attention', 'hm-projects', 'hm-calls', 'hm-pricing', 'hm-redaction'];

let folder: string;
let db: Database.Database;
let server: BuiltServer;
let browser: Browser;
/** Another program on this machine, with what it is sent. */
let other: Server;
let heard: IncomingHttpHeaders[] = [];

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'live.sqlite');
  db = new Database(path);
  generateDemo(db, { seed: 1, now: new Date(), calls: 400, days: 9 });
  server = await startBuilt(['--db', path, '--token'], folder);
  other = createServer(({ headers }, response) => {
    heard.push(headers);
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>another program</title>');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  other.close();
  await server.stop();
  db.close();
  await removeFolder(folder);
});

const otherUrl = (): string => `http://localhost:${(other.address() as AddressInfo).port}`;

/** Addresses that opened something already. */
const opened = new Set<string>();

/**
 * An address that was printed and not yet opened: asking for the page without one makes the server print another, which
 * may come after the answer.
 */
async function readAddress({ url, output, printed }: BuiltServer): Promise<string> {
  const isFresh = (address: string): boolean => !opened.has(address);
  const listFresh = (): string[] =>
    [...output().matchAll(/^Open (\S+) .*\n/gm)].map(([, address]) => address!).filter(isFresh);
  await fetch(url, { headers: { accept: 'text/html' } });
  await printed(() => listFresh().length > 0);
  const address = listFresh().at(-1)!;
  opened.add(address);
  return address;
}

/** Opens the page by a fresh address, lets it be used, and fails on anything it did that it should not have. */
async function withOpened(
  use: (page: Page, base: string, requests: readonly string[]) => Promise<void>,
): Promise<void> {
  const { page, faults, requests } = await openWatched(browser, 'light');
  try {
    await page.goto(await readAddress(server));
    const { origin, pathname } = new URL(page.url());
    assert.match(pathname, /^\/k\/[\w-]{22}\/$/);
    await use(page, origin + pathname.slice(0, -1), requests);
    assert.deepEqual(faults, []);
    assert.deepEqual(await page.browserContext().cookies(), []);
  } finally {
    await page.browserContext().close();
  }
}

/** Until the page listens to the server's events. */
async function waitForEvents(page: Page, requests: readonly string[]): Promise<void> {
  const isEvents = (address: string): boolean => address.endsWith('/api/events');
  if (!requests.some(isEvents)) await page.waitForRequest((request) => isEvents(request.url()));
}

const readText = (page: Page, name: string): Promise<string> =>
  page.$eval(name, (element) => element.shadowRoot!.textContent.replace(/\s+/g, ' '));

describe('a page opened by its address with a key', () => {
  it('loads every element, its parts, events and a worker from below the secret, and nothing from anywhere else', async () => {
    await withOpened(async (page, base, requests) => {
      await waitForLoads(page, ALL);
      await waitForEvents(page, requests);
      const strays = requests
        .slice(2)
        .filter((address) => !address.startsWith(`${base}/`) && !address.startsWith('blob:'));
      assert.deepEqual(strays, []);
      assert.match(requests[0]!, /\/open\//);
    });
  });

  it('shows bodies, which its worker reads', async () => {
    await withOpened(async (page, base) => {
      await page.goto(`${base}/hm-body-viewer`);
      const stored = db.prepare('SELECT request_id FROM request_bodies WHERE request_body IS NOT NULL').get();
      await showCalls(page, [(stored as { request_id: string }).request_id], 'text');
      const panes = await readPanes(page);
      assert.ok(panes.length > 0);
      assert.ok(panes[0]!.lines.length > 0);
    });
  });

  it('hears of a new call as it comes', async () => {
    await withOpened(async (page, _base, requests) => {
      await waitForLoads(page, ['hm-calls', 'hm-status']);
      await waitForEvents(page, requests);
      const known = await page.$eval(
        'hm-status',
        (element) => /([\d,]+) calls/.exec(element.shadowRoot!.textContent)![1]!,
      );
      new LiveCalls(db, { seed: 2, generatedAt: new Date() }).addCall(new Date());
      await page.waitForFunction(
        (old) => /([\d,]+) calls/.exec(document.querySelector('hm-status')!.shadowRoot!.textContent)?.[1] !== old,
        {},
        known,
      );
    });
  });

  it('exports', async () => {
    await withOpened(async (page, base) => {
      await page.goto(`${base}/hm-calls`);
      await waitForLoads(page, ['hm-calls']);
      const { name, text } = await exportCalls(page, folder);
      assert.match(name, /^calls-.*\.jsonl$/);
      assert.ok(text.trimEnd().split('\n').length >= 400, text.slice(0, 200));
    });
  });

  it('leads from page to page below the secret', async () => {
    await withOpened(async (page, base) => {
      await page.goto(`${base}/hm-projects`);
      await Promise.all([page.waitForNavigation(), page.click('h1 a')]);
      assert.equal(page.url(), `${base}/`);
    });
  });

  it('tells nobody where it is: no Referer and no cookie goes to another program that a link leads to', async () => {
    await withOpened(async (page) => {
      heard = [];
      await page.evaluate((url) => {
        const link = Object.assign(document.createElement('a'), { href: url, textContent: 'away' });
        document.body.append(link);
      }, otherUrl());
      await Promise.all([
        page.waitForNavigation(),
        page.evaluate(() => document.querySelector<HTMLElement>('body > a:last-child')!.click()),
      ]);
      assert.equal(await page.title(), 'another program');
      const [{ referer, cookie } = { referer: 'nothing came' }] = heard;
      assert.deepEqual([referer, cookie], [undefined, undefined]);
      assert.equal(await page.evaluate(() => document.referrer), '');
    });
  });

  it('shows the secret nowhere among the requests that it lists', async () => {
    await withOpened(async (page, base) => {
      await waitForLoads(page, ['hm-status']);
      await page.evaluate(() =>
        document.querySelector('hm-status')!.shadowRoot!.querySelector<HTMLElement>('[popovertarget]')!.click(),
      );
      await page.waitForFunction(
        () => document.querySelector('hm-status')!.shadowRoot!.querySelector('table') !== null,
      );
      const text = await readText(page, 'hm-status');
      assert.match(text, /\/k\/…\/api\/status/);
      assert.doesNotMatch(text, /–/, 'its own reads are known to be GET');
      assert.ok(!text.includes(base.split('/').at(-1)!));
    });
  });
});

describe('a page of others', () => {
  it('gets nothing by a key that was used, and says what to do', async () => {
    const { page } = await openWatched(browser, 'light');
    const address = await readAddress(server);
    await page.goto(address);
    const second = await browser.createBrowserContext();
    const late = await second.newPage();
    const answer = await late.goto(address);
    assert.equal(answer!.status(), 403);
    assert.equal(late.url(), address);
    assert.match(await late.$eval('main', ({ textContent }) => textContent), /Look into the terminal/);
    await Promise.all([second.close(), page.browserContext().close()]);
  });

  it('reads nothing on another port, by a guess, a script, a frame or a picture', async () => {
    const { page } = await openWatched(browser, 'light');
    await page.goto(otherUrl());
    const base = server.url;
    const read = await page.evaluate(async (url) => {
      const script = document.createElement('script');
      const frame = document.createElement('iframe');
      const image = document.createElement('img');
      const asked: Promise<unknown>[] = [fetch(`${url}/api/status`), import(`${url}/elements/hm-calls.js`)];
      for (const [element, path] of [
        [script, '/elements/hm-calls.js'],
        [image, '/favicon.svg'],
      ] as const) {
        element.src = url + path;
        asked.push(
          new Promise((resolve, reject) => {
            element.addEventListener('load', resolve);
            element.addEventListener('error', reject);
          }),
        );
        document.body.append(element);
      }
      frame.src = `${url}/embed/hm-calls`;
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve));
      const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status);
      return [...outcomes, frame.contentDocument];
    }, base);
    assert.deepEqual(read, ['rejected', 'rejected', 'rejected', 'rejected', null]);
    await page.browserContext().close();
  });
});

describe('the file that a browser is started with where others see its words', () => {
  it('leads to the page', async () => {
    const opening = await writeOpeningPage(await readAddress(server));
    const { page } = await openWatched(browser, 'light');
    await page.goto(opening.url);
    await page.waitForFunction(() => location.pathname.startsWith('/k/'));
    await waitForLoads(page, ['hm-status']);
    await page.browserContext().close();
    await opening.remove();
  });
});

describe('a page that stands open when the server is started again', () => {
  it('says in words that it has to be opened anew', async () => {
    const home = await makeFolder();
    const path = join(folder, 'live.sqlite');
    const old = await startBuilt(['--db', path, '--token'], home);
    const { page } = await openWatched(browser, 'light');
    await page.goto(await readAddress(old));
    await waitForLoads(page, ['hm-status']);
    await old.stop();
    const next = spawnBuilt(['--db', path, '--token', '--port', String(old.port)], home);
    await once(next.stdout!, 'data');
    await page.waitForFunction(() => /opened anew/.test(document.querySelector('hm-status')!.shadowRoot!.textContent));
    await page.browserContext().close();
    const ended = once(next, 'close');
    next.kill();
    await ended;
    await removeFolder(home);
  });
});
