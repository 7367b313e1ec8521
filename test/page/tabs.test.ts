import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Database from 'libsql';
import type { Browser, BrowserContext, HTTPRequest, Page } from 'puppeteer-core';
import { generateDemo } from '../../src/server/sources/demo/generate.js';
import { LiveCalls } from '../../src/server/sources/demo/live.js';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser } from './browser.js';
import { PATH_WITH_IDS, showCalls } from './shown-rows.js';

const TABS = 7;

let folder: string;
let db: Database.Database;
let live: LiveCalls;
let browser: Browser;
let server: BuiltServer;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'tabs.sqlite');
  db = new Database(path);
  const now = new Date();
  generateDemo(db, { seed: 1, now, calls: 500, days: 9 });
  live = new LiveCalls(db, { seed: 2, generatedAt: now });
  server = await startBuilt(['--db', path], folder);
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await server.stop();
  db.close();
  await removeFolder(folder);
});

interface Tab {
  readonly page: Page;
  /** The streams of events that it holds open. */
  readonly streams: Set<HTTPRequest>;
  /** Everything that it has asked the server's API for. */
  readonly asked: string[];
}

/** A tab in a window of its own is visible however many there are; the newest one in a window hides the others. */
async function openTab(context: BrowserContext, type: 'window' | 'tab'): Promise<Tab> {
  const page = await context.newPage({ type });
  const streams = new Set<HTTPRequest>();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname);
    if (pathname === '/api/events') streams.add(request);
  });
  page.on('requestfailed', (request) => streams.delete(request));
  page.on('requestfinished', (request) => streams.delete(request));
  await page.goto(server.url + PATH_WITH_IDS);
  await showCalls(page);
  return { page, streams, asked };
}

async function openTabs(context: BrowserContext): Promise<Tab[]> {
  const tabs: Tab[] = [];
  for (let count = 0; count < TABS; count++) tabs.push(await openTab(context, 'window'));
  return tabs;
}

/** Writes a call that stands first, and gives its id. At once: a change of a call that was seen before is found later. */
function writeCall(): string {
  db.exec('BEGIN IMMEDIATE');
  const id = live.addCall(new Date());
  db.prepare("UPDATE requests SET requested_at = strftime('%Y-%m-%d %H:%M:%f000', 'now') WHERE id = ?").run(id);
  db.exec('COMMIT');
  return id;
}

/** Waits until the first row shows this call. */
async function waitForFirst({ page }: Tab, id: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      document.querySelector('hm-calls')!.shadowRoot!.querySelector('.layer > [aria-rowindex="2"]')?.children[1]!
        .textContent === wanted,
    // By the clock: a window behind others draws no frames.
    { polling: 200 },
    id,
  );
}

async function inContext(use: (context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.createBrowserContext();
  try {
    await use(context);
  } finally {
    await context.close();
  }
}

async function waitForStream({ page, streams }: Tab): Promise<void> {
  if (streams.size === 0) await page.waitForRequest((request) => request.url().endsWith('/api/events'));
}

/** Waits until a tab holds the stream, and no other does. */
async function findHolder(tabs: readonly Tab[]): Promise<Tab> {
  for (;;) {
    const holders = tabs.filter(({ streams }) => streams.size > 0);
    if (holders.length === 1) return holders[0]!;
    assert.equal(holders.length, 0, 'one stream at most');
    await Promise.race(tabs.map(({ page }) => page.waitForRequest((request) => request.url().endsWith('/api/events'))));
  }
}

describe('seven tabs of one browser', { timeout: 120_000 }, () => {
  it('all load and stay live, with one stream between them', async () => {
    await inContext(async (context) => {
      const tabs = await openTabs(context);
      await findHolder(tabs);
      const id = writeCall();
      await Promise.all(tabs.map((tab) => waitForFirst(tab, id)));
      assert.equal(tabs.flatMap(({ asked }) => asked.filter((path) => path === '/api/events')).length, 1);
    });
  });

  it('stay live when the tab that has the stream is closed', async () => {
    await inContext(async (context) => {
      const tabs = await openTabs(context);
      const holder = await findHolder(tabs);
      const others = tabs.filter((tab) => tab !== holder);
      await holder.page.close();
      await findHolder(others);
      const id = writeCall();
      await Promise.all(others.map((tab) => waitForFirst(tab, id)));
    });
  });

  it('stay live when the tab that has the stream crashes', async () => {
    await inContext(async (context) => {
      const tabs = await openTabs(context);
      const holder = await findHolder(tabs);
      const others = tabs.filter((tab) => tab !== holder);
      const client = await holder.page.createCDPSession();
      // A renderer that is gone answers nothing more.
      void client.send('Page.crash').catch(() => undefined);
      await findHolder(others);
      const id = writeCall();
      await Promise.all(others.map((tab) => waitForFirst(tab, id)));
    });
  });

  it('that are hidden ask nothing and hold no stream, and show the newest calls when they come back', async () => {
    await inContext(async (context) => {
      const first = await openTab(context, 'tab');
      await waitForStream(first);
      const second = await openTab(context, 'tab');
      await waitForStream(second);
      assert.equal(first.streams.size, 0);
      const asked = first.asked.length;
      const id = writeCall();
      await waitForFirst(second, id);
      assert.equal(first.asked.length, asked);
      await first.page.bringToFront();
      await waitForFirst(first, id);
      await waitForStream(first);
      assert.equal(second.streams.size, 0);
    });
  });
});
