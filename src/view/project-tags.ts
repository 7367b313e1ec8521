import { describeAttribution } from './attribution.js';

interface Tag {
  readonly method: string | null;
  readonly calls: number;
}

/** Tags that read the same joined, most calls first, with the methods that each stands for. */
export function joinTags(tags: readonly Tag[]): { word: string; methods: (string | null)[]; calls: number }[] {
  const joined = new Map<string, { word: string; methods: (string | null)[]; calls: number }>();
  for (const { method, calls } of tags) {
    const word = describeAttribution(method);
    const tag = joined.get(word) ?? { word, methods: [], calls: 0 };
    if (!tag.methods.includes(method)) tag.methods.push(method);
    tag.calls += calls;
    joined.set(word, tag);
  }
  return [...joined.values()].sort((a, b) => b.calls - a.calls);
}
