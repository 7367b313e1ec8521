import type * as Editor from './filter-editor.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { WireFacetsAnswer } from '../api/facets.js';
import type { CamelCased } from '../api/camel-case.js';
import type { Filter } from '../api/filter.js';
import type { Parsed } from '../filter/parse.js';
import { PLACEHOLDER } from './filter-frame.js';
import { renderTime } from './filter-time.js';
import { renderError } from './states.js';

/**
 * The filter as a text field, a choice of time, a button to the form, and a row of chips. Each edits the same filter and
 * says what it changes; the element does it.
 */

export type Facets = CamelCased<WireFacetsAnswer>['facets'];
export type FilterEditor = typeof Editor;

/** What the text field's controller tells and does. */
export interface Field {
  readonly text: string;
  readonly draft: string | undefined;
  readonly caret: number;
  readonly isSettled: boolean;
  readonly parsed: Parsed;
  readonly editor: FilterEditor;
  readonly isListOpen: boolean;
  readonly active: number;
  readonly isFormOpen: boolean;
  readonly formTexts: ReadonlyMap<string, string>;
  readonly input: HTMLInputElement | null;
  readonly onInput: () => void;
  readonly onBlur: () => void;
  readonly onCaret: () => void;
  readonly onComposition: (event: Event) => void;
  apply(): void;
  revert(): void;
  openList(): void;
  close(): void;
  activate(index: number): void;
  toggleForm(isOpen: boolean, control?: string): void;
  setFormText(name: string, text: string | undefined): void;
  removeChip(index: number, count: number, removal: Filter): void;
  focus(): void;
}

/** What is loaded once somebody comes near the filter, or where there is one to show. */
export interface FilterPart {
  readonly field: Field;
  /** Values to choose from; undefined until they were asked for. */
  readonly facets: Facets | undefined;
  /** Why they could not be had. */
  readonly facetsError: unknown;
  /** Values are about to be needed. */
  wantFacets(): void;
}

interface Filtered {
  readonly filter: Filter;
  /** Names the page's author fixed: shown nowhere, changed by nobody. */
  readonly fixed: Filter;
  readonly timeZone: string;
  readonly change: (change: Filter) => void;
}

/** The filter as it stands from the first. */
export interface FilterFrame extends Filtered {
  readonly place: {
    /** The user's part of the filter lets every call through. */
    readonly isEmpty: boolean;
    readonly value: FilterPart | undefined;
    /** Why it could not be loaded. */
    readonly error: unknown;
    readonly load: () => Promise<FilterPart | undefined>;
    readonly retry: () => Promise<FilterPart | undefined>;
  };
}

/** The filter with what edits it. */
export interface FilterBar extends Filtered, Pick<FilterPart, 'field' | 'facets' | 'facetsError'> {}

export function renderFilterBar(frame: FilterFrame): TemplateResult {
  const { place } = frame;
  const bar = readBar(frame);
  const prepare = (): void => void place.load().then((part) => part?.wantFacets());
  const onForm = (): void => {
    prepare();
    void place.load().then((part) => part?.field.toggleForm(!part.field.isFormOpen));
  };
  const isFormOpen = bar?.field.isFormOpen ?? false;
  return html`<div
      class="filter"
      part="filter"
      role="search"
      aria-label="Filter calls"
      @focusin=${prepare}
      @pointerenter=${prepare}
    >
      ${renderField(frame, bar)} ${renderTime(frame)}
      <button
        type="button"
        class="button"
        part="button"
        aria-expanded=${isFormOpen}
        aria-controls="filter-form"
        @click=${onForm}
      >
        Form
      </button>
    </div>
    ${renderMistake(frame)}
    <div id="filter-form" ?hidden=${!isFormOpen}>${isFormOpen ? bar!.field.editor.renderForm(bar!) : nothing}</div>
    <div class="chips" ?hidden=${place.isEmpty}>${place.isEmpty ? nothing : bar?.field.editor.renderChips(bar)}</div>`;
}

function readBar({ filter, fixed, timeZone, change, place }: FilterFrame): FilterBar | undefined {
  if (place.value === undefined) return undefined;
  const { field, facets, facetsError } = place.value;
  return { filter, fixed, timeZone, change, field, facets, facetsError };
}

function renderField({ place }: FilterFrame, bar: FilterBar | undefined): TemplateResult {
  const field = bar?.field;
  const editor = field?.editor;
  const isWrong = field !== undefined && editor!.explainMistakes(field).length > 0;
  const completion = field?.isListOpen ? editor?.suggest(bar!) : undefined;
  const isListed = completion !== undefined && completion.suggestions.length > 0;
  const onClick = (): void => void place.load().then((part) => part?.field.openList());
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (bar !== undefined) editor!.pressKey(event, bar);
    else if (event.key === 'Enter') void place.load().then((part) => part?.field.apply());
  };
  return html`<div class="query">
    <input
      type="text"
      role="combobox"
      aria-label="Filter"
      aria-autocomplete="list"
      aria-expanded=${isListed}
      aria-controls=${isListed ? 'filter-list' : nothing}
      aria-activedescendant=${isListed && field!.active >= 0 ? `filter-option-${field!.active}` : nothing}
      aria-invalid=${isWrong}
      aria-describedby=${isWrong ? 'filter-mistake' : nothing}
      placeholder=${PLACEHOLDER}
      ?readonly=${!place.isEmpty && field === undefined}
      spellcheck="false"
      autocomplete="off"
      autocapitalize="off"
      enterkeyhint="search"
      .value=${field?.text ?? ''}
      @input=${field?.onInput}
      @keydown=${onKey}
      @keyup=${field?.onCaret}
      @click=${onClick}
      @blur=${field?.onBlur}
      @compositionstart=${field?.onComposition}
      @compositionend=${field?.onComposition}
      @scroll=${editor?.alignMarks}
    />
    ${field && editor!.renderMarks(field)}
    <kbd aria-hidden="true">/</kbd>
    ${isListed ? editor!.renderSuggestions(bar!, completion) : nothing}
  </div>`;
}

function renderMistake({ place }: FilterFrame): TemplateResult {
  if (place.error !== undefined) {
    return renderError('the script that reads filters', place.error, '', () => void place.retry());
  }
  const field = place.value?.field;
  const lines = field?.editor.explainMistakes(field) ?? [];
  const spans = lines.map((line) => html`<span>${line}</span> `);
  // Nothing else stands in it: while it is empty it takes no room.
  return html`<p class="mistake" id="filter-mistake" role="status">${spans}</p>`;
}
