import { findAtRank } from './percentile.js';

/** Parts of each power of two, as bits: fewer where many groups would take much memory. */
const FINE_BITS = 5;
const COARSE_BITS = 1;
const MOST_FINE_GROUPS = 256;

const MAX_WHOLE = 0x7fffffff;

/** The counts of a group's values up to those levels that a percentile falls between. */
interface Stretch {
  readonly least: number;
  readonly most: number;
  /** How many are below them, and how many in them. */
  readonly below: number;
  readonly count: number;
}

/**
 * Mean and percentile of many values in groups, without a copy of them all: they are counted by logarithmic levels first
 * (`count`), and then only those of the levels that the percentile falls in are collected (`collect`). Takes the values
 * of calls at `places`; NaN is no value. `groups` has the group of each.
 */
export class LatencyLevels {
  readonly #bits: number;
  readonly #levels: number;
  readonly #counts: Uint32Array;
  readonly #measured: Uint32Array;
  readonly #sums: Float64Array;

  constructor(groups: number) {
    this.#bits = groups <= MOST_FINE_GROUPS ? FINE_BITS : COARSE_BITS;
    this.#levels = 33 << this.#bits;
    this.#counts = new Uint32Array(groups * this.#levels);
    this.#measured = new Uint32Array(groups);
    this.#sums = new Float64Array(groups);
  }

  count(places: Int32Array, count: number, groups: Int32Array, values: Float64Array): void {
    countLevels(places, count, groups, values, this.#bits, this.#counts, this.#measured, this.#sums);
  }

  /** The mean of a group, null where it has no value. */
  mean(group: number): number | null {
    return this.#measured[group] === 0 ? null : this.#sums[group]! / this.#measured[group]!;
  }

  /**
   * The percentile of each group; null where it has no value. `visit` gives all the calls again.
   * @param visit calls what it is given with some calls at a time, as `count` was called
   */
  percentiles(
    fraction: number,
    values: Float64Array,
    visit: (take: (places: Int32Array, count: number, groups: Int32Array) => void) => void,
  ): (group: number) => number | null {
    const stretches = Array.from(this.#measured, (_, group) => this.#findStretch(group, fraction));
    const least = Int32Array.from(stretches, (stretch) => stretch.least);
    const most = Int32Array.from(stretches, (stretch) => stretch.most);
    const ends = new Uint32Array(stretches.length);
    let length = 0;
    for (const [group, { count }] of stretches.entries()) {
      ends[group] = length;
      length += count;
    }
    const collected = new Float64Array(length);
    visit((places, count, groups) =>
      collectLevels(places, count, groups, values, this.#bits, least, most, ends, collected),
    );
    return (group) => {
      const { below, count } = stretches[group]!;
      const rank = (this.#measured[group]! - 1) * fraction;
      return count === 0 ? null : findAtRank(collected.subarray(ends[group]! - count, ends[group]), rank - below);
    };
  }

  #findStretch(group: number, fraction: number): Stretch {
    const rank = (this.#measured[group]! - 1) * fraction;
    let [least, below, sum] = [-1, 0, 0];
    for (let level = 0; level < this.#levels; level++) {
      const before = sum;
      sum += this.#counts[group * this.#levels + level]!;
      if (least === -1 && sum > Math.floor(rank)) [least, below] = [level, before];
      if (sum > Math.ceil(rank)) return { least, most: level, below, count: sum - below };
    }
    return { least: 0, most: -1, below: 0, count: 0 };
  }
}

/** Grows with the value, by `1 << bits` for each power of two. */
function levelOf(value: number, bits: number): number {
  const whole = value >= 1 ? (value < MAX_WHOLE ? value | 0 : MAX_WHOLE) : 0;
  if (whole === 0) return 0;
  const zeros = Math.clz32(whole);
  return ((32 - zeros) << bits) | (((whole << zeros) >>> (31 - bits)) & ((1 << bits) - 1));
}

function countLevels(
  places: Int32Array,
  count: number,
  groups: Int32Array,
  values: Float64Array,
  bits: number,
  counts: Uint32Array,
  measured: Uint32Array,
  sums: Float64Array,
): void {
  const levels = 33 << bits;
  for (let index = 0; index < count; index++) {
    const value = values[places[index]!]!;
    if (value !== value) continue;
    const group = groups[index]!;
    measured[group]!++;
    sums[group]! += value;
    counts[group * levels + levelOf(value, bits)]!++;
  }
}

/** Writes the values between a group's levels up to its end in `ends`, which is moved on. */
function collectLevels(
  places: Int32Array,
  count: number,
  groups: Int32Array,
  values: Float64Array,
  bits: number,
  least: Int32Array,
  most: Int32Array,
  ends: Uint32Array,
  collected: Float64Array,
): void {
  for (let index = 0; index < count; index++) {
    const value = values[places[index]!]!;
    if (value !== value) continue;
    const group = groups[index]!;
    const level = levelOf(value, bits);
    if (level >= least[group]! && level <= most[group]!) collected[ends[group]!++] = value;
  }
}
