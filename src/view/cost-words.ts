import { type CallDetail, TOKEN_KINDS } from './body-price.js';
import { explainNoAudit } from './tell-call.js';
import { hasNoUsage, sumTokens } from './call-state.js';
import { type CostDifference, type CostSum, KIND_KEYS, type KindKey, sumCost, toMillionths } from './cost-parts.js';
import { formatExactDifference, formatExactly } from './exact-money.js';
import { formatCount } from './format.js';
import { formatRatio } from './ratio.js';

/** A cost, or the difference of two, told in a sentence: what is read first, and what explains it. */
export interface Told {
  readonly head: string;
  readonly rest: string;
}

/** A call and the letter it goes by. */
export interface LetteredCall {
  readonly letter: string;
  readonly call: CallDetail;
}

const NOUNS: Readonly<Record<KindKey, (tokens: string) => string>> = {
  input: (tokens) => `uncached input ${tokens}`,
  cacheRead: (tokens) => `${tokens} read from the cache`,
  cacheWrite: (tokens) => `${tokens} written to the cache`,
  output: (tokens) => `output ${tokens}`,
  thinking: (tokens) => `thinking ${tokens}`,
};

/** `1 output token`, `40,198 more uncached input tokens`. */
function nameTokens(kind: KindKey, count: number, more = ''): string {
  return `${formatCount(count)} ${more}${NOUNS[kind](count === 1 ? 'token' : 'tokens')}`;
}

const nameDifference = (kind: KindKey, difference: number): string =>
  nameTokens(kind, Math.abs(difference), difference > 0 ? 'more ' : 'fewer ');

/** What one call cost, how that compares with its tokens times the rate, and what most of it is. */
export function tellCost(call: CallDetail): Told {
  const { costMillicents, recomputedMillicents, audit } = call;
  if (costMillicents === null) return tellUnpriced(call);
  const recorded = formatExactly(toMillionths(costMillicents));
  const tokens = sumTokens(call);
  const verb = call.billing === 'subscription_imputed' ? 'would have cost' : 'cost';
  const amount =
    costMillicents === 0
      ? tokens > 0
        ? 'less than $0.00001'
        : 'nothing'
      : `${call.complete ? '' : 'at least '}${recorded}`;
  const head = `This call ${verb} ${amount}.`;
  if (tokens === 0) return { head, rest: 'No tokens were recorded.' };
  if (audit === 'cannot' || recomputedMillicents === null) {
    return { head, rest: `How that is made up cannot be recomputed: ${explainNoAudit(call)}.${tellInside(call)}` };
  }
  const off = BigInt(costMillicents) - BigInt(recomputedMillicents);
  const amountOff = formatExactly(toMillionths(off < 0n ? -off : off));
  const audited =
    audit === 'equal'
      ? 'Its tokens times the rate in force then give exactly that, to the millicent.'
      : `That is ${amountOff} ${off > 0n ? 'more' : 'less'} than its tokens times the rate in force then, ${formatExactly(toMillionths(recomputedMillicents))}.`;
  return { head, rest: `${audited}${tellLargest(call, sumCost(call))}` };
}

const tellInside = (call: CallDetail): string =>
  call.price === null && call.ratesSource === null ? ' The price came from inside the daemon.' : '';

function tellUnpriced(call: CallDetail): Told {
  if (call.status === 'blocked_by_policy') {
    return { head: 'This call was blocked by policy.', rest: 'It reached no provider, so there is nothing to price.' };
  }
  const head = 'What this call cost is not known: it is not priced.';
  if (hasNoUsage(call)) return { head, rest: 'Its provider sent no usage, so its tokens are unknown.' };
  const why = explainNoAudit(call);
  return { head, rest: `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.` };
}

function tellLargest(call: CallDetail, sum: CostSum | null): string {
  if (sum === null) return '';
  const kinds = KIND_KEYS.filter((kind) => sum.kinds[kind] > 0n);
  if (kinds.length < 2) return '';
  const largest = kinds.reduce((a, b) => (sum.kinds[b] > sum.kinds[a] ? b : a));
  return ` The largest part is ${nameTokens(largest, TOKEN_KINDS[largest].count(call))}, ${formatExactly(sum.kinds[largest])}.`;
}

