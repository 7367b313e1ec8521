import { html, nothing, type TemplateResult } from 'lit';
import { tokensCell } from './call-cells.js';
import type { CellText } from './call-state.js';
import { CALL_COLUMNS } from './all-columns.js';
import { renderCell } from './drawn-cell.js';
import { type CallDetail, pricePart, TOKEN_KINDS, type TokenKind } from './body-price.js';
import { formatCount, formatDuration, formatMoney } from './format.js';
import { formatRatio } from './ratio.js';
import { formatClock, formatDay, formatInstant } from './time.js';

/** One of the calls that are compared, as far as it is known. */
export interface ComparedCall {
  readonly letter: string;
  readonly call: CallDetail | null;
  /** Instead of its figures, while there are none. */
  readonly words: string;
}

/** Something that is known of every call, and in which they may differ. */
interface Fact {
  readonly label: string;
  readonly cell: (call: CallDetail) => CellText;
  readonly isNumber: boolean;
  /** The figure in which calls are set against each other; null where a call doesn't tell it. */
  readonly amount?: (call: CallDetail) => number | null;
  readonly format?: (amount: number) => string;
  readonly money?: (a: CallDetail, b: CallDetail) => number | null;
}

const dash = html`<span class="muted">–</span>`;
const zero = html`<span class="muted">0</span>`;

const tokensOf = (call: CallDetail): number =>
  Object.values(TOKEN_KINDS).reduce((sum, kind) => sum + kind.count(call), 0);

/** Counts can be set against each other only where both calls tell theirs: a cut stream or a failed call does not. */
const isCounted = (call: CallDetail): boolean => call.complete && (call.status === 'success' || tokensOf(call) > 0);

/** The calls table's own cell of a column. */
function column(key: string, label?: string): Fact {
  const { label: known, cell } = CALL_COLUMNS.find((candidate) => candidate.key === key)!;
  return { label: label ?? known, isNumber: false, cell: (call) => cell(call, 'UTC') };
}

const tokens = (kind: TokenKind): Fact => ({
  label: kind.label,
  isNumber: true,
  cell: (call) => tokensCell(call, kind.count(call)),
  amount: (call) => (isCounted(call) ? kind.count(call) : null),
  format: formatCount,
  money: (a, b) =>
    isCounted(a) && isCounted(b) && a.price && b.price
      ? pricePart(kind.count(b), kind.rate(b.price), [kind.count(a), kind.rate(a.price)])
      : null,
});

const duration = (key: string, amount: (call: CallDetail) => number | null): Fact => ({
  ...column(key),
  isNumber: true,
  amount: (call) => {
    const ms = amount(call);
    return ms === null ? null : Math.round(ms);
  },
  format: formatDuration,
});

/** What people ask first stands first: the last columns may be out of sight. */
const FACTS: readonly Fact[] = [
  {
    ...column('cost'),
    isNumber: true,
    amount: (call) => (call.complete ? call.costMillicents : null),
    format: (millicents) => formatMoneyDifference(millicents).slice(1),
    money: (a, b) =>
      a.costMillicents === null || b.costMillicents === null || !a.complete || !b.complete
        ? null
        : b.costMillicents - a.costMillicents,
  },
  column('model'),
  column('project'),
  column('provider'),
  column('mode'),
  column('kind'),
  column('status'),
  column('billing'),
  column('machine'),
  column('workdir'),
  ...Object.values(TOKEN_KINDS).map(tokens),
  duration('latency', (call) => call.latencyMs),
  duration('ttft', (call) => call.ttftMs),
];

/** Whether all calls tell the same: `nothing` where none tells anything, `differs` also where one doesn't know. */
function compareFact({ cell, amount }: Fact, calls: readonly CallDetail[]): 'differs' | 'same' | 'nothing' {
  const texts = calls.map((call) => textOf(cell(call)));
  if (new Set(texts).size > 1) return 'differs';
  if (texts[0] === '–') return 'nothing';
  return amount === undefined || calls.every((call) => amount(call) === amount(calls[0]!) && amount(call) !== null)
    ? 'same'
    : 'differs';
}

const textOf = ({ lead = '', text }: CellText): string => lead + text;

/**
 * Calls as rows, with what differs between them as columns; under them how much more or less each has than the first, as
 * a difference, as a ratio, and of two calls in money at the rates of each. What is the same is told in one line.
 */
