import { html, type TemplateResult } from 'lit';
import { renderCommand } from './command.js';
import { formatPlural } from './format.js';
import { renderMark } from './mark.js';
import { quoteName } from './shell-quotes.js';

type Copy = (text: string) => Promise<boolean>;

/** Stands in the commands for the name that only the user knows. */
const NAME = 'my-project';

/** Calls without a project can be moved by the daemon's own command, unless their project's name is one that it refuses. */
export function canRetag(slug: string): boolean {
  return slug.trim() === slug && !/^\.*$|[/\\\0\n\r\t]|\.\./.test(slug);
}

/** How calls get a project from now on: the ways that the daemon documents. */
export function renderNaming(copy: Copy): TemplateResult {
  return html`<p>From now on, name the project where the program is started. For one terminal:</p>
    ${renderCommand(`export HALTON_PROJECT=${NAME}`, copy)}
    <p>For a folder and all below it, once, in that folder:</p>
    ${renderCommand(`echo 'project: ${NAME}' >> .haltonrc`, copy)}
    <p class="muted">Put your own name in the place of ${NAME}.</p>`;
}

/** How calls that were recorded under this project get another. `fallen`: those that a default caught. */
export function renderRetagging(slug: string, fallen: number, copy: Copy): TemplateResult {
  const command = `halton-meter retag --from ${quoteName(slug)} --to ${NAME}`;
  return html`<h3>${renderMark('warning')}${formatPlural(fallen, 'call')} fell to a default</h3>
    ${
      canRetag(slug)
        ? html`<p>
              What is recorded can be moved: every call of this project at once, those that came to it in another way
              too. To see how many:
            </p>
            ${renderCommand(command, copy)}
            <p>To move them, after <code>halton-meter stop</code>:</p>
            ${renderCommand(`${command} --apply`, copy)}`
        : html`<p>What is recorded stays: <code>halton-meter retag</code> refuses the name of this project.</p>`
    }
    ${renderNaming(copy)}`;
}
