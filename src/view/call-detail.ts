import { html, nothing, type TemplateResult } from 'lit';
import type { Filter, FilterList } from '../api/filter.js';
import type { Measure } from '../filter/names.js';
import { readWallClock } from '../filter/zone-time.js';
import { describeAttribution } from './attribution.js';
import { type CallDetail, TOKEN_KINDS } from './body-price.js';
import { costCell, hasNoUsage, NO_BREAK_SPACE, sumTokens } from './call-state.js';
import { formatCount, formatDuration, formatExactMoney, formatPlural } from './format.js';
import { tellFacts, tellPrice } from './tell-call.js';
import { formatInstant } from './time.js';
import { renderPlain } from './told-elements.js';

/** What an open row says of its call beyond its cells. */

export interface DetailOptions {
  readonly timeZone: string;
  readonly filter: Filter;
  /** Names that the page's author fixed: not the user's to change. */
  readonly fixed: Filter;
  readonly change: (change: Filter) => void;
  /** What is kept of the bodies, in words; empty while that isn't known. */
  readonly bodies: string;
  /** What can be done with the call. */
  readonly actions: unknown;
}

interface Field {
  readonly label: string;
  readonly value: string | null;
  /** The filter that lets through calls with this value, and the one that keeps them out. */
  readonly only?: Filter;
  readonly without?: Filter;
  readonly isMono?: boolean;
  /** What `only` lets through beside the value itself: "or more". */
  readonly beyond?: string;
}

function listFields(call: CallDetail, { timeZone, filter, bodies }: DetailOptions): Field[] {
  const listed = (label: string, name: FilterList, value: string | null, words = value, isMono = false): Field => {
    const not = `${name}:${value ?? ''}`;
    return {
      label,
      value: words,
      only: { [name]: [value ?? ''] },
      without: { not: [...new Set([...(filter.not ?? []), not])] },
      isMono,
    };
  };
  const plain = (label: string, value: string | null, isMono = false): Field => ({ label, value, isMono });
  const orMore = (label: string, measure: Measure, amount: number | null, format: (amount: number) => string): Field =>
    amount === null
      ? plain(label, null)
      : {
          label,
          value: format(amount),
          only: { [`min_${measure}`]: String(Math.floor(amount)), [`max_${measure}`]: '' },
          beyond: 'or more',
        };
  const day = new Date(readWallClock(Date.parse(call.requestedAt), timeZone)).toISOString().slice(0, 10);
  const bound = call.complete ? '' : `≥${NO_BREAK_SPACE}`;
  const tokens = sumTokens(call);
  const isUncounted = tokens === 0 && call.status !== 'success';
  const noTokens = hasNoUsage(call) ? null : isUncounted ? 'none recorded' : undefined;
  const count = (amount: number): string => bound + formatCount(amount);
  const orNone = (text: string | null): string | null => text ?? (call.status === 'success' ? 'none' : null);
  const yesNo = (flag: boolean | null): string | null => (flag === null ? null : flag ? 'yes' : 'no');
  return [
    listed('Project', 'project', call.project),
    listed('Provider', 'provider', call.provider),
    listed('Model', 'model', call.model),
    listed('Kind', 'kind', call.kind),
    listed('Mode', 'mode', call.mode),
    listed('Status', 'status', call.status),
    listed('HTTP', 'http_status', call.httpStatus === null ? null : String(call.httpStatus)),
    listed('Error class', 'error_class', call.errorClass, orNone(call.errorClass)),
    listed('Error code', 'error_code', call.errorCode, orNone(call.errorCode), true),
    plain('May be retried', orNone(yesNo(call.retryable))),
    listed('Billing', 'billing', call.billing),
    { label: 'Tokens complete', value: yesNo(call.complete), only: { complete: String(call.complete) } },
    listed('Rates noted', 'rates_source', call.ratesSource, call.ratesSource ?? 'none'),
    listed('Project by', 'attribution', call.attribution, describeAttribution(call.attribution)),
    listed('Machine', 'machine', call.machine, call.machine, true),
    listed('Folder', 'workdir', call.workdir, call.workdir, true),
    {
      label: 'Prompt',
      value: call.promptHash,
      isMono: true,
      ...(call.promptHash === null ? {} : { only: { prompt: call.promptHash } }),
    },
    { label: 'Bodies', value: bodies || call.body, only: { body_state: [call.body] } },
    {
      ...plain('Requested', formatInstant(call.requestedAt, timeZone)),
      only: { since: day, until: day, last: '' },
      beyond: 'or on the same day',
    },
    plain('Recorded', call.recordedAt === null ? null : formatInstant(call.recordedAt, timeZone)),
    orMore('First token', 'ttft', call.ttftMs, formatDuration),
    orMore('Latency', 'latency', call.latencyMs, formatDuration),
    ...Object.values(TOKEN_KINDS).map((kind) =>
      plain(kind.label, noTokens === undefined ? count(kind.count(call)) : noTokens),
    ),
    noTokens === undefined ? orMore('Tokens', 'tokens', tokens, count) : plain('Tokens', noTokens),
    costField(call, bound),
    { ...plain('Id', call.id, true), only: { phrase: [call.id] } },
  ];
}

