/**
 * Instants (RFC 3339, UTC) as a person in a zone reads them. Formatters are costly to make, so each is made once.
 * A zone that does not exist is for the server to refuse; what is drawn meanwhile is drawn in UTC.
 */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${key} ${zone}`;
  let found = formatters.get(id);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: isTimeZone(zone) ? zone : 'UTC' });
    formatters.set(id, found);
  }
  return found;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** `24 Nov` this year, `24 Nov 2025` otherwise. */
export function formatDay(instant: string, zone: string, now = new Date()): string {
  const date = new Date(instant);
  const year = formatter(zone, 'year', { year: 'numeric' });
  const withYear = year.format(date) !== year.format(now);
  return formatter(zone, withYear ? 'day-year' : 'day', {
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
  }).format(date);
}

/** `14:02:11` */
export function formatClock(instant: string, zone: string): string {
  return formatter(zone, 'clock', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
}

/** `24 Nov 2026, 14:02:11 Europe/London`: everything, for titles and facts. */
export function formatInstant(instant: string, zone: string): string {
  const date = formatter(zone, 'date', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant));
  return `${date}, ${formatClock(instant, zone)} ${zone}`;
}

/** `14:02:11` when the instant is of today, else `23 Nov`: for last and first calls. */
export function formatRecent(instant: string, zone: string, now = new Date()): string {
  const date = formatter(zone, 'date', { day: 'numeric', month: 'short', year: 'numeric' });
  return date.format(new Date(instant)) === date.format(now)
    ? formatClock(instant, zone)
    : formatDay(instant, zone, now);
}
