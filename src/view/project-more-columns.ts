import { html, type TemplateResult } from 'lit';
import type { CamelCased } from '../api/camel-case.js';
import type { WireShownProject } from '../api/project.js';
import { renderNumber } from './figures.js';
import { formatCount, formatDuration } from './format.js';
import { renderMark } from './mark.js';
import { dash } from './money.js';
import { PROJECT_COLUMNS, type ProjectColumn, type Sums } from './project-columns.js';
import { sumTokens } from './project-sorts.js';
import { formatDay, formatInstant, formatRecent } from './time.js';

type Project = CamelCased<WireShownProject>;

const renderTokens = (sums: Sums): unknown => renderNumber(sumTokens(sums));

function renderCapture({ capture }: Project): TemplateResult {
  if (capture === null) return html`<span class="muted">unknown</span>`;
  const { enabled, bodies } = capture;
  const kept = html`<span class="muted">${bodies > 0 ? `, ${formatCount(bodies)} kept` : ''}</span>`;
  return enabled ? html`<span class="muted">on</span>${kept}` : html`${renderMark('off')}off${kept}`;
}

const renderMoment = (instant: string | null, zone: string, format: typeof formatDay): TemplateResult =>
  instant === null ? dash : html`<span title=${formatInstant(instant, zone)}>${format(instant, zone)}</span>`;

/** Columns that stand only where they are chosen, each behind the one that is named. */
const MORE: readonly (ProjectColumn & { readonly after: string })[] = [
  {
    key: 'tokens',
    after: 'per-call',
    label: 'Tokens',
    classes: 'number',
    title: 'Input, output, thinking, cache read and cache write together',
    cell: renderTokens,
    total: renderTokens,
  },
  {
    key: 'latency',
    after: 'cached',
    label: 'Latency',
    classes: 'number',
    title: 'Average time of a call',
    cell: ({ avgLatencyMs }) => (avgLatencyMs === null ? dash : formatDuration(avgLatencyMs)),
  },
  {
    key: 'cut',
    after: 'failed',
    label: 'Cut',
    classes: 'number',
    title: 'Calls whose answer broke off, so that their tokens are not all counted',
    cell: ({ incompleteCalls }) => renderNumber(incompleteCalls),
    total: ({ incompleteCalls }) => renderNumber(incompleteCalls),
  },
  {
    key: 'capture',
    after: 'attribution',
    label: 'Capture',
    classes: '',
    title: 'Whether bodies are kept from now on, and of how many of these calls they are',
    cell: renderCapture,
  },
  {
    key: 'created',
    after: 'capture',
    label: 'Created',
    classes: 'number',
    cell: ({ createdAt }, { timeZone }) => renderMoment(createdAt, timeZone, formatDay),
  },
  {
    key: 'first',
    after: 'created',
    label: 'First call',
    classes: 'number',
    cell: ({ firstCallAt }, { timeZone }) => renderMoment(firstCallAt, timeZone, formatRecent),
  },
];

/** Puts a column behind another. */
export function insertAfter(columns: readonly ProjectColumn[], after: string, column: ProjectColumn): ProjectColumn[] {
  const place = columns.findIndex(({ key }) => key === after) + 1;
  return [...columns.slice(0, place), column, ...columns.slice(place)];
}

/** Every column but that of the change. */
export const ALL_COLUMNS = MORE.reduce<readonly ProjectColumn[]>(
  (columns, column) => insertAfter(columns, column.after, column),
  PROJECT_COLUMNS,
);

/** What the labels of the usual columns leave out. */
const TITLES: Readonly<Record<string, string>> = {
  imputed: 'What a subscription’s calls would have cost. Not billed',
  share: 'Part of the cost of all projects',
  trend: 'Cost of each day; in the order of the newest',
  change: 'Cost, compared with the same time before',
  'per-call': 'Average cost of the calls that have a price',
  cached: 'Part of the input that came from the prompt cache',
  p95: 'Time within which 95 % of the calls were done',
  unpriced: 'Calls that have no price, so that the cost is a lower bound',
  attribution: 'How most of the calls came to the project',
};

export const describeColumn = ({ key, title }: ProjectColumn): string | undefined => title ?? TITLES[key];

/** Columns by their names, `cost,change`, in this order; and the names that are none. */
export function pickColumns(
  names: string,
  known: readonly ProjectColumn[],
): { columns: ProjectColumn[]; unknown: string[] } {
  const columns: ProjectColumn[] = [];
  const unknown: string[] = [];
  for (const name of new Set(names.split(',').map((part) => part.trim()))) {
    const column = known.find(({ key }) => key === name);
    // What was chosen stands at any width.
    if (column !== undefined) columns.push({ ...column, classes: column.classes.replace(/ ?from-\d+/, '') });
    else if (name !== '' && name !== 'project') unknown.push(name);
  }
  return { columns, unknown };
}
