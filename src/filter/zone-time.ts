/** Wall clock times of a zone and the instants they are, without a calendar library: the browser knows every zone. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: isTimeZone(zone) ? zone : 'UTC',
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** The contract's zones: IANA names, no offsets. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** `YYYY-MM-DDTHH:MM:SS` that the clocks of the zone show at this millisecond. */
function readClock(ms: number, zone: string): string {
  const part: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(ms)) part[type] = value;
  return `${part.year!.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}

/** Today in the zone, `YYYY-MM-DD`. */
export function findToday(zone: string, now = Date.now()): string {
  return readClock(now, zone).slice(0, 10);
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
  const clock = `${day}T${minutes}:${seconds}`;
  const wallMs = Date.parse(`${clock}Z`);
  const instants = [-86_400_000, 86_400_000]
    .map((away) => wallMs - (Date.parse(`${readClock(wallMs + away, zone)}Z`) - (wallMs + away)))
    .filter((ms) => readClock(ms, zone) === clock);
  if (instants.length === 0) return null;
  return new Date(Math.min(...instants)).toISOString().replace('.000Z', `${fraction}Z`);
}

/** The wall clock time of an instant, as short as it can be; null where that would not lead back to the same text. */
export function instantToLocal(instant: string, zone: string): string | null {
  const [, seconds, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(instant) ?? [];
  const ms = Date.parse(`${seconds}Z`);
  if (Number.isNaN(ms)) return null;
  const clock = readClock(ms, zone) + fraction;
  const local = clock.replace(/:00$/, '');
  return localToInstant(local, zone) === instant ? local : null;
}
