import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { writeSnippets } from '../../src/view/embed-snippets.js';
import type { BuiltServer } from '../built-server.js';
import { STORED } from '../server/app-server.js';
import { launchBrowser, openWatched, waitForLoad } from './browser.js';
import { addFile, OtherPages, waitForRows } from './other-pages.js';
import { OwnPages } from './own-pages.js';
import { PROBES } from './probes.js';

let browser: Browser;
let own: OwnPages;
let server: BuiltServer;
/** Its origin is allowed. */
let allowed: OtherPages;
let other: OtherPages;

before(async () => {
  [allowed, other] = await Promise.all([OtherPages.start(), OtherPages.start()]);
  own = await OwnPages.start(['--allow-origin', `http://localhost:${allowed.port}`]);
  server = own.server;
  await own.write('mine.html', '<!doctype html><p>mine</p>');
  browser = await launchBrowser([
    '--host-resolver-rules=MAP evil.example 127.0.0.1',
    // What newer browsers do by themselves is not to hide what the server does.
    '--disable-features=LocalNetworkAccessChecks',
  ]);
});

after(async () => {
  await browser.close();
  allowed.stop();
  other.stop();
  await own.stop();
});

/** Whose page it is. */
type Where = 'our /pages/' | 'an allowed port' | 'another port' | '127.0.0.1' | 'a file' | 'evil.example';

const EVERYWHERE: readonly Where[] = [
  'our /pages/',
  'an allowed port',
  'another port',
  '127.0.0.1',
  'a file',
  'evil.example',
];

let made = 0;

async function putPage(where: Where, html: string): Promise<string> {
  if (where === 'a file') return addFile(own.folder, html);
  if (where === 'our /pages/') {
    const name = `page-${++made}.html`;
    await own.write(name, html);
    return `${server.url}/pages/${name}`;
  }
  if (where === 'an allowed port') return allowed.add('localhost', html);
  return other.add(
    { 'another port': 'localhost', '127.0.0.1': '127.0.0.1', 'evil.example': 'evil.example' }[where],
    html,
  );
}

async function openPage(): Promise<Page> {
  const context = await browser.createBrowserContext();
  return context.newPage();
}

const TAG = 'hm-projects';
const snippet = (way: 'sameOrigin' | 'otherOrigin' | 'iframe', tag = TAG, attributes = {}): string =>
  writeSnippets({ tag, attributes, origin: server.url })[way];

const script = (): string => `<!doctype html><title>other</title>${snippet('otherOrigin')}`;
const frame = (path: string, more = ''): string =>
  `<!doctype html><title>other</title><iframe ${more} src="${server.url}${path}"></iframe>`;
const inSrcdoc = (more: string, inner: string): string =>
  `<!doctype html><title>other</title><iframe ${more} srcdoc="${inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
const inData = (inner: string): string =>
  `<!doctype html><title>other</title><iframe src="data:text/html,${encodeURIComponent(inner)}"></iframe>`;

const ROWS = `${TAG} >>> tbody tr`;

/** Rows of an element stand in some frame of the page; where they are expected they are waited for. */
async function hasRows(page: Page, isExpected: boolean): Promise<boolean> {
  const frames = page.frames();
  if (isExpected) return Promise.any(frames.map((one) => waitForRows(one, TAG))).then(() => true);
  const found = await Promise.all(frames.map((one) => one.$(ROWS).catch(() => null)));
  return found.some((rows) => rows !== null);
}

/** Opens a page; every load of it and of its frames is over by then, or was refused. */
async function openAndSettle(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'networkidle2' });
}

/** Each way of holding an element, and in whose pages it works; in all others it is refused, and nothing is seen. */
const WAYS: readonly { readonly way: string; readonly html: () => string; readonly works: readonly Where[] }[] = [
  { way: 'a script and a tag', html: script, works: ['our /pages/', 'an allowed port'] },
  {
    way: 'a script and a tag, in a page with a strict policy',
    html: () =>
      `<!doctype html><title>strict</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${server.url}; connect-src ${server.url}; require-trusted-types-for 'script'; trusted-types lit-html hm-worker">${snippet('otherOrigin')}`,
    works: ['our /pages/', 'an allowed port'],
  },
  {
    way: 'a script and a tag, in a srcdoc frame',
    html: () => inSrcdoc('', script()),
    works: ['our /pages/', 'an allowed port'],
  },
  {
    way: 'a script and a tag, in a sandboxed srcdoc frame',
    html: () => inSrcdoc('sandbox="allow-scripts"', script()),
    works: [],
  },
  {
    way: 'a script and a tag, in a sandboxed srcdoc frame of the same origin',
    html: () => inSrcdoc('sandbox="allow-scripts allow-same-origin"', script()),
    works: ['our /pages/', 'an allowed port'],
  },
  { way: 'a script and a tag, in a data: frame', html: () => inData(script()), works: [] },
  {
    way: 'a frame of /embed',
    html: () => frame(`/embed/${TAG}`),
    works: ['our /pages/', 'an allowed port', 'another port', '127.0.0.1', 'a file'],
  },
  {
    way: 'a frame of /embed, sandboxed with allow-same-origin',
    html: () => frame(`/embed/${TAG}`, 'sandbox="allow-scripts allow-same-origin"'),
    works: ['our /pages/', 'an allowed port', 'another port', '127.0.0.1', 'a file'],
  },
  {
    way: 'a frame of /embed, sandboxed without',
    html: () => frame(`/embed/${TAG}`, 'sandbox="allow-scripts"'),
    works: [],
  },
  {
    way: 'a frame of /embed, in a srcdoc frame',
    html: () => inSrcdoc('', frame(`/embed/${TAG}`)),
    works: ['our /pages/', 'an allowed port', 'another port', '127.0.0.1', 'a file'],
  },
  {
    way: 'a frame of /embed, in a sandboxed srcdoc frame',
    html: () => inSrcdoc('sandbox="allow-scripts"', frame(`/embed/${TAG}`)),
    works: [],
  },
  { way: 'a frame of /embed, in a data: frame', html: () => inData(frame(`/embed/${TAG}`)), works: [] },
  { way: 'a frame of the whole page', html: () => frame('/'), works: [] },
  { way: "a frame of an element's own page", html: () => frame(`/${TAG}`), works: [] },
];

