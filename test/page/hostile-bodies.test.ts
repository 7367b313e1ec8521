import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { launchBrowser, openWatched, type Watched } from './browser.js';
import { asStored, files, makeHostileDatabase, naughty } from './hostile-database.js';
import { listOverflows, listUnisolated, readPanes, scrollThrough, showCalls, type ShownPane } from './shown-bodies.js';

// The built page on the real server: everything here is in a real database, and read by the real worker.

const SIDES = ['request', 'response'] as const;
const CALLS_AT_ONCE = 4;

function isAccepted(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

let folder: string;
let server: BuiltServer;
let browser: Browser;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'hostile.sqlite');
  makeHostileDatabase(path);
  server = await startBuilt(['--db', path], folder);
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await server.stop();
  await removeFolder(folder);
});

/** Opens the viewer's page, lets it be used, and fails on anything that bodies have made it do. */
async function withPage(use: (page: Page) => Promise<void>): Promise<void> {
  const watched: Watched = await openWatched(browser, 'light');
  const { page, faults, requests } = watched;
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  try {
    await page.setViewport({ width: 1366, height: 900 });
    const address = `${server.url}/hm-body-viewer`;
    await page.goto(address);
    // The page itself keeps where it stands in its history, which is no other page.
    page.on('framenavigated', (frame) => {
      if (frame.url() !== address) faults.push(`went to ${frame.url()}`);
    });
    page.on('domcontentloaded', () => faults.push('loaded another page'));
    browser.on('targetcreated', onTarget);
    await use(page);
    assert.match(await page.title(), /<hm-body-viewer>/);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      requests.filter((address) => !address.startsWith(`${server.url}/`) && !address.startsWith('blob:')),
      [],
    );
    assert.doesNotMatch(server.output(), /fault|contract/i);
  } catch (error) {
    throw faults.length > 0 ? new Error(faults.join('\n'), { cause: error }) : error;
  } finally {
    browser.off('targetcreated', onTarget);
    await page.browserContext().close();
  }
  function onTarget(target: { url(): string; type(): string }): void {
    if (target.type() === 'page') faults.push(`opened ${target.url()}`);
  }
}

/** Nothing of a body became more than text, left its box, or turned round what stands beside it. */
async function assertTame(page: Page): Promise<void> {
  const made = await page.evaluate(() => {
    const root = document.querySelector('hm-body-viewer')!.shadowRoot!;
    const found = root.querySelectorAll(
      ':is(a[href]:not([href^="#"]):not([href^="?"]):not([href^="/"]), script, iframe, object, embed, video, audio, form, base, meta, link, style, img:not([src^="blob:"]))',
    );
    return [...found].map(({ outerHTML }) => outerHTML.slice(0, 200));
  });
  assert.deepEqual(made, []);
  assert.deepEqual(await listOverflows(page), []);
  assert.deepEqual(await listUnisolated(page), []);
}

const paneOf = (panes: readonly ShownPane[], side: string, letter: string): ShownPane | undefined =>
  panes.find(({ label }) => label === `${side === 'request' ? 'Request' : 'Response'} of ${letter}`);

/** Asserts what a file of the suite is shown as, where all of it is in view. */
function assertFile(name: string, input: string, asTree: ShownPane, asText: ShownPane): void {
  const isWhole = input.length < 500;
  if (input === '') {
    assert.match(asTree.end, /no character/, name);
    return;
  }
  const lines = input.split(/\r\n|\r|\n/);
  if (isWhole) assert.deepEqual(asText.lines, lines, name);
  else assert.ok(input.startsWith(asText.lines[0]!.slice(0, 40)), name);
  if (isAccepted(input)) {
    assert.ok(asTree.treeRows > 0, `${name} has no tree`);
    assert.doesNotMatch(asTree.end, /Not JSON/, name);
    return;
  }
  if (name.startsWith('y_')) assert.fail(`${name} is not taken for JSON`);
  if (input.trim() === '') return;
  const place = /Not JSON from line ([\d,]+), column ([\d,]+): expected ./.exec(asText.end);
  assert.ok(place !== null, `${name} does not say where it is wrong: ${asText.end}`);
  const [line, column] = [place[1]!, place[2]!].map((figure) => Number(figure.replaceAll(',', '')));
  const rest = lines
    .slice(line! - 1)
    .join('\n')
    .slice(column! - 1);
  if (rest === '') assert.match(asText.end, /but the text ends there/, name);
  else assert.ok(rest.startsWith(asText.found!.replace('\r', '\n')), `${name}: ${asText.found} is not at its place`);
}

