import type { WireCall } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { formatCount, formatExactMoney, formatMoney } from './format.js';
import type { CallMark } from './call-mark.js';
import { formatClock, formatDay, formatInstant } from './time.js';

export type Call = CamelCased<WireCall>;

/**
 * What stands in one cell, as text and not as a template: a table that is flung writes thousands of these a second, and
 * each is one element there.
 */
export interface CellText {
  readonly text: string;
  /** Muted, before the text: a day, leading zeros, ≥. */
  readonly lead?: string;
  readonly isMuted?: boolean;
  readonly mark?: CallMark | null;
  /** Provider whose colour stands before the text. */
  readonly swatch?: string | null;
  readonly title?: string;
  /** The instant that the text tells. */
  readonly instant?: string;
}

export const DASH: CellText = { text: '–', isMuted: true };
const UNKNOWN: CellText = { text: 'unknown', isMuted: true };
const ZERO: CellText = { text: '0', isMuted: true };
const NO_BREAK_SPACE = '\u00a0';

/** Providers with a colour of their own; a class never holds what a provider's name may hold. */
const NAMED_PROVIDERS: ReadonlySet<string> = new Set(['anthropic', 'openai', 'gemini', 'xai']);

/** Classes of a cell in the calls table, after those of its column. */
export function classesOf({ isMuted, mark, swatch }: CellText): string {
  const provider = swatch && NAMED_PROVIDERS.has(swatch) ? swatch : 'other';
  return `${isMuted ? ' muted' : ''}${mark ? ` marked ${mark}` : ''}${swatch === undefined ? '' : ` swatched ${provider}`}`;
}

export function timeCell(instant: string | null, zone: string): CellText {
  if (instant === null) return DASH;
  return {
    lead: `${formatDay(instant, zone)} `,
    text: formatClock(instant, zone),
    title: formatInstant(instant, zone),
    instant,
  };
}

export function textCell(text: string | null): CellText {
  return text === null || text === '' ? DASH : { text };
}

/** As the daemon wrote it, `_` as a space. */
export function wordCell(word: string | null): CellText {
  return word === null ? DASH : { text: word.replaceAll('_', ' '), isMuted: true };
}

export const sumTokens = (call: Call): number =>
  call.inputTokens + call.outputTokens + call.thinkingTokens + call.cacheReadTokens + call.cacheWriteTokens;

/** The daemon writes 0 for what it never learned: a failed call's tokens, a stream whose provider sent no usage. */
export const hasNoUsage = (call: Call): boolean => !call.complete && sumTokens(call) === 0;

export function tokensCell(call: Call, count: number): CellText {
  // A call that failed, or never left this machine, used nothing that is worth a figure.
  if (call.status !== 'success' && sumTokens(call) === 0) return DASH;
  if (hasNoUsage(call)) return UNKNOWN;
  if (count === 0) return ZERO;
  return call.complete ? { text: formatCount(count) } : { lead: `≥${NO_BREAK_SPACE}`, text: formatCount(count) };
}

/**
 * Cost of one call. A recorded 0 with tokens was floored from less than a millicent: small, but not free. What the
 * policy blocked reached no provider, so that a price would mean nothing.
 */
export function costCell(call: Call): CellText {
  const { costMillicents } = call;
  if (call.status === 'blocked_by_policy' && costMillicents === null) return DASH;
  if (costMillicents === null) return { mark: 'unpriced', text: 'not priced' };
  if (costMillicents === 0) return sumTokens(call) > 0 ? { text: '<$0.00001' } : ZERO;
  const bound = call.complete ? '' : `≥${NO_BREAK_SPACE}`;
  const rounded = formatMoney(costMillicents, 4);
  // "At least less than a hundredth of a cent" would say nothing: a lower bound is drawn to its last digit instead.
  const text = bound !== '' && rounded.startsWith('<') ? formatExactMoney(costMillicents) : rounded;
  const zeros = /^\$0\.0*/.exec(text)?.[0] ?? '';
  return { lead: bound + zeros, text: text.slice(zeros.length) };
}

/** What is worth saying about how a call went, or "ok". */
export function statusCell(call: Call): CellText {
  if (call.status === 'blocked_by_policy') return { mark: 'blocked', text: 'blocked by policy' };
  if (call.status === 'error') {
    const reason = call.errorClass ?? call.errorCode ?? 'failed';
    return { mark: 'error', text: [reason.replaceAll('_', ' '), call.httpStatus].filter(Boolean).join(' ') };
  }
  if (call.status !== 'success') return { mark: 'warning', text: call.status ?? 'unknown' };
  if (hasNoUsage(call)) return { mark: 'warning', text: 'no usage sent' };
  if (!call.complete) return { mark: 'stream-cut', text: 'stream cut' };
  if (call.billing === 'subscription_imputed') return { mark: 'imputed', text: 'imputed' };
  return { text: 'ok', isMuted: true };
}

/** `state`: what is known of a call without a body, such as that its project's capture was off. */
export function bodyCell(call: Call, state?: string): CellText {
  if (call.body === 'truncated') return { mark: 'body-cut', text: 'cut' };
  if (call.body === 'failed') return { mark: 'error', text: 'failed' };
  if (call.body === 'none' && state === 'off') return { mark: 'off', text: 'off', isMuted: true };
  if (call.body === 'none' && state === 'unavailable') return { text: 'unknown', isMuted: true };
  return { text: call.body === 'none' && state === 'expired' ? state : call.body, isMuted: true };
}

export function numberCell(number: number | null, format: (number: number) => string): CellText {
  return number === null ? DASH : { text: format(number) };
}

export function yesNoCell(flag: boolean | null): CellText {
  return flag === null ? DASH : { text: flag ? 'yes' : 'no', isMuted: true };
}
