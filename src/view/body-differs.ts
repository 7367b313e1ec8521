import { html, nothing, type TemplateResult } from 'lit';
import { renderCell } from './call-cells.js';
import { CALL_COLUMNS } from './call-columns.js';
import { type CallDetail, formatMoneyDifference, pricePart, TOKEN_KINDS, type TokenKind } from './body-price.js';
import { formatCount, formatDuration } from './format.js';
import { formatClock, formatDay, formatInstant } from './time.js';

/** One of the calls that are compared, as far as it is known. */
export interface ComparedCall {
  readonly letter: string;
  readonly call: CallDetail | null;
  /** Instead of its figures, while there are none. */
  readonly words: string;
}

interface Column {
  /** Of the calls table, whose cell is drawn. */
  readonly key: string;
  readonly label: unknown;
  readonly classes: string;
  readonly difference: (a: CallDetail, b: CallDetail) => unknown;
  readonly money?: (a: CallDetail, b: CallDetail) => unknown;
}

const dash = html`<span class="muted">–</span>`;
const zero = html`<span class="muted">0</span>`;

const same = (text: (call: CallDetail) => string | null) => (a: CallDetail, b: CallDetail) =>
  text(a) === text(b) ? html`<span class="muted">equal</span>` : 'differs';

const tokensOf = (call: CallDetail): number =>
  Object.values(TOKEN_KINDS).reduce((sum, kind) => sum + kind.count(call), 0);

/** Counts can be set against each other only where both calls tell theirs: a cut stream or a failed call does not. */
const isCounted = (call: CallDetail): boolean => call.complete && (call.status === 'success' || tokensOf(call) > 0);

function renderCountDifference(difference: number): unknown {
  if (difference === 0) return zero;
  return `${difference > 0 ? '+' : '−'}${formatCount(Math.abs(difference))}`;
}

function renderMoneyDifference(millicents: number): unknown {
  return millicents === 0 ? zero : formatMoneyDifference(millicents);
}

function tokenColumn(key: string, label: unknown, classes: string, kind: TokenKind): Column {
  return {
    key,
    label,
    classes: `number ${classes}`,
    difference: (a, b) => (isCounted(a) && isCounted(b) ? renderCountDifference(kind.count(b) - kind.count(a)) : dash),
    money: (a, b) =>
      isCounted(a) && isCounted(b) && a.price && b.price
        ? renderMoneyDifference(pricePart(kind.count(b), kind.rate(b.price), [kind.count(a), kind.rate(a.price)]))
        : dash,
  };
}

const COLUMNS: readonly Column[] = [
  { key: 'project', label: 'Project', classes: 'from-1040', difference: same((call) => call.project) },
  { key: 'model', label: 'Model', classes: 'from-600', difference: same((call) => call.model) },
  tokenColumn('input', html`Input<span class="from-600">, uncached</span>`, '', TOKEN_KINDS.input),
  tokenColumn('cache-read', html`Cache<span class="from-600"> read</span>`, '', TOKEN_KINDS.cacheRead),
  tokenColumn('cache-write', 'Cache write', 'from-1040', TOKEN_KINDS.cacheWrite),
  tokenColumn('output', 'Output', '', TOKEN_KINDS.output),
  tokenColumn('thinking', 'Thinking', 'from-720', TOKEN_KINDS.thinking),
  {
    key: 'latency',
    label: 'Latency',
    classes: 'number from-720',
    difference: (a, b) => {
      if (a.latencyMs === null || b.latencyMs === null) return dash;
      const difference = b.latencyMs - a.latencyMs;
      if (Math.round(difference) === 0) return zero;
      return `${difference < 0 ? '−' : '+'}${formatDuration(Math.abs(difference))}`;
    },
  },
  {
    key: 'cost',
    label: 'Cost',
    classes: 'number',
    difference: () => nothing,
    money: (a, b) =>
      a.costMillicents === null || b.costMillicents === null || !a.complete || !b.complete
        ? dash
        : html`<b>${renderMoneyDifference(b.costMillicents - a.costMillicents)}</b>`,
  },
];

/** Calls as rows; under two of them what the second has more or less, in tokens and in money at the rates of each. */
export function renderDifferences(calls: readonly ComparedCall[], timeZone: string): TemplateResult {
  const [a, b] = calls;
  return html`<div class="scroller">
    <table class="differs">
      <thead>
        <tr>
          <th scope="col">What differs</th>
          ${COLUMNS.map(({ label, classes }) => html`<th scope="col" class=${classes}>${label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${calls.map((compared) => renderCall(compared, timeZone))}
        ${calls.length === 2 && a?.call && b?.call ? renderDeltas(a.call, b.call, `${b.letter} less ${a.letter}`) : nothing}
      </tbody>
    </table>
  </div>`;
}

function renderCall({ letter, call, words }: ComparedCall, timeZone: string): TemplateResult {
  if (call === null) {
    return html`<tr class="chosen">
      <th scope="row"><span class="letter">${letter}</span></th>
      <td class="muted" colspan=${COLUMNS.length}>${words}</td>
    </tr>`;
  }
  return html`<tr class="chosen">
    <th scope="row">
      <span class="letter">${letter}</span
      ><time datetime=${call.requestedAt} title=${formatInstant(call.requestedAt, timeZone)}
        ><span class="muted from-600">${formatDay(call.requestedAt, timeZone)} </span>${formatClock(
          call.requestedAt,
          timeZone,
        )}</time
      >
    </th>
    ${COLUMNS.map(({ key, classes }) => {
      const cell = renderCell(CALL_COLUMNS.find((column) => column.key === key)!.cell(call, timeZone));
      return html`<td class=${classes}>
        ${classes.startsWith('number') ? cell : html`<span class="clipped">${cell}</span>`}
      </td>`;
    })}
  </tr>`;
}

function renderDeltas(a: CallDetail, b: CallDetail, label: string): TemplateResult {
  return html`<tr class="delta">
      <th scope="row">${label}</th>
      ${COLUMNS.map(({ classes, difference }) => html`<td class=${classes}>${difference(a, b)}</td>`)}
    </tr>
    <tr class="delta">
      <th scope="row">in money</th>
      ${COLUMNS.map(({ classes, money }) => html`<td class=${classes}>${money?.(a, b) ?? nothing}</td>`)}
    </tr>`;
}
