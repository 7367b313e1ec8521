import { findSpan } from './block-span.js';
import type { Rule } from './block-sums.js';
import { addStretch, OWN_FIELDS, slotsByGroup, slotsBySignature } from './call-sums.js';
import type { CallTable } from './call-table.js';
import type { Chosen } from './select-calls.js';
import { classify, type Classes } from './signature-classes.js';
import type { SignatureField } from './signature-table.js';
import type { TimeBuckets } from './time-buckets.js';

/** Calls in a short block: some hours of a busy year, so that the borders of days cut few of them. */
const SHORT_CALLS = 1024;

/** Calls that stand together: sums of those of one class, and when the first and last of all was. */
interface ShortBlock {
  /** Of each class that has calls here, one signature: numbers of classes change as calls come. */
  readonly signatures: Uint32Array;
  /** OWN_FIELDS for each of them. */
  readonly sums: Float64Array;
  /** Microseconds; NaN where a time can't be read. */
  readonly first: number;
  readonly last: number;
}

/**
 * Sums of each short block of calls by one field and by what else their sums depend on, made when they are first asked
 * for. Stretches of time are summed up from these in any zone, but for the blocks that a border of theirs cuts.
 */
export class ShortBlocks {
  readonly #field: SignatureField | null;
  #blocks: (ShortBlock | undefined)[] = [];

  /** @param field what the calls are split by, null for nothing */
  constructor(field: SignatureField | null) {
    this.#field = field;
  }

  /** Calls of these places were changed. */
  forget(from: number, before: number): void {
    const end = Math.min(Math.ceil(before / SHORT_CALLS), this.#blocks.length);
    for (let block = Math.floor(from / SHORT_CALLS); block < end; block++) this.#blocks[block] = undefined;
  }

  /**
   * Adds calls that are chosen by their time alone, to OWN_FIELDS of the slot `bucket * classes + class`. The classes may
   * tell them apart by the field, and no further.
   */
  add(
    table: CallTable,
    { mask, begin, end }: Chosen,
    { from, before }: Pick<Rule, 'from' | 'before'>,
    classes: Classes,
    buckets: TimeBuckets,
    into: Float64Array,
  ): void {
    const slotsOf = slotsByGroup(table, buckets.bucketsOf(table), classes.ofSignature, classes.count);
    const walk = (first: number, last: number): void => addStretch(table, mask, first, last, slotsOf, into);
    const firstWhole = Math.ceil(begin / SHORT_CALLS);
    const lastWhole = Math.floor(end / SHORT_CALLS);
    if (firstWhole >= lastWhole) return walk(begin, end);
    walk(begin, firstWhole * SHORT_CALLS);
    let split: Classes | undefined;
    for (let place = firstWhole; place < lastWhole; place++) {
      let block = this.#blocks[place];
      if (block === undefined) {
        split ??= this.#split(table);
        this.#blocks[place] = block = sumShort(table, place * SHORT_CALLS, split);
      }
      const bucket = block.first >= from && block.last < before ? buckets.find(block.first) : -1;
      if (bucket !== -1 && buckets.find(block.last) === bucket) addShort(block, bucket, classes, into);
      else walk(place * SHORT_CALLS, (place + 1) * SHORT_CALLS);
    }
    walk(lastWhole * SHORT_CALLS, end);
  }

  #split({ signatures }: CallTable): Classes {
    const codes = this.#field === null ? null : signatures.codes(this.#field);
    return classify(signatures, (signature) => codes?.[signature] ?? 0);
  }
}

function addShort({ signatures, sums }: ShortBlock, bucket: number, classes: Classes, into: Float64Array): void {
  for (let place = 0; place < signatures.length; place++) {
    const own = classes.ofSignature[signatures[place]!]!;
    if (own < 0) continue;
    const to = (bucket * classes.count + own) * OWN_FIELDS;
    for (let field = 0; field < OWN_FIELDS; field++) into[to + field]! += sums[place * OWN_FIELDS + field]!;
  }
}

function sumShort(table: CallTable, begin: number, { count, ofSignature }: Classes): ShortBlock {
  const end = begin + SHORT_CALLS;
  const all = new Float64Array(count * OWN_FIELDS);
  addStretch(table, null, begin, end, slotsBySignature(table, ofSignature), all);
  const present = Array.from({ length: count }, (_, own) => own).filter((own) => all[own * OWN_FIELDS]! > 0);
  const sums = new Float64Array(present.length * OWN_FIELDS);
  for (const [place, own] of present.entries()) {
    sums.set(all.subarray(own * OWN_FIELDS, (own + 1) * OWN_FIELDS), place * OWN_FIELDS);
  }
  const signatures = Uint32Array.from(present, (own) => ofSignature.indexOf(own));
  return { signatures, sums, ...findSpan(table.micros, begin, end) };
}
