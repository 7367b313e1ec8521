import { readBytes } from './page-requests.js';

/** How a server answers a small question asked again and again: what stands in its way shows as the longest answer. */
export interface Turns {
  readonly longestMs: number;
  readonly medianMs: number;
  readonly asked: number;
}

/** Asks `url` one time after another for as long as `until` is not settled. */
export async function watchTurns(url: string, until: Promise<unknown>): Promise<Turns> {
  let isOver = false;
  void until.finally(() => (isOver = true));
  const times: number[] = [];
  while (!isOver) {
    const startMs = performance.now();
    await readBytes(url);
    times.push(performance.now() - startMs);
  }
  const sorted = times.sort((a, b) => a - b);
  return { longestMs: sorted.at(-1) ?? 0, medianMs: sorted[sorted.length >> 1] ?? 0, asked: sorted.length };
}
