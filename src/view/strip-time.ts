import {
  DAY_MS,
  dayOf,
  findDayStart,
  findInstant,
  HOUR_MS,
  readWallClock,
  toDate,
  toDay,
} from '../filter/zone-time.js';

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

const MINUTE_MS = 60_000;
const WALL_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE_MS);
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
/** 5 January 1970: weeks begin on Mondays. */
const FIRST_MONDAY = 4;
/** Longer than this, a weekday without its month says too little. */
const WEEKDAYS_MS = 40 * DAY_MS;

const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** Round times of the zone between two instants, at most `most` of them: minutes, hours, days, weeks or months. */
export function listTimeTicks(sinceMs: number, untilMs: number, zone: string, most: number): TimeTick[] {
  const spanMs = untilMs - sinceMs;
  const enough = (stepMs: number): boolean => spanMs / stepMs <= most;
  const wallStep = WALL_STEPS_MS.find(enough);
  if (wallStep !== undefined) return listWallTimes(sinceMs, untilMs, zone, wallStep);
  const dayStep = DAY_STEPS.find((days) => enough(days * DAY_MS));
  if (dayStep !== undefined) return listDays(sinceMs, untilMs, zone, dayStep);
  const monthStep = MONTH_STEPS.find((months) => enough(months * 30.4 * DAY_MS)) ?? MONTH_STEPS.at(-1)!;
  return listMonths(sinceMs, untilMs, zone, monthStep);
}

function listWallTimes(sinceMs: number, untilMs: number, zone: string, stepMs: number): TimeTick[] {
  const ticks = new Map<number, TimeTick>();
  const end = readWallClock(untilMs, zone) + HOUR_MS;
  for (let wall = Math.floor(readWallClock(sinceMs, zone) / stepMs) * stepMs - HOUR_MS; wall <= end; wall += stepMs) {
    const aligned = Math.ceil(wall / stepMs) * stepMs;
    const atMs = findInstant(aligned, zone);
    // A time that clocks leap over is told as the one they leap to.
    const shown = readWallClock(atMs, zone);
    if (atMs >= sinceMs && atMs <= untilMs) ticks.set(atMs, { atMs, label: formatWallTime(shown) });
  }
  return [...ticks.values()];
}

function formatWallTime(wallMs: number): string {
  const inDay = wallMs % DAY_MS;
  if (inDay === 0) return formatDate(wallMs / DAY_MS);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(inDay / HOUR_MS))}:${two(Math.floor(inDay / MINUTE_MS) % 60)}`;
}

function formatDate(day: number): string {
  const { month, dayOfMonth } = toDate(day);
  return `${dayOfMonth} ${MONTHS[month - 1]}`;
}

function listDays(sinceMs: number, untilMs: number, zone: string, step: number): TimeTick[] {
  const ticks: TimeTick[] = [];
  const last = dayOf(untilMs, zone);
  for (let day = dayOf(sinceMs, zone); day <= last; day++) {
    if ((day - FIRST_MONDAY) % step !== 0) continue;
    const atMs = findDayStart(day, zone);
    if (atMs < sinceMs || atMs > untilMs) continue;
    const label = untilMs - sinceMs > WEEKDAYS_MS ? formatDate(day) : `${WEEKDAYS[day % 7]} ${toDate(day).dayOfMonth}`;
    ticks.push({ atMs, label });
  }
  return ticks;
}

function listMonths(sinceMs: number, untilMs: number, zone: string, step: number): TimeTick[] {
  const ticks: TimeTick[] = [];
  const { year, month } = toDate(dayOf(sinceMs, zone));
  const first = Math.floor((year * 12 + month - 1) / step) * step;
  for (let months = first; ; months += step) {
    const [tickYear, tickMonth] = [Math.floor(months / 12), months % 12];
    const atMs = findDayStart(toDay(tickYear, tickMonth + 1, 1), zone);
    if (atMs > untilMs) return ticks;
    const label = step >= 12 ? String(tickYear) : `${MONTHS[tickMonth]}${tickMonth === 0 ? ` ${tickYear}` : ''}`;
    if (atMs >= sinceMs) ticks.push({ atMs, label });
  }
}
