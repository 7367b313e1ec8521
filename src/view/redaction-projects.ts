import { html, nothing, type TemplateResult } from 'lit';
import { renderCommand } from './command.js';
import { formatCount, formatPlural } from './format.js';
import { renderMark } from './mark.js';
import { CAPTURE_COLUMNS, sortCapture, type CaptureColumn } from './redaction-columns.js';
import type { BodySummary, CaptureProject, CaptureStatus, RedactionOptions } from './redaction-model.js';
import { quoteOperand } from './shell-quotes.js';
import { formatDay } from './time.js';

/** Rows of a table that is not shown to its end. */
export const FIRST_ROWS = 20;

/** Each project's switch, what is kept of its calls' bodies, and what was redacted; a row opens to the command. */
export function renderProjects(
  { projects, totals }: BodySummary,
  status: CaptureStatus,
  options: RedactionOptions,
): TemplateResult {
  const sorted = sortCapture(projects, options.sort, options.order);
  const shown = options.whole.includes('projects') ? sorted : sorted.slice(0, FIRST_ROWS);
  const columns = CAPTURE_COLUMNS.filter(({ key }) => key !== 'uploaded' || totals.uploaded > 0);
  const heads = [
    { key: 'project', label: 'Project', classes: '' },
    { key: 'capture', label: 'Capture', classes: '' },
  ];
  return html`<div class="scroller">
      <table part="projects" aria-labelledby="projects">
        <thead>
          <tr>
            ${[...heads, ...columns].map((column) => renderHead(column, options))}
          </tr>
        </thead>
        <tbody>
          ${shown.map((project) => renderProject(project, columns, status, options))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${formatPlural(projects.length, 'project')}</th>
            <td></td>
            ${columns.map((column) => html`<td class=${column.classes}>${column.total?.(totals, options)}</td>`)}
          </tr>
        </tfoot>
      </table>
    </div>
    ${renderRest('projects', sorted.length - shown.length, 'project', options)}`;
}

/** The way to the rest of a long table. */
export function renderRest(
  table: string,
  rest: number,
  noun: string,
  { whole, change }: Pick<RedactionOptions, 'whole' | 'change'>,
): TemplateResult | typeof nothing {
  if (rest <= 0) return nothing;
  const onShow = (): void => change({ whole: [...whole, table] });
  return html`<button class="button" part="button" type="button" @click=${onShow}>
    Show ${formatCount(rest)} more ${noun}${rest === 1 ? '' : 's'}
  </button>`;
}

function renderHead(
  { key, label, classes, title }: Pick<CaptureColumn, 'key' | 'label' | 'classes' | 'title'>,
  { sort, order, change }: RedactionOptions,
): TemplateResult {
  const onSort = (): void => {
    if (sort === key) change({ order: order === 'asc' ? 'desc' : 'asc' });
    else change({ sort: key, order: key === 'project' || key === 'capture' ? 'asc' : 'desc' });
  };
  const sorted = key !== sort ? nothing : order === 'asc' ? 'ascending' : 'descending';
  return html`<th scope="col" class=${classes} aria-sort=${sorted} title=${title ?? nothing}>
    <button type="button" @click=${onSort}>${label}</button>
  </th>`;
}

function renderProject(
  project: CaptureProject,
  columns: readonly CaptureColumn[],
  status: CaptureStatus,
  options: RedactionOptions,
): TemplateResult {
  const { slug, archivedAt } = project;
  const isOpen = options.opened === slug;
  const onOpen = (): void => options.change({ opened: isOpen ? null : slug });
  return html`<tr part="row" class=${isOpen ? 'open' : ''}>
      <th scope="row">
        <span class="slug" title=${slug}>${slug || 'no name'}</span
        >${archivedAt === null ? nothing : html`<span class="muted archived">archived</span>`}
      </th>
      <td>
        <button
          type="button"
          class="switch"
          value=${JSON.stringify([slug])}
          aria-expanded=${isOpen}
          aria-label="Capture of ${slug}: ${project.captureEnabled ? 'on' : 'off'}, how to change it"
          @click=${onOpen}
        >
          ${renderSwitch(project, status)}
        </button>
      </td>
      ${columns.map((column) => html`<td class=${column.classes}>${column.cell(project, options)}</td>`)}
    </tr>
    ${
      isOpen
        ? html`<tr class="opened" part="opened">
            <td colspan=${columns.length + 2}>${renderOpened(project, status, options)}</td>
          </tr>`
        : nothing
    }`;
}

function renderSwitch({ captureEnabled }: CaptureProject, { capture }: CaptureStatus): TemplateResult {
  if (!captureEnabled) return html`${renderMark('off')}off`;
  return capture?.enabled === false ? html`${renderMark('off')}on, overruled` : html`on`;
}

/** The switch in words, the command that turns it, and every category of what was redacted. */
function renderOpened(
  { slug, captureEnabled, changedAt, categories, redactedBodies }: CaptureProject,
  { capture }: CaptureStatus,
  { timeZone, now, copy }: RedactionOptions,
): TemplateResult {
  const since = changedAt === null ? '' : ` since ${formatDay(changedAt, timeZone, now)}`;
  const overruled =
    capture?.enabled === false && captureEnabled ? " The daemon's master switch is off and overrules it." : '';
  const is = `Capture of this project is ${captureEnabled ? 'on' : 'off'}${since}${changedAt === null ? ', as it is unless it is switched' : ''}.${overruled}`;
  const turn = captureEnabled
    ? 'To keep no more of its bodies; those stored stay until they expire:'
    : 'To keep its bodies from now on:';
  return html`<p>${is}</p>
    <p class="muted">${turn}</p>
    ${renderCommand(`halton-meter project set ${quoteOperand(slug)} body-capture ${captureEnabled ? 'off' : 'on'}`, copy)}
    <p class="muted">The daemon takes it up within 5 minutes.</p>
    ${
      categories.length === 0
        ? nothing
        : html`<p>Redacted in ${formatPlural(redactedBodies, 'call')}, up to:</p>
            <ul class="categories">
              ${categories
                .slice(0, FIRST_ROWS)
                .map(
                  ({ category, count }) =>
                    html`<li><span class="category">${category || 'no name'}</span> ${formatCount(count)}</li>`,
                )}
              ${categories.length > FIRST_ROWS ? html`<li class="muted">${formatCount(categories.length - FIRST_ROWS)} more</li>` : nothing}
            </ul>`
    }`;
}
