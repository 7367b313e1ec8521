import type { WireTotals } from '../../../../api/call.js';
import { addBlock, isUncutBy, NO_RULE, type Rule } from './block-sums.js';
import { addStretch, OWN_FIELDS, slotsByGroup, slotsBySignature, type SlotsOf } from './call-sums.js';
import { TOKEN_COUNTS } from './call-fields.js';
import type { CallTable } from './call-table.js';
import { makeArray } from './large-arrays.js';
import { countOnes, wordsOf } from './mask-words.js';
import type { Chosen } from './select-calls.js';
import { classify, TRAIT, type Classes } from './signature-classes.js';
import type { SignatureField } from './signature-table.js';
import type { TimeBuckets } from './time-buckets.js';

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
    this.#sums = makeArray(Float64Array, slots * FIELDS);
  }

  /** Sums over calls, a slot for each signature. Whatever a signature tells can be summed up from these. */
  static bySignature(table: CallTable, chosen: Chosen): SumTable {
    const { size } = table.signatures;
    const sums = new SumTable(size);
    sums.#addClasses(
      table,
      chosen,
      classify(table.signatures, (signature) => signature),
    );
    return sums;
  }

  /** Sums over all calls in one slot. */
  static total(table: CallTable, chosen: Chosen): SumTable {
    const sums = new SumTable(1);
    sums.#addClasses(
      table,
      chosen,
      classify(table.signatures, () => 0),
    );
    return sums;
  }

  #addClasses(table: CallTable, chosen: Chosen, classes: Classes): void {
    const own = makeArray(Float64Array, classes.count * OWN_FIELDS);
    const slotsOf = slotsBySignature(table, classes.ofSignature);
    const { mask, begin, end, rule } = chosen;
    if (rule !== null) addByRule(table, mask, rule, classes, own);
    else if (countOnes(wordsOf(mask)) * 2 <= table.length) addStretch(table, mask, begin, end, slotsOf, own);
    else {
      // Most of all calls: all of them, which blocks tell, but for the others. Whole numbers lose nothing by it.
      addByRule(table, null, NO_RULE, classes, own);
      const others = makeArray(Float64Array, own.length);
      addStretch(table, mask, 0, table.length, slotsOf, others, 1);
      for (let at = 0; at < own.length; at++) own[at]! -= others[at]!;
    }
    this.#addOwn(own, 0, classes, (key) => key);
  }

  /** Adds OWN_FIELDS of each class, from one on, each to the slot given for its key. */
  #addOwn(own: Float64Array, firstClass: number, classes: Classes, slotOf: (key: number) => number): void {
    const sums = this.#sums;
    for (let place = 0; place < classes.count; place++) {
      const from = (firstClass + place) * OWN_FIELDS;
      const [calls, unpriced, cost] = [own[from]!, own[from + 1]!, own[from + 2]!];
      if (calls === 0) continue;
      const to = slotOf(classes.keys[place]!) * FIELDS;
      const trait = classes.traits[place]!;
      sums[to]! += calls;
      if (trait & TRAIT.failed) sums[to + FAILED]! += calls;
      sums[to + UNPRICED]! += unpriced;
      if (trait & TRAIT.incomplete) sums[to + INCOMPLETE]! += calls;
      sums[to + COST]! += cost;
      if (trait & TRAIT.imputed) sums[to + IMPUTED]! += cost;
      for (let index = 0; index < TOKEN_COUNTS; index++) sums[to + TOKENS + index]! += own[from + 3 + index]!;
    }
  }

  /** Adds calls by the group that each one's place has, -1 leaving it out: to the slot `key * groups + group`. */
  addGroups(table: CallTable, chosen: Chosen, classes: Classes, groups: number, groupsOf: SlotsOf): void {
    const own = makeArray(Float64Array, groups * classes.count * OWN_FIELDS);
    const slotsOf = slotsByGroup(table, groupsOf, classes.ofSignature, classes.count);
    addStretch(table, chosen.mask, chosen.begin, chosen.end, slotsOf, own);
    this.#addAllOwn(own, classes, groups);
  }

  #addAllOwn(own: Float64Array, classes: Classes, groups: number): void {
    for (let group = 0; group < groups; group++) {
      this.#addOwn(own, group * classes.count, classes, (key) => key * groups + group);
    }
  }

  /** Adds calls by the stretch of time that each one is in; those of a class agree in the field, where there is one. */
  addBuckets(
    table: CallTable,
    chosen: Chosen,
    classes: Classes,
    buckets: TimeBuckets,
    field: SignatureField | null,
  ): void {
    const { rule } = chosen;
    if (rule === null || rule.passes !== null || rule.flags !== null) {
      this.addGroups(table, chosen, classes, buckets.count, buckets.bucketsOf(table));
      return;
    }
    const own = makeArray(Float64Array, buckets.count * classes.count * OWN_FIELDS);
    table.blocks.shortBy(field).add(table, chosen, rule, classes, buckets, own);
    this.#addAllOwn(own, classes, buckets.count);
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

/** Adds the calls of a rule, whose mask is needed where a block is cut. */
function addByRule(
  table: CallTable,
  mask: Uint8Array | null,
  rule: Rule,
  { ofSignature }: Classes,
  own: Float64Array,
): void {
  const slotsOf = slotsBySignature(table, ofSignature);
  table.blocks.visit(
    table,
    isUncutBy(rule.from, rule.before),
    (block) => addBlock(block, rule, ofSignature, own),
    (from, before) => addStretch(table, mask, from, before, slotsOf, own),
  );
}

/** The sums over no call. */
export const NO_SUMS: WireTotals = new SumTable(1).toWire(0);
