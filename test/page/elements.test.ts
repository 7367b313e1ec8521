import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { loadCaptured } from '../server/fixture-database.js';
import { launchBrowser, openWatched, waitForLoad, waitForLoads } from './browser.js';

/** Those that draw something, which is what they load. */
const DRAWN = [
  'hm-attention',
  'hm-body-viewer',
  'hm-calls',
  'hm-cost',
  'hm-pricing',
  'hm-projects',
  'hm-redaction',
  'hm-spend',
  'hm-status',
] as const;

let folder: string;
let server: BuiltServer;
let browser: Browser;
let axe: string;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'captured.sqlite');
  loadCaptured(path).close();
  server = await startBuilt(['--db', path], folder);
  browser = await launchBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

after(async () => {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
});

/** Opens the page at a place, lets it be used, and fails on anything it did that it should not have. */
async function withGallery(place: string, use: (page: Page) => Promise<void>, scheme: 'light' | 'dark' = 'light') {
  const { page, faults } = await openWatched(browser, scheme);
  try {
    await page.goto(`${server.url}/elements${place}`);
    await page.waitForSelector('.gallery h2');
    await use(page);
    assert.deepEqual(faults, []);
  } finally {
    await page.browserContext().close();
  }
}

function readText(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
}

/** The text shown to be copied, once it holds what is expected. */
async function waitForSnippet(page: Page, expected: string): Promise<void> {
  await page.waitForFunction(
    (text) => document.querySelector('.snippets pre')?.textContent.includes(text),
    { polling: 'mutation' },
    expected,
  );
}

async function press(page: Page, selector: string, name: string): Promise<void> {
  await page.evaluate(
    (where, text) => {
      const found = [...document.querySelectorAll<HTMLElement>(where)].find(
        ({ textContent }) => textContent.trim() === text,
      );
      found!.click();
    },
    selector,
    name,
  );
}

