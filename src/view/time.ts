/**
 * Instants (RFC 3339, UTC) as a person in a zone reads them. Formatters are costly to make, so each is made once.
 * A zone that does not exist is for the server to refuse; what is drawn meanwhile is drawn in UTC.
 */

const DAY = { day: 'numeric', month: 'short' } as const;
const FORMATS = {
  year: { year: 'numeric' },
  day: DAY,
  date: { ...DAY, year: 'numeric' },
  clock: { timeStyle: 'medium', hourCycle: 'h23' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(date: Date | string, zone: string, name: keyof typeof FORMATS): string {
  const id = name + zone;
  let formatter = formatters.get(id);
  if (formatter === undefined) {
    formatter = makeFormatter({ ...FORMATS[name], timeZone: zone });
    formatters.set(id, formatter);
  }
  return formatter.format(new Date(date));
}

function makeFormatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', options);
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

/** `24 Nov` this year, `24 Nov 2025` otherwise. */
export function formatDay(instant: string, zone: string, now = new Date()): string {
  return format(instant, zone, format(instant, zone, 'year') === format(now, zone, 'year') ? 'day' : 'date');
}

/** `14:02:11` */
export function formatClock(instant: Date | string, zone: string): string {
  return format(instant, zone, 'clock');
}

/** `24 Nov 2026, 14:02:11 Europe/London`: everything, for titles and facts. */
export function formatInstant(instant: string, zone: string): string {
  return `${format(instant, zone, 'date')}, ${formatClock(instant, zone)} ${zone}`;
}

/** `14:02:11` when the instant is of today, else `23 Nov`: for last and first calls. */
export function formatRecent(instant: string, zone: string, now = new Date()): string {
  const isToday = format(instant, zone, 'date') === format(now, zone, 'date');
  return isToday ? formatClock(instant, zone) : formatDay(instant, zone, now);
}
