import { html, nothing, type TemplateResult } from 'lit';
import type { WireShownProjects } from '../api/project.js';
import type { CamelCased } from '../api/camel-case.js';
import {
  countRows,
  isLeftOut,
  makeTable,
  PROJECT_COLUMNS,
  type ProjectColumn,
  renderName,
  renderTools,
  sortProjects,
} from '../view/project-columns.js';

type ProjectsAnswer = CamelCased<WireShownProjects>;

const PROJECT: Pick<ProjectColumn, 'key' | 'label' | 'classes' | 'sortBy'> = {
  key: 'project',
  label: 'Project',
  classes: '',
  sortBy: () => null,
};

/** What `<hm-projects>` draws first when nobody chose anything, before its scripts are there. */
export function renderFirstProjects({ projects, totals }: ProjectsAnswer, timeZone: string): TemplateResult {
  const table = makeTable(projects, timeZone);
  const rows = projects.filter((project) => !isLeftOut(project));
  return html`<section aria-labelledby="title">
    <div class="head">
      <h2 id="title">Projects</h2>
      <span class="context">by cost, falling</span>
      ${renderTools(projects.length - rows.length)}
    </div>
    <div class="scroller">
      <table aria-labelledby="title">
        <thead>
          <tr>
            ${[PROJECT, ...PROJECT_COLUMNS].map(renderHead)}
          </tr>
        </thead>
        <tbody>
          ${sortProjects(rows, 'cost', 'desc').map(
            (project) =>
              html`<tr>
                <th scope="row">${renderName(project)}</th>
                ${PROJECT_COLUMNS.map(({ classes, cell }) => html`<td class=${classes}>${cell(project, table)}</td>`)}
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${countRows(projects.length, rows.length)}</th>
            ${PROJECT_COLUMNS.map(({ classes, total }) => html`<td class=${classes}>${total?.(totals)}</td>`)}
          </tr>
        </tfoot>
      </table>
    </div>
  </section>`;
}

function renderHead({ key, label, classes, sortBy }: typeof PROJECT): TemplateResult {
  return html`<th scope="col" class=${classes} aria-sort=${key === 'cost' ? 'descending' : nothing}>
    ${sortBy ? html`<button type="button">${label}</button>` : label}
  </th>`;
}
