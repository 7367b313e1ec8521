import { html, type TemplateResult } from 'lit';
import type { ManifestValue } from '../daemon/manifest.js';
import { readDefault, readUnion } from './element-docs.js';

/** An attribute's value in the playground; undefined: not set. An attribute without a text is an empty one. */
export interface ControlOptions {
  readonly value: string | undefined;
  readonly suggestions: readonly string[];
  readonly change: (value: string | undefined) => void;
}

/** What edits one attribute: a choice where its type is one, a box to tick, or a text with what was recorded offered. */
export function renderControl(attribute: ManifestValue, options: ControlOptions): TemplateResult {
  const { name, type } = attribute;
  if (type.text === 'boolean') return renderTick(name, options);
  const union = readUnion(type);
  return html`<label class="control">
    <span>${name}</span>
    ${union === null ? renderText(attribute, options) : renderChoice(attribute, union, options)}
  </label>`;
}

function renderTick(name: string, { value, change }: ControlOptions): TemplateResult {
  return html`<label class="control tick">
    <input
      type="checkbox"
      name=${name}
      .checked=${value !== undefined}
      @change=${({ target }: Event) => change((target as HTMLInputElement).checked ? '' : undefined)}
    />
    <span>${name}</span>
  </label>`;
}

function renderChoice(attribute: ManifestValue, union: readonly string[], { value, change }: ControlOptions): unknown {
  const usual = readDefault(attribute);
  return html`<select
    name=${attribute.name}
    .value=${value ?? usual}
    @change=${({ target }: Event) => {
      const chosen = (target as HTMLSelectElement).value;
      change(chosen === usual ? undefined : chosen);
    }}
  >
    ${union.map(
      (one) =>
        html`<option value=${one} .selected=${one === (value ?? usual)}>
          ${one || 'as fits'}${one === usual ? ' (default)' : ''}
        </option>`,
    )}
  </select>`;
}

function renderText(attribute: ManifestValue, { value, suggestions, change }: ControlOptions): unknown {
  const { name, type } = attribute;
  const list = `offered-${name}`;
  return html`<input
      type=${type.text === 'number' ? 'number' : 'text'}
      name=${name}
      autocomplete="off"
      spellcheck="false"
      list=${list}
      placeholder=${readDefault(attribute)}
      .value=${value ?? ''}
      @change=${({ target }: Event) => change((target as HTMLInputElement).value.trim() || undefined)}
    />
    <datalist id=${list}>${suggestions.map((one) => html`<option value=${one}></option>`)}</datalist>`;
}
