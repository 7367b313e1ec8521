import { html, type TemplateResult } from 'lit';
import { complete, type Completion, type Suggestion } from '../filter/complete.js';
import type { Mistake } from '../filter/parse.js';
import type { Field, FilterBar } from './filter-bar.js';
import { formatCount, formatPlural } from './format.js';

export { isUnfinished } from '../filter/complete.js';
export { parseFilter } from '../filter/parse.js';
export { printFilter } from '../filter/print.js';
export { filterEditor as styles } from '../styles/filter-editor.js';
export { renderChips } from './filter-chips.js';
export { renderForm } from './filter-form.js';
export { describeTime } from './filter-words.js';

/** More than these are counted: they are underlined, and the table should stay in view. */
const MOST_REASONS = 4;

/** What the filter needs once somebody comes near it: reading, completion, the form. Loaded as one module. */

export function suggest({ field, facets, timeZone, fixed }: FilterBar): Completion {
  const values = facets && { ...facets, error_class: facets.errorClass };
  return complete(field.text, field.caret, { values, timeZone, fixed });
}

/** What the user should hear of: not the term that is just being typed. */
function readMistakes({ parsed, isSettled, caret }: Field): readonly Mistake[] {
  return parsed.mistakes.filter(({ start, end }) => isSettled || caret < start || caret > end);
}

/** Why the text is not the filter, a line for each mistake; none where it is, or may become it. */
export function explainMistakes(field: Field): readonly string[] {
  const reasons = [...new Set(readMistakes(field).map(({ reason }) => reason))];
  const rest = reasons.splice(MOST_REASONS).length;
  if (rest > 0) reasons.push(`${formatPlural(rest, 'more mistake')} in this text.`);
  // A filter that came from elsewhere is wrong itself, and no good one was before it.
  if (reasons.length === 0 || field.draft === undefined) return reasons;
  return [...reasons.slice(0, -1), `${reasons.at(-1)} Showing the last good filter.`];
}

/** Keeps the text over the input where the input's own is. */
export function alignMarks({ currentTarget }: Event): void {
  const input = currentTarget as HTMLInputElement;
  input.nextElementSibling!.scrollLeft = input.scrollLeft;
}

/** The field's text once more, over the input, names set apart and mistakes underlined. */
export function renderMarks(field: Field): TemplateResult {
  const { text } = field;
  const { tokens } = field.parsed;
  const mistakes = readMistakes(field);
  const heads = tokens.map(({ start, valueStart }) => ({ start, end: valueStart }));
  const edges = [...heads, ...mistakes].flatMap(({ start, end }) => [start, end]);
  const places = [...new Set([0, ...edges, text.length])].sort((a, b) => a - b);
  const isIn = (stretches: readonly { start: number; end: number }[], place: number): boolean =>
    stretches.some(({ start, end }) => start <= place && place < end);
  const pieces = places.slice(0, -1).map((place, index) => {
    const piece = text.slice(place, places[index + 1]);
    const bad = isIn(mistakes, place) ? 'bad' : '';
    return isIn(heads, place) ? html`<b class=${bad}>${piece}</b>` : html`<span class=${bad}>${piece}</span>`;
  });
  // White space counts in it.
  return html`<div class="marks" aria-hidden="true">${pieces}</div>`;
}

export function renderSuggestions(bar: FilterBar, { suggestions }: Completion): TemplateResult {
  const { field } = bar;
  // The field keeps the focus while a suggestion is clicked.
  const onPress = (event: Event): void => event.preventDefault();
  return html`<ul
    id="filter-list"
    class="list"
    role="listbox"
    aria-label="Suggestions"
    @pointerdown=${onPress}
    @mousedown=${onPress}
  >
    ${suggestions.map(
      (suggestion, index) =>
        html`<li
          id="filter-option-${index}"
          role="option"
          aria-selected=${index === field.active}
          @click=${() => accept(bar, suggestion)}
        >
          <span class="label">${suggestion.label}</span>
          <span class="detail">${suggestion.detail}</span>
          ${suggestion.calls === undefined ? '' : html`<span class="calls">${formatCount(suggestion.calls)}</span>`}
        </li>`,
    )}
  </ul>`;
}

/** Puts a suggestion into the text as if it were typed, so that it can be undone; a whole term is applied at once. */
function accept(bar: FilterBar, suggestion: Suggestion): void {
  const { field } = bar;
  const { input } = field;
  if (input === null) return;
  const { start, end } = suggest(bar);
  const after = input.value.slice(end);
  const text = suggestion.insert + (suggestion.isWhole && !/^\s/.test(after) ? ' ' : '');
  const wanted = input.value.slice(0, start) + text + after;
  input.focus();
  input.setSelectionRange(start, end);
  document.execCommand('insertText', false, text);
  if (input.value !== wanted) {
    input.setRangeText(text, start, end, 'end');
    field.onInput();
  }
  if (!suggestion.isWhole) return;
  field.close();
  field.apply();
}

/** Scrolls the list to the suggestion that the keys have reached. */
function showActive({ input }: Field): void {
  input?.parentElement?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
}

/** Keys of the text field: arrows choose, Enter and Tab take what is chosen, Enter applies, Escape closes, then undoes. */
export function pressKey(event: KeyboardEvent, bar: FilterBar): void {
  const { field } = bar;
  const suggestions = field.isListOpen ? suggest(bar).suggestions : [];
  const chosen = suggestions[field.active];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (step !== undefined) {
    if (!field.isListOpen) field.openList();
    const count = suggest(bar).suggestions.length;
    if (count === 0) return;
    field.activate(field.active < 0 && step < 0 ? count - 1 : (field.active + step + count) % count);
    requestAnimationFrame(() => showActive(field));
  } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) {
    accept(bar, chosen);
  } else if (event.key === 'Enter') {
    field.close();
    field.apply();
  } else if (event.key === 'Escape' && suggestions.length > 0) {
    field.close();
    event.stopPropagation();
  } else if (event.key === 'Escape' && field.draft !== undefined) {
    field.revert();
    event.stopPropagation();
  } else return;
  event.preventDefault();
}
