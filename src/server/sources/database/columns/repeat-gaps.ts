import { gatherAlike, visitAlike } from './alike-prompts.js';
import { withSpare, type CallTable } from './call-table.js';
import { makeArray } from './large-arrays.js';
import type { CompareIds } from './ordered-places.js';
import { FEW, isEarlier } from './repeated-prompts.js';

/** Comparisons up to which new calls are put among those that share their prompt; beyond, all are gone through anew. */
const MOST_COMPARED = 4_000_000;

/**
 * How long before each call the last call of the same project with the same prompt was made. Eight bytes a call, from
 * the first question on; kept up only while somebody asks.
 */
export class RepeatGaps {
  #known = 0;
  #gaps = new Float64Array(0);

  /** Forgets all, because calls changed their project, prompt or time. */
  reset(): void {
    this.#known = 0;
    this.#gaps = new Float64Array(0);
  }

  /** Microseconds, by the calls' places; NaN where no such call was made before, or one of the two times is none. */
  get micros(): Float64Array {
    return this.#gaps;
  }

  /** Brings the gaps up to date. `newestFirst`: all places in the order of time, those of one time by id ascending. */
  update(table: CallTable, newestFirst: Uint32Array, isIdBefore: CompareIds): void {
    const added = table.length - this.#known;
    if (added === 0) return;
    this.#reserve(table.length);
    const groups = added <= FEW && this.#known > FEW ? gatherAlike(table, this.#known) : null;
    if (groups !== null && countCompared(groups, this.#known) <= MOST_COMPARED) {
      for (const group of groups) this.#addFew(table, group, isIdBefore);
    } else measureAll(table, newestFirst, this.#gaps);
    this.#known = table.length;
  }

  #reserve(length: number): void {
    if (length <= this.#gaps.length) return;
    const grown = makeArray(Float64Array, withSpare(length)).fill(NaN);
    grown.set(this.#gaps);
    this.#gaps = grown;
  }

  /** The new calls of a group may stand anywhere among the others. */
  #addFew(table: CallTable, group: readonly number[], isIdBefore: CompareIds): void {
    const { micros } = table;
    for (const place of group) {
      if (place < this.#known || Number.isNaN(micros[place])) continue;
      let [before, after] = [-1, -1];
      for (const other of group) {
        if (other === place || Number.isNaN(micros[other])) continue;
        if (isEarlier(table, other, place, isIdBefore)) {
          if (before < 0 || isEarlier(table, before, other, isIdBefore)) before = other;
        } else if (after < 0 || isEarlier(table, other, after, isIdBefore)) after = other;
      }
      if (before >= 0) this.#gaps[place] = micros[place]! - micros[before]!;
      if (after >= 0) this.#gaps[after] = micros[after]! - micros[place]!;
    }
  }
}

function countCompared(groups: readonly (readonly number[])[], known: number): number {
  return groups.reduce((sum, group) => sum + group.length * group.filter((place) => place >= known).length, 0);
}

function measureAll(table: CallTable, newestFirst: Uint32Array, gaps: Float64Array): void {
  const { micros } = table;
  gaps.fill(NaN);
  const visitAll = (visit: (place: number) => void): void => {
    // From the oldest on; those of one time stand by id ascending in whatever order.
    for (let [begin, end] = [newestFirst.length, newestFirst.length]; end > 0; end = begin) {
      const at = micros[newestFirst[--begin]!]!;
      if (Number.isNaN(at)) continue;
      while (begin > 0 && micros[newestFirst[begin - 1]!] === at) begin--;
      for (let slot = begin; slot < end; slot++) visit(newestFirst[slot]!);
    }
  };
  visitAlike(table, visitAll, (place, other) => {
    gaps[place] = micros[place]! - micros[other]!;
    return true;
  });
}