describe('<hm-body-viewer> on the real page', () => {
  it('takes every file of the JSON test suite: what is JSON as a tree and to the letter, what is not as text with the place of the error', async () => {
    await withPage(async (page) => {
      const calls = Array.from({ length: Math.ceil(files.length / 2) }, (_, index) => `file-${index}`);
      for (let at = 0; at < calls.length; at += CALLS_AT_ONCE) {
        const shown = calls.slice(at, at + CALLS_AT_ONCE);
        await showCalls(page, shown, 'tree');
        const asTree = await readPanes(page);
        await assertTame(page);
        await showCalls(page, shown, 'text');
        const asText = await readPanes(page);
        for (const [index] of shown.entries()) {
          for (const [place, side] of SIDES.entries()) {
            const file = files[(at + index) * 2 + place];
            if (file === undefined) continue;
            const [tree, text] = [asTree, asText].map((panes) => paneOf(panes, side, 'ABCD'[index]!));
            assert.ok(tree !== undefined && text !== undefined, file.name);
            assertFile(file.name, file.input, tree, text);
          }
        }
      }
    });
  });

  for (const view of ['conversation', 'tree', 'text', 'events']) {
    it(`shows naughty strings and attacks as text in the view ${view}, from the first to the last`, async () => {
      await withPage(async (page) => {
        for (const call of ['blns', 'blns-lines', 'attack', 'strange']) {
          await showCalls(page, [call], view);
          await scrollThrough(page, () => assertTame(page));
        }
        await page.setViewport({ width: 390, height: 800 });
        await showCalls(page, ['attack', 'blns'], view);
        await scrollThrough(page, () => assertTame(page));
      });
    });
  }

  it('keeps every naughty string as it was stored', async () => {
    await withPage(async (page) => {
      await showCalls(page, ['blns-lines'], 'text');
      const lines = new Map<number, string>();
      await scrollThrough(page, async () => {
        const [pane] = await readPanes(page);
        pane!.lines.forEach((line, index) => lines.set(pane!.firstLine + index, line));
      });
      const all = [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
      assert.deepEqual(all, asStored(naughty.join('\n')).split(/\r\n|\r|\n/));
    });
  });

  it('draws 100,000 levels, a line of a million characters and a string of as many, and no more than what shows', async () => {
    await withPage(async (page) => {
      for (const view of ['tree', 'text']) {
        await showCalls(page, ['deep', 'long'], view);
        const panes = await readPanes(page);
        assert.equal(panes.length, 4);
        for (const { treeRows, lines, nodes } of panes) {
          assert.ok(treeRows + lines.length > 0);
          assert.ok(nodes < 2_000, `${nodes} nodes`);
        }
        await assertTame(page);
      }
      assert.match(paneOf(await readPanes(page), 'response', 'A')!.end, /Cut here/);
    });
  });

  it('lets the keyboard in and out again', async () => {
    await withPage(async (page) => {
      for (const view of ['conversation', 'tree', 'text']) {
        await showCalls(page, ['attack', 'blns'], view);
        await page.evaluate(() => {
          const end = document.createElement('button');
          end.id = 'end';
          end.textContent = 'End';
          document.querySelector('main')!.append(end);
          document.querySelector<HTMLElement>('h1 a')!.focus();
        });
        let steps = 0;
        for (; (await page.evaluate(() => document.activeElement?.id)) !== 'end'; steps++) {
          assert.ok(steps < 300, 'Tab never leaves the bodies');
          await page.keyboard.press('Tab');
        }
        assert.ok(steps > 4);
        await page.keyboard.down('Shift');
        await page.keyboard.press('Tab');
        await page.keyboard.up('Shift');
        assert.equal(await page.evaluate(() => document.activeElement?.localName), 'hm-body-viewer');
        await page.evaluate(() => document.getElementById('end')!.remove());
      }
    });
  });
});
