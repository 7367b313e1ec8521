import { html, nothing, type TemplateResult } from 'lit';
import type { WireCall } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import type { Sort } from '../api/query.js';
import { formatCount, formatDuration } from './format.js';
import { type CallMark, renderCallMark } from './call-mark.js';
import { renderSwatch } from './mark.js';
import { renderMoney } from './money.js';
import { formatClock, formatDay, formatInstant } from './time.js';

type Call = CamelCased<WireCall>;

export interface CallColumn {
  readonly key: string;
  readonly label: string;
  /** Classes of head and cells: `number`, and the width from which the column stands. */
  readonly classes: string;
  readonly sort?: Sort;
  readonly cell: (call: Call, timeZone: string) => TemplateResult | string | typeof nothing;
}

const dash = html`<span class="muted">–</span>`;
const unknown = html`<span class="muted">unknown</span>`;

const sumTokens = (call: Call): number =>
  call.inputTokens + call.outputTokens + call.thinkingTokens + call.cacheReadTokens + call.cacheWriteTokens;

/** The daemon writes 0 for what it never learned: a failed call's tokens, a stream whose provider sent no usage. */
const hasNoUsage = (call: Call): boolean => !call.complete && sumTokens(call) === 0;

function renderTokens(call: Call, count: number): TemplateResult | string {
  // A call that failed, or never left this machine, used nothing that is worth a figure.
  if (call.status !== 'success' && sumTokens(call) === 0) return dash;
  if (hasNoUsage(call)) return unknown;
  const bound = call.complete ? nothing : html`<span class="muted bound">≥&nbsp;</span>`;
  return count === 0 ? html`<span class="muted">0</span>` : html`${bound}${formatCount(count)}`;
}

/**
 * Cost of one call. A recorded 0 with tokens was floored from less than a millicent: small, but not free. What the
 * policy blocked reached no provider, so that a price would mean nothing.
 */
export function renderCallCost(call: Call): TemplateResult | string {
  if (call.status === 'blocked_by_policy' && call.costMillicents === null) return dash;
  if (call.costMillicents === 0 && sumTokens(call) > 0) return '<$0.00001';
  return renderMoney(call.costMillicents, 4, { atLeast: !call.complete && call.costMillicents !== null });
}

/** What is worth saying about how a call went, or "ok". */
export function describeStatus(call: Call): { mark: CallMark | null; words: string } {
  if (call.status === 'blocked_by_policy') return { mark: 'blocked', words: 'blocked by policy' };
  if (call.status === 'error') {
    const reason = call.errorClass ?? call.errorCode ?? 'failed';
    return { mark: 'error', words: [reason.replaceAll('_', ' '), call.httpStatus].filter(Boolean).join(' ') };
  }
  if (call.status !== 'success') return { mark: 'warning', words: call.status ?? 'unknown' };
  if (hasNoUsage(call)) return { mark: 'warning', words: 'no usage sent' };
  if (!call.complete) return { mark: 'stream-cut', words: 'stream cut' };
  if (call.billing === 'subscription_imputed') return { mark: 'imputed', words: 'imputed' };
  return { mark: null, words: 'ok' };
}

export function renderStatus(call: Call): TemplateResult {
  const { mark, words } = describeStatus(call);
  return mark === null ? html`<span class="muted">${words}</span>` : html`${renderCallMark(mark)}${words}`;
}

function renderBody(call: Call): TemplateResult {
  if (call.body === 'truncated') return html`${renderCallMark('body-cut')}cut`;
  if (call.body === 'failed') return html`${renderCallMark('error')}failed`;
  return html`<span class="muted">${call.body}</span>`;
}

const renderMs = (ms: number | null): TemplateResult | string => (ms === null ? dash : formatDuration(ms));
const renderText = (text: string | null): TemplateResult | string => text ?? dash;

const tokens = (key: string, label: string, count: (call: Call) => number, sort?: Sort): CallColumn => ({
  key,
  label,
  classes: 'number from-1040',
  ...(sort ? { sort } : {}),
  cell: (call) => renderTokens(call, count(call)),
});

/** The columns of the calls table, in their order. */
export const CALL_COLUMNS: readonly CallColumn[] = [
  {
    key: 'time',
    label: 'Time',
    classes: 'time',
    sort: 'requested_at',
    cell: (call, zone) =>
      html`<time datetime=${call.requestedAt} title=${formatInstant(call.requestedAt, zone)}
        ><span class="muted">${formatDay(call.requestedAt, zone)}</span> ${formatClock(call.requestedAt, zone)}</time
      >`,
  },
  { key: 'project', label: 'Project', classes: 'from-460', cell: (call) => call.project },
  {
    key: 'model',
    label: 'Model',
    classes: 'model',
    cell: (call) =>
      html`${renderSwatch(call.provider)}${renderText(call.model)}<span class="below">${call.project}</span>`,
  },
  { key: 'status', label: 'Status', classes: 'from-600', cell: renderStatus },
  tokens('input', 'Input', (call) => call.inputTokens, 'input'),
  tokens('cache-read', 'Cache read', (call) => call.cacheReadTokens),
  tokens('cache-write', 'Cache write', (call) => call.cacheWriteTokens),
  tokens('output', 'Output', (call) => call.outputTokens, 'output'),
  tokens('thinking', 'Thinking', (call) => call.thinkingTokens),
  {
    key: 'ttft',
    label: 'First token',
    classes: 'number from-1480',
    sort: 'ttft',
    cell: (call) => renderMs(call.ttftMs),
  },
  {
    key: 'latency',
    label: 'Latency',
    classes: 'number from-600',
    sort: 'latency',
    cell: (call) => renderMs(call.latencyMs),
  },
  { key: 'cost', label: 'Cost', classes: 'number', sort: 'cost', cell: renderCallCost },
  { key: 'body', label: 'Body', classes: 'from-600', cell: renderBody },
  { key: 'machine', label: 'Machine', classes: 'from-1480', cell: (call) => renderText(call.machine) },
];
