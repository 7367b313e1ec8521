import { formatCount } from './format.js';

const MOST_NAMES = 3;

/** `a, b and c`, `a, b, c and 4 more`. */
export function joinNames(names: readonly (string | null)[], write = (name: string): string => name): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => write(name ?? 'unknown'));
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${formatCount(rest)} more`] : shown;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}
