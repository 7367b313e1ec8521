import { sendKeys } from '@web/test-runner-commands';
import type { HmCalls } from '../../components/hm-calls.js';
import { find, findAll, readText, until } from './mount.js';

/** What tests of the calls table read of it and do to it. */

/** The rows that are drawn, an open one's lower part left out. */
export const listRows = (element: HmCalls): HTMLElement[] => findAll(element, '.layer > [aria-rowindex]');

/** What stands in a row's cells that can be seen, as a reader sees it. */
export const readCells = (row: HTMLElement): string[] =>
  [...row.querySelectorAll<HTMLElement>('[role="gridcell"]')]
    .filter((cell) => getComputedStyle(cell).display !== 'none')
    .map(readText);

export const rowOf = (element: HmCalls, words: string): HTMLElement =>
  listRows(element).find((row) => readText(row).includes(words))!;

export const readHeads = (element: HmCalls): string[] =>
  findAll(element, '[role="columnheader"]').slice(1).map(readText);

/** What stands in one column, row by row. */
export const readColumn = (element: HmCalls, label: string): string[] => {
  const place = readHeads(element).indexOf(label);
  return listRows(element).map((row) => readCells(row)[place + 1]!);
};

export const activeRow = (element: HmCalls): HTMLElement => find(element, '.active');

/** Waits until keys and gestures are there: they are loaded when the pointer moves, among other signs of a user. */
export const untilReady = (element: HmCalls): Promise<Element> => {
  element.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  return until(() => element.shadowRoot!.querySelector('.grid[aria-keyshortcuts]'));
};

/** Waits until the filter's bar is there: it is loaded after the first rows. */
export const untilFilter = (element: HmCalls): Promise<Element> =>
  until(() => element.shadowRoot!.querySelector('.query [role="combobox"]'));

/** Waits for the buttons under the table that copy: they are loaded after the first rows. */
export const untilCopies = (element: HmCalls): Promise<Element> =>
  until(() => element.shadowRoot!.querySelector('.foot .copy'));

/** Puts the focus on the table and presses keys as a user would, one after the other. */
export async function type(element: HmCalls, ...keys: readonly string[]): Promise<void> {
  await untilReady(element);
  find(element, '.grid').focus();
  for (const key of keys) await sendKeys({ press: key });
  await element.updateComplete;
}

/** Presses a key while another is held. */
export async function pressWith(held: 'Alt' | 'Shift', key: string): Promise<void> {
  await sendKeys({ down: held });
  await sendKeys({ press: key });
  await sendKeys({ up: held });
}

export const button = (element: HmCalls, words: string): HTMLButtonElement => {
  const found = findAll<HTMLButtonElement>(element, 'button').find(
    (candidate) => (candidate.getAttribute('aria-label') ?? readText(candidate)) === words,
  );
  if (found === undefined) throw new Error(`<hm-calls> shows no button "${words}"`);
  return found;
};

/** Opens one of the panels over the table and waits until it is there. */
export async function openPanel(element: HmCalls, words: string): Promise<HTMLElement> {
  button(element, words).click();
  return until(() => element.shadowRoot!.querySelector<HTMLElement>('.panel'));
}

/** What a screen reader was told last. */
export const readSaid = (element: HmCalls): string => readText(find(element, '.visually-hidden[role="status"]'));
