import type { Page } from 'puppeteer-core';

// What a test does with the viewer on a page, and reads of it.

/** One body as it is drawn. */
export interface ShownPane {
  readonly label: string;
  readonly treeRows: number;
  /** Stored lines that are drawn, wrapped rows joined. */
  readonly lines: readonly string[];
  /** Number of the first of them. */
  readonly firstLine: number;
  /** What is said of how the body ends. */
  readonly end: string;
  /** The character that is no JSON; null: none is named. */
  readonly found: string | null;
  readonly nodes: number;
}

/** Puts a viewer of these calls in the place of the one that is there, and waits until all is read and drawn. */
export async function showCalls(page: Page, calls: readonly string[], view: string): Promise<void> {
  await page.evaluate(
    async (ids, chosen) => {
      const element = document.createElement('hm-body-viewer');
      element.setAttribute('calls', ids.join(','));
      element.setAttribute('view', chosen);
      document.querySelector('hm-body-viewer')!.replaceWith(element);
      const root = element.shadowRoot!;
      do await new Promise(requestAnimationFrame);
      while (
        root.querySelector('section')?.getAttribute('aria-busy') !== 'false' ||
        root.querySelector('.pane, .bar-only') === null ||
        root.querySelector('.pane [part="loading"], .aligned-waiting, .waiting, .reading, .bar > [role="status"]') !==
          null
      );
      // Markdown comes after.
      await new Promise(requestAnimationFrame);
    },
    calls,
    view,
  );
}

export function readPanes(page: Page): Promise<ShownPane[]> {
  return page.evaluate(() =>
    [...document.querySelector('hm-body-viewer')!.shadowRoot!.querySelectorAll('.pane')].map((pane) => {
      const lines: string[] = [];
      let firstLine = 0;
      for (const row of pane.querySelectorAll('.text-row')) {
        const number = Number(row.querySelector('.line')!.textContent);
        const text = row.querySelector('.said')!.textContent ?? '';
        if (number === 0 && lines.length > 0) lines.push(lines.pop()! + text);
        else if (number > 0) {
          if (lines.length === 0) firstLine = number;
          lines.push(text);
        }
      }
      return {
        label: pane.getAttribute('aria-label') ?? '',
        treeRows: pane.querySelectorAll('[role="treeitem"]').length,
        lines,
        firstLine,
        end: [...pane.querySelectorAll('.end, .muted')]
          .map((end) => end.textContent)
          .join(' ')
          .replace(/\s+/g, ' '),
        found: pane.querySelector('.end code')?.textContent ?? null,
        nodes: pane.querySelectorAll('*').length,
      };
    }),
  );
}

/** From the top of every body to its end, a screen at a time; `look` has its turn at each stop. */
export async function scrollThrough(page: Page, look: () => Promise<void>): Promise<void> {
  for (let stop = 0; ; stop++) {
    const isMore = await page.evaluate(async (screen) => {
      const root = document.querySelector('hm-body-viewer')!.shadowRoot!;
      const boxes = [...root.querySelectorAll<HTMLElement>('*')].filter(
        (box) => box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY),
      );
      for (const box of boxes) box.scrollTop = screen * box.clientHeight * 0.9;
      do await new Promise(requestAnimationFrame);
      while (root.querySelector('.waiting, .reading') !== null);
      return boxes.some((box) => box.scrollTop + box.clientHeight < box.scrollHeight - 1);
    }, stop);
    await look();
    if (!isMore) return;
  }
}

/** Boxes that what they hold makes wider than they may be; only what scrolls sideways by itself may hold more. */
export function listOverflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('hm-body-viewer')!.shadowRoot!;
    const wide = [document.documentElement, ...root.querySelectorAll<HTMLElement>('.panes, .pane, .bar, .end')]
      .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === 'visible')
      .map((box) => `${box.localName}.${box.className}: ${box.scrollWidth} in ${box.clientWidth}`);
    const viewer = document.querySelector('hm-body-viewer')!.getBoundingClientRect();
    const outside = [...root.querySelectorAll('.pane')]
      .filter((pane) => pane.getBoundingClientRect().right > viewer.right + 1)
      .map((pane) => `${pane.getAttribute('aria-label')} stands out`);
    return [...wide, ...outside];
  });
}

/** Texts with marks of direction that could turn round what stands beside them on their line. */
export function listUnisolated(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('hm-body-viewer')!.shadowRoot!;
    const found: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      if (!/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) continue;
      if (node.parentElement === null || node.parentElement.closest('style, title') !== null) continue;
      let box = node.parentElement;
      while (
        getComputedStyle(box).display === 'inline' &&
        !/isolate|plaintext/.test(getComputedStyle(box).unicodeBidi)
      ) {
        box = box.parentElement!;
      }
      if (/isolate|plaintext/.test(getComputedStyle(box).unicodeBidi)) continue;
      // A block of its own is a paragraph of its own, where nothing else stands in it.
      const others = (box.textContent ?? '').replaceAll(text, '').trim();
      if (others !== '') found.push(`${box.localName}.${box.className}: ${JSON.stringify(text.slice(0, 60))}`);
    }
    return [...new Set(found)];
  });
}
