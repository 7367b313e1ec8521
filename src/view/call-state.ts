import type { WireCall } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import type { CallMark } from './call-mark.js';
import { formatExactMoney, formatMoney } from './format.js';

export type Call = CamelCased<WireCall>;

/** Of one call, or of several. */
type TokenCounts = Pick<
  Call,
  'inputTokens' | 'outputTokens' | 'thinkingTokens' | 'cacheReadTokens' | 'cacheWriteTokens'
>;

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
export const ZERO: CellText = { text: '0', isMuted: true };
export const NO_BREAK_SPACE = '\u00a0';

export const sumTokens = (call: TokenCounts): number =>
  call.inputTokens + call.outputTokens + call.thinkingTokens + call.cacheReadTokens + call.cacheWriteTokens;

/** The daemon writes 0 for what it never learned: a failed call's tokens, a stream whose provider sent no usage. */
export const hasNoUsage = (call: Call): boolean => !call.complete && sumTokens(call) === 0;

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
