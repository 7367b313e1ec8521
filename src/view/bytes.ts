import { formatCount, formatPlural, formatTenths } from './format.js';

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;
const STEP = 1024;

/** `312 bytes`, `512 KiB`, `84.2 MiB`: a tenth only where the figure is not whole. */
export function formatBytes(bytes: number): string {
  if (bytes < STEP) return formatPlural(bytes, 'byte');
  let size = bytes / STEP;
  let unit = 0;
  // What would be drawn as 1,024.0 is 1 of the next.
  while (size >= STEP - 0.05 && unit < UNITS.length - 1) {
    size /= STEP;
    unit++;
  }
  return `${Number.isInteger(size) ? formatCount(size) : formatTenths(size)} ${UNITS[unit]}`;
}
