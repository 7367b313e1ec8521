import { type Call, type CellText, DASH, hasNoUsage, NO_BREAK_SPACE, sumTokens, ZERO } from './call-state.js';
import { formatCount } from './format.js';
import { formatClock, formatDay, formatInstant } from './time.js';

/** What stands in the cells of the calls table beside what `call-state.ts` has. */

const UNKNOWN: CellText = { text: 'unknown', isMuted: true };

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

export function tokensCell(call: Call, count: number): CellText {
  // A call that failed, or never left this machine, used nothing that is worth a figure.
  if (call.status !== 'success' && sumTokens(call) === 0) return DASH;
  if (hasNoUsage(call)) return UNKNOWN;
  if (count === 0) return ZERO;
  return call.complete ? { text: formatCount(count) } : { lead: `≥${NO_BREAK_SPACE}`, text: formatCount(count) };
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