/** Sets a control as a user does who leaves it then. */
async function setControl(page: Page, name: string, value: string): Promise<void> {
  await page.$eval(
    `.controls [name=${name}]`,
    (control, text) => {
      (control as HTMLInputElement).value = text;
      control.dispatchEvent(new Event('change', { bubbles: true }));
    },
    value,
  );
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await run.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`);
  });
  assert.deepEqual(violations, []);
}

describe('the gallery of elements', () => {
  it('lists every element with what it shows, and none is alive yet', async () => {
    await withGallery('', async (page) => {
      const tags = await page.$$eval('.overview-list th code', (codes) => codes.map(({ textContent }) => textContent));
      assert.deepEqual(
        tags,
        [...DRAWN, 'hm-scope'].sort().map((tag) => `<${tag}>`),
      );
      assert.equal((await page.$$('.stage')).length, 0);
      await expectAccessible(page);
    });
  });

  for (const tag of DRAWN) {
    it(`shows <${tag}> alive at its own address, by itself, with what it documents`, async () => {
      await withGallery(`#${tag}`, async (page) => {
        await waitForLoad(page, tag);
        assert.equal(await readText(page, '.gallery h2'), `<${tag}>`);
        const alive = await page.$$eval('*', (all) =>
          all.map(({ localName }) => localName).filter((name) => name.startsWith('hm-')),
        );
        assert.deepEqual(alive, [tag]);
        const titles = await page.$$eval('.docs h3', (heads) => heads.map(({ textContent }) => textContent));
        for (const title of ['Attributes', 'Events', 'Parts']) assert.ok(titles.includes(title), title);
        await page.waitForFunction(() => document.querySelector('.log')?.textContent.includes('hm-load'));
      });
    });
  }

  it('goes from one element to another by its links, and keys go on from the new heading', async () => {
    await withGallery('#hm-projects', async (page) => {
      await waitForLoad(page, 'hm-projects');
      await page.focus('.gallery nav a[href="#hm-status"]');
      await page.keyboard.press('Enter');
      await waitForLoad(page, 'hm-status');
      assert.equal(await page.title(), 'hm-status · hm-elements');
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), '<hm-status>');
      assert.equal(await readText(page, '.gallery nav [aria-current=page]'), '<hm-status>');
      await page.goBack();
      await page.waitForFunction(() => document.querySelector('.stage > hm-projects')?.isConnected);
    });
  });

  it('sets the attributes of the living element and of what is to be copied, and takes them back', async () => {
    await withGallery('#hm-projects', async (page) => {
      await waitForLoad(page, 'hm-projects');
      await setControl(page, 'order', 'asc');
      await setControl(page, 'filter', 'last=7d');
      await page.click('.controls [name=archived]');
      await waitForSnippet(page, '<hm-projects order="asc" filter="last=7d" archived></hm-projects>');
      const read = (): Promise<unknown> =>
        page.$eval('.stage hm-projects', (element) => [
          element.getAttribute('order'),
          element.getAttribute('filter'),
          element.getAttribute('archived'),
        ]);
      assert.deepEqual(await read(), ['asc', 'last=7d', '']);
      await press(page, '.snippets .tabs button', 'iframe');
      await waitForSnippet(page, `src="${server.url}/embed/hm-projects?`);
      await press(page, '.snippets .tabs button', 'Page of another origin');
      await waitForSnippet(page, `src="${server.url}/elements/hm-projects.js"`);
      await setControl(page, 'order', 'desc');
      await setControl(page, 'filter', '');
      await page.click('.controls [name=archived]');
      await waitForSnippet(page, '<hm-projects></hm-projects>');
      assert.deepEqual(await read(), [null, null, null]);
    });
  });

  it('offers what was recorded where an attribute is a filter, and the values that an attribute takes', async () => {
    await withGallery('#hm-pricing', async (page) => {
      await page.waitForSelector('#offered-provider option');
      const offered = await page.$$eval('#offered-filter option', (all) => all.map(({ value }) => value));
      assert.ok(offered.includes('last=7d'));
      assert.ok(offered.some((value) => value.startsWith('project=')));
      const units = await page.$$eval('.controls [name=unit] option', (all) => all.map(({ value }) => value));
      assert.deepEqual(units, ['million', 'thousand', 'token']);
    });
  });

  it('copies what it shows', async () => {
    await withGallery('#hm-status', async (page) => {
      await page.browserContext().overridePermissions(server.url, ['clipboard-read', 'clipboard-sanitized-write']);
      await press(page, '.snippets .button', 'Copy');
      await page.waitForFunction(() => document.querySelector('.snippets [role=status]')?.textContent === 'Copied');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, await page.$eval('.snippets pre', ({ textContent }) => textContent));
    });
  });

  it('logs the events of the living element with what they carry', async () => {
    await withGallery('#hm-projects', async (page) => {
      await waitForLoad(page, 'hm-projects');
      await page.evaluate(() => {
        const { shadowRoot } = document.querySelector('.stage hm-projects')!;
        shadowRoot!.querySelector<HTMLElement>('tbody th button')!.click();
      });
      await page.waitForFunction(() => document.querySelector('.log')?.textContent.includes('hm-filter'));
      assert.match(await readText(page, '.log li'), /hm-filter change: \{"project":\["[^"]+"\]\}$/);
    });
  });

  it('sets a token on the living element, and says which rule does so in a page', async () => {
    await withGallery('#hm-projects', async (page) => {
      await waitForLoad(page, 'hm-projects');
      await page.click('.controls summary');
      await page.$eval('[aria-label="--hm-ink, light"]', (input) => {
        (input as HTMLInputElement).value = '#112233';
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
      const color = await page.$eval('.stage hm-projects', (element) => getComputedStyle(element).color);
      assert.equal(color, 'rgb(17, 34, 51)');
      await press(page, '.snippets .tabs button', 'Custom properties');
      await waitForSnippet(page, 'hm-projects {\n  --hm-ink: light-dark(#112233, #e9e6e0);\n}');
      await press(page, '.controls .button', 'Reset');
      await page.waitForFunction(
        () => getComputedStyle(document.querySelector('.stage hm-projects')!).color === 'rgb(27, 26, 24)',
      );
    });
  });

  it('shows each token in light and dark, and lets it be changed for the whole page', async () => {
    await withGallery('#tokens', async (page) => {
      const swatches = await page.$$eval('.tokens [type=color]', (inputs) =>
        inputs.map((input) => [input.ariaLabel, (input as HTMLInputElement).value]),
      );
      assert.deepEqual(swatches.slice(0, 2), [
        ['--hm-bg, light', '#ffffff'],
        ['--hm-bg, dark', '#161615'],
      ]);
      await waitForLoads(page, ['hm-spend']);
      await page.$eval('[aria-label="--hm-accent, light"]', (input) => {
        (input as HTMLInputElement).value = '#aa0000';
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await waitForSnippet(page, ':root {\n  --hm-accent: light-dark(#aa0000, #8fb4ff);\n}');
      const accent = await page.$eval('.live hm-spend', (element) =>
        getComputedStyle(element).getPropertyValue('--hm-accent'),
      );
      assert.equal(accent, 'light-dark(#aa0000, #8fb4ff)');
      await press(page, '.live .button', 'Reset all');
      await page.waitForFunction(() => document.querySelector('.snippets') === null);
    });
  });

  it('says so when an address names no element', async () => {
    await withGallery('#hm-nothing', async (page) => {
      assert.equal(await readText(page, '.gallery [role=alert]'), 'There is no element hm-nothing.');
    });
  });

  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [390, 1366]) {
      it(`has no accessibility fault and does not scroll sideways, ${scheme}, at ${width} pixels`, async () => {
        await withGallery(
          '#hm-pricing',
          async (page) => {
            await page.setViewport({ width, height: 900 });
            await waitForLoad(page, 'hm-pricing');
            await page.click('.controls summary');
            await expectAccessible(page);
            await page.evaluate(() => (location.hash = 'tokens'));
            await waitForLoads(page, ['hm-spend']);
            await expectAccessible(page);
            assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
          },
          scheme,
        );
      });
    }
  }
});
