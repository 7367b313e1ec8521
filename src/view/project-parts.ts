import { html, nothing, type TemplateResult } from 'lit';
import { renderNumber } from './figures.js';
import { formatCount } from './format.js';
import { renderSwatch } from './mark.js';
import { addSums, type NamedSums } from './model-names.js';
import { dash, renderCostSum } from './money.js';
import { formatTenthsShare, roundShares } from './shares.js';

export type PartKey = 'model' | 'provider' | 'machine' | 'workdir';

export interface PartTable {
  readonly by: PartKey;
  readonly title: string;
  /** Dearest first. */
  readonly groups: readonly NamedSums[];
  readonly showsAll: boolean;
  readonly showAll: () => void;
  /** Null where the user can't filter by these: the page's author fixed them. */
  readonly choose: ((keys: readonly string[]) => void) | null;
  /** Values that the filter holds. */
  readonly chosen: readonly string[];
  /** Beside the title. */
  readonly tools?: unknown;
}

/** Rows of a table before all are asked for. */
const SHOWN = 8;

/** Dearest first, then most calls; what has no price at all last. */
export function sortByCost<T extends NamedSums>(groups: readonly T[]): T[] {
  return [...groups].sort(
    (a, b) => (b.costMillicents ?? -1) - (a.costMillicents ?? -1) || b.calls - a.calls || (a.name! < b.name! ? -1 : 1),
  );
}

/** The first few, and the others as one, so that the parts still are the whole. A single other stands by itself. */
export function foldOthers(
  groups: readonly NamedSums[],
  shown = SHOWN,
): { few: NamedSums[]; others: NamedSums | null } {
  if (groups.length <= shown + 1) return { few: [...groups], others: null };
  const rest = groups.slice(shown);
  const others = rest.reduce((sum, group) => ({ ...addSums(sum, group), name: null, keys: [] }));
  return { few: groups.slice(0, shown), others };
}

/** A share of tenths of a percent as text; what is there but rounds to nothing says so. */
export function formatPart(tenths: number | undefined, part: number | null): string | null {
  if (tenths === undefined || Number.isNaN(tenths) || part === null) return null;
  return formatTenthsShare(tenths, part > 0);
}

/** What the calls of a project were made of: each value a button that filters by it. */
export function renderParts(table: PartTable): TemplateResult {
  const { by, title, groups, showsAll } = table;
  const { few, others } = showsAll ? { few: groups, others: null } : foldOthers(groups);
  const rows = others === null ? few : [...few, others];
  const costs = rows.map(({ costMillicents }) => costMillicents ?? 0);
  const shares = roundShares(
    costs,
    costs.reduce((sum, cost) => sum + cost, 0),
  );
  return html`<div class="part">
    <h3 id="by-${by}">${title}</h3>
    ${table.tools ?? nothing}
    <table class="small" aria-labelledby="by-${by}">
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">${title}</span></th>
          <th scope="col" class="number narrow">Calls</th>
          <th scope="col" class="number narrow from-460">Failed</th>
          <th scope="col" class="number">Cost</th>
          <th scope="col" class="number narrow">Share</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (group, index) =>
            html`<tr>
              <th scope="row">
                ${
                  group === others
                    ? html`<button type="button" class="others" @click=${table.showAll}>
                        ${formatCount(groups.length - few.length)} others
                      </button>`
                    : renderValue(table, group)
                }
              </th>
              <td class="number">${formatCount(group.calls)}</td>
              <td class="number from-460">${renderNumber(group.failedCalls)}</td>
              <td class="number">${renderCostSum(group)}</td>
              <td class="number">${formatPart(shares[index], group.costMillicents) ?? dash}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderPartName(by: PartKey, name: string | null): TemplateResult {
  if (name === null) return html`<span class="muted">unknown</span>`;
  const classes = by === 'machine' || by === 'workdir' ? 'mono' : '';
  return html`${by === 'provider' ? renderSwatch(name) : nothing}<span class=${classes}>${name}</span>`;
}

function renderValue({ by, chosen, choose }: PartTable, { name, keys }: NamedSums): TemplateResult {
  const label = renderPartName(by, name);
  if (choose === null) return label;
  const values = keys.map((key) => key ?? '');
  const isChosen = values.every((value) => chosen.includes(value));
  return html`<button
    type="button"
    value="${by} ${name}"
    aria-pressed=${isChosen}
    title=${name ?? nothing}
    @click=${() => choose(isChosen ? [] : values)}
  >
    ${label}
  </button>`;
}
