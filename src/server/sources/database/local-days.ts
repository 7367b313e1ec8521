import { Temporal } from 'temporal-polyfill';
import { normaliseStored, toStoredBound } from './stored-time.js';

interface LocalDay {
  readonly date: string;
  /** Bounds in stored form. */
  readonly from: string;
  readonly before: string;
}

/** Which day of a zone a stored time falls on. Exact for every zone, since each day's own two midnights are asked for. */
export class LocalDays {
  readonly #timeZone: string;
  readonly #known: LocalDay[] = [];
  #last: LocalDay | null = null;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** `YYYY-MM-DD`, null where the text is no time. */
  dateOf(stored: string): string | null {
    // Calls come nearly in order of time, so the day before is most often the day again.
    if (this.#last !== null && isOn(this.#last, stored)) return this.#last.date;
    const time = normaliseStored(stored);
    if (time === null) return null;
    const day = this.#find(time) ?? this.#add(time);
    this.#last = day;
    return day?.date ?? null;
  }

  #find(time: string): LocalDay | null {
    let low = 0;
    let high = this.#known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#known[middle]!.before <= time) low = middle + 1;
      else high = middle;
    }
    const day = this.#known[low];
    return day !== undefined && isOn(day, time) ? day : null;
  }

  #add(time: string): LocalDay | null {
    const day = findDay(time, this.#timeZone);
    if (day === null) return null;
    const place = this.#known.findIndex((other) => other.from > day.from);
    this.#known.splice(place === -1 ? this.#known.length : place, 0, day);
    return day;
  }
}

const isOn = (day: LocalDay, time: string): boolean => day.from <= time && time < day.before;

function findDay(time: string, timeZone: string): LocalDay | null {
  try {
    const date = Temporal.Instant.from(`${time.replace(' ', 'T').slice(0, 29)}Z`)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate();
    const startOf = (day: Temporal.PlainDate): string => toStoredBound(day.toZonedDateTime(timeZone).toInstant());
    return { date: date.toString(), from: startOf(date), before: startOf(date.add({ days: 1 })) };
  } catch {
    return null;
  }
}

/** Every day from the first to the last, at most the last `limit` of them. Dates as `YYYY-MM-DD`. */
export function listDays(first: string, last: string, limit: number): string[] {
  const end = Temporal.PlainDate.from(last);
  const span = Temporal.PlainDate.from(first).until(end, { largestUnit: 'days' }).days;
  const days: string[] = [];
  for (let back = Math.min(span, limit - 1); back >= 0; back--) days.push(end.subtract({ days: back }).toString());
  return days;
}