/** Why one call cost more or less than another. The amounts in it sum to the difference it begins with. */
export function tellDifference(a: LetteredCall, b: LetteredCall, split: CostDifference): Told {
  if (split.state === 'unpriced') {
    const unpriced = [a, b].filter(({ call }) => call.costMillicents === null);
    const why = unpriced.map(({ letter, call }) => `${letter} is not priced: ${explainUnpriced(call)}.`).join(' ');
    return {
      head: `By how much ${b.letter} and ${a.letter} differ in money cannot be told.`,
      rest: `${why}${tellTokens(a, b)}`,
    };
  }
  const isCertain = a.call.complete && b.call.complete;
  const head = `${isCertain ? '' : 'As recorded, '}${tellMoney(a, b, split.difference)}`;
  if (split.state === 'whole') {
    const without = [a, b].filter(({ call }) => call.price === null).map(({ call }) => explainNoAudit(call));
    const why = [...new Set(without)].join(', and ');
    return { head: `${head}.`, rest: `That cannot be split: ${why}.${tellTokens(a, b)}` };
  }
  const parts = listParts(a, b, split).sort((left, right) => compare(size(right.amount), size(left.amount)));
  if (parts.length === 0) return { head: `${head}.`, rest: 'Nothing in it differs.' };
  const list = parts.map(({ words, amount }) => `${words} (${formatExactDifference(toMillionths(amount))})`);
  return { head: `${head}:`, rest: `${list.join(', ')}.` };
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function explainUnpriced(call: CallDetail): string {
  if (call.status === 'blocked_by_policy') return 'it was blocked by policy and reached no provider';
  return hasNoUsage(call) ? 'its provider sent no usage' : explainNoAudit(call);
}

function tellMoney(a: LetteredCall, b: LetteredCall, difference: bigint): string {
  if (difference === 0n) {
    return `${a.letter} and ${b.letter} cost the same, ${formatExactly(toMillionths(a.call.costMillicents!))}`;
  }
  const ratio = formatRatio(a.call.costMillicents!, b.call.costMillicents!);
  const by = formatExactly(toMillionths(size(difference)));
  return `${b.letter} cost ${by} ${difference > 0n ? 'more' : 'less'} than ${a.letter}${ratio === null ? '' : ` (${ratio})`}`;
}

interface Part {
  readonly words: string;
  readonly amount: bigint;
}

function listParts(a: LetteredCall, b: LetteredCall, split: CostDifference & { readonly state: 'split' }): Part[] {
  const kinds = KIND_KEYS.map((kind) => ({
    words: nameDifference(kind, TOKEN_KINDS[kind].count(b.call) - TOKEN_KINDS[kind].count(a.call)),
    amount: split.kinds[kind],
  }));
  const rates = {
    words:
      a.call.model === b.call.model ? `${split.rates > 0n ? 'higher' : 'lower'} rates` : `the rates of ${b.call.model}`,
    amount: split.rates,
  };
  const beyond = { words: 'recorded otherwise than tokens times rate give', amount: split.beyond };
  return [...kinds, rates, beyond].filter(({ amount }) => amount !== 0n);
}

/** How the tokens of two calls differ, where both are known. */
function tellTokens(a: LetteredCall, b: LetteredCall): string {
  if (hasNoUsage(a.call) || hasNoUsage(b.call)) return '';
  const differing = KIND_KEYS.map((kind) => ({
    kind,
    by: TOKEN_KINDS[kind].count(b.call) - TOKEN_KINDS[kind].count(a.call),
  })).filter(({ by }) => by !== 0);
  if (differing.length === 0) return ' They have the same tokens.';
  return ` ${b.letter} has ${differing.map(({ kind, by }) => nameDifference(kind, by)).join(', ')}.`;
}
