import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { writeSnippets } from '../../src/view/embed-snippets.js';
import type { BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched } from './browser.js';
import { addFile, OtherPages, waitForRows } from './other-pages.js';
import { OwnPages } from './own-pages.js';

let browser: Browser;
let own: OwnPages;
let server: BuiltServer;
let other: OtherPages;

before(async () => {
  own = await OwnPages.start();
  server = own.server;
  browser = await launchBrowser();
  other = await OtherPages.start();
});

after(async () => {
  other.stop();
  await browser.close();
  await own.stop();
});

async function withPage(address: string, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  try {
    await page.goto(address);
    await use(page);
  } finally {
    await context.close();
  }
}

const snippet = (tag: string, attributes: Readonly<Record<string, string>>): string =>
  writeSnippets({ tag, attributes, origin: server.url }).iframe;

const page = (html: string): string => `<!doctype html><title>other</title>${html}`;

/** The frame of an element that is drawn. */
async function findFrame(host: Page): Promise<Frame> {
  const found = await host.waitForFrame((frame) => frame.url().startsWith(`${server.url}/embed/`));
  await waitForRows(found, 'hm-projects');
  return found;
}

describe('a frame', () => {
  for (const kind of ['a file', 'another port'] as const) {
    it(`in ${kind} is as tall as its element, by the script of the snippet alone`, async () => {
      const html = page(snippet('hm-projects', { filter: 'project=cap' }));
      const address = kind === 'a file' ? await addFile(own.folder, html) : other.add('localhost', html);
      await withPage(address, async (host) => {
        const frame = await findFrame(host);
        const height = await frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
        await host.waitForFunction(
          (wanted) => document.querySelector('iframe')!.clientHeight === wanted,
          { polling: 100 },
          height,
        );
        const overflows = await frame.evaluate(() => {
          const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
          return [scrollHeight > clientHeight, scrollWidth > clientWidth];
        });
        assert.deepEqual(overflows, [false, false]);
      });
    });
  }

  it('of a status line grows for the list of its requests, and is one line again without', async () => {
    const html = page(snippet('hm-status', {}));
    await withPage(other.add('localhost', html), async (host) => {
      const frame = await host.waitForFrame((found) => found.url().startsWith(`${server.url}/embed/`));
      const heightWith = async (least: number, most: number): Promise<void> => {
        await host.waitForFunction(
          (from, to) => {
            const { clientHeight } = document.querySelector('iframe')!;
            return clientHeight >= from && clientHeight <= to;
          },
          { polling: 100 },
          least,
          most,
        );
      };
      await heightWith(20, 100);
      const opener = await frame.waitForSelector('hm-status >>> [popovertarget]');
      await opener!.press('Enter');
      await frame.waitForFunction(
        () => document.querySelector('hm-status')!.shadowRoot!.querySelector('[part=requests] tbody tr') !== null,
        { polling: 100 },
      );
      await heightWith(150, 1000);
      const isWhole = await frame.$eval('hm-status >>> [part=requests]', (list) => {
        const { top, bottom } = list.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight && list.scrollHeight <= list.clientHeight;
      });
      assert.equal(isWhole, true);
      await host.keyboard.press('Escape');
      await heightWith(20, 100);
    });
  });

  it('hears no height from anybody else', async () => {
    const html = page(
      `${snippet('hm-projects', {})}<iframe srcdoc="<script>parent.postMessage({hmHeight: 9999}, '*')</script>"></iframe>`,
    );
    await withPage(other.add('localhost', html), async (host) => {
      await findFrame(host);
      const heights = await host.$$eval('iframe', (frames) => frames.map(({ clientHeight }) => clientHeight));
      assert.ok(
        heights.every((height) => height < 2000),
        String(heights),
      );
    });
  });

  for (const [scheme, style, query, isDark] of [
    ['light', '', '', false],
    ['dark', '', '', true],
    ['light', 'color-scheme: dark', '', true],
    ['dark', 'color-scheme: light', '', false],
    ['light', 'color-scheme: dark', '?color-scheme=light', false],
    ['light', '', '?color-scheme=dark', true],
  ] as const) {
    it(`on a ${scheme} system, in a page of "${style}", with ${query || 'no wish'}, is ${isDark ? 'dark' : 'light'}`, async () => {
      // What a debugger says of the system would go past what the page says.
      const own = await launchBrowser([`--blink-settings=preferredColorScheme=${scheme === 'dark' ? 0 : 1}`]);
      try {
        const host = await own.newPage();
        const address = `${server.url}/embed/hm-status${query}`;
        await host.goto(
          other.add('localhost', page(`<style>html { ${style} }</style><iframe src="${address}"></iframe>`)),
        );
        const frame = await host.waitForFrame(address);
        await frame.waitForSelector('hm-status');
        const ink = await frame.$eval('body', (body) => getComputedStyle(body).color);
        assert.equal(ink === 'rgb(233, 230, 224)', isDark, ink);
        assert.equal(await frame.$eval('html', (html) => getComputedStyle(html).backgroundColor), 'rgba(0, 0, 0, 0)');
      } finally {
        await own.close();
      }
    });
  }

  it('takes every attribute that its element has from its address', async () => {
    await withPage(
      `${server.url}/embed/hm-projects?project=cap&sort=calls&order=asc&archived&columns=calls,cost`,
      async (host) => {
        await waitForRows(host, 'hm-projects');
        const element = await host.$eval('hm-projects', (projects) => ({
          ...projects.attributes,
          html: projects.outerHTML.split('>')[0],
        }));
        for (const part of [
          'filter="project=cap"',
          'sort="calls"',
          'order="asc"',
          'archived=""',
          'columns="calls,cost"',
        ]) {
          assert.ok(element.html!.includes(part), element.html);
        }
      },
    );
  });

  it('says what its address can not mean, and shows nothing else', async () => {
    const { page: host, faults } = await openWatched(browser, 'light');
    await host.goto(`${server.url}/embed/hm-projects?colums=cost&last=7x`);
    const told = await host.waitForSelector('[role="alert"]');
    const words = await told!.evaluate((alert) => alert.textContent);
    assert.match(words, /"colums" is no attribute of <hm-projects> and no name of the filter\. Is columns meant\?/);
    assert.match(words, /The parameter last, "7x", is not a span/);
    assert.equal(await host.$('hm-projects'), null);
    assert.deepEqual(faults, []);
    await host.browserContext().close();
  });

  it('says what a sandbox has to allow, where it allows too little', async () => {
    const html = page(`<iframe sandbox="allow-scripts" src="${server.url}/embed/hm-projects"></iframe>`);
    await withPage(other.add('localhost', html), async (host) => {
      const frame = await host.waitForFrame(`${server.url}/embed/hm-projects`);
      const text = await frame.$eval('body', (body) => body.innerText);
      assert.match(text, /allow-scripts and allow-same-origin/);
    });
  });

  it('that has a tab to itself shows how to embed it, ready to copy', async () => {
    const { page: host, faults } = await openWatched(browser, 'dark');
    await host.goto(`${server.url}/embed/hm-projects?last=7d&columns=cost`);
    await host.browserContext().overridePermissions(server.url, ['clipboard-read', 'clipboard-sanitized-write']);
    const code = await host.waitForSelector('.embed code');
    const shown = await code!.evaluate((element) => element.textContent);
    assert.equal(shown, snippet('hm-projects', { columns: 'cost', filter: 'last=7d' }).trimEnd());
    await host.bringToFront();
    await waitForRows(host, 'hm-projects');
    await host.$eval('.embed button', (button) => button.click());
    await host.waitForFunction(() => document.querySelector<HTMLOutputElement>('.embed output')!.value !== '', {
      polling: 100,
    });
    assert.equal(await host.$eval('.embed output', (output) => output.value), 'Copied.');
    assert.equal((await host.evaluate(() => navigator.clipboard.readText())).trimEnd(), shown);
    assert.deepEqual(faults, []);
    await host.browserContext().close();
  });

  it('in a frame shows the element and nothing else', async () => {
    await withPage(other.add('localhost', page(snippet('hm-projects', {}))), async (host) => {
      const frame = await findFrame(host);
      assert.deepEqual(await frame.$$eval('body > *', (elements) => elements.map(({ localName }) => localName)), [
        'hm-projects',
      ]);
    });
  });
});

