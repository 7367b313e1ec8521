import type { Page } from 'puppeteer-core';
import { type MainThreadTask, traceMainThread } from './main-thread.js';

/** Frames of one fling. */
export const FRAMES = 60;

/** The box that scrolls, in our page and in the bare one. */
export const OUR_BOX = `document.querySelector('hm-calls').shadowRoot.querySelector('.grid')`;
export const BARE_BOX = `document.getElementById('box')`;

/** As many rows and cells as ours, as plain elements whose texts alone are written: the least a table can do. */
export const BARE_PAGE = `<!doctype html><style>
  body { margin: 0; font: 13px/27px sans-serif }
  #box { height: 588px; overflow: auto; position: relative }
  #spacer { height: 8000000px }
  #layer { position: absolute; top: 0; left: 0; right: 0 }
  .row { display: flex; height: 28px; border-bottom: 1px solid #ddd; white-space: nowrap }
  .row span { width: 100px; padding: 0 8px }
</style><div id="box"><div id="spacer"></div><div id="layer"></div></div><script>
  const rows = Array.from({ length: 26 }, () => {
    const row = document.createElement('div');
    row.className = 'row';
    const texts = Array.from({ length: 13 }, () => {
      const cell = document.createElement('span');
      const text = new Text('');
      cell.append(text);
      row.append(cell);
      return text;
    });
    layer.append(row);
    return texts;
  });
  const draw = () => {
    const first = Math.floor((box.scrollTop / 8000000) * 1000000);
    rows.forEach((texts, index) => texts.forEach((text, column) => {
      text.data = String(((first + index) * (column + 7919)) % 1000000);
    }));
    layer.style.transform = 'translateY(' + box.scrollTop + 'px)';
  };
  box.addEventListener('scroll', draw, { passive: true });
  draw();
</script>`;

/** Scrolls the box by so much in every frame, and gives what the main thread did. */
export function fling(page: Page, box: string, stepPx: number): Promise<MainThreadTask[]> {
  return traceMainThread(page, async () => {
    await page.evaluate(`(async () => {
      const box = ${box};
      for (let frame = 0; frame < ${FRAMES}; frame++) {
        box.scrollTop += ${stepPx};
        await new Promise(requestAnimationFrame);
      }
    })()`);
  });
}

export function countNodes(page: Page): Promise<number> {
  return page.evaluate(`${OUR_BOX}.querySelectorAll('*').length`) as Promise<number>;
}

/**
 * Drags the scroll bar to where a row belongs, and gives the text of its first column, which is null where the row is not
 * in view then.
 */
export async function goToRow(page: Page, row: number, rows: number): Promise<string | null> {
  await page.evaluate(
    `(async () => {
      const box = ${OUR_BOX};
      const view = box.clientHeight - box.querySelector('.heads').offsetHeight;
      const above = ${row} - view / 56;
      box.scrollTop = Math.max(0, above / (${rows} - view / 28)) * (box.scrollHeight - box.clientHeight);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    })()`,
  );
  const find = `${OUR_BOX}.querySelector('.layer > [aria-rowindex="${row + 2}"]:not(.waiting)')`;
  await page.waitForFunction(find);
  return (await page.evaluate(`(() => {
    const row = ${find};
    const [box, at] = [${OUR_BOX}.getBoundingClientRect(), row.getBoundingClientRect()];
    return at.top >= box.top && at.bottom <= box.bottom + 1 ? row.children[1].textContent : null;
  })()`)) as string | null;
}
