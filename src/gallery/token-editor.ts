import { html, type TemplateResult } from 'lit';
import type { ManifestProperty } from '../daemon/manifest.js';
import { readColors } from './element-docs.js';

/** Tokens as a user sets them here, on an element or on the whole page, and the rule that does the same in a page. */
export class TokenEditor {
  readonly #selector: string;
  readonly #onChange: () => void;
  readonly #values = new Map<string, string>();
  #target: HTMLElement | undefined;

  constructor(selector: string, onChange: () => void) {
    this.#selector = selector;
    this.#onChange = onChange;
  }

  /** Sets on this element what was set on the one before. */
  applyTo(target: HTMLElement): void {
    this.#target = target;
    for (const [name, value] of this.#values) target.style.setProperty(name, value);
  }

  get isChanged(): boolean {
    return this.#values.size > 0;
  }

  /** CSS that does in a page what was done here; empty while nothing was. */
  get rule(): string {
    if (!this.isChanged) return '';
    const lines = [...this.#values].map(([name, value]) => `  ${name}: ${value};\n`);
    return `${this.#selector} {\n${lines.join('')}}\n`;
  }

  readonly reset = (): void => {
    for (const name of this.#values.keys()) this.#target?.style.removeProperty(name);
    this.#values.clear();
    this.#onChange();
  };

  #set(name: string, value: string, usual: string): void {
    if (value === '' || value === usual) {
      this.#values.delete(name);
      this.#target?.style.removeProperty(name);
    } else {
      this.#values.set(name, value);
      this.#target?.style.setProperty(name, value);
    }
    this.#onChange();
  }

  /** What edits one token: a colour for light and one for dark, a length in pixels, or a text. */
  renderControls({ name, default: usual = '', syntax }: ManifestProperty): TemplateResult {
    const value = this.#values.get(name);
    const colors = readColors(value ?? usual);
    if (colors !== null) {
      const set = (index: 0 | 1, color: string): void => {
        const [light, dark] = index === 0 ? [color, colors[1]] : [colors[0], color];
        this.#set(name, `light-dark(${light}, ${dark})`, usual);
      };
      return html`${this.#renderColor(name, 'light', colors[0], (color) => set(0, color))}
      ${this.#renderColor(name, 'dark', colors[1], (color) => set(1, color))}`;
    }
    if (syntax === '<length>') {
      return html`<label class="length">
        <input
          type="number"
          min="0"
          aria-label=${`${name}, in pixels`}
          .value=${parseInt(value ?? usual, 10)}
          @input=${({ target }: Event) => {
            const { value: pixels } = target as HTMLInputElement;
            this.#set(name, pixels && `${pixels}px`, usual);
          }}
        />
        px
      </label>`;
    }
    return html`<input
      type="text"
      aria-label=${name}
      spellcheck="false"
      placeholder=${usual}
      .value=${value ?? ''}
      @change=${({ target }: Event) => this.#set(name, (target as HTMLInputElement).value.trim(), usual)}
    />`;
  }

  #renderColor(name: string, scheme: string, color: string, set: (color: string) => void): TemplateResult {
    return html`<input
      type="color"
      aria-label=${`${name}, ${scheme}`}
      title=${`${scheme}: ${color}`}
      .value=${color}
      @input=${({ target }: Event) => set((target as HTMLInputElement).value)}
    />`;
  }
}
