import type * as Editor from './filter-editor.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { WireFacetsAnswer } from '../api/facets.js';
import type { CamelCased } from '../api/camel-case.js';
import type { Filter } from '../api/filter.js';
import type { Parsed } from '../filter/parse.js';
import { renderTime } from './filter-time.js';
import { renderError, renderLoading } from './states.js';

/**
 * The filter as a text field, a choice of time, a button to the form, and a row of chips. Each edits the same filter and
 * says what it changes; the element does it.
 */

export type Facets = CamelCased<WireFacetsAnswer>['facets'];
export type FilterEditor = typeof Editor;

/** Draws what is needed once somebody comes near the filter. */
export const loadFilterEditor = (): Promise<FilterEditor> => import('./filter-editor.js');

/** What the text field's controller tells and does. */
export interface Field {
  /** The user's part of the filter lets every call through. */
  readonly isEmpty: boolean;
  readonly text: string;
  readonly draft: string | undefined;
  readonly caret: number;
  readonly isSettled: boolean;
  readonly parsed: Parsed | undefined;
  readonly editor: FilterEditor | undefined;
  readonly loadError: unknown;
  readonly isListOpen: boolean;
  readonly active: number;
  readonly isFormOpen: boolean;
  readonly formTexts: ReadonlyMap<string, string>;
  readonly input: HTMLInputElement | null;
  readonly load: () => Promise<void>;
  readonly onInput: () => void;
  readonly onBlur: () => void;
  readonly onCaret: () => void;
  readonly onComposition: (event: Event) => void;
  apply(): Promise<void>;
  revert(): void;
  openList(): void;
  close(): void;
  activate(index: number): void;
  toggleForm(isOpen: boolean, control?: string): void;
  setFormText(name: string, text: string | undefined): void;
  removeChip(index: number, count: number, removal: Filter): void;
  focus(): void;
}

export interface FilterBar {
  readonly filter: Filter;
  /** Names the page's author fixed: shown nowhere, changed by nobody. */
  readonly fixed: Filter;
  /** Values to choose from; undefined until they were asked for. */
  readonly facets: Facets | undefined;
  /** Why they could not be had. */
  readonly facetsError?: unknown;
  readonly timeZone: string;
  readonly field: Field;
  readonly change: (change: Filter) => void;
  /** Values are about to be needed. */
  readonly wantFacets: () => void;
  /** Stands at the end of the chips. */
  readonly news: unknown;
}

export function renderFilterBar(bar: FilterBar): TemplateResult {
  const { field } = bar;
  const prepare = (): void => {
    bar.wantFacets();
    void field.load();
  };
  const onForm = (): void => {
    prepare();
    field.toggleForm(!field.isFormOpen);
  };
  return html`<div class="filter" role="search" aria-label="Filter calls" @focusin=${prepare} @pointerenter=${prepare}>
      ${renderField(bar)} ${renderTime(bar)}
      <button
        type="button"
        class="button"
        aria-expanded=${field.isFormOpen}
        aria-controls="filter-form"
        @click=${onForm}
      >
        Form
      </button>
    </div>
    ${renderMistake(field)}
    <div id="filter-form" ?hidden=${!field.isFormOpen}>${field.isFormOpen ? renderForm(bar) : nothing}</div>
    ${renderChips(bar)}`;
}

function renderField(bar: FilterBar): TemplateResult {
  const { field } = bar;
  const { editor } = field;
  const isWrong = editor?.explainMistake(field) !== undefined;
  const completion = field.isListOpen ? editor?.suggest(bar) : undefined;
  const isListed = completion !== undefined && completion.suggestions.length > 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (editor !== undefined) editor.pressKey(event, bar);
    else if (event.key === 'Enter') void field.apply();
  };
  return html`<div class="query">
    <input
      type="text"
      role="combobox"
      aria-label="Filter"
      aria-autocomplete="list"
      aria-expanded=${isListed}
      aria-controls=${isListed ? 'filter-list' : nothing}
      aria-activedescendant=${isListed && field.active >= 0 ? `filter-option-${field.active}` : nothing}
      aria-invalid=${isWrong}
      aria-describedby=${isWrong ? 'filter-mistake' : nothing}
      placeholder="project:acme model:claude-* cost&gt;0.05 or words"
      ?readonly=${!field.isEmpty && editor === undefined}
      spellcheck="false"
      autocomplete="off"
      autocapitalize="off"
      enterkeyhint="search"
      .value=${field.text}
      @input=${field.onInput}
      @keydown=${onKey}
      @keyup=${field.onCaret}
      @click=${() => field.openList()}
      @blur=${field.onBlur}
      @compositionstart=${field.onComposition}
      @compositionend=${field.onComposition}
      @scroll=${editor?.alignMarks}
    />
    ${editor?.renderMarks(field)}
    <kbd aria-hidden="true">/</kbd>
    ${isListed ? editor!.renderSuggestions(bar, completion) : nothing}
  </div>`;
}

function renderMistake(field: Field): TemplateResult {
  const words = field.editor?.explainMistake(field);
  if (words === undefined && field.loadError !== undefined) {
    return renderError('the script that reads filters', field.loadError, '', () => void field.load());
  }
  return html`<p class="mistake" id="filter-mistake" role="status">${words}</p>`;
}

function renderForm(bar: FilterBar): TemplateResult | typeof nothing {
  const { editor, loadError } = bar.field;
  if (editor) return editor.renderForm(bar);
  return loadError === undefined ? renderLoading('the form') : nothing;
}

function renderChips(bar: FilterBar): TemplateResult {
  const { editor, isEmpty } = bar.field;
  return html`<div class="chips" ?hidden=${isEmpty && bar.news === nothing}>
    ${isEmpty ? nothing : editor?.renderChips(bar)} ${bar.news}
  </div>`;
}

/** The change that takes away every name of a filter but its zone and what the page's author fixed. */
export function clearFilter(filter: Filter, fixed: Filter): Filter {
  const change: Record<string, undefined> = {};
  for (const name of Object.keys(filter)) if (name !== 'tz' && !(name in fixed)) change[name] = undefined;
  return change;
}
