import { html } from 'lit';
import '../../components/hm-spend.js';
import { type Filter, paramsToFilter } from '../../src/api/filter.js';
import type { HmSpend } from '../../components/hm-spend.js';
import { find, findAll, type mount, mountLoaded, readText, until } from './mount.js';

/** What tests of spend ask and read. */

const DAY_MS = 86_400_000;
export const today = (): string => new Date().toISOString().slice(0, 10);
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

export const read = (search: string): Filter => paramsToFilter(new URLSearchParams(search));

export async function ask<T>(path: string): Promise<T> {
  return (await (await fetch(path)).json()) as T;
}

/** Waits for the bars as well, which come with a script of their own. */
export async function mountDrawn(template: Parameters<typeof mount>[0]): Promise<HmSpend> {
  const element = await mountLoaded<HmSpend>(template);
  await until(() => (element.shadowRoot!.querySelector('canvas')?.style.width ?? '') !== '');
  return element;
}

/** Last month of the demo, which a new call does not change. */
export const PAST = `tz=UTC&since=${daysAgo(40)}&until=${daysAgo(11)}`;
export const mountPast = (): Promise<HmSpend> => mountDrawn(html`<hm-spend .filter=${PAST}></hm-spend>`);

export const button = (element: HmSpend, words: string): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, 'button').find((candidate) => readText(candidate) === words)!;
export const keyRows = (element: HmSpend): string[][] =>
  findAll(element, '.key tbody tr').map((row) => [...row.children].map(readText));
export const rowOf = (element: HmSpend, name: string): string[] => keyRows(element).find(([label]) => label === name)!;
export const tableRows = (element: HmSpend): string[][] =>
  findAll(element, '.numbers tbody tr').map((row) => [...row.children].map(readText));
export const money = (text: string): number =>
  Math.round(Number(/\$([\d,]+\.\d\d)/.exec(text)?.[1]!.replaceAll(',', '') ?? 0) * 100);
export const add = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
export const picture = (element: HmSpend): HTMLElement => find(element, '.picture');
export const spoken = (element: HmSpend): string => picture(element).getAttribute('aria-valuetext')!;
export const label = (element: HmSpend): string => {
  const found = find(element, '.place-label');
  return found.hidden ? '' : readText(found);
};
/** How many different colours stand on a line of the canvas. */
export const coloursAt = (element: HmSpend, y: number): number => {
  const canvas = find<HTMLCanvasElement>(element, 'canvas');
  const scale = canvas.width / canvas.clientWidth;
  const { data } = canvas.getContext('2d')!.getImageData(0, Math.round(y * scale), canvas.width, 1);
  return new Set(Array.from({ length: canvas.width }, (_, x) => data.slice(4 * x, 4 * x + 4).join())).size;
};
export async function showTable(element: HmSpend): Promise<void> {
  button(element, 'Table').click();
  await until(() => element.shadowRoot!.querySelector('.numbers'));
}
