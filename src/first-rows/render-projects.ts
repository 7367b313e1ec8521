import { html, nothing, type TemplateResult } from 'lit';
import type { WireShownProjects } from '../api/project.js';
import type { CamelCased } from '../api/camel-case.js';
import {
  countRows,
  isShown,
  makeTable,
  NAME_COLUMN,
  PROJECT_COLUMNS,
  type ProjectHead,
  renderName,
} from '../view/project-columns.js';

type ProjectsAnswer = CamelCased<WireShownProjects>;

/** What `<hm-projects>` draws first when nobody chose anything, before its scripts are there. */
export function renderFirstProjects(answer: ProjectsAnswer, timeZone: string): TemplateResult {
  const { projects, totals } = answer;
  const table = makeTable(answer, timeZone);
  const rows = projects.filter(isShown);
  return html`<section aria-labelledby="title">
    <div class="head">
      <h2 id="title">Projects</h2>
      <span class="context">by cost, falling</span>
    </div>
    <div class="scroller">
      <table aria-labelledby="title">
        <thead>
          <tr>
            ${[NAME_COLUMN, ...PROJECT_COLUMNS].map(renderHead)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
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

function renderHead({ key, label, classes }: ProjectHead): TemplateResult {
  return html`<th scope="col" class=${classes} aria-sort=${key === 'cost' ? 'descending' : nothing}>
    <button type="button">${label}</button>
  </th>`;
}
