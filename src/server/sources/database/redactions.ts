/**
 * How many marks of each category the daemon set, as it noted them. A summary that is no JSON object, and counts that
 * are none, are left out: nothing is known then.
 */
export function parseRedactions(summary: string | null): [category: string, count: number][] {
  if (summary === null) return [];
  try {
    const parsed: unknown = JSON.parse(summary);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return [];
    return Object.entries(parsed).filter(
      (entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && entry[1] >= 0,
    );
  } catch {
    return [];
  }
}
