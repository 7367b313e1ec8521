import type { Measure } from './names.js';

/** Integer amounts of the contract (millicents, tokens, milliseconds) as people write them: `0.05`, `100k`, `10s`. */

/** All digits of `value / 10 ** places`, without trailing zeros. */
function printDecimal(value: number, places: number): string {
  const digits = String(value).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction && `.${fraction}`);
}

function printDuration(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  if (ms % 60_000 > 0) return `${printDecimal(ms, 3)}s`;
  return ms % 3_600_000 > 0 ? `${ms / 60_000}m` : `${ms / 3_600_000}h`;
}

const PRINTERS: Readonly<Record<Measure, (value: number) => string>> = {
  cost: (millicents) => printDecimal(millicents, 5),
  tokens: (tokens) => {
    if (tokens === 0 || tokens % 1000 > 0) return String(tokens);
    return tokens % 1e6 > 0 ? `${tokens / 1000}k` : `${tokens / 1e6}M`;
  },
  latency: printDuration,
  ttft: printDuration,
};

export function printQuantity(measure: Measure, value: number): string {
  return PRINTERS[measure](value);
}

/** Digits that say something: `0.050` has one. */
const countDigits = (text: string): number => text.replace(/\D/g, '').replace(/^0+|0+$/g, '').length;

/** An inclusive bound in the rounder of its two forms: `>=100k`, but `>0.05` for 5,001 millicents. */
export function printBound(side: 'min' | 'max', measure: Measure, value: number): { operator: string; text: string } {
  const inclusive = printQuantity(measure, value);
  const beside = side === 'min' ? value - 1 : value + 1;
  if (Number.isSafeInteger(beside) && beside >= 0) {
    const exclusive = printQuantity(measure, beside);
    if (countDigits(exclusive) < countDigits(inclusive))
      return { operator: side === 'min' ? '>' : '<', text: exclusive };
  }
  return { operator: side === 'min' ? '>=' : '<=', text: inclusive };
}

/** A bound of the contract; null where the text is none. */
export function readBound(text: string): number | null {
  const value = Number(text);
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(value) ? value : null;
}
