import { html, nothing, type TemplateResult } from 'lit';
import type { CamelCased } from '../api/camel-case.js';
import type { WireRepriceAnswer } from '../api/reprice.js';
import { formatChange } from './compare-totals.js';
import { formatCount, formatExactMoney, formatMoney, formatPlural } from './format.js';
import { renderMark } from './mark.js';
import { renderMoney } from './money.js';
import type { Target } from './what-if.js';

/** What came out: one sentence, a table by project, and what the figures leave out. */

type Answer = CamelCased<WireRepriceAnswer>;
export type RepricedSums = Answer['totals'];

export interface Asked {
  readonly target: Target;
  readonly hasCaching: boolean;
  readonly isFiltered: boolean;
}

/** Calls whose figures stand in neither sum of the comparison. */
const leftOut = (sums: RepricedSums): number => sums.calls - sums.repricedCalls;

/** Whether the whole of the calls cost, and would cost, more than the sums of the comparison. */
const isBound = (sums: RepricedSums): boolean => leftOut(sums) > 0 || sums.incompleteCalls > 0;

/** `on claude-haiku-4-5 without caching`, `at the rates typed`. */
export function describeScenario({ target, hasCaching }: Asked): string {
  const caching = hasCaching ? '' : 'without caching';
  if (target === 'own') return caching || 'at the rates of then';
  const priced = target === 'rates' ? 'at these rates' : `on ${target.model}`;
  return caching === '' ? priced : `${priced} ${caching}`;
}

/** A sum in a sentence: what is above 0 but rounds to no cent is told to its last digit. */
function tellMoney(millicents: number): string {
  const rounded = formatMoney(millicents, 2);
  return /^[<>]/.test(rounded) ? formatExactMoney(millicents) : rounded;
}

/** `These 812 calls on claude-haiku-4-5 would have cost $3.10 instead of $10.20: $7.10 less, −69.6 %.` */
export function describeAnswer(totals: RepricedSums, asked: Asked): string {
  const { calls, repricedCalls, recordedMillicents: before, repricedMillicents: after } = totals;
  const scenario = describeScenario(asked);
  const whose = asked.isFiltered ? 'of this filter' : 'recorded';
  if (calls === 0) return asked.isFiltered ? 'This filter has no calls.' : 'There are no calls.';
  if (repricedCalls === 0) {
    const none = calls === 1 ? `The one call ${whose} can not` : `None of the ${formatCount(calls)} calls ${whose} can`;
    return `${none} be compared ${scenario}.`;
  }
  const which =
    repricedCalls === calls
      ? `The ${formatPlural(calls, 'call')} ${whose}`
      : `${formatCount(repricedCalls)} of the ${formatPlural(calls, 'call')} ${whose}`;
  const difference = after - before;
  const change = formatChange(after, before);
  const percent = change === null || change === 'new' ? '' : `, ${change}`;
  const told =
    difference === 0 ? 'the same' : `${tellMoney(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'}${percent}`;
  return `${which} would have cost ${tellMoney(after)} ${scenario}, instead of ${tellMoney(before)}: ${told}.`;
}

export function renderAnswer({ projects, totals }: Answer, asked: Asked): TemplateResult {
  const isPartial = projects.some((project) => leftOut(project) > 0);
  return html`<p class="told" role="status">${describeAnswer(totals, asked)}</p>
    ${projects.length === 0 ? nothing : renderTable(projects, totals, isPartial)}
    <ul class="caveats muted">
      ${listCaveats(totals, asked).map((caveat) => html`<li>${caveat}</li>`)}
    </ul>`;
}

