import { formatCount, formatExactMoney, formatMoney, formatPlural } from './format.js';
import type { StripPicture } from './strip-picture.js';
import type { Lane, StripAnswer } from './strip-scale.js';
import { formatClock, formatDay } from './time.js';

/** The strip in words: for its label, its cursor, its table and for those who do not see it. */

const MINUTE_MS = 60_000;
/** Columns this long are told to the minute, shorter ones to the second. */
const LONG_COLUMN_MS = 10 * MINUTE_MS;

/** A cost with as many digits as tell it from its neighbours: `$0.0284`, `$12.40`. A rolling figure has parts of a millicent. */
export function formatCost(millicents: number): string {
  if (millicents >= 100_000) return formatMoney(millicents, 2);
  if (millicents >= 100) return formatMoney(millicents, 4);
  return formatExactMoney(Math.round(millicents));
}

type Change = StripAnswer['changes'][number];

/** `gemini-3-pro: rate changed`, `nightly-evals: opus-4-6 to sonnet-4-6`. */
export function describeChange({ kind, project, from, to }: Change): string {
  if (kind === 'rate') return `${to ?? from ?? 'a model'}: rate changed`;
  const [before, after] = dropSharedStart(from ?? 'unknown', to ?? 'unknown');
  return `${project ?? 'all'}: ${before} to ${after}`;
}

/** Models of one maker share their first word: `claude-opus-4-6` and `claude-sonnet-4-6` read well without it. */
function dropSharedStart(from: string, to: string): [string, string] {
  const [maker] = from.split('-', 1);
  const [left, right] = [from, to].map((name) => name.slice(maker!.length + 1));
  const isNamed = (rest: string): boolean => /^[a-z]/i.test(rest);
  return to.startsWith(`${maker}-`) && isNamed(left!) && isNamed(right!) ? [left!, right!] : [from, to];
}

function formatTime(instantMs: number, timeZone: string, columnMs: number): string {
  const clock = formatClock(new Date(instantMs).toISOString(), timeZone);
  return columnMs < LONG_COLUMN_MS ? clock : clock.slice(0, 5);
}

/** `23 Nov, 14:00 to 15:30`, of two columns and what is between them. */
export function describeTime(picture: StripPicture, first: number, last: number, timeZone: string): string {
  const { scale } = picture;
  const columnMs = scale.columnToTime(1) - scale.columnToTime(0);
  const [startMs, endMs] = [scale.columnToTime(first), scale.columnToTime(last + 1)];
  const [startDay, endDay] = [startMs, endMs].map((ms) => formatDay(new Date(ms).toISOString(), timeZone));
  const start = `${startDay}, ${formatTime(startMs, timeZone, columnMs)}`;
  const end = formatTime(endMs, timeZone, columnMs);
  return `${start} to ${startDay === endDay ? end : `${endDay}, ${end}`}`;
}

/** What stands in some columns: `12 calls with a price, median $0.0041, 1 of cost 0, 1 failed, 2 not priced`. */
export function describeColumns(picture: StripPicture, first: number, last: number): string {
  const columns = picture.columns.slice(first, last + 1);
  const sum = (of: 'priced' | Lane): number => columns.reduce((total, column) => total + column[of], 0);
  const [priced, zero, failed, unpriced] = [sum('priced'), sum('zero'), sum('failed'), sum('unpriced')];
  if (priced + zero + failed + unpriced === 0) return 'no calls';
  const band = first === last ? columns[0]?.band : null;
  return [
    priced > 0 ? `${formatPlural(priced, 'call')} with a price` : '',
    band ? `median around it ${formatCost(band.p50Millicents)}` : '',
    zero > 0 ? `${formatCount(zero)} of cost 0` : '',
    failed > 0 ? `${formatCount(failed)} failed` : '',
    unpriced > 0 ? `${formatCount(unpriced)} not priced` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** A change with its time, for a pointer beside its line. */
export function describeChangeAt(change: Change, timeZone: string): string[] {
  return [`${formatDay(change.at, timeZone)}, ${formatClock(change.at, timeZone)}`, describeChange(change)];
}

/** Changes between the borders of some columns, in words. */
export function listChanges(picture: StripPicture, first: number, last: number): string[] {
  const { scale } = picture;
  return picture.answer.changes
    .filter(({ at }) => {
      const column = scale.timeToColumn(Date.parse(at));
      return column >= first && column <= last;
    })
    .map(describeChange);
}

const MOST_CHANGES = 5;

/** The whole picture as a sentence or two. */
export function describeStrip(picture: StripPicture, timeZone: string): string {
  const { answer, columns, scale } = picture;
  const count = (marks: StripAnswer['failed']): number => marks.reduce((total, { calls }) => total + calls, 0);
  const [zero, failed, unpriced] = [count(answer.zero), count(answer.failed), count(answer.unpriced)];
  const way = answer.points === null ? 'counted in bins' : 'a dot each';
  const range =
    answer.pricedCalls === 0
      ? ''
      : `, from ${formatCost(answer.minMillicents!)} to ${formatCost(answer.maxMillicents!)}`;
  const medians = columns.flatMap(({ band }) => band?.p50Millicents ?? []);
  const changes = answer.changes
    .slice(0, MOST_CHANGES)
    .map((change) => `${describeChange(change)} on ${formatDay(change.at, timeZone)}`);
  const more = answer.changes.length - changes.length;
  return [
    `Cost of ${formatPlural(answer.pricedCalls, 'call')} with a price over time on a logarithmic scale, ${way}${range}.`,
    `Time runs from ${describeTime(picture, 0, scale.columns - 1, timeZone)}.`,
    medians.length > 0
      ? `The rolling median lies between ${formatCost(Math.min(...medians))} and ${formatCost(Math.max(...medians))}, last ${formatCost(medians.at(-1)!)}.`
      : '',
    `${formatCount(zero)} of cost 0, ${formatCount(failed)} failed and ${formatCount(unpriced)} not priced stand on lanes of their own.`,
    changes.length > 0 ? `Changes: ${changes.join('; ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
