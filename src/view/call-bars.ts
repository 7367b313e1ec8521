import { html, nothing, type TemplateResult } from 'lit';
import type { GroupKey } from './call-arrangement.js';
import { GROUPINGS } from './call-arrangement.js';

/** What stands beside the heading of the calls. */

const PANELS = [
  ['columns', 'Columns'],
  ['views', 'Views ▾'],
  ['export', 'Export ▾'],
] as const;

interface Tools {
  readonly group: GroupKey | null;
  /** The open panel's name. */
  readonly panel: string | null | undefined;
  readonly content: unknown;
  readonly groupBy: (group: string) => void;
  readonly toggle: (panel: (typeof PANELS)[number][0], opener: HTMLElement) => void;
}

/** The heading, with the tools beside it. */
export function renderCallsHead(tools: Tools): TemplateResult {
  return html`<div class="head" part="head">
    <h2 id="title">Calls</h2>
    <span class="context">one row per call the daemon recorded</span>
    ${renderTools(tools)}
  </div>`;
}

function renderTools({ group, panel, content, groupBy, toggle }: Tools): TemplateResult {
  return html`<div class="tools" part="tools">
    <select
      aria-label="Group by"
      .value=${group ?? ''}
      @change=${(event: Event) => groupBy((event.target as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${group === null}>${group === null ? 'Group by ▾' : 'No groups'}</option>
      ${GROUPINGS.map(([key, label]) => html`<option value=${key} ?selected=${group === key}>by ${label}</option>`)}
    </select>
    ${PANELS.map(([name, label]) =>
      name === 'columns' && group !== null
        ? nothing
        : html`<button
            type="button"
            aria-haspopup="dialog"
            aria-expanded=${panel === name}
            @click=${(event: Event) => toggle(name, event.currentTarget as HTMLElement)}
          >
            ${label}
          </button>`,
    )}
    ${content}
  </div>`;
}