/** In the row's own words where there is no amount, or none that can be told. */
function costField(call: CallDetail, bound: string): Field {
  const { costMillicents } = call;
  const label = 'Cost';
  if (costMillicents === null) return { label, value: costCell(call).text, only: { priced: 'false' } };
  return {
    label,
    value: costMillicents === 0 ? costCell(call).text : bound + formatExactMoney(costMillicents),
    only: { min_cost: String(costMillicents), max_cost: '' },
    beyond: 'or more',
  };
}

export function renderDetail(call: CallDetail, options: DetailOptions): TemplateResult {
  return html`<div class="detail">
    <div>
      ${renderPlain(tellPrice(call))}
      <p class="actions">${options.actions}</p>
    </div>
    ${renderPlain(tellFacts(call, options.timeZone))}
    <dl class="fields">${listFields(call, options).map((field) => renderField(field, options))}</dl>
  </div>`;
}

function renderField(field: Field, { fixed, change }: DetailOptions): TemplateResult {
  const isFixed = Object.keys(field.only ?? {}).some((name) => name in fixed);
  const value = field.value ?? 'unknown';
  const classes = `${field.isMono ? 'mono' : ''} ${field.value === null ? 'muted' : ''}`;
  const only = isFixed ? undefined : field.only;
  return html`<dt>${field.label}</dt>
    <dd>
      ${
        only === undefined
          ? html`<span class=${classes}>${value}</span>`
          : html`<button
              type="button"
              class="value ${classes}"
              title=${['Only calls with', field.label.toLowerCase(), value, field.beyond ?? ''].join(' ').trim()}
              @click=${() => change(only)}
            >
              ${value}
            </button>`
      }${
        only === undefined || field.without === undefined || 'not' in fixed
          ? nothing
          : html`<button
              type="button"
              class="without"
              aria-label="not ${field.label.toLowerCase()} ${value}"
              title="Without ${field.label.toLowerCase()} ${value}"
              @click=${() => change(field.without!)}
            >
              not
            </button>`
      }
    </dd>`;
}

interface StoredBody {
  readonly state: string;
  readonly reason: string | null;
  readonly redactions: Readonly<Record<string, number>>;
  readonly request: { readonly storedBytes: number | null; readonly bytes: number | null };
  readonly response: { readonly storedBytes: number | null; readonly bytes: number | null };
}

/** `stored, request 1,204 bytes, response 388 bytes, 2 redactions`, or why there is none. */
export function describeBodies({ state, reason, redactions, request, response }: StoredBody): string {
  if (state !== 'stored') return reason === null ? state : `${state}: ${reason}`;
  const size = (side: StoredBody['request']): string => {
    if (side.storedBytes === null) return 'none';
    const isCut = side.bytes !== null && side.bytes > side.storedBytes;
    const bytes = formatPlural(side.storedBytes, 'byte');
    return isCut ? `cut at ${bytes}` : bytes;
  };
  const marks = Object.values(redactions).reduce((sum, count) => sum + count, 0);
  const redacted = marks > 0 ? `, up to ${formatCount(marks)} redacted` : '';
  return `request ${size(request)}, response ${size(response)}${redacted}`;
}
