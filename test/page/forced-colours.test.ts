import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openWatched, waitForLoad } from './browser.js';
import { useDemo } from './demo.js';

const demo = useDemo();

describe('where colours are the system’s', () => {
  it('a chosen call shows by more than its letter, and the costs show how many calls stand where', async () => {
    const { page, faults } = await openWatched(demo.browser, 'dark');
    await page.setViewport({ width: 1366, height: 900 });
    const devtools = await page.createCDPSession();
    await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
    await page.goto(`${demo.url}/hm-calls`);
    await waitForLoad(page, 'hm-calls');
    await page.waitForFunction(() => document.querySelector('hm-calls')!.shadowRoot!.querySelector('.strip .bins'));
    await page.waitForFunction(() => document.querySelector('hm-calls')!.shadowRoot!.querySelector('.foot .copy'));
    const drawn = await page.evaluate(async () => {
      const root = document.querySelector('hm-calls')!.shadowRoot!;
      root.querySelector<HTMLElement>('#row-0')!.click();
      while (root.querySelector('.letter') === null) await new Promise(requestAnimationFrame);
      const [chosen, other, letter, ...strip] = [
        '#row-0',
        '#row-1',
        '.letter',
        '.bins',
        '.size-2',
        '.size-3',
        '.band',
      ].map((selector) => getComputedStyle(root.querySelector(selector)!));
      return {
        outlines: [chosen!.outlineStyle, other!.outlineStyle],
        isLetterFilled: letter!.backgroundColor !== chosen!.backgroundColor,
        opacities: strip.map(({ fillOpacity }) => Number(fillOpacity)),
      };
    });
    assert.deepEqual(drawn, {
      outlines: ['solid', 'none'],
      isLetterFilled: true,
      opacities: [0.4, 0.6, 0.8, 1],
    });
    assert.deepEqual(faults, []);
    await page.browserContext().close();
  });
});
