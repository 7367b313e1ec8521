import { type CallDetail, TOKEN_KINDS } from './body-price.js';
import { tokensCell } from './call-cells.js';
import { type CellText, DASH, hasNoUsage, sumTokens } from './call-state.js';
import { type CostDifference, KIND_KEYS, type KindKey, sumCost, toMillionths } from './cost-parts.js';
import type { LetteredCall } from './cost-words.js';
import { countExactDecimals, formatExactDifference, formatExactly } from './exact-money.js';
import { formatCount } from './format.js';

/** The calculation as rows of texts: what is drawn as a table, and copied. */

export interface CostColumn {
  readonly label: string;
  /** The width from which the column stands. */
  readonly classes: string;
}

export interface CostRow {
  readonly isTotal: boolean;
  /** Letter of the call whose total it is. */
  readonly letter: string | null;
  readonly label: string;
  readonly cells: readonly CellText[];
  /** Where its bar begins and ends, in millionths of a millicent; a total's begins at 0. Null: it has none. */
  readonly bar: { readonly from: bigint; readonly to: bigint } | null;
}

export interface CostTable {
  readonly label: string;
  readonly columns: readonly CostColumn[];
  readonly rows: readonly CostRow[];
}

const NONE: CellText = { text: '' };
const ZERO: CellText = { text: '0', isMuted: true };
/** Rounded down to 0 by the daemon: small, not free. */
const LEAST: CellText = { text: '<$0.00001' };
const NO_CHANGE: CellText = { text: 'no change', isMuted: true };
const NOT_PRICED: CellText = { mark: 'unpriced', text: 'not priced' };
const LEADING_ZEROS = /^[+−]?\$0\.0*/;

/** Money to its last digit, leading zeros standing back so that what counts is read first. */
function moneyCell(text: string): CellText {
  const zeros = LEADING_ZEROS.exec(text)?.[0] ?? '';
  return { lead: zeros, text: text.slice(zeros.length) };
}

const amountCell = (millionths: bigint, decimals: number): CellText =>
  millionths === 0n ? ZERO : moneyCell(formatExactly(millionths, decimals));

const changeCell = (millionths: bigint, decimals: number): CellText =>
  millionths === 0n ? ZERO : moneyCell(formatExactDifference(millionths, decimals));

/** `isProven`: what was rounded down to 0 stands above it. */
function recordedCell(call: CallDetail, decimals: number, isProven = false): CellText {
  if (call.costMillicents === null) return call.status === 'blocked_by_policy' ? DASH : NOT_PRICED;
  if (call.costMillicents === 0 && sumTokens(call) > 0 && !isProven) return LEAST;
  const bound = call.complete ? '' : '≥\u00a0';
  const recorded = amountCell(toMillionths(call.costMillicents), decimals);
  return { ...recorded, lead: bound + (recorded.lead ?? '') };
}

/** The rates of some calls, all with as many decimals as the longest has. */
function rateCells(calls: readonly CallDetail[]): (call: CallDetail, kind: KindKey) => CellText {
  const rates = calls.flatMap(({ price }) =>
    price === null ? [] : KIND_KEYS.map((kind) => toMillionths(price[kind])),
  );
  const decimals = Math.max(2, ...rates.map((rate) => countExactDecimals(rate)));
  return ({ price }, kind) => (price === null ? DASH : amountCell(toMillionths(price[kind]), decimals));
}

