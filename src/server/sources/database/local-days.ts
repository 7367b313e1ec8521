import { Temporal } from 'temporal-polyfill';

const MICROS_PER_DAY = 86_400_000_000;
const MICROS_PER_HOUR = 3_600_000_000;
const HOURS_PER_DAY = 24;

/** Days are numbered from 1970-01-01, which is 0. Day -4 was a Monday. */
const FIRST_MONDAY = 4;
const DAYS_PER_WEEK = 7;

/** Days whose beginnings are remembered: thirty years. */
const MAX_KNOWN = 11_000;

/**
 * Days of a zone, numbered from 1970-01-01, and when they begin and end in microseconds. Exact for every zone, since
 * each day's own midnight is asked for; asked once, because the answer takes longer than a thousand calls' sums.
 */
export class LocalDays {
  readonly #timeZone: string;
  readonly #starts = new Map<number, number>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** When the day begins; not always at midnight. */
  startOf(day: number): number {
    let start = this.#starts.get(day);
    if (start === undefined) {
      const date = Temporal.PlainDate.from('1970-01-01').add({ days: day });
      start = date.toZonedDateTime(this.#timeZone).epochMilliseconds * 1000;
      if (this.#starts.size >= MAX_KNOWN) this.#starts.clear();
      this.#starts.set(day, start);
    }
    return start;
  }

  /** The day on which an instant falls. */
  dayOf(micros: number): number {
    let day = Math.floor(micros / MICROS_PER_DAY);
    while (this.startOf(day) > micros) day--;
    while (this.startOf(day + 1) <= micros) day++;
    return day;
  }

  /** The instants at which an hour begins on the clocks of this day. */
  hoursOf(day: number): number[] {
    const [start, end] = [this.startOf(day), this.startOf(day + 1)];
    const starts: number[] = [];
    if (end - start === HOURS_PER_DAY * MICROS_PER_HOUR && this.#isWholeHour(start)) {
      for (let at = start; at < end; at += MICROS_PER_HOUR) starts.push(at);
      return starts;
    }
    for (let at = start; at < end; at = this.#nextHour(at)) starts.push(at);
    return starts;
  }

  #isWholeHour(micros: number): boolean {
    const { hour, minute } = this.#clockAt(micros);
    return hour === 0 && minute === 0;
  }

  /** Where clocks go back by half an hour, the hour lasts until they show the next one; where forward, it ends early. */
  #nextHour(at: number): number {
    const clock = this.#clockAt(at);
    const next = at + (60 - clock.minute) * 60_000_000;
    const { minute, offsetNanoseconds } = this.#clockAt(next);
    return minute !== 0 && offsetNanoseconds < clock.offsetNanoseconds ? next + (60 - minute) * 60_000_000 : next;
  }

  #clockAt(micros: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(micros / 1000).toZonedDateTimeISO(this.#timeZone);
  }
}

/** `YYYY-MM-DD` of a day. */
export function dateOfDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function mondayOf(day: number): number {
  const since = (day - FIRST_MONDAY) % DAYS_PER_WEEK;
  return day - (since < 0 ? since + DAYS_PER_WEEK : since);
}

/** The first day of a day's month. */
export function firstOfMonth(day: number): number {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000;
}

/** The first day of the month after a day's. */
export function firstOfNextMonth(day: number): number {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000;
}
