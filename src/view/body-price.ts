import { html, nothing, type TemplateResult } from 'lit';
import type { WireCallDetail } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { describeAttribution } from './attribution.js';
import { renderCallCost, renderStatus } from './drawn-cell.js';
import { formatCount, formatDuration, formatExactMoney } from './format.js';
import { renderMark } from './mark.js';
import { renderMoney } from './money.js';
import { formatDay } from './time.js';

export type CallDetail = CamelCased<WireCallDetail>;

/** One of the five kinds of tokens, each with its count in a call and its rate in a price. */
export interface TokenKind {
  readonly label: string;
  readonly count: (call: CallDetail) => number;
  readonly rate: (price: NonNullable<CallDetail['price']>) => number;
}

export const TOKEN_KINDS = {
  input: { label: 'Input, uncached', count: (call) => call.inputTokens, rate: (price) => price.input },
  cacheRead: { label: 'Cache read', count: (call) => call.cacheReadTokens, rate: (price) => price.cacheRead },
  cacheWrite: { label: 'Cache write', count: (call) => call.cacheWriteTokens, rate: (price) => price.cacheWrite },
  output: { label: 'Output', count: (call) => call.outputTokens, rate: (price) => price.output },
  thinking: { label: 'Thinking', count: (call) => call.thinkingTokens, rate: (price) => price.thinking },
} as const satisfies Readonly<Record<string, TokenKind>>;

const KINDS: readonly TokenKind[] = Object.values(TOKEN_KINDS);
const TOKENS_PER_RATE = 1_000_000n;

/**
 * What one kind of tokens adds, in millicents rounded half away from zero; with `base`, how much more than there.
 * BigInt, because a product of a long context and a dear rate leaves the range where a double is exact.
 */
export function pricePart(count: number, rate: number, base: readonly [count: number, rate: number] = [0, 0]): number {
  const product = BigInt(count) * BigInt(rate) - BigInt(base[0]) * BigInt(base[1]);
  const half = product < 0n ? -TOKENS_PER_RATE / 2n : TOKENS_PER_RATE / 2n;
  return Number((product + half) / TOKENS_PER_RATE);
}

/** Tokens times rate, line by line, under it what was recorded. */
export function renderPrice(call: CallDetail): TemplateResult {
  const lines = KINDS.filter((kind) => kind.count(call) > 0);
  const { price } = call;
  const dash = html`<span class="muted">–</span>`;
  return html`<table class="price">
    <thead>
      <tr>
        <th scope="col">Price of this call</th>
        <th scope="col" class="number">Tokens</th>
        <th scope="col" class="number">per million</th>
        <th scope="col" class="number">Cost</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map((kind) => {
        const count = kind.count(call);
        return html`<tr>
          <th scope="row">${kind.label}</th>
          <td class="number">${call.complete ? nothing : html`<span class="muted">≥ </span>`}${formatCount(count)}</td>
          <td class="number">${price ? formatExactMoney(kind.rate(price)) : dash}</td>
          <td class="number">${price ? renderMoney(pricePart(count, kind.rate(price)), 5) : dash}</td>
        </tr>`;
      })}
      ${
        lines.length > 0
          ? nothing
          : html`<tr>
              <th scope="row" colspan="4">
                ${call.complete ? 'No tokens were recorded.' : 'No usage was sent: tokens are unknown.'}
              </th>
            </tr>`
      }
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="3">Recorded</th>
        <td class="number">${renderRecorded(call)}</td>
      </tr>
    </tfoot>
  </table>`;
}

function renderRecorded(call: CallDetail): unknown {
  return call.costMillicents === null || call.costMillicents === 0
    ? renderCallCost(call)
    : renderMoney(call.costMillicents, 5, { atLeast: !call.complete });
}

/** What the daemon noted of one call, in words; of these terms only, where they are named. */
export function renderFacts(call: CallDetail, timeZone: string, terms?: readonly string[]): TemplateResult {
  const facts: [term: string, fact: unknown][] = [
    ['Status', renderHow(call)],
    ['Audit', describeAudit(call)],
    ['Rate', describeRate(call, timeZone)],
    ['Project by', describeAttribution(call.attribution)],
    ['Asked from', renderPlace(call)],
    ['First token', describeFirstToken(call)],
    ['Id', html`<code>${call.id}</code>`],
  ];
  if (call.billing === 'subscription_imputed') {
    const words = html`${renderMark('imputed')}imputed: what a subscription’s calls would have cost. Not billed.`;
    facts.splice(1, 0, ['Billing', words]);
  }
  return html`<dl class="facts">
    ${facts.map(([term, fact]) =>
      terms?.includes(term) === false
        ? nothing
        : html`<dt>${term}</dt>
            <dd>${fact}</dd>`,
    )}
  </dl>`;
}