/** Tokens times rate of one call, line by line, down to what was recorded. */
export function listCostRows(call: CallDetail): CostTable {
  const sum = sumCost(call);
  const exact = sum === null ? [] : [...KIND_KEYS.map((kind) => sum.kinds[kind]), sum.rounding];
  const decimals = Math.max(5, ...exact.map((amount) => countExactDecimals(amount)));
  const rate = rateCells([call]);
  let reached = 0n;
  const step = (label: string, cells: readonly CellText[], amount: bigint | null, isTotal = false): CostRow => {
    const from = isTotal ? 0n : reached;
    if (amount !== null) reached = from + amount;
    return { isTotal, letter: null, label, cells, bar: sum === null || amount === null ? null : { from, to: reached } };
  };
  const rows = KIND_KEYS.map((kind) => {
    const amount = sum?.kinds[kind] ?? null;
    const cost = amount === null ? DASH : amountCell(amount, decimals);
    const { label, count } = TOKEN_KINDS[kind];
    return step(label, [tokensCell(call, count(call)), rate(call, kind), cost], amount);
  });
  if (sum !== null && sum.rounding !== 0n) {
    rows.push(step('Rounded down by the daemon', [NONE, NONE, amountCell(sum.rounding, decimals)], sum.rounding));
  }
  if (sum !== null && sum.beyond !== 0n) {
    const product = sum.recorded - sum.beyond;
    rows.push(step('Tokens times rate', [NONE, NONE, amountCell(product, decimals)], product, true));
    rows.push(step('Recorded otherwise', [NONE, NONE, changeCell(sum.beyond, decimals)], sum.beyond));
  }
  rows.push(step('Recorded', [NONE, NONE, recordedCell(call, decimals, sum !== null)], sum?.recorded ?? null, true));
  return {
    label: 'Kind of tokens',
    columns: [
      { label: 'Tokens', classes: '' },
      { label: 'per million', classes: '' },
      { label: 'Cost', classes: '' },
    ],
    rows,
  };
}

const DECIMALS = 5;

/** From what A cost to what B cost, step by step. */
export function listDifferenceRows(a: LetteredCall, b: LetteredCall, split: CostDifference): CostTable {
  const [from, to] = [a.call, b.call];
  const rate = rateCells([from, to]);
  const isCounted = !hasNoUsage(from) && !hasNoUsage(to);
  let reached = toMillionths(from.costMillicents ?? 0);
  const step = (label: string, lead: readonly CellText[], millicents: bigint | null): CostRow => {
    if (millicents === null) return { isTotal: false, letter: null, label, cells: [...lead, DASH], bar: null };
    const amount = toMillionths(millicents);
    const start = reached;
    reached += amount;
    const cells = [...lead, changeCell(amount, DECIMALS)];
    return { isTotal: false, letter: null, label, cells, bar: { from: start, to: reached } };
  };
  const total = ({ letter, call }: LetteredCall): CostRow => {
    const cells = [NONE, NONE, NONE, NONE, NONE, recordedCell(call, DECIMALS)];
    const isDrawn = split.state !== 'unpriced';
    const bar = isDrawn ? { from: 0n, to: toMillionths(call.costMillicents!) } : null;
    return { isTotal: true, letter, label: 'recorded', cells, bar };
  };
  const rows = [total(a)];
  for (const kind of KIND_KEYS) {
    const { label, count } = TOKEN_KINDS[kind];
    const by = count(to) - count(from);
    const difference = !isCounted ? DASH : by === 0 ? NO_CHANGE : { text: formatDifference(by) };
    const tokens = [tokensCell(from, count(from)), tokensCell(to, count(to)), difference];
    const rates = [rate(from, kind), rate(to, kind)];
    rows.push(step(label, [...tokens, ...rates], split.state === 'split' ? split.kinds[kind] : null));
  }
  if (split.state === 'split') {
    const hasSameRates = KIND_KEYS.every((kind) => from.price![kind] === to.price![kind]);
    const label = from.model === to.model ? 'Rate change' : `Rates of ${to.model}`;
    rows.push(step(label, [NONE, NONE, hasSameRates ? NO_CHANGE : NONE, NONE, NONE], split.rates));
    if (from.audit !== 'equal' || to.audit !== 'equal') {
      rows.push(step('Recorded otherwise', [NONE, NONE, NONE, NONE, NONE], split.beyond));
    }
  }
  if (split.state === 'whole') rows.push(step('Cannot be split', [NONE, NONE, NONE, NONE, NONE], split.difference));
  rows.push(total(b));
  return {
    label: 'From one to the other',
    columns: [
      { label: `Tokens of ${a.letter}`, classes: 'from-720' },
      { label: `of ${b.letter}`, classes: 'from-720' },
      { label: `${b.letter} less ${a.letter}`, classes: '' },
      { label: `Rate of ${a.letter}`, classes: 'from-1040' },
      { label: `of ${b.letter}`, classes: 'from-1040' },
      { label: 'In money', classes: '' },
    ],
    rows,
  };
}

const formatDifference = (by: number): string => `${by > 0 ? '+' : '−'}${formatCount(Math.abs(by))}`;
