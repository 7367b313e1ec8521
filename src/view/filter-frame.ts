import { html, nothing, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';

/** The filter as it looks before what edits it is there, and what is known of it without that. */

export const PLACEHOLDER = 'project:acme model:claude-* cost>0.05 or words';

/** The page's author fixed the time, so that there is nothing to choose. */
export const isTimeFixed = ({ last, since, until }: Filter): boolean => (last ?? since ?? until) !== undefined;

/**
 * The text field, the choice of time, whose menu is as wide as its widest line, and the button to the form. `prepare`:
 * somebody comes near; without it all of it is inert.
 */
export function renderFilterFrame(
  filter: Filter,
  fixed: Filter,
  isEmpty: boolean,
  prepare?: () => void,
): TemplateResult {
  return html`<div
    class="filter"
    part="filter"
    role="search"
    aria-label="Filter calls"
    ?inert=${prepare === undefined}
    @focusin=${prepare}
    @pointerenter=${prepare}
  >
    <div class="query">
      <input
        type="text"
        aria-label="Filter"
        placeholder=${PLACEHOLDER}
        ?readonly=${!isEmpty}
        spellcheck="false"
        autocomplete="off"
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
    ${
      isTimeFixed(fixed)
        ? nothing
        : html`<select aria-label="Time" inert>
            <option>${isTimeFixed(filter) ? '' : 'Any time'}</option>
            <option>From, until, zone…</option>
          </select>`
    }
    <button type="button" class="button" part="button" inert>Form</button>
  </div>`;
}

/** The change that takes away every name of a filter but its zone and what the page's author fixed. */
export function clearFilter(filter: Filter, fixed: Filter): Filter {
  const change: Record<string, undefined> = {};
  for (const name of Object.keys(filter)) if (name !== 'tz' && !(name in fixed)) change[name] = undefined;
  return change;
}