function renderHow(call: CallDetail): TemplateResult {
  const isUncounted = Object.values(TOKEN_KINDS).every((kind) => kind.count(call) === 0);
  const details = [
    call.status !== 'error' && call.httpStatus !== null && call.httpStatus !== 200 ? `HTTP ${call.httpStatus}` : null,
    call.errorClass !== null ? call.errorCode : null,
    call.retryable === null ? null : call.retryable ? 'may be tried again' : 'no use in trying again',
    call.complete || isUncounted ? null : 'token counts are a lower bound',
  ].filter((detail) => detail !== null);
  return html`${renderStatus(call)}${details.length > 0 ? html`<span class="muted">, ${details.join(', ')}</span>` : nothing}`;
}

function describeAudit(call: CallDetail): unknown {
  if (call.audit === 'equal') return 'equal to the millicent';
  if (call.audit === 'differs' && call.recomputedMillicents !== null && call.costMillicents !== null) {
    const less = call.recomputedMillicents - call.costMillicents;
    const by = `${formatExactMoney(Math.abs(less))} ${less > 0 ? 'less' : 'more'}`;
    const words = `${formatExactMoney(call.costMillicents)} was recorded, ${by} than tokens times rate give`;
    return html`${renderMark('warning')}differs: ${words}`;
  }
  return `cannot be recomputed: ${explainNoAudit(call)}`;
}

/** Why tokens times rate can't be set against what was recorded. */
export function explainNoAudit({ price, costMillicents, model, requestedAt, ratesSource }: CallDetail): string {
  if (price !== null) return 'no cost was recorded';
  const why =
    model === null
      ? 'the call names no model'
      : isFromStart(requestedAt)
        ? 'its time cannot be read'
        : ratesSource === null || ratesSource === UNKNOWN
          ? `no rate is published for ${model}`
          : `no rate for ${model} is listed any more`;
  return costMillicents === null ? `no cost was recorded, and ${why}` : why;
}

/** Unreadable times, and rates without a known beginning, are told as the first instant there is. */
const isFromStart = (instant: string): boolean => instant.startsWith('1970-');

/** The daemon does not tell it over HTTP. */
const UNKNOWN = 'unknown';

const RATE_SOURCES: Readonly<Record<string, string>> = {
  bundled: 'shipped with the daemon',
  auto: 'updated by the daemon',
  operator: 'set by you',
  [UNKNOWN]: 'told over HTTP, not where it came from',
};

function describeRate(call: CallDetail, timeZone: string): string {
  const { price, ratesSource } = call;
  const recorded =
    ratesSource === null || ratesSource === 'override' || ratesSource === UNKNOWN ? '' : `, ${ratesSource}`;
  if (price === null) {
    return call.costMillicents === null ? 'none' : `inside the daemon, not published${recorded}`;
  }
  const source = RATE_SOURCES[price.source] ?? price.source;
  const until = price.effectiveTo === null ? '' : ` until ${formatDay(price.effectiveTo, timeZone)}`;
  const since = isFromStart(price.effectiveFrom)
    ? 'from the start'
    : `${until === '' ? 'since' : 'from'} ${formatDay(price.effectiveFrom, timeZone)}`;
  return `${source}${recorded}, in force ${since}${until}`;
}

function renderPlace(call: CallDetail): unknown {
  const { workdir, machine } = call;
  if (workdir === null && machine === null) return html`<span class="muted">unknown</span>`;
  if (workdir === null) return html`<code>${machine}</code>`;
  return html`<code>${workdir}</code>${machine === null ? nothing : html` on <code>${machine}</code>`}`;
}

function describeFirstToken(call: CallDetail): string {
  if (call.latencyMs === null && call.ttftMs === null) return '–';
  if (call.latencyMs === null) return formatDuration(call.ttftMs!);
  return call.ttftMs === null
    ? `not measured, ${formatDuration(call.latencyMs)} in all`
    : `${formatDuration(call.ttftMs)} of ${formatDuration(call.latencyMs)}`;
}
