import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched, waitForLoads } from './browser.js';

const EXAMPLES = fileURLToPath(new URL('../../demo/examples/', import.meta.url));

let folder: string;
let server: BuiltServer;
let browser: Browser;

before(async () => {
  folder = await makeFolder();
  server = await startBuilt(['--demo'], folder);
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
});

async function withPage(address: string, use: (page: Page) => Promise<void>): Promise<void> {
  const { page, faults } = await openWatched(browser, 'light');
  try {
    await page.goto(address);
    await use(page);
    assert.deepEqual(faults, []);
  } finally {
    await page.browserContext().close();
  }
}

/** The rows of an element's table, as texts of their first cells. */
function listRows(page: Page | Frame, tag: string): Promise<string[]> {
  return page.$eval(tag, (element) =>
    [...element.shadowRoot!.querySelectorAll('tbody th')].map(({ textContent }) => textContent.trim()),
  );
}

describe('the examples', () => {
  it('show an element by one script and one tag', async () => {
    const source = await readFile(join(EXAMPLES, 'plain.html'), 'utf8');
    assert.equal(source.match(/<script/g)?.length, 1);
    assert.equal(source.match(/<hm-/g)?.length, 1);
    await withPage(`${server.url}/examples/plain`, async (page) => {
      await waitForLoads(page, ['hm-projects']);
      assert.ok((await listRows(page, 'hm-projects')).length > 5);
    });
  });

  it('let what is chosen in one element filter the other, in the page’s address too', async () => {
    await withPage(`${server.url}/examples/scope`, async (page) => {
      await waitForLoads(page, ['hm-projects', 'hm-calls']);
      const name = await page.$eval('hm-projects', (element) => {
        const button = element.shadowRoot!.querySelector<HTMLElement>('tbody th button')!;
        button.click();
        return button.textContent.trim();
      });
      await page.waitForFunction((project) => location.search === `?project=${project}`, {}, name);
      await page.waitForFunction(
        (project) => {
          const rows = [...document.querySelector('hm-calls')!.shadowRoot!.querySelectorAll('.layer > [part=row]')];
          return rows.length > 0 && rows.every(({ textContent }) => textContent.includes(project));
        },
        {},
        name,
      );
    });
  });

  it('show one project, which who reads the page can’t leave', async () => {
    await withPage(`${server.url}/examples/project`, async (page) => {
      await waitForLoads(page, ['hm-spend', 'hm-calls']);
      const chips = await page.$eval('hm-calls', (element) =>
        [...element.shadowRoot!.querySelectorAll('.layer > [part=row]')].map(({ textContent }) => textContent),
      );
      assert.ok(chips.length > 0 && chips.every((text) => text.includes('billing-export')));
    });
  });

  it('show an element in a page on disk, as high as it is', async () => {
    const source = await readFile(join(EXAMPLES, 'file.html'), 'utf8');
    const path = join(folder, 'file.html');
    // It is written for the port that the command takes when it is free.
    await writeFile(path, source.replaceAll('http://localhost:3000', server.url));
    await withPage(pathToFileURL(path).href, async (page) => {
      const frame = await page.waitForFrame((one) => one.url().startsWith(`${server.url}/embed/hm-projects`));
      await frame.waitForFunction(
        () => document.querySelector('hm-projects')?.shadowRoot?.querySelector('tbody tr') !== null,
      );
      assert.ok((await listRows(frame, 'hm-projects')).length > 0);
      await page.waitForFunction(() => document.querySelector('iframe')!.style.height !== '');
      const [frameHeight, contentHeight] = [
        await page.$eval('iframe', ({ clientHeight }) => clientHeight),
        await frame.evaluate(() => document.documentElement.scrollHeight),
      ];
      assert.ok(contentHeight - frameHeight <= 1, `${contentHeight} in ${frameHeight}`);
    });
  });
});
