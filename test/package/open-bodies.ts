import type { Page, WebWorker } from 'puppeteer-core';

/** Chooses the first of the calls, waits until its bodies are drawn, and gives the address of the worker that holds them. */
export async function openBodies(page: Page): Promise<URL> {
  const started = new Promise<WebWorker>((resolve) => page.once('workercreated', resolve));
  const grid = await page.waitForSelector('hm-calls >>> [role="grid"]');
  await grid!.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('hm-body-viewer >>> .pane[aria-label]');
  return new URL((await started).url());
}
