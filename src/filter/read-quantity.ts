import type { Measure } from './names.js';

/** Amounts with units to the contract's inclusive integer bounds, exactly: no binary fraction is ever made. */

const DURATIONS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
]);
const DURATION = 'a duration. Write 500ms, 10s or 2m.';

const UNITS: Readonly<Record<Measure, ReadonlyMap<string, number>>> = {
  cost: new Map([
    ['', 100_000],
    ['c', 1000],
    ['¢', 1000],
  ]),
  tokens: new Map([
    ['', 1],
    ['k', 1000],
    ['m', 1_000_000],
  ]),
  latency: DURATIONS,
  ttft: DURATIONS,
};

const EXAMPLES: Readonly<Record<Measure, string>> = {
  cost: 'an amount. Write 0.05, $1.20 or 5c.',
  tokens: 'a number of tokens. Write 800, 100k or 2M.',
  latency: DURATION,
  ttft: DURATION,
};

/** A range of the contract: both ends belong to it. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** `operator`: `:`, `>`, `>=`, `<` or `<=`. A text in the answer is the reason why there is none. */
export function readRange(measure: Measure, operator: string, text: string): Range | string {
  const [, whole = '', fraction = '', unit = ''] =
    /^(\d*)(?:\.(\d*))?\s*([a-z¢]*)$/i.exec(measure === 'cost' ? text.replace(/^\$/, '') : text) ?? [];
  const scale = UNITS[measure].get(unit.toLowerCase());
  if (whole + fraction === '') return `“${text}” is not ${EXAMPLES[measure]}`;
  if (scale === undefined) {
    return unit === ''
      ? `“${text}” has no unit. Write ${text}ms, ${text}s or ${text}m.`
      : `“${text}” is not ${EXAMPLES[measure]}`;
  }
  const parts = 10n ** BigInt(fraction.length);
  const value = BigInt(whole + fraction) * BigInt(scale);
  const floor = value / parts;
  const isWhole = value % parts === 0n;
  const ceiling = isWhole ? floor : floor + 1n;
  if (ceiling + (operator === '>' ? 1n : 0n) > LARGEST) return `“${text}” is more than there can be.`;
  const bound = Number(floor);
  const next = Number(ceiling);
  switch (operator) {
    case '>':
      return { min: bound + 1 };
    case '>=':
      return { min: next };
    case '<':
      return next === 0 ? `Nothing is below ${text}.` : { max: next - 1 };
    case '<=':
      return { max: bound };
    default:
      return isWhole ? { min: bound, max: bound } : `Nothing is exactly ${text}. Write ${measure}> or ${measure}<.`;
  }
}
