export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/**
 * An instant as the daemon's tables hold it, `YYYY-MM-DD HH:MM:SS.ffffff` in UTC. Milliseconds since 1970, whole, and
 * the microseconds (0 to 999) within the last of them.
 */
export function formatStored(atMs: number, micros: number): string {
  const iso = new Date(atMs).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${String(micros).padStart(3, '0')}`;
}
