import type { WireStripAnswer } from '../../../api/strip.js';
import { makeArray } from './columns/large-arrays.js';

type Band = WireStripAnswer['band'];

/** Steps of the logarithmic axis in which costs are counted: over nine orders of magnitude each is one per cent. */
const STEPS = 2048;

/** Calls without which a median says little. */
const LEAST_CALLS = 20;

/** Columns on either side that belong to a column's window: so many of all at least, and at most. */
const LEAST_SHARE = 1 / 60;
const MOST_SHARE = 1 / 10;

/**
 * Rolling 10, 50 and 90 % of costs. A column's window is wide enough to hold some calls on average. Each figure is the
 * middle of the step that the call of that rank (the smallest with so many per cent at or below it) falls in.
 */
export class CostBand {
  readonly #columns: number;
  readonly #least: number;
  readonly #height: number;
  readonly #counts: Uint16Array | Uint32Array;
  #calls = 0;

  constructor(columns: number, { least, most, calls }: { least: number; most: number; calls: number }) {
    this.#columns = columns;
    this.#least = least;
    this.#height = Math.log(most / least);
    this.#counts = makeArray<Uint16Array | Uint32Array>(
      calls > 0xffff ? Uint32Array : Uint16Array,
      calls === 0 ? 0 : columns * STEPS,
    );
  }

  /** A cost above 0, by its place between the logarithms of the least (0) and the greatest (1). */
  add(column: number, level: number): void {
    this.#counts[column * STEPS + Math.min(STEPS - 1, Math.floor(level * STEPS))]!++;
    this.#calls++;
  }

  toWire(): Band {
    if (this.#calls < LEAST_CALLS) return [];
    const columns = this.#columns;
    const wanted = Math.ceil((LEAST_CALLS * columns) / this.#calls / 2);
    const reach = Math.min(Math.max(wanted, Math.round(columns * LEAST_SHARE)), Math.round(columns * MOST_SHARE));
    const window = new Uint32Array(STEPS);
    const band: Band = [];
    let calls = 0;
    const move = (column: number, sign: 1 | -1): void => {
      if (column < 0 || column >= columns) return;
      for (let step = 0; step < STEPS; step++) {
        const count = this.#counts[column * STEPS + step]!;
        window[step]! += sign * count;
        calls += sign * count;
      }
    };
    for (let column = 0; column < reach; column++) move(column, 1);
    for (let column = 0; column < columns; column++) {
      move(column + reach, 1);
      move(column - reach - 1, -1);
      if (calls < LEAST_CALLS) continue;
      const [p10, p50, p90] = this.#findRanks(window, [0.1 * calls, 0.5 * calls, 0.9 * calls]);
      band.push({ column, calls, p10_millicents: p10!, p50_millicents: p50!, p90_millicents: p90! });
    }
    return band;
  }

  #findRanks(window: Uint32Array, ranks: readonly number[]): number[] {
    const found: number[] = [];
    let sum = 0;
    for (let step = 0; step < STEPS && found.length < ranks.length; step++) {
      sum += window[step]!;
      while (found.length < ranks.length && sum >= ranks[found.length]!) found.push(this.#costOf(step));
    }
    return found;
  }

  #costOf(step: number): number {
    return this.#least * Math.exp(((step + 0.5) / STEPS) * this.#height);
  }
}