export function renderDifferences(calls: readonly ComparedCall[], timeZone: string): TemplateResult {
  const known = calls.flatMap(({ call }) => call ?? []);
  const facts = FACTS.map((fact) => ({ fact, is: known.length > 1 ? compareFact(fact, known) : 'differs' }));
  // One that is not there yet has nothing to be the same as.
  const shown = facts.filter(({ is }) => is === 'differs').map(({ fact }) => fact);
  const same = facts.filter(({ is }) => is === 'same').map(({ fact }) => fact);
  const [first, ...others] = calls;
  return html`<div class="scroller">
      <table class="differs" part="table" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">What differs</th>
            ${shown.map(
              ({ label, isNumber }) =>
                html`<th scope="col" role="columnheader" class=${isNumber ? 'number' : ''}>${label}</th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${calls.map((compared) => renderCall(compared, shown, timeZone))}
          ${others.map((other) =>
            first?.call && other.call
              ? renderDeltas(first as ShownCall, other as ShownCall, shown, calls.length === 2)
              : nothing,
          )}
        </tbody>
      </table>
    </div>
    ${same.length === 0 ? nothing : renderSame(same, known)}`;
}

interface ShownCall extends ComparedCall {
  readonly call: CallDetail;
}

function renderSame(facts: readonly Fact[], [call]: readonly CallDetail[]): TemplateResult {
  return html`<p class="same">
    Same:
    ${facts.map(
      ({ label, cell }, index) =>
        html`${index === 0 ? nothing : ', '}<span>${label.toLowerCase()} <b>${textOf(cell(call!))}</b></span>`,
    )}
  </p>`;
}

function renderCall({ letter, call, words }: ComparedCall, facts: readonly Fact[], timeZone: string): TemplateResult {
  if (call === null) {
    return html`<tr role="row" class="chosen">
      <th scope="row" role="rowheader"><span class="letter">${letter}</span></th>
      <td role="cell" class="muted" colspan=${Math.max(1, facts.length)}>${words}</td>
    </tr>`;
  }
  return html`<tr role="row" class="chosen">
    <th scope="row" role="rowheader">
      <span class="letter">${letter}</span
      ><time datetime=${call.requestedAt} title=${formatInstant(call.requestedAt, timeZone)}
        ><span class="muted day">${formatDay(call.requestedAt, timeZone)} </span>${formatClock(
          call.requestedAt,
          timeZone,
        )}</time
      >
    </th>
    ${facts.map(({ cell, isNumber }) => {
      const drawn = renderCell(cell(call));
      return isNumber
        ? html`<td role="cell" class="number">${drawn}</td>`
        : html`<td role="cell"><span class="clipped" title=${textOf(cell(call))}>${drawn}</span></td>`;
    })}
  </tr>`;
}

function renderDeltas(a: ShownCall, b: ShownCall, facts: readonly Fact[], hasMoney: boolean): TemplateResult {
  const row = (title: string, classes: string, cell: (fact: Fact) => unknown): TemplateResult =>
    html`<tr role="row" class="delta ${classes}">
      <th scope="row" role="rowheader">${title}</th>
      ${facts.map((fact) => html`<td role="cell" class=${fact.isNumber ? 'number' : ''}>${cell(fact)}</td>`)}
    </tr>`;
  const amounts = ({ amount }: Fact): readonly [number, number] | null => {
    const [from, to] = [amount?.(a.call) ?? null, amount?.(b.call) ?? null];
    return from === null || to === null ? null : [from, to];
  };
  return html`${row(`${b.letter} less ${a.letter}`, '', (fact) => {
    if (fact.amount === undefined) {
      return textOf(fact.cell(a.call)) === textOf(fact.cell(b.call)) ? html`<span class="muted">equal</span>` : nothing;
    }
    // Of two calls the row below says it.
    if (hasMoney && fact.label === 'Cost') return nothing;
    const pair = amounts(fact);
    return pair === null ? dash : renderDifference(pair[1] - pair[0], fact.format!);
  })}
  ${row('as a ratio', 'ratio', (fact) => {
    if (fact.amount === undefined) return nothing;
    const pair = amounts(fact);
    return (pair && formatRatio(...pair)) ?? dash;
  })}
  ${
    hasMoney
      ? row('in money', '', ({ money, label }) => {
          if (money === undefined) return nothing;
          const millicents = money(a.call, b.call);
          const drawn = millicents === null ? dash : millicents === 0 ? zero : formatMoneyDifference(millicents);
          return label === 'Cost' ? html`<b>${drawn}</b>` : drawn;
        })
      : nothing
  }`;
}

function renderDifference(difference: number, format: (amount: number) => string): unknown {
  return difference === 0 ? zero : `${difference > 0 ? '+' : '−'}${format(Math.abs(difference))}`;
}

/** A difference with its sign, to the hundredth of a cent, or exactly where that would round to 0: `+$0.1206`. */
export function formatMoneyDifference(millicents: number): string {
  const absolute = Math.abs(millicents);
  return `${millicents < 0 ? '−' : '+'}${formatMoney(absolute, absolute < 5 ? 5 : 4)}`;
}
