import { html, nothing, svg, type TemplateResult } from 'lit';
import type { WireShownProject, WireShownProjects } from '../api/project.js';
import type { CamelCased } from '../api/camel-case.js';
import { UNATTRIBUTED } from './attribution.js';
import { formatCount, formatDuration, formatPlural, formatShare, formatTenths } from './format.js';
import { renderMark, renderSwatch } from './mark.js';
import { renderCostSum, renderMoney } from './money.js';
import { joinTags } from './project-tags.js';
import { roundShares } from './shares.js';
import { renderSparkline } from './sparkline.js';
import { formatInstant, formatRecent } from './time.js';

type Project = CamelCased<WireShownProject>;

/** What a cell needs besides its project. */
export interface ProjectTable {
  /** Shares of the cost by slug, in tenths of a percent, together 100 %. */
  readonly shares: ReadonlyMap<string, number | undefined>;
  readonly timeZone: string;
}

export interface ProjectColumn {
  readonly key: string;
  readonly label: string;
  /** Classes of head and cells: `number`, and the width from which the column stands. */
  readonly classes: string;
  /** What the label leaves out. */
  readonly title?: string;
  /** What the column is sorted by; null goes last in either direction. */
  readonly sortBy?: (project: Project) => number | string | null;
  readonly cell: (project: Project, table: ProjectTable) => unknown;
  /** The cell under all projects. */
  readonly total?: (totals: Sums) => unknown;
}

/** What a project and the sums of all have in common. */
export type Sums = CamelCased<WireShownProjects>['totals'];

const perCall = (sums: Sums): number | null => {
  const priced = sums.calls - sums.unpricedCalls;
  return priced > 0 && sums.costMillicents !== null ? sums.costMillicents / priced : null;
};

const cacheShare = (sums: Sums): number | null => {
  const input = sums.inputTokens + sums.cacheReadTokens + sums.cacheWriteTokens;
  return input > 0 ? sums.cacheReadTokens / input : null;
};

export const dash = html`<span class="muted">–</span>`;
export const zero = html`<span class="muted">0</span>`;

export const renderCount = (count: number, mark?: 'unpriced'): TemplateResult | string =>
  count === 0 ? zero : html`${mark ? renderMark(mark) : nothing}${formatCount(count)}`;

/** A column whose cells and total are drawn alike. */
export const drawSums = (draw: (sums: Sums) => TemplateResult | string): Pick<ProjectColumn, 'cell' | 'total'> => ({
  cell: draw,
  total: draw,
});

/** Average cost of the calls that have one. */
function renderPerCall(sums: Sums): TemplateResult {
  const cost = perCall(sums);
  return cost === null ? dash : renderMoney(Math.round(cost), 4);
}

/** Share of the input that came from the prompt cache. */
function renderCacheShare(sums: Sums): TemplateResult | string {
  const share = cacheShare(sums);
  return share === null ? dash : share === 0 ? zero : `${Math.round(share * 100)} %`;
}

/** A bar of the whole, and the share; the bar of the sum would say nothing. */
const drawShare = (bar: unknown, text: string): TemplateResult =>
  html`<span class="share"><svg width="44" height="6" aria-hidden="true">${bar}</svg><span>${text} %</span></span>`;

function renderShare({ slug, calls, costMillicents }: Project, { shares }: ProjectTable): TemplateResult {
  const tenths = shares.get(slug);
  if (tenths === undefined || costMillicents === null || calls === 0) return dash;
  const bar = svg`<rect class="track" width="44" height="6"/><rect class="bar" width=${Math.round(tenths * 0.044)} height="6"/>`;
  return drawShare(bar, costMillicents > 0 && tenths === 0 ? '<0.1' : formatTenths(tenths / 10));
}

function renderTags(project: Project): TemplateResult {
  const [most, ...others] = joinTags(project.tags);
  if (most === undefined) return dash;
  const mark = most.word === UNATTRIBUTED ? renderMark('warning') : nothing;
  const share =
    others.length > 0 ? html` <span class="muted">${formatShare(most.calls, project.calls)}</span>` : nothing;
  const all = [most, ...others].map((tag) => `${tag.word}: ${formatCount(tag.calls)}`).join('\n');
  return html`<span title=${all}>${mark}${most.word}${share}</span>`;
}

const TREND_POINTS = 30;

/** Costs of days, of as many days each as it takes for a trend that can be read; unpriced calls only are no cost. */
function sumDays(daily: Project['daily']): (number | null)[] {
  const days = Math.ceil(daily.length / TREND_POINTS);
  const sums: (number | null)[] = [];
  // Counted from the newest day back, so that only the oldest point may stand for fewer days.
  for (let end = daily.length; end > 0; end -= days) {
    const costs = daily.slice(Math.max(0, end - days), end).map((day) => day.costMillicents);
    const priced = costs.filter((cost) => cost !== null);
    sums.unshift(priced.length > 0 ? priced.reduce((sum, cost) => sum + cost, 0) : null);
  }
  return sums;
}

