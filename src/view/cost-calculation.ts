import { html, nothing, type TemplateResult } from 'lit';
import type { CallDetail } from './body-price.js';
import { listCostNotes } from './cost-notes.js';
import { splitDifference } from './cost-parts.js';
import { type CostTable, listCostRows, listDifferenceRows } from './cost-rows.js';
import { renderCostTable } from './cost-table.js';
import { writeCostText } from './cost-text.js';
import { type LetteredCall, tellCost, tellDifference, type Told } from './cost-words.js';
import { renderMark } from './mark.js';
import { tellFacts } from './tell-call.js';
import { formatClock, formatDay } from './time.js';
import { renderPlain } from './told-elements.js';

/** All that is said of one call's cost, or of two calls', before it is drawn or copied. */
export interface Calculation {
  readonly calls: readonly LetteredCall[];
  readonly told: Told;
  readonly table: CostTable;
  readonly notes: readonly string[];
  /** How the figures are to be read. */
  readonly rules: readonly string[];
}

const NO_OVERLAP =
  'Input excludes what was read from or written to the cache, output excludes thinking: no token is counted twice.';

export function calculateCost(of: LetteredCall): Calculation {
  return {
    calls: [of],
    told: tellCost(of.call),
    table: listCostRows(of.call),
    notes: listCostNotes([of]),
    rules: [NO_OVERLAP],
  };
}

/** Why `b` cost more or less than `a`. */
export function calculateDifference(a: LetteredCall, b: LetteredCall): Calculation {
  const split = splitDifference(a.call, b.call);
  const order = `Tokens are counted at the rates of ${a.letter}; those of ${b.letter} come after, on its own tokens. In another order the parts would be others, and their sum the same.`;
  return {
    calls: [a, b],
    told: tellDifference(a, b, split),
    table: listDifferenceRows(a, b, split),
    notes: listCostNotes([a, b]),
    rules: [
      NO_OVERLAP,
      ...(split.state === 'split' ? ['Rates are for a million tokens.'] : []),
      ...(split.state === 'split' && split.rates !== 0n ? [order] : []),
    ],
  };
}

const FACTS = ['Status', 'Billing', 'Rate', 'Audit', 'Id'];

export function renderCalculation(
  { calls, told, table, notes, rules }: Calculation,
  timeZone: string,
  actions: unknown,
): TemplateResult {
  const isOne = calls.length === 1;
  return html`<p class="told" id="told"><b>${keepAmounts(told.head)}</b> ${keepAmounts(told.rest)}</p>
    <div class=${isOne ? 'of-one' : 'of-two'}>
      <div>
        ${renderCostTable(table, isOne ? 'one' : 'two')}
        <p class="note muted">${rules.join(' ')}</p>
        ${notes.map((note) => html`<p class="note">${renderMark('warning')}${note}</p>`)}
      </div>
      <div class="calls">
        ${calls.map(
          ({ letter, call }) =>
            html`<div>
              ${isOne ? nothing : html`<h3><span class="letter">${letter}</span> ${describeCall(call, timeZone)}</h3>`}
              ${renderPlain(tellFacts(call, timeZone, FACTS))}
            </div>`,
        )}
        ${actions}
      </div>
    </div>`;
}

/** A line must not end between a sign and its figure. */
function keepAmounts(text: string): unknown {
  return text
    .split(/([+−]\$[\d,.]*\d)/)
    .map((piece, index) => (index % 2 === 1 ? html`<span class="amount">${piece}</span>` : piece));
}

/** `acme-site · claude-sonnet-4-6 · 24 Nov, 14:02:11` */
export function describeCall({ project, model, requestedAt }: CallDetail, timeZone: string): string {
  const time = `${formatDay(requestedAt, timeZone)}, ${formatClock(requestedAt, timeZone)}`;
  return [project, model, time].filter((part) => part !== null).join(' · ');
}

export function writeCalculation({ calls, told, table, notes, rules }: Calculation, timeZone: string): string {
  const name = ({ letter, call }: LetteredCall): string =>
    `${calls.length > 1 ? `${letter}: ` : ''}${describeCall(call, timeZone)} ${timeZone} · ${call.id}`;
  return writeCostText(calls.map(name).join('\n'), told, table, [...rules, ...notes]);
}
