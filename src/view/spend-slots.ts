import { DAY_MS, dayOf, findDayStart, HOUR_MS, readWallClock, toDate } from '../filter/zone-time.js';
import { MONTHS, monthStart, type SpendWindow, formatWall } from './spend-window.js';

export const BUCKETS = ['hour', 'day', 'week', 'month'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** The longest window that each bucket fits; a month fits the rest. */
const FITS_DAYS: readonly (readonly [bucket: Bucket, days: number])[] = [
  ['hour', 3],
  ['day', 120],
  ['week', 731],
];
const LEAST_MS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 28 * DAY_MS } as const;
/** More bars than this are finer than a screen. */
const MOST_SLOTS = 750;
/** A clock change makes a window of three days an hour longer. */
const SLACK_MS = HOUR_MS;
/** 5 January 1970: weeks begin on Mondays. */
const FIRST_MONDAY = 4;

const isBucket = (text: string): text is Bucket => (BUCKETS as readonly string[]).includes(text);

/** The bucket that fits a window, or the one that is asked for unless it would make more bars than can be seen. */
export function chooseBucket({ sinceMs, untilMs }: SpendWindow, asked: string): Bucket {
  const spanMs = untilMs - sinceMs;
  if (!isBucket(asked)) return FITS_DAYS.find(([, days]) => spanMs <= days * DAY_MS + SLACK_MS)?.[0] ?? 'month';
  return BUCKETS.slice(BUCKETS.indexOf(asked)).find((bucket) => spanMs / LEAST_MS[bucket] <= MOST_SLOTS) ?? 'month';
}

/** The next longer bucket; null after the month. */
export function findLongerBucket(bucket: Bucket): Bucket | null {
  return BUCKETS[BUCKETS.indexOf(bucket) + 1] ?? null;
}

const weekStart = (day: number): number => day - ((((day - FIRST_MONDAY) % 7) + 7) % 7);

/** When the bucket that holds an instant ends. */
export function findSlotEnd(bucket: Bucket, atMs: number, zone: string): number {
  if (bucket === 'hour') return atMs - (readWallClock(atMs, zone) % HOUR_MS) + HOUR_MS;
  const day = dayOf(atMs, zone);
  const next = bucket === 'day' ? day + 1 : bucket === 'week' ? weekStart(day) + 7 : monthStart(day, 1);
  return findDayStart(next, zone);
}

/** One place on the time axis. */
export interface Slot {
  readonly startMs: number;
  readonly endMs: number;
  /** `begun`: goes on now; `cut`: the filter takes only a part of it; `future`: still to come. */
  readonly state: 'whole' | 'begun' | 'cut' | 'future';
}

/** Slots of the starts that the server gave. */
export function makeSlots(starts: readonly number[], { bucket, window, nowMs, zone }: SlotFrame): Slot[] {
  return starts.map((startMs, at) => {
    const endMs = starts[at + 1] ?? findSlotEnd(bucket, startMs, zone);
    const isCut =
      (!window.isFromFirst && window.sinceMs > startMs) || (window.untilMs < endMs && window.untilMs < nowMs);
    const state = startMs > nowMs ? 'future' : endMs > nowMs ? 'begun' : isCut ? 'cut' : 'whole';
    return { startMs, endMs, state };
  });
}

export interface SlotFrame {
  readonly bucket: Bucket;
  readonly window: SpendWindow;
  readonly nowMs: number;
  readonly zone: string;
}

/** The period that a slot is compared with, slot by slot, and its name in words. */
export interface Shift {
  /** Days, or months where the bucket is one. */
  readonly by: number;
  readonly label: string;
  readonly sinceMs: number;
  readonly untilMs: number;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'} earlier`;

/**
 * How far back the slots are compared: about as long as they are, by whole weeks where a slot is a day or a week, so that
 * weekdays match; by days for hours, by months for months. Null where that begins before 1970.
 */
export function findShift(slots: readonly Slot[], bucket: Bucket, zone: string): Shift | null {
  const [first, last] = [slots[0], slots.at(-1)];
  if (first === undefined || last === undefined) return null;
  const days = dayOf(last.endMs - 1, zone) - dayOf(first.startMs, zone) + 1;
  const weeks = Math.max(1, Math.round(days / 7));
  const by = bucket === 'hour' ? days : bucket === 'month' ? slots.length : 7 * weeks;
  const label =
    bucket === 'hour'
      ? days === 1
        ? 'the day before'
        : plural(days, 'day')
      : plural(bucket === 'month' ? by : weeks, bucket === 'month' ? 'month' : 'week');
  const back = (ms: number): number => shiftDay(dayOf(ms, zone), by, bucket);
  const sinceMs = findDayStart(back(first.startMs), zone);
  const untilMs = findDayStart(back(last.endMs - 1) + (bucket === 'month' ? 31 : 1), zone);
  return sinceMs < 0 ? null : { by, label, sinceMs, untilMs };
}

function shiftDay(day: number, by: number, bucket: Bucket): number {
  return bucket === 'month' ? monthStart(day, -by) : day - by;
}

/** Slots whose place on the calendar is remembered: reading a clock takes longer than drawing a bar. */
const MOST_PLACES = 5_000;
const places = new Map<string, number>();

/** What the clock shows when an hour begins, or the day on which another slot does. */
function findPlace(atMs: number, bucket: Bucket, zone: string): number {
  const id = `${zone} ${bucket === 'hour'} ${atMs}`;
  let place = places.get(id);
  if (place === undefined) {
    place = bucket === 'hour' ? readWallClock(atMs, zone) : dayOf(atMs, zone);
    if (places.size >= MOST_PLACES) places.clear();
    places.set(id, place);
  }
  return place;
}

/**
 * Values of the period before, each at the slot it is compared with; null where there is none, such as an hour that
 * clocks leapt over. Of an hour that came twice the first is taken.
 */
export function alignBefore(
  slots: readonly Slot[],
  before: readonly { readonly startMs: number; readonly value: number | null }[],
  shift: Shift,
  bucket: Bucket,
  zone: string,
): (number | null)[] {
  const place = (ms: number): number => findPlace(ms, bucket, zone);
  const values = new Map<number, number | null>();
  for (const { startMs, value } of before) {
    const key = place(startMs);
    if (!values.has(key)) values.set(key, value);
  }
  return slots.map(({ startMs }) => {
    const key = place(startMs);
    return values.get(bucket === 'hour' ? key - shift.by * DAY_MS : shiftDay(key, shift.by, bucket)) ?? null;
  });
}

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'];

/** `Wednesday 18 November`, `18 November, 14:00`, `week of 16 November`, `November 2026`. */
export function describeSlot(startMs: number, bucket: Bucket, zone: string): string {
  const day = dayOf(startMs, zone);
  const { year, month, dayOfMonth } = toDate(day);
  if (bucket === 'month') return `${MONTHS[month - 1]} ${year}`;
  const date = `${dayOfMonth} ${MONTHS[month - 1]}`;
  if (bucket === 'hour') return `${date}, ${formatWall(startMs, zone)}`;
  return bucket === 'week' ? `week of ${date}` : `${WEEKDAYS[((day % 7) + 7) % 7]} ${date}`;
}
