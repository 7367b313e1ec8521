import { html, nothing, type TemplateResult } from 'lit';
import type { WireShownProjects } from '../api/project.js';
import type { CamelCased } from '../api/camel-case.js';
import { UNATTRIBUTED } from './attribution.js';
import { formatCount, formatDuration, formatPlural, formatShare } from './format.js';
import { renderMark, renderSwatch } from './mark.js';
import { renderCostSum, renderMoney } from './money.js';
import { joinTags } from './project-tags.js';
import { formatTenthsShare, roundShares } from './shares.js';
import { renderSparkline } from './sparkline.js';
import { formatInstant, formatRecent } from './time.js';

type Answer = CamelCased<WireShownProjects>;
type Project = Answer['projects'][number];

/** What a cell needs besides its project. */
export interface ProjectTable {
  /** Shares of the cost by slug, in tenths of a percent, together 100 %. */
  readonly shares: ReadonlyMap<string, number>;
  readonly timeZone: string;
}

export interface ProjectHead {
  readonly key: string;
  readonly label: string;
  /** Classes of head and cells: `number`, and the width from which the column stands. */
  readonly classes: string;
}

export interface ProjectColumn extends ProjectHead {
  /** What the label leaves out. */
  readonly title?: string;
  readonly cell: (project: Project, table: ProjectTable) => unknown;
  /** The cell under all projects. */
  readonly total?: (totals: Sums) => unknown;
}

/** What a project and the sums of all have in common. */
export type Sums = Answer['totals'];

/** Cost of the calls that have one, on average. */
export const perCall = (sums: Sums): number | null => {
  const priced = sums.calls - sums.unpricedCalls;
  return priced > 0 && sums.costMillicents !== null ? sums.costMillicents / priced : null;
};

/** Part of the input that came from the prompt cache. */
export const cacheShare = (sums: Sums): number | null => {
  const input = sums.inputTokens + sums.cacheReadTokens + sums.cacheWriteTokens;
  return input > 0 ? sums.cacheReadTokens / input : null;
};

const dash = html`<span class="muted">–</span>`;
const zero = html`<span class="muted">0</span>`;

const renderCount = (count: number, mark?: 'unpriced'): TemplateResult | string =>
  count === 0 ? zero : html`${mark ? renderMark(mark) : nothing}${formatCount(count)}`;

/** What is drawn of a value, and a dash where it isn't there. */
const orDash = <T>(value: T | null, draw: (value: T) => unknown): unknown => (value === null ? dash : draw(value));

/** A column whose cells and total are drawn alike. */
const drawSums = (draw: (sums: Sums) => unknown): Pick<ProjectColumn, 'cell' | 'total'> => ({
  cell: draw,
  total: draw,
});

/** A column that counts calls. */
const count = (
  key: string,
  label: string,
  classes: string,
  calls: (sums: Sums) => number,
  mark?: 'unpriced',
): ProjectColumn => ({
  key,
  label,
  classes,
  ...drawSums((sums) => renderCount(calls(sums), mark)),
});

/** A share of the whole as a bar and in words. */
function renderShare({ slug, calls, costMillicents }: Project, { shares }: ProjectTable): TemplateResult {
  const tenths = shares.get(slug)!;
  // Of nothing there are no shares.
  if (!calls || costMillicents === null || !(tenths >= 0)) return dash;
  return html`<span class="share"
    ><svg width="44" height="6" aria-hidden="true">
      <rect class="track" width="44" height="6" />
      <rect class="bar" width=${Math.round(tenths * 0.044)} height="6" /></svg
    ><span>${formatTenthsShare(tenths, costMillicents > 0)}</span></span
  >`;
}

function renderTags(project: Project): TemplateResult {
  const [most, others] = joinTags(project.tags);
  if (!most) return dash;
  const [word, calls] = most;
  const share = others ? html` <span class="muted">${formatShare(calls, project.calls)}</span>` : nothing;
  return html`${word === UNATTRIBUTED ? renderMark('warning') : nothing}${word}${share}`;
}

const TREND_POINTS = 30;

