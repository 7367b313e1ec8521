import { describeAttribution } from './attribution.js';

interface Tag {
  readonly method: string | null;
  readonly calls: number;
}

/** Calls by the word of their tag, those that read the same joined, most calls first. */
export function joinTags(tags: readonly Tag[]): [word: string, calls: number][] {
  const joined = new Map<string, number>();
  for (const { method, calls } of tags) {
    const word = describeAttribution(method);
    joined.set(word, (joined.get(word) ?? 0) + calls);
  }
  return [...joined].sort(([, a], [, b]) => b - a);
}
