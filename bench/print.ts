import { median, ratios, type Pair } from './rounds.js';

const WIDTH = 46;

function shorten(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** One line: least, median and greatest time. */
export function printTimes(what: string, timesMs: readonly number[]): void {
  const figures = [Math.min(...timesMs), median(timesMs), Math.max(...timesMs)].map((ms) => ms.toFixed(1).padStart(9));
  console.log(`${what.padEnd(WIDTH)}${figures.join('')}`);
}

/** Both lines of a comparison and the ratio of ours to theirs, with a goal for it where there is one. */
export function printPair(ours: string, theirs: string, pair: Pair, goal: number | null): void {
  printTimes(ours, pair.oursMs);
  printTimes(theirs, pair.theirsMs);
  const { ofMedians, byRound } = ratios(pair);
  const [least, middle, most] = [Math.min(...byRound), median(byRound), Math.max(...byRound)].map(shorten);
  console.log(`  ratio of medians ${shorten(ofMedians)}; pair by pair ${least}, median ${middle}, ${most}`);
  if (goal !== null) printGoal(`at most ${goal} of its time`, ofMedians <= goal);
}

/** Timing never fails a run: it says what was met, and people judge. */
export function printGoal(goal: string, isMet: boolean): void {
  console.log(`  goal: ${goal}: ${isMet ? 'met' : 'not met'}`);
}

export function printHeading(): void {
  console.log(`${'milliseconds'.padEnd(WIDTH)}${['min', 'median', 'max'].map((word) => word.padStart(9)).join('')}`);
}
