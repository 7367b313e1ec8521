import type { Page } from 'puppeteer-core';
import { type MainThreadTask, traceMainThread } from './main-thread.js';

const STEPS = 10;
const JUMPS = 12;
const ROOT = `document.querySelector('hm-body-viewer').shadowRoot`;
const BOX = `${ROOT}.querySelector('.aligned > .box')`;
const IS_DRAWN = `${ROOT}.querySelector('.aligned .aligned-row') && !${ROOT}.querySelector('.aligned .waiting')`;

/** What the main thread does while calls are opened level in the viewer, stepped through by difference, and scrolled. */
export function traceSideBySide(page: Page, url: string, calls: readonly string[]): Promise<MainThreadTask[]> {
  return traceMainThread(page, async () => {
    await page.goto(`${url}/hm-body-viewer?${calls.map((call) => `call=${call}`).join('&')}`);
    await page.waitForFunction(IS_DRAWN);
    for (let step = 0; step < STEPS; step++) {
      await page.evaluate(`${ROOT}.querySelector('[aria-label="Next difference"]').click()`);
      await page.waitForFunction(IS_DRAWN);
    }
    for (let jump = 0; jump < JUMPS; jump++) {
      await page.evaluate(`${BOX}.scrollTop = (${BOX}.scrollHeight * ${(jump * 7) % JUMPS}) / ${JUMPS}`);
      await page.waitForFunction(IS_DRAWN);
    }
  });
}
