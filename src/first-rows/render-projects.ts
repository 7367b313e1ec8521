import { html, nothing, type TemplateResult } from 'lit';
import type { WireShownProjects } from '../api/project.js';
import type { CamelCased } from '../api/camel-case.js';
import { formatPlural } from '../view/format.js';
import { PROJECT_COLUMNS, type ProjectColumn, sortProjects } from '../view/project-columns.js';

type ProjectsAnswer = CamelCased<WireShownProjects>;
type Project = ProjectsAnswer['projects'][number];

const PROJECT: Pick<ProjectColumn, 'key' | 'label' | 'classes' | 'sortBy'> = {
  key: 'project',
  label: 'Project',
  classes: '',
  sortBy: () => null,
};

/** What `<hm-projects>` draws first when nobody chose anything, before its scripts are there. */
export function renderFirstProjects({ projects, totals }: ProjectsAnswer, timeZone: string): TemplateResult {
  const table = { costMillicents: totals.costMillicents ?? 0, timeZone };
  return html`<section aria-labelledby="title">
    <div class="head">
      <h2 id="title">Projects</h2>
      <span class="context">by cost, falling</span>
    </div>
    <div class="scroller">
      <table aria-labelledby="title">
        <thead>
          <tr>
            ${[PROJECT, ...PROJECT_COLUMNS].map(renderHead)}
          </tr>
        </thead>
        <tbody>
          ${sortProjects(projects, 'cost', 'desc').map(
            (project) =>
              html`<tr>
                <th scope="row">${renderName(project)}</th>
                ${PROJECT_COLUMNS.map(({ classes, cell }) => html`<td class=${classes}>${cell(project, table)}</td>`)}
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${formatPlural(projects.length, 'project')}</th>
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

function renderName({ slug, name, archivedAt }: Project): TemplateResult {
  return html`<button type="button" title=${name}><span>${slug}</span></button
    >${archivedAt && html`<span class="muted archived">archived</span>`}`;
}
