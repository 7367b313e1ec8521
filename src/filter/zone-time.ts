/**
 * Days and wall clocks of a zone, from Intl alone: a day is a whole number, counted from 1 January 1970, and a wall time
 * the milliseconds since then that a clock on the wall has passed. A zone that does not exist is read as UTC.
 */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = makeClock(zone) ?? makeClock('UTC')!;
    clocks.set(zone, clock);
  }
  return clock;
}

function makeClock(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

/** What a clock on the wall of the zone shows at an instant. */
export function readWallClock(instantMs: number, zone: string): number {
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clockOf(zone).formatToParts(instantMs)) fields[type] = Number(value);
  const { year, month, day, hour, minute, second } = fields as Record<string, number>;
  // The clock has whole seconds; what is below them is the same in every zone.
  const belowSecondMs = ((instantMs % 1000) + 1000) % 1000;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) + belowSecondMs;
}

/** The first instant at which the wall shows this time; where clocks leap over it, the instant as long after the leap. */
export function findInstant(wallMs: number, zone: string): number {
  const before = readWallClock(wallMs - DAY_MS, zone) - (wallMs - DAY_MS);
  const after = readWallClock(wallMs + DAY_MS, zone) - (wallMs + DAY_MS);
  const first = wallMs - Math.max(before, after);
  if (readWallClock(first, zone) === wallMs) return first;
  const second = wallMs - Math.min(before, after);
  return readWallClock(second, zone) === wallMs ? second : wallMs - before;
}

export function dayOf(instantMs: number, zone: string): number {
  return Math.floor(readWallClock(instantMs, zone) / DAY_MS);
}

/** The first instant of a day: midnight, or the end of the leap where clocks leap over midnight. */
export function findDayStart(day: number, zone: string): number {
  return findInstant(day * DAY_MS, zone);
}

/** The day of a date; a month past 12 or before 1 is one of another year. */
export function toDay(year: number, month: number, dayOfMonth: number): number {
  return Date.UTC(year, month - 1, dayOfMonth) / DAY_MS;
}

export function toDate(day: number): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}
