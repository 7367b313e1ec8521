import type { WireTotals } from '../../../../api/call.js';
import type { CallTable } from './call-table.js';

const CALLS = 0;
const FAILED = 1;
const UNPRICED = 2;
const INCOMPLETE = 3;
const COST = 4;
const IMPUTED = 5;
const INPUT = 6;
const OUTPUT = 7;
const THINKING = 8;
const CACHE_READ = 9;
const CACHE_WRITE = 10;
const FIELDS = 11;

/** Gives a call its slot in a table of sums; -1 leaves it out. */
export type SlotOf = (place: number) => number;

/** The contract's sums over calls, for as many slots as there are keys. */
export class SumTable {
  readonly #sums: Float64Array;

  constructor(slots: number) {
    this.#sums = new Float64Array(slots * FIELDS);
  }

  /** Adds the calls of a mask, each to the slot of its own. */
  add(table: CallTable, mask: Uint8Array, slotOf: SlotOf): void {
    const sums = this.#sums;
    const { cost } = table;
    const signature = table.signature.data;
    const [input, output, thinking] = [table.tokens.input.data, table.tokens.output.data, table.tokens.thinking.data];
    const [cacheRead, cacheWrite] = [table.tokens.cacheRead.data, table.tokens.cacheWrite.data];
    const { isFailed, isIncomplete, isImputed } = markSignatures(table);
    for (let place = 0; place < mask.length; place++) {
      if (mask[place] === 0) continue;
      const slot = slotOf(place);
      if (slot < 0) continue;
      const at = slot * FIELDS;
      const own = signature[place]!;
      const millicents = cost[place]!;
      sums[at]! += 1;
      sums[at + FAILED]! += isFailed[own]!;
      sums[at + INCOMPLETE]! += isIncomplete[own]!;
      if (millicents === millicents) {
        sums[at + COST]! += millicents;
        if (isImputed[own]) sums[at + IMPUTED]! += millicents;
      } else sums[at + UNPRICED]! += 1;
      sums[at + INPUT]! += input[place]!;
      sums[at + OUTPUT]! += output[place]!;
      sums[at + THINKING]! += thinking[place]!;
      sums[at + CACHE_READ]! += cacheRead[place]!;
      sums[at + CACHE_WRITE]! += cacheWrite[place]!;
    }
  }

  /** Adds what stands in a slot of another table. */
  addSlot(slot: number, other: SumTable, otherSlot: number): void {
    for (let field = 0; field < FIELDS; field++) {
      this.#sums[slot * FIELDS + field]! += other.#sums[otherSlot * FIELDS + field]!;
    }
  }

  calls(slot: number): number {
    return this.#sums[slot * FIELDS + CALLS]!;
  }

  /** The cost of no calls is 0, that of unpriced calls only is null. */
  cost(slot: number): number | null {
    const at = slot * FIELDS;
    const [calls, unpriced] = [this.#sums[at + CALLS]!, this.#sums[at + UNPRICED]!];
    return calls > 0 && unpriced === calls ? null : this.#sums[at + COST]!;
  }

  unpriced(slot: number): number {
    return this.#sums[slot * FIELDS + UNPRICED]!;
  }

  toWire(slot: number): WireTotals {
    const at = slot * FIELDS;
    const sums = this.#sums;
    return {
      calls: sums[at]!,
      failed_calls: sums[at + FAILED]!,
      unpriced_calls: sums[at + UNPRICED]!,
      incomplete_calls: sums[at + INCOMPLETE]!,
      cost_millicents: this.cost(slot),
      imputed_millicents: Math.max(0, sums[at + IMPUTED]!),
      input_tokens: sums[at + INPUT]!,
      output_tokens: sums[at + OUTPUT]!,
      thinking_tokens: sums[at + THINKING]!,
      cache_read_tokens: sums[at + CACHE_READ]!,
      cache_write_tokens: sums[at + CACHE_WRITE]!,
    };
  }
}

/** Sums over all calls of a mask. */
export function sumMask(table: CallTable, mask: Uint8Array): WireTotals {
  const sums = new SumTable(1);
  sums.add(table, mask, () => 0);
  return sums.toWire(0);
}

/** What of a call's sums follows from its signature: 1 where it is so. */
function markSignatures({ signatures }: CallTable): Record<'isFailed' | 'isIncomplete' | 'isImputed', Uint8Array> {
  const mark = (field: 'status' | 'isComplete' | 'billing', test: (value: string | null) => boolean): Uint8Array => {
    const marks = signatures.values(field).map((value) => Number(test(value)));
    return Uint8Array.from(signatures.codes(field), (code) => marks[code]!);
  };
  return {
    isFailed: mark('status', (status) => status !== 'success'),
    isIncomplete: mark('isComplete', (isComplete) => isComplete === '0'),
    isImputed: mark('billing', (billing) => billing === 'subscription_imputed'),
  };
}

/** The sums over no call. */
export const NO_SUMS: WireTotals = new SumTable(1).toWire(0);
