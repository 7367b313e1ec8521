/** Changes of one letter (put in, left out, replaced) between two words. */
function countChanges(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The word that was likely meant: one that begins so, or is at most two letters off; null where none is near. */
export function findNearest(word: string, words: readonly string[]): string | null {
  const begun = word.length > 1 ? words.find((known) => known.startsWith(word)) : undefined;
  if (begun !== undefined) return begun;
  const far = Math.min(2, Math.floor(word.length / 2));
  const measured = words.map((known) => ({ known, changes: countChanges(word, known) }));
  measured.sort((a, b) => a.changes - b.changes);
  return measured[0] !== undefined && measured[0].changes <= far ? measured[0].known : null;
}