// Each case has a browser context of its own, and mostly waits.
describe('an element in a page', { concurrency: 4 }, () => {
  for (const { way, html, works } of WAYS) {
    for (const where of EVERYWHERE) {
      const isWorking = works.includes(where);
      it(`of ${where} by ${way} ${isWorking ? 'shows its rows' : 'is refused'}`, async () => {
        const page = await openPage();
        try {
          await openAndSettle(page, await putPage(where, html()));
          assert.equal(await hasRows(page, isWorking), isWorking);
          // Whoever holds it reads nothing of what a frame shows.
          const isOurs = where === 'our /pages/';
          const read = await page.evaluate(() => {
            try {
              return frames[0]?.document.body?.textContent ?? '';
            } catch {
              return 'refused';
            }
          });
          if (!isOurs && /frame of/.test(way) && !/srcdoc|data:/.test(way)) assert.equal(read, 'refused');
        } finally {
          await page.browserContext().close();
        }
      });
    }
  }

  for (const path of ['/api/projects', '/elements/hm-projects.js', '/pages/mine.html', '/nothing']) {
    it(`of another port can not hold ${path} in a frame`, async () => {
      const page = await openPage();
      const answered = page.waitForResponse((response) => response.url() === server.url + path);
      await openAndSettle(page, await putPage('another port', frame(path)));
      assert.equal((await answered).status(), 403);
      await page.browserContext().close();
    });
  }
});

describe('a page of an allowed origin', () => {
  it('reads bodies too, with their worker and what comes later', async () => {
    const { page, faults } = await openWatched(browser, 'light');
    const bodies = snippet('otherOrigin', 'hm-body-viewer', { calls: String(STORED.request_id) });
    const started = new Promise<string>((resolve) => page.once('workercreated', (worker) => resolve(worker.url())));
    await page.goto(
      allowed.add('localhost', `<!doctype html><title>bodies</title><link rel="icon" href="data:,">${bodies}`),
    );
    await waitForLoad(page, 'hm-body-viewer');
    assert.deepEqual(faults, []);
    assert.match(await started, new RegExp(`^blob:http://localhost:${allowed.port}/`));
    await page.browserContext().close();
  });

  it('gets its own name back in the header, and no credentials', async () => {
    const page = await openPage();
    await page.goto(allowed.add('localhost', '<!doctype html><title>headers</title>'));
    const waiting = page.waitForResponse(`${server.url}/api/projects`);
    await page.evaluate((origin) => fetch(`${origin}/api/projects`).then((answer) => answer.text()), server.url);
    const headers = (await waiting).headers();
    assert.equal(headers['access-control-allow-origin'], `http://localhost:${allowed.port}`);
    assert.match(headers.vary!, /\bOrigin\b/);
    assert.equal(headers['access-control-allow-credentials'], undefined);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    await page.browserContext().close();
  });
});

/** What a page may be that tries; each makes the frame whose script runs. */
const ATTACKERS: Readonly<Record<string, (page: Page) => Promise<Frame>>> = {
  'another port of localhost': (page) => openAttacker(page, 'another port', '<p>hostile'),
  'the same machine by its number': (page) => openAttacker(page, '127.0.0.1', '<p>hostile'),
  'a file': (page) => openAttacker(page, 'a file', '<p>hostile'),
  'a hostile host that leads to this machine': (page) => openAttacker(page, 'evil.example', '<p>hostile'),
  'a sandboxed frame in an allowed page': (page) =>
    openAttacker(page, 'an allowed port', inSrcdoc('sandbox="allow-scripts"', '<p>hostile')),
  'a sandboxed frame in our own page': (page) =>
    openAttacker(page, 'our /pages/', inSrcdoc('sandbox="allow-scripts"', '<p>hostile')),
  'a data: frame in an allowed page': (page) => openAttacker(page, 'an allowed port', inData('<p>hostile')),
};

