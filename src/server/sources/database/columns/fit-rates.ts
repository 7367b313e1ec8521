import { priceTokens, type Rates } from '../../../../api/price-tokens.js';
import { TOKEN_COUNTS, TOKEN_FIELDS } from './call-fields.js';
import type { CallTable, Reals } from './call-table.js';

/** Rates that explain recorded costs: what `GET /api/pricing` calls implied. */
export interface FittedRates {
  /** Millicents per million tokens, in the order of TOKEN_FIELDS; null where no call used such tokens. */
  readonly rates: readonly (number | null)[];
  readonly step: number;
  readonly calls: number;
}

/** Steps of prices as providers choose them, millicents per million tokens, the coarsest first. */
const STEPS = [50_000, 25_000, 10_000, 5000, 2500, 1000, 500, 250, 100, 50, 25, 10, 5, 1];

/** Calls that rates are fitted to. */
const MOST_FITTED = 10_000;

/** A pivot that is so small a part of what it was is nothing but the rounding of doubles. */
const LEAST_PIVOT = 1e-9;

/**
 * For each slot the rates that its priced calls imply, null where they don't tell: by least squares, rounded to the
 * coarsest step at which every call comes out to the millicent. Where rates a step beside them fit as well, the calls
 * can't tell which are right.
 */
export function fitRates(table: CallTable, slotOf: Int32Array, slots: number): (FittedRates | null)[] {
  const placesOf = listPlaces(table, slotOf, slots);
  return placesOf.map((places) => fitSlot(table, places));
}

/** Places of the priced calls of each slot that used tokens. */
function listPlaces(table: CallTable, slotOf: Int32Array, slots: number): number[][] {
  const places: number[][] = Array.from({ length: slots }, () => []);
  const signature = table.signature.data;
  const cost = table.cost.data;
  const tokens = table.tokens.data;
  for (let place = 0; place < table.length; place++) {
    const slot = slotOf[signature[place]!]!;
    if (slot < 0 || Number.isNaN(cost[place]!)) continue;
    const from = place * TOKEN_COUNTS;
    const used = tokens[from]! + tokens[from + 1]! + tokens[from + 2]! + tokens[from + 3]! + tokens[from + 4]!;
    if (used > 0) places[slot]!.push(place);
  }
  return places;
}

function fitSlot(table: CallTable, places: readonly number[]): FittedRates | null {
  const cost = table.cost.data;
  const tokens = table.tokens.data;
  const isUsed = (kind: number): boolean => places.some((place) => tokens[place * TOKEN_COUNTS + kind]! > 0);
  const kinds = TOKEN_FIELDS.map((_, kind) => kind).filter(isUsed);
  const fitted = solveLeastSquares(tokens, cost, sample(places), kinds);
  if (fitted === null) return null;
  const explains = (rates: readonly number[]): boolean =>
    places.every((place) => priceCall(tokens, place, kinds, rates) === cost[place]);
  for (const step of STEPS) {
    const rates = fitted.map((rate) => Math.max(0, Math.round(rate / step) * step));
    if (!explains(rates)) continue;
    if (listNeighbours(rates, step).some(explains)) return null;
    return {
      rates: TOKEN_FIELDS.map((_, kind) => (kinds.includes(kind) ? rates[kinds.indexOf(kind)]! : null)),
      step,
      calls: places.length,
    };
  }
  return null;
}

/** As many of them as a fit needs, from all over: each call is looked at when the fit is checked. */
function sample(places: readonly number[]): readonly number[] {
  const every = Math.ceil(places.length / MOST_FITTED);
  return places.filter((_, at) => at % every === 0);
}

/** The rates of these kinds that come nearest to the costs; null where the calls are too much alike to tell them apart. */
function solveLeastSquares(
  tokens: Reals,
  cost: Reals,
  places: readonly number[],
  kinds: readonly number[],
): readonly number[] | null {
  const size = kinds.length;
  if (size === 0 || places.length < size) return null;
  const matrix = kinds.map(() => new Float64Array(size + 1));
  for (const place of places) {
    // What was floored lies half a millicent below what it was, on average.
    const millicents = (cost[place]! + 0.5) * 1_000_000;
    for (let row = 0; row < size; row++) {
      const count = tokens[place * TOKEN_COUNTS + kinds[row]!]!;
      for (let column = 0; column < size; column++) {
        matrix[row]![column]! += count * tokens[place * TOKEN_COUNTS + kinds[column]!]!;
      }
      matrix[row]![size]! += count * millicents;
    }
  }
  const diagonal = matrix.map((row, at) => row[at]!);
  for (let pivot = 0; pivot < size; pivot++) {
    const own = matrix[pivot]!;
    if (!(own[pivot]! > diagonal[pivot]! * LEAST_PIVOT)) return null;
    for (const row of matrix.slice(pivot + 1)) {
      const factor = row[pivot]! / own[pivot]!;
      for (let column = pivot; column <= size; column++) row[column]! -= factor * own[column]!;
    }
  }
  const rates = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = matrix[row]![size]!;
    for (let column = row + 1; column < size; column++) rest -= matrix[row]![column]! * rates[column]!;
    rates[row] = rest / matrix[row]![row]!;
  }
  return rates;
}

/** The daemon's own arithmetic; exact also where a double is not. */
function priceCall(tokens: Reals, place: number, kinds: readonly number[], rates: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < kinds.length; at++) sum += tokens[place * TOKEN_COUNTS + kinds[at]!]! * rates[at]!;
  if (sum < Number.MAX_SAFE_INTEGER) return Math.floor(sum / 1_000_000);
  const byName = (values: (kind: number) => number): Rates =>
    Object.fromEntries(TOKEN_FIELDS.map((name, kind) => [name, values(kind)])) as unknown as Rates;
  return priceTokens(
    byName((kind) => tokens[place * TOKEN_COUNTS + kind]!),
    byName((kind) => rates[kinds.indexOf(kind)] ?? 0),
  );
}

/** All rates of which some are a step away and the others the same. */
function listNeighbours(rates: readonly number[], step: number): number[][] {
  const all = rates.reduce<number[][]>(
    (lists, rate) => lists.flatMap((list) => [-step, 0, step].map((away) => [...list, rate + away])),
    [[]],
  );
  return all.filter((list) => list.every((rate) => rate >= 0) && list.some((rate, at) => rate !== rates[at]));
}
