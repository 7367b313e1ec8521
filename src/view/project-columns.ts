import { html, nothing, type TemplateResult } from 'lit';
import type { WireShownProject, WireShownProjects } from '../api/project.js';
import type { CamelCased } from '../api/camel-case.js';
import { UNATTRIBUTED } from './attribution.js';
import { formatCount, formatDuration, formatShare } from './format.js';
import { renderMark, renderSwatch } from './mark.js';
import { renderCostSum, renderMoney } from './money.js';
import { joinTags } from './project-tags.js';
import { renderSparkline } from './sparkline.js';
import { formatInstant, formatRecent } from './time.js';

type Project = CamelCased<WireShownProject>;

/** What a cell needs besides its project. */
export interface ProjectTable {
  readonly costMillicents: number;
  readonly timeZone: string;
}

export interface ProjectColumn {
  readonly key: string;
  readonly label: string;
  /** Classes of head and cells: `number`, and the width from which the column stands. */
  readonly classes: string;
  /** What the column is sorted by; null goes last in either direction. */
  readonly sortBy?: (project: Project) => number | string | null;
  readonly cell: (project: Project, table: ProjectTable) => TemplateResult | string;
  /** The cell under all projects. */
  readonly total?: (totals: Sums) => unknown;
}

/** What a project and the sums of all have in common. */
type Sums = CamelCased<WireShownProjects>['totals'];

const perCall = (sums: Sums): number | null => {
  const priced = sums.calls - sums.unpricedCalls;
  return priced > 0 && sums.costMillicents !== null ? sums.costMillicents / priced : null;
};

const cacheShare = (sums: Sums): number | null => {
  const input = sums.inputTokens + sums.cacheReadTokens + sums.cacheWriteTokens;
  return input > 0 ? sums.cacheReadTokens / input : null;
};

const dash = html`<span class="muted">–</span>`;
const zero = html`<span class="muted">0</span>`;

const renderCount = (count: number, mark?: 'unpriced'): TemplateResult | string =>
  count === 0 ? zero : html`${mark ? renderMark(mark) : nothing}${formatCount(count)}`;

/** A column whose cells and total are drawn alike. */
const drawSums = (draw: (sums: Sums) => TemplateResult | string): Pick<ProjectColumn, 'cell' | 'total'> => ({
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

function renderShare(project: Project, table: ProjectTable): TemplateResult {
  if (project.costMillicents === null || project.calls === 0) return dash;
  const share = table.costMillicents > 0 ? project.costMillicents / table.costMillicents : 0;
  return html`<span class="share"
    ><svg width="44" height="6" viewBox="0 0 44 6" aria-hidden="true">
      <rect class="track" width="64" height="6" />
      <rect class="bar" width=${Math.max(0, Math.round(share * 44))} height="6" /></svg
    ><span>${formatShare(project.costMillicents, table.costMillicents)}</span></span
  >`;
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

function renderCapture(project: Project): TemplateResult {
  if (project.capture === null) return html`<span class="muted">unknown</span>`;
  return project.capture.enabled ? html`<span class="muted">on</span>` : html`${renderMark('off')}off`;
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
    key: 'capture',
    label: 'Capture',
    classes: 'from-1040',
    sortBy: (project) => (project.capture === null ? null : Number(project.capture.enabled)),
    cell: renderCapture,
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

/** The projects in a column's order, nulls last, ties by slug. The column `project` is the slug itself. */
export function sortProjects(projects: readonly Project[], key: string, order: 'asc' | 'desc'): Project[] {
  const sortBy = PROJECT_COLUMNS.find((column) => column.key === key)?.sortBy ?? ((project: Project) => project.slug);
  const direction = order === 'asc' ? 1 : -1;
  return [...projects].sort((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === right) return a.slug < b.slug ? -1 : 1;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -direction : direction;
  });
}