async function openAttacker(page: Page, where: Where, html: string): Promise<Frame> {
  await page.goto(await putPage(where, html));
  return page.frames().at(-1)!;
}

describe('a page that may not read', () => {
  for (const [who, open] of Object.entries(ATTACKERS)) {
    it(`such as ${who} is refused whatever it tries`, async () => {
      const page = await openPage();
      const served: string[] = [];
      page.on('response', (response) => {
        const isOurs = response.url().startsWith(server.url) && !/\/pages\/(page-|\.changes$)/.test(response.url());
        if (isOurs && response.ok()) served.push(`${response.status()} ${response.url()}`);
      });
      const attacker = await open(page);
      served.length = 0;
      const got: Record<string, string> = {};
      for (const { how, run, more = [] } of PROBES) got[how] = await attacker.evaluate(run, server.url, ...more);
      assert.deepEqual(got, Object.fromEntries(PROBES.map(({ how }) => [how, 'refused'])));
      assert.deepEqual(served, []);
      await page.browserContext().close();
    });
  }

  for (const where of ['another port', '127.0.0.1', 'evil.example'] as const) {
    it(`such as one of ${where} opens our page in a window and sees nothing of it`, async () => {
      const page = await openPage();
      await page.goto(await putPage(where, '<!doctype html><title>opener</title>'));
      await page.evaluate((origin) => void Object.assign(window, { held: open(origin) }), server.url);
      const target = await page.browserContext().waitForTarget((one) => one.url() === `${server.url}/`);
      const opened = (await target.page())!;
      await waitForRows(opened, 'hm-projects');
      const read = await page.evaluate(() => {
        const { held } = window as unknown as { held: Window };
        try {
          return [held.closed, held.document.title];
        } catch (error) {
          return String(error);
        }
      });
      // To the opener the window is closed: it is in another group of pages.
      assert.ok(Array.isArray(read) ? read[0] === true && read[1] === '' : /SecurityError/.test(read), String(read));
      assert.equal(await opened.evaluate(() => opener === null), true);
      await page.browserContext().close();
    });

    it(`such as one of ${where} sends a form and reads no answer`, async () => {
      const page = await openPage();
      const html = `<!doctype html><title>form</title><form method="post" target="answer" action="${server.url}/api/projects"><input name="a"></form><iframe name="answer"></iframe>`;
      await page.goto(await putPage(where, html));
      const answered = page.waitForResponse(`${server.url}/api/projects`);
      await page.evaluate(() => document.forms[0]!.submit());
      assert.equal((await answered).status(), 403);
      await page.browserContext().close();
    });

    it(`such as one of ${where} can not lead a reader to the API, only to a page`, async () => {
      const page = await openPage();
      await page.goto(
        await putPage(
          where,
          `<!doctype html><a id="api" href="${server.url}/api/projects">a</a><a id="page" href="${server.url}/pages/">b</a>`,
        ),
      );
      const address = page.url();
      const [toApi] = await Promise.all([page.waitForNavigation(), page.click('#api')]);
      assert.equal(toApi?.status(), 403);
      await page.goto(address);
      const [toPage] = await Promise.all([page.waitForNavigation(), page.click('#page')]);
      assert.equal(toPage?.status(), 200);
      await page.browserContext().close();
    });
  }

  it('such as one whose host is led to our port afterwards gets no answer for that name', async () => {
    const page = await openPage();
    const evil = `http://evil.example:${server.port}`;
    await page.setRequestInterception(true);
    // What the host answered before its name led here.
    page.on('request', (request) => {
      if (!request.url().endsWith('/attack')) return void request.continue();
      return void request.respond({ contentType: 'text/html', body: '<!doctype html><title>rebound</title>' });
    });
    await page.goto(`${evil}/attack`);
    for (const path of [
      '/api/projects',
      '/',
      '/elements/hm-projects.js',
      '/embed/hm-projects',
      '/pages/mine.html',
      '/nothing',
    ]) {
      const [status, text] = await page.evaluate(async (wanted) => {
        const answer = await fetch(wanted);
        return [answer.status, await answer.text()] as const;
      }, path);
      assert.equal(status, 421, path);
      assert.doesNotMatch(text, /\bcap\b|mine/, path);
    }
    await page.browserContext().close();
  });

  for (const host of ['evil.example', 'a.localhost', 'localhost.']) {
    it(`such as ours by the name ${host} is not there`, async () => {
      const page = await openPage();
      const answer = await page.goto(`http://${host}:${server.port}/`);
      assert.equal(answer?.status(), 421);
      await page.browserContext().close();
    });
  }
});
