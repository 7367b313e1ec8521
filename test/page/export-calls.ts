import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';

/** What a browser saved. */
export interface Saved {
  readonly name: string;
  readonly text: string;
}

/** Exports the calls of the page's list as `JSON Lines`, by its buttons, into a folder. */
export async function exportCalls(page: Page, folder: string): Promise<Saved> {
  const client = await page.createCDPSession();
  const { id } = page.browserContext();
  await client.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
    ...(id !== undefined && { browserContextId: id }),
  });
  const begun = new Promise<string>((resolve) => {
    client.once('Browser.downloadWillBegin', ({ suggestedFilename }) => resolve(suggestedFilename));
  });
  const completed = new Promise<void>((resolve) => {
    client.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve());
  });
  await page.evaluate(async () => {
    const root = document.querySelector('hm-calls')!.shadowRoot!;
    for (const label of ['Export ▾', 'JSON Lines']) {
      for (;;) {
        const button = [...root.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label);
        button?.click();
        if (button !== undefined) break;
        await new Promise(requestAnimationFrame);
      }
    }
  });
  const [name] = await Promise.all([begun, completed]);
  return { name, text: await readFile(join(folder, name), 'utf8') };
}