describe('an own page', () => {
  it('runs what stands in it, holds elements, and loads anew when a file of it changes', async () => {
    await own.write('style.css', 'h1 { color: rgb(1, 1, 1) }');
    await own.write(
      'mine.html',
      `<!doctype html><html lang="en"><title>mine</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="style.css"><style>h1 { margin: 7px }</style><h1>One</h1><script>document.title = 'ran'</script><script type="module" src="/elements/hm-projects.js"></script><hm-projects></hm-projects>`,
    );
    const watched = await openWatched(browser, 'light');
    const { page: host } = watched;
    await host.goto(`${server.url}/pages/mine.html`);
    await waitForRows(host, 'hm-projects');
    assert.equal(await host.title(), 'ran');
    assert.equal(await host.$eval('h1', (heading) => getComputedStyle(heading).margin), '7px');
    // Nothing of the script that follows changes stands in the page.
    await host.waitForFunction(() => document.querySelector('script[data-version]') === null);
    await own.write('style.css', 'h1 { color: rgb(2, 2, 2) }');
    await host.waitForFunction(() => getComputedStyle(document.querySelector('h1')!).color === 'rgb(2, 2, 2)');
    await own.write('mine.html', '<!doctype html><title>mine</title><link rel="icon" href="/favicon.svg"><h1>Two</h1>');
    await host.waitForFunction(() => document.querySelector('h1')?.textContent === 'Two');
    assert.deepEqual(watched.faults, []);
    await host.browserContext().close();
  });

  it('in several tabs is followed by one stream for all', async () => {
    await own.write('tabs.html', '<!doctype html><title>tabs</title><h1>One</h1>');
    const context = await browser.createBrowserContext();
    const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
    for (const tab of tabs) await tab.goto(`${server.url}/pages/tabs.html`);
    await own.write('tabs.html', '<!doctype html><title>tabs</title><h1>Two</h1>');
    await Promise.all(
      tabs.map((tab) =>
        tab.waitForFunction(() => document.querySelector('h1')?.textContent === 'Two', { polling: 200 }),
      ),
    );
    await context.close();
  });

  for (const [what, html] of [
    ['an image', '<img src="http://127.0.0.1:9/leak.png">'],
    ['a script', '<script src="http://127.0.0.1:9/leak.js"></script>'],
    ['a stylesheet', '<link rel="stylesheet" href="http://127.0.0.1:9/leak.css">'],
    ['a request', '<script>fetch("http://127.0.0.1:9/leak").catch(() => 0)</script>'],
    ['a beacon', '<script>navigator.sendBeacon("http://127.0.0.1:9/leak", "x")</script>'],
    ['a socket', '<script>new WebSocket("ws://127.0.0.1:9/leak")</script>'],
    ['a frame', '<iframe src="http://127.0.0.1:9/leak"></iframe>'],
    ['a form', '<form action="http://127.0.0.1:9/leak"></form><script>document.forms[0].submit()</script>'],
  ] as const) {
    it(`sends nothing elsewhere by ${what}`, async () => {
      await own.write('leak.html', `<!doctype html><title>leak</title>${html}`);
      const { page: host, faults } = await openWatched(browser, 'light');
      await host.goto(`${server.url}/pages/leak.html`, { waitUntil: 'load' });
      await host.waitForFunction(() => true);
      assert.ok(
        faults.some((fault) => /policy: |Content Security Policy/i.test(fault)),
        faults.join('\n'),
      );
      await host.browserContext().close();
    });
  }
});
