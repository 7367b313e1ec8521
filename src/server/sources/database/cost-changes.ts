import type { FilterQuery } from '../../../api/query.js';
import type { WireStripAnswer } from '../../../api/strip.js';
import type { Chosen } from './columns/select-calls.js';
import type { SumTable } from './columns/sum-table.js';
import type { IndexContext } from './index-context.js';
import { nameModel, readRates } from './rates.js';
import { instantOfMicros, microsOfBound } from './stored-time.js';

type Change = WireStripAnswer['changes'][number];

interface Weighed {
  readonly change: Change;
  /** Cost in the window of what changed. */
  readonly weight: number;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

const MAX_CHANGES = 12;

/** The dearest projects, in which changes of the model are looked for. */
const MAX_PROJECTS = 8;

/** Stretches of time that are compared: days, or more at a time where there are more days than this. */
const MAX_STRETCHES = 400;

/** A model stays when it is the most used one of so many stretches with calls in a row. */
const STAYS = 3;

/** What changed in the window and bears on the cost: rates of models that were called, and the models of projects. */
export function findChanges(query: FilterQuery, chosen: Chosen, range: Range, context: IndexContext): Change[] {
  const sums = context.selections.sumSignatures(query, context);
  return [...findRateChanges(sums, range, context), ...findModelChanges(query, chosen, sums, range, context)]
    .sort((a, b) => b.weight - a.weight || (a.change.at < b.change.at ? -1 : 1))
    .slice(0, MAX_CHANGES)
    .map(({ change }) => change);
}

/** Rates that took the place of others, of models that were called. */
function findRateChanges(sums: SumTable, { first, last }: Range, { snapshot, index }: IndexContext): Weighed[] {
  const { signatures } = index.table;
  const costs = new Map<string, number>();
  for (let own = 0; own < signatures.size; own++) {
    if (sums.calls(own) === 0) continue;
    const name = nameModel(signatures.valueOf(own, 'provider'), signatures.valueOf(own, 'model'));
    costs.set(name, (costs.get(name) ?? 0) + (sums.cost(own) ?? 0));
  }
  const found = new Map<string, Weighed>();
  const rates = readRates(snapshot);
  // The rates of one model and mode follow each other, the newest first.
  for (const [place, rate] of rates.entries()) {
    const earlier = rates[place + 1];
    const weight = costs.get(nameModel(rate.provider, rate.model));
    const at = microsOfBound(rate.from);
    if (weight === undefined || !(at > first && at <= last)) continue;
    const isSameList =
      earlier?.provider === rate.provider && earlier.model === rate.model && earlier.mode === rate.mode;
    if (!isSameList || JSON.stringify(earlier.rates) === JSON.stringify(rate.rates)) continue;
    const change: Change = { at: instantOfMicros(at), kind: 'rate', project: null, from: null, to: rate.model };
    found.set(`${rate.model} ${change.at}`, { change, weight });
  }
  return [...found.values()];
}

/** The days from which on most calls of a project went to another model, or another provider's. */
function findModelChanges(
  query: FilterQuery,
  chosen: Chosen,
  sums: SumTable,
  { first, last }: Range,
  { index, slugs, findDays }: IndexContext,
): Weighed[] {
  const { table } = index;
  const { signatures, micros } = table;
  const days = findDays(query.tz);
  const [firstDay, lastDay] = [days.dayOf(first), days.dayOf(last)];
  const length = Math.ceil((lastDay - firstDay + 1) / MAX_STRETCHES);
  const stretches = Math.ceil((lastDay - firstDay + 1) / length);
  const projects = rankProjects(sums, index);
  const models = nameModels(index);
  const rankOf = new Map([...projects.keys()].map((project, rank) => [project, rank]));
  const slotOf = Int32Array.from(signatures.codes('projectId'), (project, own) => {
    const rank = rankOf.get(project);
    return rank === undefined ? -1 : rank * stretches * models.names.length + models.codes[own]!;
  });
  const counts = new Uint32Array(projects.size * stretches * models.names.length);
  const signature = table.signature.data;
  let [start, end, stretch] = [0, 0, 0];
  const { mask, begin, end: stop } = chosen;
  for (let place = begin; place < stop; place++) {
    if (mask[place] === 0) continue;
    const slot = slotOf[signature[place]!]!;
    const at = micros[place]!;
    if (slot < 0 || Number.isNaN(at)) continue;
    if (!(at >= start && at < end)) {
      const day = days.dayOf(at);
      [start, end] = [days.startOf(day), days.startOf(day + 1)];
      stretch = Math.floor((day - firstDay) / length);
    }
    counts[slot + stretch * models.names.length]!++;
  }
  return [...projects].flatMap(([project, weight], rank) => {
    const perProject = stretches * models.names.length;
    const leading = findLeading(counts.subarray(rank * perProject, (rank + 1) * perProject), models.names.length);
    return findStays(leading).map(({ stretch: at, from, to }) => {
      const [old, now] = [models.names[from]!, models.names[to]!];
      const id = signatures.values('projectId')[project] ?? '';
      const isProvider = old.provider !== now.provider;
      const change: Change = {
        at: instantOfMicros(Math.max(first, days.startOf(firstDay + at * length))),
        kind: isProvider ? 'provider' : 'model',
        project: slugs.get(id) ?? id,
        from: isProvider ? old.provider : old.model,
        to: isProvider ? now.provider : now.model,
      };
      return { change, weight };
    });
  });
}

/** The dearest projects and what they cost. */
function rankProjects(sums: SumTable, { table }: IndexContext['index']): Map<number, number> {
  const costs = new Map<number, number>();
  for (const [own, project] of table.signatures.codes('projectId').entries()) {
    if (sums.calls(own) > 0) costs.set(project, (costs.get(project) ?? 0) + (sums.cost(own) ?? 0));
  }
  return new Map([...costs].sort((a, b) => b[1] - a[1]).slice(0, MAX_PROJECTS));
}

interface Models {
  readonly names: readonly { readonly provider: string | null; readonly model: string | null }[];
  /** The model of each signature. */
  readonly codes: readonly number[];
}

/** Models of one name but different providers are different ones. */
function nameModels({ table }: IndexContext['index']): Models {
  const { signatures } = table;
  const known = new Map<string, number>();
  const names: { provider: string | null; model: string | null }[] = [];
  const codes = Array.from({ length: signatures.size }, (_, own) => {
    const name = { provider: signatures.valueOf(own, 'provider'), model: signatures.valueOf(own, 'model') };
    const text = JSON.stringify(name);
    const code = known.get(text) ?? names.push(name) - 1;
    known.set(text, code);
    return code;
  });
  return { names, codes };
}

/** The most called model of each stretch, -1 for stretches without a call. */
function findLeading(counts: Uint32Array, models: number): number[] {
  const leading: number[] = [];
  for (let from = 0; from < counts.length; from += models) {
    let best = -1;
    for (let model = 0; model < models; model++) {
      if (counts[from + model]! > (best === -1 ? 0 : counts[from + best]!)) best = model;
    }
    leading.push(best);
  }
  return leading;
}

/** Where one model that stayed takes the place of another that did. */
function findStays(leading: readonly number[]): { stretch: number; from: number; to: number }[] {
  const runs: { model: number; stretch: number; length: number }[] = [];
  for (const [stretch, model] of leading.entries()) {
    if (model === -1) continue;
    const run = runs.at(-1);
    if (run?.model === model) run.length++;
    else runs.push({ model, stretch, length: 1 });
  }
  const changes: { stretch: number; from: number; to: number }[] = [];
  let current: number | null = null;
  for (const { model, stretch, length } of runs) {
    if (length < STAYS) continue;
    if (current !== null && current !== model) changes.push({ stretch, from: current, to: model });
    current = model;
  }
  return changes;
}
