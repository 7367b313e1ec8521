import { html, nothing, type TemplateResult } from 'lit';
import type { Project } from '../daemon/projects.js';
import { isFallen } from '../view/attribution-words.js';
import { formatCount, formatPlural, formatShare } from '../view/format.js';
import { renderMark } from '../view/mark.js';
import { renderNaming } from '../view/project-fix.js';
import { joinWays, renderWays } from '../view/project-ways.js';
import { copyText } from './copy-text.js';
import type { ProjectsContext } from './project-tools.js';

const countFallen = ({ tags }: Project): number =>
  tags.reduce((sum, { method, calls }) => (isFallen(method) ? sum + calls : sum), 0);

/** How the calls of all projects came to them, and where a default caught some: which project has them, and what to do. */
export function renderAttribution({ host, scope, reading }: ProjectsContext): TemplateResult {
  const all = reading.data?.projects ?? [];
  const ways = joinWays(all.flatMap(({ tags }) => tags));
  const calls = ways.reduce((sum, way) => sum + way.calls, 0);
  if (calls === 0) return html`<p class="muted">No calls under this filter.</p>`;
  const isFixed = scope.fixed.attribution !== undefined;
  const caught = all
    .map((project) => ({ slug: project.slug, fallen: countFallen(project) }))
    .filter(({ fallen }) => fallen > 0)
    .sort((a, b) => b.fallen - a.fallen);
  const fallen = caught.reduce((sum, project) => sum + project.fallen, 0);
  return html`${renderWays(ways, {
    label: 'How calls came to their projects',
    chosen: scope.filter.attribution ?? [],
    choose: isFixed ? null : (attribution) => scope.changeFilter({ attribution }),
  })}
  ${
    fallen === 0
      ? nothing
      : html`<div class="naming">
          <p>
            ${renderMark('warning')}<b
              >${formatPlural(fallen, 'call')}, ${formatShare(fallen, calls)}, fell to a default</b
            >
          </p>
          <p class="choices">
            ${caught.map(
              (project) =>
                html`<button type="button" class="button" part="button" @click=${() => (host.opened = project.slug)}>
                  ${project.slug}&nbsp;<span class="muted">${formatCount(project.fallen)}</span>
                </button>`,
            )}
            <span class="muted">Open one to see which folders and machines they came from.</span>
          </p>
          ${renderNaming(copyText)}
        </div>`
  }`;
}
