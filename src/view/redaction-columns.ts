import { html, nothing, type TemplateResult } from 'lit';
import { formatBytes } from './bytes.js';
import { formatCount } from './format.js';
import { renderCallMark, type CallMark } from './call-mark.js';
import { renderCalls } from './redaction-calls.js';
import {
  countNotKept,
  sumRedactions,
  type BodyFilter,
  type CaptureProject,
  type Figures,
  type RedactionOptions,
} from './redaction-model.js';
import { formatDay, formatInstant } from './time.js';

export interface CaptureColumn {
  readonly key: string;
  readonly label: string;
  /** Classes of head and cells: `number`, and the width from which the column stands. */
  readonly classes: string;
  readonly title?: string;
  readonly sortBy: (project: CaptureProject) => number | string | null;
  readonly cell: (project: CaptureProject, options: RedactionOptions) => unknown;
  /** The cell under all projects. */
  readonly total?: (totals: Figures, options: RedactionOptions) => unknown;
}

const zero = html`<span class="muted">0</span>`;

const renderCount = (count: number): unknown => (count === 0 ? zero : formatCount(count));

/** Calls of a state that a filter finds just these of. */
function callsColumn(
  key: string,
  label: string,
  classes: string,
  words: string,
  bodyState: BodyFilter | null,
  count: (figures: Figures) => number,
  mark?: CallMark,
): CaptureColumn {
  const draw = (figures: Figures, project: string | null, options: RedactionOptions): TemplateResult =>
    html`${mark && count(figures) > 0 ? renderCallMark(mark) : nothing}${renderCalls(
      count(figures),
      words,
      { project, bodyState },
      options,
    )}`;
  return {
    key,
    label,
    classes: `number ${classes}`,
    sortBy: count,
    cell: (project, options) => draw(project, project.slug, options),
    total: (totals, options) => (bodyState === null ? formatCount(totals.calls) : draw(totals, null, options)),
  };
}

function plainColumn(
  key: string,
  label: string,
  classes: string,
  count: (figures: Figures) => number,
  draw: (figures: Figures) => unknown = (figures) => renderCount(count(figures)),
  title?: string,
): CaptureColumn {
  return {
    key,
    label,
    classes: `number ${classes}`,
    ...(title !== undefined && { title }),
    sortBy: count,
    cell: draw,
    total: draw,
  };
}

/** One secret may be counted under two names, so a sum is the most there can be. */
function renderRedactions(figures: Figures): unknown {
  const marks = sumRedactions(figures);
  if (marks === 0) return zero;
  return html`<span class="muted">≤ </span>${formatCount(marks)}`;
}

const UP_TO = 'Marks set in place of a secret, up to: one secret may be counted under two names';

/** The columns of the projects after the name and the switch, in their order. */
export const CAPTURE_COLUMNS: readonly CaptureColumn[] = [
  {
    key: 'since',
    label: 'Since',
    classes: 'from-720',
    sortBy: ({ changedAt }) => changedAt,
    cell: ({ changedAt }, { timeZone, now }) =>
      changedAt === null
        ? html`<span class="muted">never switched</span>`
        : html`<span title=${formatInstant(changedAt, timeZone)}>${formatDay(changedAt, timeZone, now)}</span>`,
  },
  callsColumn('calls', 'Calls', '', 'all', null, ({ calls }) => calls),
  callsColumn('stored', 'Whole', '', 'kept whole', 'stored', ({ stored }) => stored),
  callsColumn('cut', 'Cut', 'from-460', 'kept, cut', 'truncated', ({ truncated }) => truncated, 'body-cut'),
  callsColumn('failed', 'Failed', 'from-600', 'capture failed', 'failed', ({ failed }) => failed, 'error'),
  callsColumn('not-kept', 'Not kept', 'from-600', 'nothing kept', 'none', countNotKept),
  plainColumn('off', 'Off', 'from-1040', ({ off }) => off),
  plainColumn('expired', 'Expired', 'from-1040', ({ expired }) => expired),
  plainColumn('none', 'No reason', 'from-1040', ({ none }) => none),
  plainColumn(
    'size',
    'Size',
    'from-720',
    ({ storedBytes }) => storedBytes,
    ({ storedBytes }) => (storedBytes === 0 ? zero : formatBytes(storedBytes)),
  ),
  plainColumn('redactions', 'Redactions', 'from-600', sumRedactions, renderRedactions, UP_TO),
  plainColumn('uploaded', 'Uploaded', 'from-1040', ({ uploaded }) => uploaded),
];

/** The projects in a column's order, nulls last, ties by slug. */
export function sortCapture(projects: readonly CaptureProject[], key: string, order: 'asc' | 'desc'): CaptureProject[] {
  const sortBy =
    key === 'capture'
      ? ({ captureEnabled }: CaptureProject) => Number(captureEnabled)
      : (CAPTURE_COLUMNS.find((column) => column.key === key)?.sortBy ?? (({ slug }: CaptureProject) => slug));
  const direction = order === 'asc' ? 1 : -1;
  const compare = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1);
  return [...projects].sort((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === right) return compare(a.slug, b.slug);
    if (left === null) return 1;
    if (right === null) return -1;
    return direction * compare(left, right);
  });
}