/** The columns of the projects table, in their order. The first is the row's head. */
export const PROJECT_COLUMNS: readonly ProjectColumn[] = [
  {
    key: 'cost',
    label: 'Cost',
    classes: 'number',
    sortBy: ({ calls, costMillicents }) => (calls ? costMillicents : null),
    ...drawSums(renderCostSum),
  },
  {
    key: 'imputed',
    label: 'Imputed',
    classes: 'number from-1040',
    sortBy: (project) => project.imputedMillicents,
    ...drawSums(({ imputedMillicents }) =>
      imputedMillicents > 0 ? html`${renderMark('imputed')}${renderMoney(imputedMillicents, 2)}` : zero,
    ),
  },
  {
    key: 'share',
    label: 'Share',
    classes: 'from-460',
    cell: renderShare,
    total: ({ costMillicents }) => (costMillicents ? drawShare(nothing, '100.0') : dash),
  },
  {
    key: 'trend',
    label: 'Trend',
    classes: 'from-720',
    cell: (project) => renderSparkline(sumDays(project.daily)),
  },
  {
    key: 'calls',
    label: 'Calls',
    classes: 'number from-460',
    sortBy: (project) => project.calls,
    ...drawSums(({ calls }) => renderCount(calls)),
  },
  {
    key: 'per-call',
    label: 'Per call',
    classes: 'number from-1040',
    sortBy: perCall,
    ...drawSums(renderPerCall),
  },
  {
    key: 'cached',
    label: 'Cached',
    classes: 'number from-1040',
    sortBy: cacheShare,
    ...drawSums(renderCacheShare),
  },
  {
    key: 'p95',
    label: 'p95',
    classes: 'number from-1040',
    sortBy: (project) => project.p95LatencyMs,
    cell: (project) => (project.p95LatencyMs === null ? dash : formatDuration(project.p95LatencyMs)),
  },
  {
    key: 'failed',
    label: 'Failed',
    classes: 'number from-600',
    sortBy: (project) => project.failedCalls,
    ...drawSums(({ failedCalls }) => renderCount(failedCalls)),
  },
  {
    key: 'unpriced',
    label: 'Not priced',
    classes: 'number from-600',
    sortBy: (project) => project.unpricedCalls,
    ...drawSums(({ unpricedCalls }) => renderCount(unpricedCalls, 'unpriced')),
  },
  {
    key: 'model',
    label: 'Top model',
    classes: 'from-1200 model',
    sortBy: (project) => project.topModel,
    cell: (project) =>
      project.topModel === null ? dash : html`${renderSwatch(project.topProvider)}${project.topModel}`,
  },
  {
    key: 'attribution',
    label: 'Attributed by',
    classes: 'from-1200',
    cell: renderTags,
  },
  {
    key: 'last',
    label: 'Last call',
    classes: 'number from-720',
    sortBy: (project) => project.lastCallAt,
    cell: (project, { timeZone }) =>
      project.lastCallAt === null
        ? dash
        : html`<span title=${formatInstant(project.lastCallAt, timeZone)}
            >${formatRecent(project.lastCallAt, timeZone)}</span
          >`,
  },
];

/** What the cells of these projects, which are all, need besides. */
export function makeTable(projects: readonly Project[], timeZone: string): ProjectTable {
  const shares = roundShares(projects.map(({ costMillicents }) => costMillicents ?? 0));
  return { shares: new Map(projects.map(({ slug }, index) => [slug, shares[index]])), timeZone };
}

/** Archived, and without a call in the window: not shown unless asked for. */
export const isLeftOut = ({ archivedAt, calls }: Project): boolean => archivedAt !== null && calls === 0;

/** `12 projects`, and how many of them stand in no row: the sums beside it are of all. */
export const countRows = (all: number, shown: number): string =>
  formatPlural(all, 'project') + (shown < all ? `, ${formatCount(all - shown)} hidden` : '');

/** The buttons beside the heading. `open`: of which tool the panel is open. */
export const renderTools = (
  leftOut: number,
  showsAll?: boolean,
  open?: string,
  onTool?: (event: MouseEvent) => void,
): TemplateResult =>
  html`<div class="tools" @click=${onTool}>
    ${
      leftOut > 0
        ? html`<button type="button" value="archived" aria-pressed=${showsAll ?? false}>Archived (${leftOut})</button>`
        : nothing
    }
    ${['Search', 'Attribution', 'Columns'].map(
      (tool) => html`<button type="button" value=${tool} aria-expanded=${tool === open}>${tool}</button>`,
    )}
  </div>`;

/** The head of a row: the project, a button that chooses it, and one that opens its own view. */
export const renderName = ({ slug, name, archivedAt }: Project, isChosen?: boolean, isOpen?: boolean): TemplateResult =>
  html`<button type="button" value=${slug} aria-pressed=${isChosen ?? nothing} title=${name}>
      <span>${slug}</span></button
    >${archivedAt && html`<span class="muted archived">archived</span>`}<button
      type="button"
      class="opener"
      value=${slug}
      aria-expanded=${isOpen ?? false}
      aria-label="Details of ${slug}"
    ></button>`;

/** The projects in a column's order, nulls last, ties by slug. The column `project` is the slug itself. */
export function sortProjects(
  projects: readonly Project[],
  key: string,
  order: 'asc' | 'desc',
  columns = PROJECT_COLUMNS,
): Project[] {
  const sortBy = columns.find((column) => column.key === key)?.sortBy ?? ((project: Project) => project.slug);
  const direction = order === 'asc' ? 1 : -1;
  return [...projects].sort((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === right) return a.slug < b.slug ? -1 : 1;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -direction : direction;
  });
}
