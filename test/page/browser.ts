import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findBrowser } from '../../scripts/find-browser.mjs';

/** What a page did that it should not have. */
export interface Watched {
  readonly page: Page;
  /** Console errors, uncaught errors, policy violations and failed requests, in words. */
  readonly faults: string[];
  /** Every address that was asked for, in order. */
  readonly requests: string[];
}

/** `words`: what is said to the browser at its start besides what every test says. */
export async function launchBrowser(words: readonly string[] = []): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser();
  return puppeteer.launch({ executablePath, args: [...args, ...words], env, headless: true });
}

/** A new page in a fresh profile that keeps count of what goes wrong, from before its first script. */
export async function openWatched(browser: Browser, colorScheme: 'light' | 'dark'): Promise<Watched> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${String(error)}`));
  page.on('request', (request) => requests.push(request.url()));
  page.on('requestfailed', (request) => {
    // The page itself gives up what it no longer needs.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') faults.push(`request: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`response: ${response.status()} ${response.url()}`);
  });
  await page.exposeFunction('reportViolation', (violation: string) => faults.push(`policy: ${violation}`));
  await page.evaluateOnNewDocument(() => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        const { reportViolation } = window as unknown as { reportViolation: (violation: string) => void };
        reportViolation(`${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`);
      },
    );
  });
  await page.evaluateOnNewDocument(noteLoads);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colorScheme }]);
  return { page, faults, requests };
}

/**
 * Runs in the page: notes which elements have sent `hm-load`. It stays on the element, but passes here on its way down;
 * the note on the root is what waiting for mutations sees.
 */
function noteLoads(): void {
  window.addEventListener(
    'hm-load',
    ({ target }) => {
      const { dataset } = document.documentElement;
      dataset.loaded = `${dataset.loaded ?? ''} ${(target as Element).localName}`;
    },
    true,
  );
}

/**
 * Waits until an element of each of these names on the page shows what it has loaded. Some ask for nothing before they are
 * seen: the page is scrolled to each that is still to come, and stands at its top again afterwards.
 */
export async function waitForLoads(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.evaluate((wanted) => {
      const { loaded = '' } = document.documentElement.dataset;
      if (!loaded.split(' ').includes(wanted)) document.querySelector(wanted)?.scrollIntoView();
    }, name);
    await waitForLoad(page, name);
  }
  await page.evaluate(() => scrollTo(0, 0));
}

/** Waits until an element in view shows what it has loaded. */
export async function waitForLoad(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.documentElement?.dataset.loaded ?? '').split(' ').includes(wanted),
    { polling: 'mutation' },
    name,
  );
}
