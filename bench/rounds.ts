/** What is measured in one turn; what it gives is not looked at. */
export type Turn = () => Promise<unknown>;

/** Milliseconds of each round, in the order of the rounds. */
export interface Pair {
  readonly oursMs: readonly number[];
  readonly theirsMs: readonly number[];
}

async function time(turn: Turn): Promise<number> {
  const startMs = performance.now();
  await turn();
  return performance.now() - startMs;
}

/** Runs one thing alone, after one turn that does not count. */
export async function measure(turn: Turn, rounds: number): Promise<number[]> {
  await turn();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await time(turn));
  return times;
}

/**
 * Runs two things in turn, so that whatever else the machine does weighs on both; which of them goes first changes from
 * round to round. Each has one turn before that does not count.
 */
export async function compare(ours: Turn, theirs: Turn, rounds: number): Promise<Pair> {
  await ours();
  await theirs();
  const pair: { oursMs: number[]; theirsMs: number[] } = { oursMs: [], theirsMs: [] };
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) pair.oursMs.push(await time(ours));
    pair.theirsMs.push(await time(theirs));
    if (round % 2 === 1) pair.oursMs.push(await time(ours));
  }
  return pair;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Ours divided by theirs: of the medians, and round by round. */
export function ratios({ oursMs, theirsMs }: Pair): {
  readonly ofMedians: number;
  readonly byRound: readonly number[];
} {
  return {
    ofMedians: median(oursMs) / median(theirsMs),
    byRound: oursMs.map((ms, round) => ms / theirsMs[round]!),
  };
}
