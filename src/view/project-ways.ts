import { html, nothing, type TemplateResult } from 'lit';
import { describeAttribution, UNATTRIBUTED } from './attribution.js';
import { explainAttribution } from './attribution-words.js';
import { formatCount } from './format.js';
import { renderMark } from './mark.js';
import { dash, renderCostSum } from './money.js';
import { formatPart } from './project-parts.js';
import { joinTags } from './project-tags.js';
import { roundShares } from './shares.js';

/** One way in which calls came to projects. */
export interface Way {
  readonly word: string;
  /** The daemon's names for it. */
  readonly methods: readonly (string | null)[];
  readonly calls: number;
  readonly unpricedCalls?: number;
  /** Undefined where the costs of the ways are not known. */
  readonly costMillicents?: number | null;
}

/** Tags that read the same as one way, most calls first. */
export function joinWays(tags: readonly { readonly method: string | null; readonly calls: number }[]): Way[] {
  return joinTags(tags).map(([word, calls]) => ({
    word,
    calls,
    methods: [...new Set(tags.map(({ method }) => method))].filter((method) => describeAttribution(method) === word),
  }));
}

interface WaysTable {
  readonly label: string;
  /** Null where the page's author fixed the ways. */
  readonly choose: ((methods: readonly string[]) => void) | null;
  readonly chosen: readonly string[];
}

/** The ways with their share of the calls, explained; what fell to a default is marked. */
export function renderWays(ways: readonly Way[], { label, choose, chosen }: WaysTable): TemplateResult {
  const shares = roundShares(
    ways.map(({ calls }) => calls),
    ways.reduce((sum, { calls }) => sum + calls, 0),
  );
  const hasCosts = ways.some(({ costMillicents }) => costMillicents !== undefined);
  return html`<table class="small ways" aria-label=${label}>
    <thead>
      <tr>
        <th scope="col">Came by</th>
        <th scope="col" class="from-600">What that is</th>
        <th scope="col" class="number">Calls</th>
        <th scope="col" class="number">Share</th>
        ${hasCosts ? html`<th scope="col" class="number">Cost</th>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${ways.map(({ word, methods, calls, unpricedCalls = 0, costMillicents = null }, index) => {
        const values = methods.map((method) => method ?? '');
        const isChosen = values.every((value) => chosen.includes(value));
        const meaning = explainAttribution(word, methods);
        const name = html`${word === UNATTRIBUTED ? renderMark('warning') : nothing}${word}`;
        return html`<tr>
          <th scope="row">
            ${
              choose === null
                ? name
                : html`<button
                    type="button"
                    value="attribution ${word}"
                    aria-pressed=${isChosen}
                    title=${meaning}
                    @click=${() => choose(isChosen ? [] : values)}
                  >
                    ${name}
                  </button>`
            }
          </th>
          <td class="words from-600">${meaning}</td>
          <td class="number">${formatCount(calls)}</td>
          <td class="number">${formatPart(shares[index], calls) ?? dash}</td>
          ${hasCosts ? html`<td class="number">${renderCostSum({ calls, unpricedCalls, costMillicents })}</td>` : nothing}
        </tr>`;
      })}
    </tbody>
  </table>`;
}
