import { isAmong, readText, type Query } from './query.js';

/**
 * The ids that calls carry for these slugs. A call whose project has no row goes by its id, so a value that is no slug
 * is taken for an id that has no row; null stays null.
 */
export function resolveProjectIds(db: Query, slugs: readonly (string | null)[]): (string | null)[] {
  const named = isAmong('slug', slugs);
  const ids = new Map<string, (string | null)[]>();
  for (const [slug, id] of db.all(
    `select cast(slug as blob), cast(id as blob) from projects where ${named.sql}`,
    named.parameters,
  )) {
    const text = readText(slug) ?? '';
    ids.set(text, [...(ids.get(text) ?? []), readText(id)]);
  }
  const rowless = slugs.filter((slug) => slug !== null && !ids.has(slug));
  const owned = isAmong('id', rowless);
  const taken = new Set(
    db.all(`select cast(id as blob) from projects where ${owned.sql}`, owned.parameters).map(([id]) => readText(id)),
  );
  return [
    ...[...ids.values()].flat(),
    ...rowless.filter((id) => !taken.has(id)),
    ...(slugs.includes(null) ? [null] : []),
  ];
}
