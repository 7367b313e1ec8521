import type { WireTotals } from '../../../../api/call.js';
import { eachChosen, OWN_FIELDS, sumStretch } from './block-sums.js';
import { TOKEN_COUNTS, type CallTable } from './call-table.js';
import type { Chosen } from './select-calls.js';
import type { SignatureField } from './signature-table.js';

const FAILED = 1;
const UNPRICED = 2;
const INCOMPLETE = 3;
const COST = 4;
const IMPUTED = 5;
const TOKENS = 6;
const FIELDS = TOKENS + TOKEN_COUNTS;

/** The contract's sums over calls, for as many slots as there are keys. */
export class SumTable {
  readonly #sums: Float64Array;

  constructor(slots: number) {
    this.#sums = new Float64Array(slots * FIELDS);
  }

  /** Sums over calls, a slot for each signature. Whatever a signature tells can be summed up from these. */
  static bySignature(table: CallTable, chosen: Chosen): SumTable {
    const own = sumSignatures(table, chosen);
    const sums = new SumTable(table.signatures.size);
    const traits = readTraits(table);
    for (let signature = 0; signature < table.signatures.size; signature++) {
      const from = signature * OWN_FIELDS;
      const to = signature * FIELDS;
      const trait = traits[signature]!;
      const [calls, unpriced, cost] = [own[from]!, own[from + 1]!, own[from + 2]!];
      sums.#sums[to] = calls;
      sums.#sums[to + FAILED] = trait & TRAIT.failed ? calls : 0;
      sums.#sums[to + UNPRICED] = unpriced;
      sums.#sums[to + INCOMPLETE] = trait & TRAIT.incomplete ? calls : 0;
      sums.#sums[to + COST] = cost;
      sums.#sums[to + IMPUTED] = trait & TRAIT.imputed ? cost : 0;
      for (let index = 0; index < TOKEN_COUNTS; index++) sums.#sums[to + TOKENS + index] = own[from + 3 + index]!;
    }
    return sums;
  }

  /** Adds calls, each to the slot that its place, counted from `begin`, has; -1 leaves it out. */
  add(table: CallTable, { mask, begin, end }: Chosen, slots: Int32Array): void {
    const sums = this.#sums;
    const cost = table.cost.data;
    const signature = table.signature.data;
    const counts = table.tokens.data;
    const traits = readTraits(table);
    eachChosen(mask, begin, end, (places, count) => {
      for (let index = 0; index < count; index++) {
        const place = places[index]!;
        const slot = slots[place - begin]!;
        if (slot < 0) continue;
        const at = slot * FIELDS;
        const trait = traits[signature[place]!]!;
        const millicents = cost[place]!;
        sums[at]! += 1;
        if (trait & TRAIT.failed) sums[at + FAILED]! += 1;
        if (trait & TRAIT.incomplete) sums[at + INCOMPLETE]! += 1;
        if (millicents === millicents) {
          sums[at + COST]! += millicents;
          if (trait & TRAIT.imputed) sums[at + IMPUTED]! += millicents;
        } else sums[at + UNPRICED]! += 1;
        const from = place * TOKEN_COUNTS;
        sums[at + TOKENS]! += counts[from]!;
        sums[at + TOKENS + 1]! += counts[from + 1]!;
        sums[at + TOKENS + 2]! += counts[from + 2]!;
        sums[at + TOKENS + 3]! += counts[from + 3]!;
        sums[at + TOKENS + 4]! += counts[from + 4]!;
      }
    });
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
      input_tokens: sums[at + TOKENS]!,
      output_tokens: sums[at + TOKENS + 1]!,
      thinking_tokens: sums[at + TOKENS + 2]!,
      cache_read_tokens: sums[at + TOKENS + 3]!,
      cache_write_tokens: sums[at + TOKENS + 4]!,
    };
  }
}

/** The OWN_FIELDS of each signature, over the chosen calls. */
function sumSignatures(table: CallTable, { mask, begin, end, rule }: Chosen): Float64Array {
  const sums = new Float64Array(table.signatures.size * OWN_FIELDS);
  const stretches = rule === null ? [[begin, end] as const] : table.blocks.add(table, rule, sums);
  for (const [from, before] of stretches) sumStretch(table, mask, from, before, sums);
  return sums;
}

/** What of a call's sums follows from its signature. */
const TRAIT = { failed: 1, incomplete: 2, imputed: 4 } as const;

/** The TRAIT values of each signature. */
function readTraits({ signatures }: CallTable): Uint8Array {
  const traits = new Uint8Array(signatures.size);
  const mark = (trait: number, field: SignatureField, test: (value: string | null) => boolean): void => {
    const isMarked = signatures.values(field).map(test);
    for (const [signature, code] of signatures.codes(field).entries()) if (isMarked[code]) traits[signature]! |= trait;
  };
  mark(TRAIT.failed, 'status', (status) => status !== 'success');
  mark(TRAIT.incomplete, 'isComplete', (isComplete) => isComplete === '0');
  mark(TRAIT.imputed, 'billing', (billing) => billing === 'subscription_imputed');
  return traits;
}

/** The sums over no call. */
export const NO_SUMS: WireTotals = new SumTable(1).toWire(0);
