import type { WireGroupsAnswer } from '../../../api/groups.js';
import type { ListFilter } from '../../../api/filter.js';
import type { FilterQuery, GroupsQuery } from '../../../api/query.js';
import { compareValues } from './list-facets.js';
import { eachChosen, MOST_CHOSEN, slotsBySignature, type SlotsOf } from './columns/call-sums.js';
import { listValues } from './columns/pass-signatures.js';
import type { CallTable } from './columns/call-table.js';
import type { Chosen } from './columns/select-calls.js';
import { classify } from './columns/signature-classes.js';
import { SumTable } from './columns/sum-table.js';
import type { IndexContext } from './index-context.js';
import { dateOfDay } from './local-days.js';
import { instantOfMicros } from './stored-time.js';

/** Sums over the calls of the filter by one of their fields, or by the day in `tz`; dearest first. */
export function listGroups(query: GroupsQuery, context: IndexContext): WireGroupsAnswer {
  const { by, ...filter } = query;
  const groups = by === 'day' ? groupByDay(filter, context) : groupBy(by, filter, context);
  groups.sort(
    (a, b) => (b.cost_millicents ?? -1) - (a.cost_millicents ?? -1) || b.calls - a.calls || compareValues(a.key, b.key),
  );
  return { by, groups, totals: context.selections.sum(filter, context) };
}

type Groups = WireGroupsAnswer['groups'];

function groupBy(name: ListFilter, filter: FilterQuery, context: IndexContext): Groups {
  const { table } = context.index;
  const selection = context.selections.select(filter, context);
  const { keys, ofSignature } = keyBy(name, filter, context);
  const sums = new SumTable(keys.length);
  sums.addSlots(context.selections.sumSignatures(filter, context), (own) => ofSignature[own]!);
  const times = new TimeTable(keys.length);
  times.add(table, selection, slotsBySignature(table, ofSignature));
  return keys.map((key, slot) => ({ key, ...sums.toWire(slot), ...times.toWire(slot) }));
}

function groupByDay(filter: FilterQuery, context: IndexContext): Groups {
  const { table } = context.index;
  const selection = context.selections.select(filter, context);
  const { keys, slots } = keyByDay(selection, filter.tz, context);
  const dayOf: SlotsOf = (places, count, into) => {
    for (let index = 0; index < count; index++) into[index] = slots[places[index]! - selection.begin]!;
  };
  const sums = new SumTable(keys.length);
  sums.addGroups(
    table,
    selection,
    classify(table.signatures, () => 0),
    keys.length,
    dayOf,
  );
  const times = new TimeTable(keys.length);
  times.add(table, selection, dayOf);
  return keys.map((key, slot) => ({ key, ...sums.toWire(slot), ...times.toWire(slot) }));
}

/**
 * The values that calls have in a field, as the contract shows them, and which of them each signature has. Of the calls
 * of a filter, or of all there are.
 */
export function keyBy(
  name: ListFilter,
  filter: FilterQuery | null,
  context: IndexContext,
): { readonly keys: readonly (string | null)[]; readonly ofSignature: Int32Array } {
  const { index, slugs, selections } = context;
  const { values, codes } = listValues(index.table.signatures, name, slugs);
  const sums = filter === null ? null : selections.sumSignatures(filter, context);
  const isUsed = new Uint8Array(values.length);
  for (let own = 0; own < codes.length; own++) if (sums === null || sums.calls(own) > 0) isUsed[codes[own]!] = 1;
  // By its value, not its code: an id without a row may be the slug of another project.
  const known = new Map<string | null, number>();
  for (const [code, value] of values.entries()) if (isUsed[code] && !known.has(value)) known.set(value, known.size);
  const keyOf = values.map((value) => known.get(value) ?? -1);
  const ofSignature = new Int32Array(codes.length);
  for (let own = 0; own < codes.length; own++) ofSignature[own] = keyOf[codes[own]!]!;
  return { keys: [...known.keys()], ofSignature };
}

/** A call whose time can't be read has no day: its key is null. The first slot is that of the place `begin`. */
function keyByDay(
  { mask, begin, end: stop }: Chosen,
  tz: string | undefined,
  { index, findDays }: IndexContext,
): { readonly keys: readonly (string | null)[]; readonly slots: Int32Array } {
  const days = findDays(tz);
  const { micros } = index.table;
  const known = new Map<number, number>();
  const keys: (string | null)[] = [];
  const slots = new Int32Array(stop - begin);
  let [start, end, slot] = [0, 0, 0];
  for (let place = begin; place < stop; place++) {
    if (mask[place] === 0) continue;
    const at = micros[place]!;
    if (!(at >= start && at < end)) {
      const day = Number.isNaN(at) ? NaN : days.dayOf(at);
      [start, end] = Number.isNaN(day) ? [0, 0] : [days.startOf(day), days.startOf(day + 1)];
      slot = known.get(day) ?? keys.push(Number.isNaN(day) ? null : dateOfDay(day)) - 1;
      known.set(day, slot);
    }
    slots[place - begin] = slot;
  }
  return { keys, slots };
}

/** Latencies and times of calls, by slot. */
class TimeTable {
  readonly #latencyMs: Float64Array;
  readonly #measured: Float64Array;
  readonly #first: Float64Array;
  readonly #last: Float64Array;

  constructor(slots: number) {
    this.#latencyMs = new Float64Array(slots);
    this.#measured = new Float64Array(slots);
    this.#first = new Float64Array(slots).fill(Infinity);
    this.#last = new Float64Array(slots).fill(-Infinity);
  }

  add({ micros, latencyMs }: CallTable, { mask, begin, end }: Chosen, slotsOf: SlotsOf): void {
    const slots = new Int32Array(MOST_CHOSEN);
    eachChosen(mask, begin, end, (places, count) => {
      slotsOf(places, count, slots);
      addLatencies(latencyMs, places, slots, count, this.#latencyMs, this.#measured);
      widenSpans(micros, places, slots, count, this.#first, this.#last);
    });
  }

  toWire(slot: number): { avg_latency_ms: number | null; first_call_at: string | null; last_call_at: string | null } {
    const measured = this.#measured[slot]!;
    const [first, last] = [this.#first[slot]!, this.#last[slot]!];
    return {
      avg_latency_ms: measured === 0 ? null : this.#latencyMs[slot]! / measured,
      first_call_at: first === Infinity ? null : instantOfMicros(first),
      last_call_at: last === -Infinity ? null : instantOfMicros(last),
    };
  }
}

// Loops by themselves for the sake of their speed, like those of call-sums.ts.

function addLatencies(
  latencyMs: Float64Array,
  places: Int32Array,
  slots: Int32Array,
  count: number,
  sums: Float64Array,
  measured: Float64Array,
): void {
  for (let index = 0; index < count; index++) {
    const slot = slots[index]!;
    const latency = latencyMs[places[index]!]!;
    if (latency !== latency) continue;
    sums[slot]! += latency;
    measured[slot]! += 1;
  }
}

function widenSpans(
  micros: Float64Array,
  places: Int32Array,
  slots: Int32Array,
  count: number,
  first: Float64Array,
  last: Float64Array,
): void {
  for (let index = 0; index < count; index++) {
    const slot = slots[index]!;
    const at = micros[places[index]!]!;
    if (at < first[slot]!) first[slot] = at;
    if (at > last[slot]!) last[slot] = at;
  }
}
