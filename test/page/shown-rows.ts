import type { Page } from 'puppeteer-core';

/** The calls with their ids in the first column, which is what tells one row from another here. */
export const PATH_WITH_IDS = '/?columns=id,time,model,cost';

/** A row in view. */
export interface ShownRow {
  /** Its place in the list, from 0. */
  readonly row: number;
  /** Its call, or null where the row says that it isn't there yet. */
  readonly id: string | null;
  /** Where it stands, in pixels below the table's head. */
  readonly topPx: number;
}

/** The rows that are in view, at least in part, from the top. */
export function readRows(page: Page): Promise<ShownRow[]> {
  return page.evaluate(() => {
    const grid = document.querySelector('hm-calls')!.shadowRoot!.querySelector('.grid')!;
    const top = grid.querySelector('.heads')!.getBoundingClientRect().bottom;
    const { bottom } = grid.getBoundingClientRect();
    return [...grid.querySelectorAll('.layer > [aria-rowindex]')]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > top + 1 && box.top < bottom - 1)
      .map(({ row, box }) => ({
        row: Number(row.getAttribute('aria-rowindex')) - 2,
        id: row.classList.contains('waiting') ? null : row.children[1]!.textContent,
        topPx: box.top - top,
      }));
  });
}

/** Scrolls the table's box, and waits until every row that is in view then has its call. */
export async function scrollTo(page: Page, scrollTop: number): Promise<ShownRow[]> {
  await page.evaluate((top) => {
    const grid = document.querySelector('hm-calls')!.shadowRoot!.querySelector('.grid')!;
    grid.scrollTop = top;
  }, scrollTop);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await waitForCalls(page);
  return readRows(page);
}

/** Brings the calls into view, which are asked for then, and waits until they are there. */
export async function showCalls(page: Page): Promise<void> {
  await page.$eval('hm-calls', (element) => element.scrollIntoView());
  await waitForCalls(page);
}

/** Waits until no row says that its call isn't there yet. */
export async function waitForCalls(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const rows = document.querySelector('hm-calls')?.shadowRoot?.querySelectorAll('.layer > [aria-rowindex]') ?? [];
    return rows.length > 0 && [...rows].every((row) => !row.classList.contains('waiting'));
  });
}

/** Waits until the first row shows another call than this one, and gives it. */
export async function waitForOtherFirst(page: Page, id: string | null): Promise<string | null> {
  const first = await page.waitForFunction(
    (known) => {
      const rows = document.querySelector('hm-calls')!.shadowRoot!.querySelectorAll('.layer > [aria-rowindex="2"]');
      const shown = [...rows].find((row) => !row.classList.contains('waiting'))?.children[1]!.textContent ?? known;
      return shown === known ? null : { shown };
    },
    {},
    id,
  );
  return (await first.jsonValue())!.shown;
}

/**
 * Goes down the whole table, a view at a time, and gives the calls of all rows in their order.
 * @throws Error where two rows in view show one call, or a row shows two calls.
 */
export async function walkRows(page: Page): Promise<string[]> {
  const ids: string[] = [];
  for (let view = await scrollTo(page, 0); ;) {
    const shown = view.map(({ id }) => id);
    if (new Set(shown).size !== shown.length) throw new Error(`A call is in view twice: ${shown.join(' ')}`);
    for (const { row, id } of view) {
      if (ids[row] !== undefined && ids[row] !== id) throw new Error(`Row ${row} shows ${ids[row]}, and later ${id}.`);
      ids[row] = id!;
    }
    const [total, step, scrollTop] = await page.evaluate(() => {
      const grid = document.querySelector('hm-calls')!.shadowRoot!.querySelector('.grid')!;
      return [
        Number(grid.ariaRowCount ?? grid.getAttribute('aria-rowcount')) - 1,
        grid.clientHeight - 84,
        grid.scrollTop,
      ];
    });
    if (view.at(-1)!.row === total! - 1) return ids;
    view = await scrollTo(page, scrollTop! + step!);
  }
}
