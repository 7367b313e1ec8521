import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';

/** One load of a page. */
export interface FirstRows {
  /** From the start of the navigation until its first rows were painted. */
  readonly ms: number;
  /** Requests that were answered by then, the page itself among them. */
  readonly requests: number;
}

/** Both pages, each in a browser that has seen nothing yet, and again in the same one. */
export interface FirstRowsOf {
  readonly cold: FirstRows[];
  readonly warm: FirstRows[];
}

const OWN_ROOT = `document.querySelector('hm-calls')?.shadowRoot`;
const ROW = `.layer > [aria-rowindex]:not(.waiting)`;

/** The costs are drawn last. */
const STRIP = `${OWN_ROOT}?.querySelector('.strip [role="slider"]')`;

/** Runs before anything of a page: notes when a frame with rows was handed over, the element's or those in the HTML. */
const NOTE_ROWS = `(() => {
  const look = () => {
    const root = ${OWN_ROOT};
    const roots = [root, root?.querySelector('.first-rows')?.shadowRoot];
    if (!roots.some((root) => root?.querySelector('${ROW}'))) return void requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const ms = performance.now();
      const answered = performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd > 0);
      globalThis.firstRows = { ms, requests: answered.length + 1 };
    };
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
})()`;

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await page.evaluateOnNewDocument(NOTE_ROWS);
  return page;
}

/** Notes the first rows, and lets the page come to rest: what it does after them must not weigh on the next page. */
async function readFirstRows(page: Page, url: string, isAtRest: string): Promise<FirstRows> {
  await page.goto(url);
  const noted = await page.waitForFunction('globalThis.firstRows');
  const firstRows = (await noted.jsonValue()) as FirstRows;
  await page.waitForFunction(isAtRest);
  return firstRows;
}

/** The page as it stands once the element's own rows are there, as a document that needs no script: rows, sums and styles. */
async function copyAsHtml(browser: Browser, url: string): Promise<string> {
  const context = await browser.createBrowserContext();
  const page = await openPage(context);
  await page.goto(url);
  await page.waitForFunction(`${OWN_ROOT}?.querySelector('${ROW}')`);
  const html = await page.evaluate(async () => {
    const sheet = await (await fetch('/page.css')).text();
    const root = document.querySelector('hm-calls')!.shadowRoot!;
    const rules = [...root.adoptedStyleSheets].flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText));
    const markup = document.querySelector('main')!.getHTML({ shadowRoots: [root] });
    const styled = markup.replace(/(<template shadowrootmode="open"[^>]*>)/, `$1<style>${rules.join('\n')}</style>`);
    return `<!doctype html><meta charset="utf-8"><title>Rows in HTML</title><style>${sheet}</style><main>${styled}</main>`;
  });
  await context.close();
  return html;
}

/** Our page; the least a page can do that shows the same rows; and that page under the header that isolates ours. */
export type WhichPage = 'ours' | 'floor' | 'isolatedFloor';

/**
 * Loads our page, and beside it the least a page can do that shows the same rows: they stand in its HTML, and it runs no
 * script. In turn, so that whatever else the machine does weighs on all. The header by which a page of ours is cut off from
 * whoever opened it makes a browser start another process for the first page, whatever is in it.
 */
export async function benchFirstRows(
  browser: Browser,
  url: string,
  rounds: number,
): Promise<Readonly<Record<WhichPage, FirstRowsOf>>> {
  const html = await copyAsHtml(browser, url);
  const server = createServer((request, response) =>
    response
      .writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-cache',
        ...(request.url === '/isolated' && { 'Cross-Origin-Opener-Policy': 'same-origin' }),
      })
      .end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const floor = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const pages: readonly (readonly [WhichPage, string])[] = [
    ['ours', url],
    ['floor', floor],
    ['isolatedFloor', `${floor}isolated`],
  ];
  const noLoads = (): FirstRowsOf => ({ cold: [], warm: [] });
  const read = { ours: noLoads(), floor: noLoads(), isolatedFloor: noLoads() };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [which, address] of round % 2 === 0 ? pages : [...pages].reverse()) {
        const context = await browser.createBrowserContext();
        const page = await openPage(context);
        for (const state of ['cold', 'warm'] as const) {
          read[which][state].push(await readFirstRows(page, address, which === 'ours' ? STRIP : 'true'));
        }
        await context.close();
      }
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return read;
}
