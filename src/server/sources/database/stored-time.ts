import { Temporal } from 'temporal-polyfill';

const STORED = /^(\d{4}-\d\d-\d\d)[ Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?$/;

const NANOSECONDS_PER_MICROSECOND = 1000n;

/** For a column that can't be null where a stored text says no time at all. */
export const UNREADABLE_TIME = '1970-01-01T00:00:00Z';

/**
 * Turns a time as the daemon stores it (`2026-11-24 07:53:30.386836`, UTC, or ISO with an offset) into the contract's
 * instant, with as many digits as were stored. Null where the text is no time.
 */
export function toInstant(stored: string | null): string | null {
  const parts = stored === null ? null : STORED.exec(stored);
  if (!parts) return null;
  const [, day, time, fraction = '', zone = 'Z'] = parts;
  if (/^([Zz]|[+-]00:?00)$/.test(zone)) {
    return isCalendarTime(day!, time!) ? `${day}T${time}${fraction}Z` : null;
  }
  try {
    // Offsets are whole minutes, so the fraction stays as it is.
    const shifted = Temporal.Instant.from(`${day}T${time}${zone}`).toString();
    return shifted.length === 20 ? `${shifted.slice(0, 19)}${fraction}Z` : null;
  } catch {
    return null;
  }
}

function isCalendarTime(day: string, time: string): boolean {
  const parsed = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(parsed)) return false;
  // Date rolls 31 February over into March. Every month has the days before.
  return Number(day.slice(8)) <= 28 || new Date(parsed).toISOString().startsWith(day);
}

/** The same for a column that can't be null. */
export const toInstantOr1970 = (stored: string | null): string => toInstant(stored) ?? UNREADABLE_TIME;

/**
 * The text that a bound has to be compared with. Stored times are whole microseconds, so a finer bound counts from
 * the next one; zeros at the end go, because `07:53:30` is stored before `07:53:30.000000` and is the same instant.
 */
export function toStoredBound(instant: Temporal.Instant): string {
  const remainder = instant.epochNanoseconds % NANOSECONDS_PER_MICROSECOND;
  const up = remainder === 0n ? 0n : remainder < 0n ? -remainder : NANOSECONDS_PER_MICROSECOND - remainder;
  const whole = instant.add({ nanoseconds: Number(up) }).toString();
  // Years before 0 and after 9999 have a sign, and are before and after all that is stored.
  if (whole.startsWith('-')) return '';
  if (whole.startsWith('+')) return ':';
  return whole.replace('T', ' ').replace(/Z$/, '');
}

/** A stored time in the one form in which texts compare as times do. Null where it can't be read. */
export function normaliseStored(stored: string): string | null {
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(stored)) return stored;
  return toInstant(stored)?.replace('T', ' ').replace(/Z$/, '') ?? null;
}

/** A stored time as a bound: see `toStoredBound`. Null where it can't be read. */
export function toBound(stored: string): string | null {
  const whole = normaliseStored(stored);
  return whole === null ? null : whole.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** Milliseconds since 1970 of a stored time, null where it can't be read. */
export function toEpochMs(stored: string | null): number | null {
  const instant = toInstant(stored);
  return instant === null ? null : Date.parse(instant);
}

const MICROS_PER_MS = 1000;

/**
 * Microseconds since 1970 of a stored time, digits beyond them cut off; NaN where it can't be read. Exact: a double
 * holds all of the next two centuries.
 */
export function microsOfStored(stored: string): number {
  const instant = toInstant(stored);
  if (instant === null) return NaN;
  const fraction = /\.(\d{1,6})/.exec(instant)?.[1] ?? '';
  return Date.parse(`${instant.slice(0, 19)}Z`) * MICROS_PER_MS + Number(fraction.padEnd(6, '0'));
}

/** The same for a bound as `toStoredBound` writes it, whose years may lie before 0 and after 9999. */
export function microsOfBound(bound: string): number {
  if (bound === '') return -Infinity;
  return bound === ':' ? Infinity : microsOfStored(bound);
}

/** Microseconds since 1970 as an instant with six digits, as the daemon stores them. */
export function instantOfMicros(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const rest = micros - seconds * 1_000_000;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(rest).padStart(6, '0')}Z`;
}

/** The same of a whole second, without digits behind it. */
export const instantOfSecond = (micros: number): string => `${new Date(micros / 1000).toISOString().slice(0, 19)}Z`;
