import type { BarsPaint } from '../controllers/spend-drawing.js';
import { printCsv } from '../view/call-csv.js';
import { SPEND_FIELDS, listSpendRecords } from '../view/spend-csv.js';
import type { SpendModel } from '../view/spend-model.js';
import { formatValue } from '../view/spend-scale.js';
import { describeWindow, printDay } from '../view/spend-window.js';
import { dayOf } from '../filter/zone-time.js';
import { openExportFile } from './save-export.js';

/** Files made in the browser of what is drawn; nothing is asked of anybody for them. Each says what it did. */

export async function saveSpendCsv(model: SpendModel): Promise<string> {
  const records = listSpendRecords(model.read);
  const name = `${nameFile(model)}.csv`;
  await save(name, 'text/csv', new TextEncoder().encode(printCsv(SPEND_FIELDS, records)));
  return `Saved ${name}.`;
}

export async function saveSpendPicture(
  model: SpendModel,
  drawn: { readonly canvas: HTMLCanvasElement; readonly paint: BarsPaint },
): Promise<string> {
  const image = await toImage(composeImage(model, drawn));
  const name = `${nameFile(model)}.png`;
  await save(name, 'image/png', new Uint8Array(await image.arrayBuffer()));
  return `Saved ${name}.`;
}

const nameFile = ({ read: { window, nowMs, zone } }: SpendModel): string => {
  const [first, last] = [window.sinceMs, Math.min(window.untilMs - 1, nowMs)].map((ms) => printDay(dayOf(ms, zone)));
  return `spend-${first}${first === last ? '' : `-to-${last}`}`;
};

async function save(name: string, type: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const file = await openExportFile(name, type, 1);
  await file.write(bytes);
  await file.finish();
}

function toImage(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the browser makes no image of it'))),
      'image/png',
    );
  });
}

const MARGIN_PX = 16;
const LINE_PX = 18;
const HEAD_PX = 28;

/** The picture on its ground, with a heading and the key below, so that it is understood where it stands alone. */
function composeImage(
  model: SpendModel,
  { canvas, paint }: { canvas: HTMLCanvasElement; paint: BarsPaint },
): HTMLCanvasElement {
  const scale = canvas.width / canvas.clientWidth;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const keyTop = MARGIN_PX + HEAD_PX + height + MARGIN_PX;
  const image = document.createElement('canvas');
  image.width = Math.round((width + 2 * MARGIN_PX) * scale);
  image.height = Math.round((keyTop + (model.rows.length + notesOf(model).length) * LINE_PX + MARGIN_PX) * scale);
  const context = image.getContext('2d')!;
  context.scale(scale, scale);
  context.fillStyle = paint.bg;
  context.fillRect(0, 0, image.width, image.height);
  context.fillStyle = paint.ink;
  context.font = paint.font.replace(/^\d+px/, '600 15px');
  const { read, measure } = model;
  context.fillText(`Spend, ${describeWindow(read.window, read.nowMs, read.zone)}`, MARGIN_PX, MARGIN_PX + 12);
  context.drawImage(canvas, MARGIN_PX, MARGIN_PX + HEAD_PX, width, height);
  context.font = paint.font.replace(/^\d+px/, '12px');
  model.rows.forEach(({ label, value, share, stack, colour, isAtLeast }, row) => {
    const y = keyTop + row * LINE_PX + 10;
    drawSwatch(context, paint, colour === '' ? null : colour === 'imputed' ? 'imputed' : stack, y);
    context.fillStyle = paint.ink;
    const amount = value === null ? 'not priced' : `${isAtLeast ? '≥ ' : ''}${formatValue(value, measure)}`;
    context.fillText(`${label}: ${amount}${share === null ? '' : `, ${share}`}`, MARGIN_PX + 16, y);
  });
  context.fillStyle = paint.muted;
  notesOf(model).forEach((note, at) =>
    context.fillText(note, MARGIN_PX + 16, keyTop + (model.rows.length + at) * LINE_PX + 10),
  );
  return image;
}

function notesOf({ all, ticks, read: { shifted, zone } }: SpendModel): string[] {
  return [
    all.unpricedCalls > 0 ? `Hatched: at least, ${all.unpricedCalls} calls are not priced` : '',
    shifted && ticks.some((tick) => tick !== null) ? `Ticks: ${shifted.shift.label}` : '',
    `Times in ${zone}`,
  ].filter((note) => note !== '');
}

function drawSwatch(
  context: CanvasRenderingContext2D,
  paint: BarsPaint,
  stack: number | 'imputed' | null,
  y: number,
): void {
  if (stack === null) return;
  const { fill, edge } = stack === 'imputed' ? { fill: paint.bg, edge: paint.imputed } : paint.stacks[stack]!;
  context.fillStyle = fill;
  context.fillRect(MARGIN_PX, y - 9, 10, 10);
  if (edge === null) return;
  context.lineWidth = 1;
  context.strokeStyle = edge;
  context.strokeRect(MARGIN_PX + 0.5, y - 8.5, 9, 9);
}
