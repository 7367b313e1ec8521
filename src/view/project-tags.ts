import { describeAttribution } from './attribution.js';

interface Tag {
  readonly method: string | null;
  readonly calls: number;
}

/** Tags that read the same joined, most calls first. */
export function joinTags(tags: readonly Tag[]): { word: string; calls: number }[] {
  const joined = new Map<string, number>();
  for (const tag of tags) {
    const word = describeAttribution(tag.method);
    joined.set(word, (joined.get(word) ?? 0) + tag.calls);
  }
  return [...joined].map(([word, calls]) => ({ word, calls })).sort((a, b) => b.calls - a.calls);
}