/** Costs of days, of as many days each as it takes for a trend that can be read; unpriced calls only are no cost. */
function sumDays(daily: Project['daily']): (number | null)[] {
  const days = Math.ceil(daily.length / TREND_POINTS);
  const sums: (number | null)[] = [];
  // Counted from the newest day back, so that only the oldest point may stand for fewer days.
  for (let end = daily.length; end > 0; end -= days) {
    sums.unshift(
      daily
        .slice(Math.max(0, end - days), end)
        .reduce<number | null>((sum, { costMillicents: cost }) => (cost === null ? sum : (sum ?? 0) + cost), null),
    );
  }
  return sums;
}

/** The columns of the projects table, in their order. The first is the row's head. */
export const PROJECT_COLUMNS: readonly ProjectColumn[] = [
  {
    key: 'cost',
    label: 'Cost',
    classes: 'number',
    ...drawSums(renderCostSum),
  },
  {
    key: 'imputed',
    label: 'Imputed',
    classes: 'number from-1040',
    ...drawSums(({ imputedMillicents }) =>
      imputedMillicents > 0 ? html`${renderMark('imputed')}${renderMoney(imputedMillicents, 2)}` : dash,
    ),
  },
  {
    key: 'share',
    label: 'Share',
    classes: 'number from-460',
    cell: renderShare,
    total: ({ costMillicents }) => (costMillicents ? '100.0 %' : dash),
  },
  {
    key: 'trend',
    label: 'Trend',
    classes: 'from-720',
    cell: (project) => renderSparkline(sumDays(project.daily)),
  },
  count('calls', 'Calls', 'number from-460', ({ calls }) => calls),
  {
    key: 'per-call',
    label: 'Per call',
    classes: 'number from-1040',
    ...drawSums((sums) => orDash(perCall(sums), (cost) => renderMoney(Math.round(cost), 4))),
  },
  {
    key: 'cached',
    label: 'Cached',
    classes: 'number from-1040',
    ...drawSums((sums) => orDash(cacheShare(sums), (share) => (share === 0 ? zero : `${Math.round(share * 100)} %`))),
  },
  {
    key: 'p95',
    label: 'p95',
    classes: 'number from-1040',
    cell: (project) => orDash(project.p95LatencyMs, formatDuration),
  },
  count('failed', 'Failed', 'number from-600', ({ failedCalls }) => failedCalls),
  count('unpriced', 'Not priced', 'number from-600', ({ unpricedCalls }) => unpricedCalls, 'unpriced'),
  {
    key: 'model',
    label: 'Top model',
    classes: 'from-1200 model',
    cell: (project) => orDash(project.topModel, (model) => html`${renderSwatch(project.topProvider)}${model}`),
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
    cell: (project, { timeZone }) =>
      orDash(
        project.lastCallAt,
        (at) => html`<span title=${formatInstant(at, timeZone)}>${formatRecent(at, timeZone)}</span>`,
      ),
  },
];

/** What the cells of the projects, which are all, need besides. */
export function makeTable({ projects, totals }: Answer, timeZone: string): ProjectTable {
  const costs = projects.map(({ costMillicents }) => costMillicents ?? 0);
  const shares = roundShares(costs, totals.costMillicents ?? 0);
  return { shares: new Map(projects.map(({ slug }, index) => [slug, shares[index]!])), timeZone };
}

/** What stands without being asked for: all but what is archived and has no call in the window. */
export const isShown = ({ archivedAt, calls }: Project): boolean => calls > 0 || archivedAt === null;

/** `12 projects`, and how many of them stand in no row: the sums beside it are of all. */
export const countRows = (all: number, shown: number): string =>
  formatPlural(all, 'project') + (shown < all ? `, ${all - shown} hidden` : '');

/** A project as the head of its row: a button that chooses it. */
export const renderName = ({ slug, name, archivedAt }: Project, isChosen?: boolean): TemplateResult =>
  html`<button type="button" value=${slug} aria-pressed=${!!isChosen} title=${name}><span>${slug}</span></button
    >${archivedAt && html`<span class="muted archived">archived</span>`}`;

/** The head over the names. */
export const NAME_COLUMN: ProjectHead = { key: 'project', label: 'Project', classes: '' };
