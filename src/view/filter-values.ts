import { html, nothing, type TemplateResult } from 'lit';
import { camelKey } from '../api/camel-case.js';
import type { Filter, ListFilter } from '../api/filter.js';
import { LIST_NAMES } from '../filter/names.js';
import type { Facets, FilterBar } from './filter-bar.js';
import { describeItem, describeMethod } from './filter-words.js';
import { formatCount } from './format.js';

/** One list of the filter's form: the values that calls have, to be asked for or left out. */

const MOST = 200;
/** More than the list shows without scrolling. */
const SEARCHED_ABOVE = 6;

interface Row {
  readonly value: string;
  readonly calls: number | undefined;
}

/** What a list's name in the filter's language says too little for. As the columns are called. */
const LABELS: Readonly<Partial<Record<ListFilter, string>>> = {
  attribution: 'Project by',
  error_class: 'Error class',
  error_code: 'Error code',
  http_status: 'HTTP status',
};

function labelOf(list: ListFilter): string {
  const name = LIST_NAMES[list];
  return LABELS[list] ?? name[0]!.toUpperCase() + name.slice(1);
}

const without = (values: readonly string[] | undefined, value: string): string[] =>
  (values ?? []).filter((other) => other !== value);

const words = (list: ListFilter, value: string): string =>
  list === 'attribution' ? describeMethod(value) : describeItem(value);

export function renderValues(bar: FilterBar, list: ListFilter): TemplateResult {
  const { field, filter } = bar;
  const label = labelOf(list);
  const search = `search-${list}`;
  const sought = field.formTexts.get(search) ?? '';
  const found = listRows(bar, list);
  const rows = found.filter(({ value }) => words(list, value).toLowerCase().includes(sought.toLowerCase()));
  const onSearch = (event: Event): void => field.setFormText(search, (event.target as HTMLInputElement).value);
  return html`<fieldset>
    <legend>${label}</legend>
    ${
      found.length > SEARCHED_ABOVE
        ? html`<input
            type="search"
            name=${search}
            aria-label="Search ${label}"
            placeholder="Search ${formatCount(found.length)}"
            .value=${sought}
            @input=${onSearch}
          />`
        : nothing
    }
    ${
      sought.trim() === ''
        ? nothing
        : html`<button type="button" class="link" @click=${() => addPattern(bar, list, `*${sought.trim()}*`)}>
            all like *${sought.trim()}*
          </button>`
    }
    <ul>
      ${listPatterns(filter, list).map((pattern) => renderPattern(bar, list, pattern))}
      ${rows.slice(0, MOST).map((row) => renderRow(bar, list, row))}
    </ul>
    ${
      bar.facets === undefined
        ? html`<p class="muted">${bar.facetsError === undefined ? 'Reading values…' : 'Could not read values.'}</p>`
        : rows.length === 0
          ? html`<p class="muted">${found.length === 0 ? 'none' : 'nothing found'}</p>`
          : rows.length > MOST
            ? html`<p class="muted">${formatCount(rows.length - MOST)} more: search</p>`
            : nothing
    }
  </fieldset>`;
}

/** What calls have, and what the filter names although no call has it. */
function listRows({ facets, filter }: FilterBar, list: ListFilter): Row[] {
  const known = readFacet(facets, list).map(({ value, calls }) => ({ value: value ?? '', calls }));
  const named = [...(filter[list] ?? []), ...listExcluded(filter, list)];
  const missing = named.filter((value) => !known.some((row) => row.value === value));
  return [...missing.map((value) => ({ value, calls: undefined })), ...known];
}

/** The values that calls have of one list. */
export function readFacet(facets: Facets | undefined, list: ListFilter): Facets['project'] {
  return facets?.[camelKey(list)] ?? [];
}

const ofList = (texts: readonly string[] | undefined, list: ListFilter): string[] =>
  (texts ?? []).filter((text) => text.startsWith(`${list}:`)).map((text) => text.slice(list.length + 1));

const listExcluded = (filter: Filter, list: ListFilter): string[] => ofList(filter.not, list);
const listPatterns = (filter: Filter, list: ListFilter): string[] => ofList(filter.like, list);

function addPattern({ filter, field, change }: FilterBar, list: ListFilter, pattern: string): void {
  field.setFormText(`search-${list}`, undefined);
  change({ like: [...new Set([...(filter.like ?? []), `${list}:${pattern}`])] });
}

function renderPattern({ filter, change }: FilterBar, list: ListFilter, pattern: string): TemplateResult {
  const onChange = (): void => change({ like: without(filter.like, `${list}:${pattern}`) });
  return html`<li>
    <label
      ><input type="checkbox" .checked=${true} @change=${onChange} /><span class="text">like ${pattern}</span></label
    >
  </li>`;
}

function renderRow({ filter, change }: FilterBar, list: ListFilter, { value, calls }: Row): TemplateResult {
  const text = words(list, value);
  const isAsked = filter[list]?.includes(value) ?? false;
  const excluded = `${list}:${value}`;
  const isExcluded = filter.not?.includes(excluded) ?? false;
  const onAsk = (event: Event): void => {
    const isChosen = (event.target as HTMLInputElement).checked;
    const others = without(filter[list], value);
    change({ [list]: isChosen ? [...others, value] : others, not: without(filter.not, excluded) });
  };
  const onExclude = (): void => {
    const others = without(filter.not, excluded);
    change({ [list]: without(filter[list], value), not: isExcluded ? others : [...others, excluded] });
  };
  return html`<li>
    <label
      ><input type="checkbox" .checked=${isAsked} @change=${onAsk} /><span class="text" title=${text}
        >${text}</span
      ></label
    ><button type="button" class="leave" aria-pressed=${isExcluded} aria-label="not ${text}" @click=${onExclude}>
      not</button
    ><span class="calls">${calls === undefined ? '' : formatCount(calls)}</span>
  </li>`;
}
