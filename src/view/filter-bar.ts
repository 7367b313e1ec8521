import { html, nothing, type TemplateResult } from 'lit';
import type { WireFacetsAnswer } from '../api/facets.js';
import type { CamelCased } from '../api/camel-case.js';
import type { Filter, FilterList } from '../api/filter.js';
import { clearFilter, describeSpan, listChips } from './filter-words.js';
import { formatCount } from './format.js';

/** The filter as a row of controls and a row of chips. Every control says what it changes; the element does it. */

type Facets = CamelCased<WireFacetsAnswer>['facets'];

interface FilterBar {
  readonly filter: Filter;
  /** Names the page's author fixed: shown nowhere, changed by nobody. */
  readonly fixed: Filter;
  /** Values to choose from; undefined until they were asked for. */
  readonly facets: Facets | undefined;
  readonly timeZone: string;
  readonly change: (change: Filter) => void;
  /** Values are about to be needed. */
  readonly wantFacets: () => void;
  /** Stands at the end of the chips. */
  readonly news: unknown;
}

const MENUS: readonly (readonly [name: 'project' | 'provider' | 'model' | 'status', label: string])[] = [
  ['project', 'Project'],
  ['provider', 'Provider'],
  ['model', 'Model'],
  ['status', 'Status'],
];

const SPANS = ['1h', '24h', '7d', '30d', '90d'];

export function renderFilterBar(bar: FilterBar): TemplateResult {
  const chips = listChips(bar.filter, bar.fixed, bar.timeZone);
  return html`<div
      class="filter"
      role="search"
      aria-label="Filter calls"
      @focusin=${bar.wantFacets}
      @pointerenter=${bar.wantFacets}
    >
      ${bar.fixed.q === undefined ? renderWords(bar) : nothing}
      ${MENUS.map(([name, label]) => (bar.fixed[name] === undefined ? renderMenu(bar, name, label) : nothing))}
      ${(bar.fixed.last ?? bar.fixed.since ?? bar.fixed.until) ? nothing : renderTime(bar)}
    </div>
    <div class="chips" ?hidden=${chips.length === 0 && bar.news === nothing}>
      ${chips.map(
        (chip) =>
          html`<span class="chip" part="chip"
            ><span class="muted">${chip.name}</span> <span class="value">${chip.value}</span
            ><button
              type="button"
              aria-label="Remove ${chip.name} ${chip.value}"
              @click=${() => bar.change(chip.removal)}
            >
              ×
            </button></span
          >`,
      )}
      ${
        chips.length > 0
          ? html`<button type="button" class="muted" @click=${() => bar.change(clearFilter(bar.filter, bar.fixed))}>
              Clear
            </button>`
          : nothing
      }
      ${bar.news}
    </div>`;
}

function renderWords(bar: FilterBar): TemplateResult {
  const onChange = (event: Event): void => {
    bar.change({ q: (event.target as HTMLInputElement).value.trim() });
  };
  return html`<input
    type="search"
    class="words"
    aria-label="Words in id, model, project, folder, machine, error code or key"
    placeholder="Find model, project, folder, machine, id…"
    maxlength="1024"
    .value=${bar.filter.q ?? ''}
    @change=${onChange}
  />`;
}

/** A menu adds a value; the chips show and take away what was added. */
function renderMenu(bar: FilterBar, name: FilterList, label: string): TemplateResult {
  const chosen = bar.filter[name] ?? [];
  const values = bar.facets?.[name as 'project'] ?? [];
  const onChange = (event: Event): void => {
    const menu = event.target as HTMLSelectElement;
    const value = values[menu.selectedIndex - 1];
    menu.selectedIndex = 0;
    if (value !== undefined) bar.change({ [name]: [...new Set([...chosen, value.value ?? ''])] });
  };
  return html`<select aria-label="Filter by ${label.toLowerCase()}" @change=${onChange}>
    <option selected>${label}</option>
    ${values.map(
      ({ value, calls }) =>
        html`<option ?disabled=${chosen.includes(value ?? '')}>${value ?? 'unknown'} (${formatCount(calls)})</option>`,
    )}
  </select>`;
}

function renderTime(bar: FilterBar): TemplateResult {
  const { filter } = bar;
  const custom = filter.since !== undefined || filter.until !== undefined;
  const span = filter.last ?? (custom ? 'custom' : '');
  const onSpan = (event: Event): void => {
    const value = (event.target as HTMLSelectElement).value;
    if (value === 'custom') bar.change({ last: undefined, since: today(bar.timeZone), until: undefined });
    else bar.change({ last: value, since: undefined, until: undefined });
  };
  const spans = filter.last === undefined || SPANS.includes(filter.last) ? SPANS : [filter.last, ...SPANS];
  return html`<select aria-label="Filter by time" .value=${span} @change=${onSpan}>
      <option value="" ?selected=${span === ''}>Any time</option>
      ${spans.map((value) => html`<option value=${value} ?selected=${span === value}>Last ${describeSpan(value)}</option>`)}
      <option value="custom" ?selected=${custom}>From… until…</option>
    </select>
    ${custom ? html`${renderDay(bar, 'since', 'First day')}${renderDay(bar, 'until', 'Last day')}` : nothing}`;
}

function renderDay(bar: FilterBar, name: 'since' | 'until', label: string): TemplateResult {
  const value = bar.filter[name] ?? '';
  return html`<input
    type="date"
    aria-label=${label}
    .value=${value.slice(0, 10)}
    @change=${(event: Event) => bar.change({ [name]: (event.target as HTMLInputElement).value })}
  />`;
}

/** Today in the zone, as the contract writes days. */
function today(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(),
  );
}
