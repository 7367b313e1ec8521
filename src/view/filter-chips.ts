import { html, nothing, type TemplateResult } from 'lit';
import type { FilterBar } from './filter-bar.js';
import { clearFilter } from './filter-frame.js';
import { listChips } from './filter-words.js';

/** The filter in words, each part with a way to take it away. */
export function renderChips(bar: FilterBar): TemplateResult {
  const { field } = bar;
  const chips = listChips(bar.filter, bar.fixed, bar.timeZone);
  const cleared = clearFilter(bar.filter, bar.fixed);
  const onClear = (): void => {
    bar.change(cleared);
    field.focus();
  };
  return html`${chips.map(({ name, value, removal }, index) => {
    const remove = (): void => field.removeChip(index, chips.length, removal);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Backspace' && event.key !== 'Delete') return;
      event.preventDefault();
      remove();
    };
    return html`<span class="chip" part="chip"
      ><span class="muted">${name}</span> <span class="value">${value}</span
      ><button type="button" aria-label="Remove ${name} ${value}" @click=${remove} @keydown=${onKey}>×</button></span
    >`;
  })}
  ${
    Object.keys(cleared).length > 0
      ? html`<button type="button" class="muted" @click=${onClear}>Clear</button>`
      : nothing
  }`;
}
