import { html, type TemplateResult } from 'lit';
import { renderCommand } from './command.js';
import { renderMark } from './mark.js';

/** Where the daemon keeps its database, unless it was told otherwise. */
const READ_FILE = 'hm-elements --db ~/.halton-meter/db.sqlite';

/** What is missing in a source that is read over HTTP: in what is shown now, and at all. */
export function renderSourceNotes(notes: readonly string[], copy: (text: string) => Promise<boolean>): TemplateResult {
  return html`<div part="notes" class="notes">
    ${notes.map((note) => html`<p role="status">${renderMark('warning')}${note}</p>`)}
    <details>
      <summary>What this daemon does not tell over HTTP</summary>
      <p>
        Bodies, and what is captured and redacted of them. Of a call its kind, attribution, machine and folder, prompt,
        error, billing and the source of its rates: these are unknown here, and not none.
      </p>
      <p>All of it is in the daemon’s database. To show it, start hm-elements as the user who owns that file:</p>
      ${renderCommand(READ_FILE, copy)}
    </details>
  </div>`;
}