function renderTable(projects: Answer['projects'], totals: RepricedSums, isPartial: boolean): TemplateResult {
  return html`<div class="scroller">
    <table part="repriced" aria-label="What the calls would have cost, by project">
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col" class="number from-600">Calls</th>
          <th scope="col" class="number">Recorded</th>
          <th scope="col" class="number">Would cost</th>
          <th scope="col" class="number">Difference</th>
          <th scope="col" class="number from-460">Change</th>
          ${isPartial ? html`<th scope="col" class="apart from-720">Not compared</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${projects.map(
          (project) =>
            html`<tr>
              <th scope="row"><span class="name">${project.project ?? 'no project'}</span></th>
              ${renderSums(project, isPartial)}
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${formatPlural(projects.length, 'project')}</th>
          ${renderSums(totals, isPartial)}
        </tr>
      </tfoot>
    </table>
  </div>`;
}

const dash = html`<span class="muted">–</span>`;

function renderSums(sums: RepricedSums, isPartial: boolean): TemplateResult {
  const { recordedMillicents: before, repricedMillicents: after } = sums;
  const atLeast = isBound(sums);
  const isCompared = sums.repricedCalls > 0;
  const money = (millicents: number): TemplateResult => (isCompared ? renderMoney(millicents, 2, { atLeast }) : dash);
  return html`<td class="number from-600">${formatCount(sums.calls)}</td>
    <td class="number">${money(before)}</td>
    <td class="number">${money(after)}</td>
    <td class="number">${isCompared ? renderDifference(after - before) : dash}</td>
    <td class="number from-460">${isCompared ? (formatChange(after, before) ?? dash) : dash}</td>
    ${isPartial ? html`<td class="apart from-720">${renderLeftOut(sums)}</td>` : nothing}`;
}

function renderDifference(millicents: number): TemplateResult | string {
  if (millicents === 0) return html`<span class="muted">0</span>`;
  const money = formatMoney(millicents, 2);
  // What is below a cent has a sign of its own before it.
  return /^[−<>]/.test(money) ? money : `+${money}`;
}

function renderLeftOut(sums: RepricedSums): TemplateResult {
  const parts = [
    sums.addedCalls > 0 ? html`${renderMark('unpriced')}${formatCount(sums.addedCalls)} not priced` : null,
    sums.noRateCalls > 0 ? `${formatCount(sums.noRateCalls)} without a rate` : null,
    sums.noTokensCalls > 0 ? `${formatCount(sums.noTokensCalls)} with unknown tokens` : null,
  ].filter((part) => part !== null);
  return html`${parts.length === 0 ? dash : parts.map((part, place) => html`${place > 0 ? ', ' : nothing}${part}`)}`;
}

/** What the two sums leave out, and what no arithmetic can know. */
function listCaveats(totals: RepricedSums, { target, hasCaching }: Asked): (TemplateResult | string)[] {
  const caveats: (TemplateResult | string)[] = [];
  const { addedCalls, noRateCalls, noTokensCalls, incompleteCalls, failedCalls } = totals;
  const calls = (count: number): string => formatPlural(count, 'call');
  if (addedCalls > 0) {
    caveats.push(
      html`${renderMark('unpriced')}${calls(addedCalls)} not priced so far would have cost
      ${tellMoney(totals.addedMillicents)}. There is nothing to compare that with, so it is in neither sum.`,
    );
  }
  if (noRateCalls > 0) {
    const recorded =
      totals.noRateMillicents === 0 ? '' : ` ${tellMoney(totals.noRateMillicents)} was recorded for them.`;
    caveats.push(`${calls(noRateCalls)} have no rate here and are in neither sum.${recorded}`);
  }
  if (noTokensCalls > 0) caveats.push(`Of ${calls(noTokensCalls)} no token was counted: nobody can price them.`);
  if (incompleteCalls > 0) {
    caveats.push(`Of ${calls(incompleteCalls)} not all tokens were counted, so both sums are lower bounds.`);
  }
  if (totals.recordedImputedMillicents > 0 || totals.repricedImputedMillicents > 0) {
    caveats.push(
      html`${renderMark('imputed')}${tellMoney(totals.recordedImputedMillicents)} of the recorded sum, and
      ${tellMoney(totals.repricedImputedMillicents)} of the other, is imputed: what a subscription's calls would have
      cost. Not billed.`,
    );
  }
  if (failedCalls > 0) caveats.push(`${calls(failedCalls)} failed. Where no token was used, they cost 0 in both sums.`);
  if (typeof target !== 'string') {
    caveats.push(
      'Another model counts tokens in its own way and answers at its own length: this is the price of the same counts.',
    );
  }
  if (!hasCaching) caveats.push('Without caching, every token read from or written to a cache is charged as input.');
  if (target === 'own') {
    caveats.push(
      "The rates of then are those of the daemon's list; what it prices by figures of its own has none here.",
    );
  }
  caveats.push(
    'Each call is priced by itself and rounded down to a whole millicent, as the daemon does. Nothing is stored.',
  );
  return caveats;
}
