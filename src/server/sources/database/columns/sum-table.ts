import type { WireTotals } from '../../../../api/call.js';
import type { CallTable } from './call-table.js';

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

/** Eight sums fill one line of the processor's cache. */
const OWN_FIELDS = 8;

/** The contract's sums over calls, for as many slots as there are keys. */
export class SumTable {
  readonly #sums: Float64Array;

  constructor(slots: number) {
    this.#sums = new Float64Array(slots * FIELDS);
  }

  /** Sums over the calls of a mask, a slot for each signature. Whatever a signature tells can be summed up from these. */
  static bySignature(table: CallTable, mask: Uint8Array): SumTable {
    const own = sumSignatures(table, mask);
    const sums = new SumTable(table.signatures.size);
    const { isFailed, isIncomplete, isImputed } = markSignatures(table);
    for (let signature = 0; signature < table.signatures.size; signature++) {
      const [calls, unpriced, cost, ...tokens] = own.subarray(signature * OWN_FIELDS, (signature + 1) * OWN_FIELDS);
      sums.#sums.set(
        [
          calls!,
          calls! * isFailed[signature]!,
          unpriced!,
          calls! * isIncomplete[signature]!,
          cost!,
          cost! * isImputed[signature]!,
          ...tokens,
        ],
        signature * FIELDS,
      );
    }
    return sums;
  }

  /** Adds the calls of a mask, each to the slot that its place has; -1 leaves it out. */
  add(table: CallTable, mask: Uint8Array, slots: Int32Array): void {
    const sums = this.#sums;
    const { cost } = table;
    const signature = table.signature.data;
    const [input, output, thinking] = [table.tokens.input.data, table.tokens.output.data, table.tokens.thinking.data];
    const [cacheRead, cacheWrite] = [table.tokens.cacheRead.data, table.tokens.cacheWrite.data];
    const { isFailed, isIncomplete, isImputed } = markSignatures(table);
    for (let place = 0; place < mask.length; place++) {
      if (mask[place] === 0 || slots[place]! < 0) continue;
      const at = slots[place]! * FIELDS;
      const own = signature[place]!;
      const millicents = cost[place]!;
      sums[at]! += 1;
      sums[at + FAILED]! += isFailed[own]!;
      sums[at + INCOMPLETE]! += isIncomplete[own]!;
      if (millicents === millicents) {
        sums[at + COST]! += millicents;
        sums[at + IMPUTED]! += millicents * isImputed[own]!;
      } else sums[at + UNPRICED]! += 1;
      sums[at + INPUT]! += input[place]!;
      sums[at + OUTPUT]! += output[place]!;
      sums[at + THINKING]! += thinking[place]!;
      sums[at + CACHE_READ]! += cacheRead[place]!;
      sums[at + CACHE_WRITE]! += cacheWrite[place]!;
    }
  }

  /** Adds what stands in the slots of another table, each to the slot given for it; -1 leaves it out. */
  addSlots(other: SumTable, slotOf: (otherSlot: number) => number): void {
    const count = other.#sums.length / FIELDS;
    for (let from = 0; from < count; from++) {
      const slot = other.calls(from) === 0 ? -1 : slotOf(from);
      if (slot < 0) continue;
      for (let field = 0; field < FIELDS; field++) {
        this.#sums[slot * FIELDS + field]! += other.#sums[from * FIELDS + field]!;
      }
    }
  }

  calls(slot: number): number {
    return this.#sums[slot * FIELDS]!;
  }

  /** The cost of no calls is 0, that of unpriced calls only is null. */
  cost(slot: number): number | null {
    const at = slot * FIELDS;
    const [calls, unpriced] = [this.#sums[at]!, this.#sums[at + UNPRICED]!];
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

/** Calls, unpriced ones, cost and five token counts of each signature: the loop that most answers spend their time in. */
function sumSignatures(table: CallTable, mask: Uint8Array): Float64Array {
  const sums = new Float64Array(table.signatures.size * OWN_FIELDS);
  const { cost } = table;
  const signature = table.signature.data;
  const [input, output, thinking] = [table.tokens.input.data, table.tokens.output.data, table.tokens.thinking.data];
  const [cacheRead, cacheWrite] = [table.tokens.cacheRead.data, table.tokens.cacheWrite.data];
  for (let place = 0; place < mask.length; place++) {
    if (mask[place] === 0) continue;
    const at = signature[place]! * OWN_FIELDS;
    const millicents = cost[place]!;
    sums[at]! += 1;
    if (millicents === millicents) sums[at + 2]! += millicents;
    else sums[at + 1]! += 1;
    sums[at + 3]! += input[place]!;
    sums[at + 4]! += output[place]!;
    sums[at + 5]! += thinking[place]!;
    sums[at + 6]! += cacheRead[place]!;
    sums[at + 7]! += cacheWrite[place]!;
  }
  return sums;
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
