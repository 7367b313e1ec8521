import { DAY_MS, dayOf, findInstant, readWallClock } from './zone-time.js';

/** Wall clock times and days as the filter's language and the contract write them, and the instants they are. */

/** The contract's zones: IANA names, no offsets. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** `YYYY-MM-DDTHH:MM:SS` of a wall time. */
const printWall = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 19);

/** Today in the zone, `YYYY-MM-DD`. */
export function findToday(zone: string, now = Date.now()): string {
  return printWall(dayOf(now, zone) * DAY_MS).slice(0, 10);
}

/** Whether there is such a day. */
export function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

const LOCAL = /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?$/;

/**
 * The instant (RFC 3339, Z) of a wall clock time `2026-11-01T14:00`, with seconds and fraction where given; the first of
 * two where clocks are set back. Null where there is none: no such day, or an hour that clocks skip.
 */
export function localToInstant(local: string, zone: string): string | null {
  const [, day, minutes, seconds = '00', fraction = ''] = LOCAL.exec(local) ?? [];
  if (day === undefined || !isDay(day)) return null;
  const wallMs = Date.parse(`${day}T${minutes}:${seconds}Z`);
  const instantMs = findInstant(wallMs, zone);
  if (readWallClock(instantMs, zone) !== wallMs) return null;
  return new Date(instantMs).toISOString().replace('.000Z', `${fraction}Z`);
}

/** The wall clock time of an instant, as short as it can be; null where that would not lead back to the same text. */
export function instantToLocal(instant: string, zone: string): string | null {
  const [, seconds, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(instant) ?? [];
  const ms = Date.parse(`${seconds}Z`);
  if (Number.isNaN(ms)) return null;
  const clock = printWall(readWallClock(ms, zone)) + fraction;
  const local = clock.replace(/:00$/, '');
  return localToInstant(local, zone) === instant ? local : null;
}
