import { css, html, nothing, type TemplateResult } from 'lit';
import type { Filter, FilterList } from '../api/filter.js';
import * as t from '../styles/tokens.js';
import { describeAttribution } from './attribution.js';
import type { CallDetail } from './body-price.js';
import { renderFacts, renderPrice } from './body-price.js';
import { formatCount, formatDuration, formatPlural } from './format.js';
import { formatInstant } from './time.js';

/** What an open row says of its call beyond its cells. */

export interface DetailOptions {
  readonly timeZone: string;
  readonly filter: Filter;
  /** Names that the page's author fixed: not the user's to change. */
  readonly fixed: Filter;
  readonly change: (change: Filter) => void;
  /** What is kept of the bodies, in words; empty while that isn't known. */
  readonly bodies: string;
}

interface Field {
  readonly label: string;
  readonly value: string | null;
  /** The filter that lets through calls with this value, and the one that keeps them out. */
  readonly only?: Filter;
  readonly without?: Filter;
  readonly isMono?: boolean;
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
  const yesNo = (flag: boolean | null): string | null => (flag === null ? null : flag ? 'yes' : 'no');
  return [
    listed('Project', 'project', call.project),
    listed('Provider', 'provider', call.provider),
    listed('Model', 'model', call.model),
    listed('Kind', 'kind', call.kind),
    plain('Mode', call.mode),
    listed('Status', 'status', call.status),
    plain('HTTP', call.httpStatus === null ? null : String(call.httpStatus)),
    listed('Error class', 'error_class', call.errorClass),
    plain('Error code', call.errorCode, true),
    plain('May be retried', yesNo(call.retryable)),
    listed('Billing', 'billing', call.billing),
    { label: 'Tokens complete', value: yesNo(call.complete), only: { complete: String(call.complete) } },
    plain('Rates', call.ratesSource),
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
    plain('Requested', formatInstant(call.requestedAt, timeZone)),
    plain('Recorded', call.recordedAt === null ? null : formatInstant(call.recordedAt, timeZone)),
    plain('Latency', call.latencyMs === null ? null : formatDuration(call.latencyMs)),
    plain(
      'Tokens',
      formatCount(
        call.inputTokens + call.outputTokens + call.thinkingTokens + call.cacheReadTokens + call.cacheWriteTokens,
      ),
    ),
  ];
}

export function renderDetail(call: CallDetail, options: DetailOptions): TemplateResult {
  return html`<div class="detail">
    <div>${renderPrice(call)}</div>
    ${renderFacts(call, options.timeZone)}
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
              title="Only calls with ${field.label.toLowerCase()} ${value}"
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

export const detailStyles = css`
  .layer > .opened {
    display: block;
    height: auto;
    border-bottom: 1px solid ${t.line};
    background: ${t.sunken};
    line-height: 20px;
    white-space: normal;
    cursor: auto;
    contain: none;
  }
  .layer > .opened:hover {
    background: ${t.sunken};
  }
  .layer > .opened > * {
    position: sticky;
    left: 0;
    width: min(100%, calc(100cqi + 16px));
    overflow: visible;
    padding: 2px 8px 12px 54px;
    line-height: 20px;
  }
  .opened [part='loading'],
  .opened [part='error'] {
    padding-block: 4px;
  }
  .detail {
    display: grid;
    grid-template-columns: auto minmax(220px, 1fr) minmax(300px, 1.4fr);
    gap: 12px 40px;
    font-size: 12px;
  }
  .detail .price {
    width: auto;
    border-collapse: collapse;
  }
  .detail .price th,
  .detail .price td {
    height: 22px;
    padding: 0 0 0 20px;
    border: 0;
    border-bottom: 1px solid ${t.line};
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }
  .detail .price th:first-child {
    padding-left: 0;
    text-align: start;
  }
  .detail .price thead th {
    color: ${t.muted};
  }
  .detail .price tfoot > tr > * {
    border: 0;
    border-top: 1px solid ${t.lineStrong};
    font-weight: 600;
  }
  .detail dl {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    align-content: start;
    line-height: 22px;
  }
  .detail .fields {
    grid-template-columns: 92px minmax(0, 1fr) 92px minmax(0, 1fr);
    gap: 0 8px;
  }
  .detail dt {
    color: ${t.muted};
  }
  .detail dd,
  .detail code {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .detail .fields dd {
    display: flex;
    gap: 6px;
    overflow: hidden;
    white-space: nowrap;
  }
  .detail .fields dd > :first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .detail button {
    display: inline;
    min-height: 22px;
    font-size: 12px;
  }
  .detail .mono,
  .detail .value.mono {
    font: 12px/22px ${t.mono};
  }
  .detail .value {
    text-decoration: underline;
    text-decoration-color: ${t.lineStrong};
    text-underline-offset: 3px;
  }
  .detail .value:hover,
  .detail .without:hover {
    color: ${t.accent};
  }
  .detail .without {
    flex: none;
    color: ${t.muted};
    opacity: 0;
  }
  .detail dd:hover .without,
  .detail .without:focus-visible {
    opacity: 1;
  }
  @media (hover: none) {
    .detail .without {
      opacity: 1;
    }
  }
  @container (max-width: 1160px) {
    .detail {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .detail .fields {
      grid-column: 1 / -1;
    }
  }
  @container (max-width: 720px) {
    .layer > .opened > * {
      padding-inline-start: 8px;
    }
    .detail {
      grid-template-columns: minmax(0, 1fr);
    }
    .detail .fields {
      grid-template-columns: 92px minmax(0, 1fr);
    }
  }
`;
