import { html, type TemplateResult } from 'lit';

export interface Foot {
  /** How many calls are chosen. */
  readonly chosen: number;
  readonly note: string;
  /** Why no more can be chosen; empty while more can, or nobody tried. */
  readonly refusal: string;
  readonly copy: (format: 'JSON' | 'CSV' | 'id') => void;
}

/** What stands under the table of calls, after the rows that are in view: copies and keys. */
export function renderFoot({ chosen, note, refusal, copy }: Foot): TemplateResult {
  return html`<span
      >Copy ${chosen > 0 ? `${chosen} chosen` : 'this call'} as
      ${(['JSON', 'CSV', 'id'] as const).map(
        (format) => html`<button type="button" class="copy" @click=${() => copy(format)}>${format}</button> `,
      )}${note} <span class="refusal" role="status">${refusal}</span></span
    >
    <span class="keys"
      ><kbd>j</kbd> <kbd>k</kbd> move &nbsp; <kbd>space</kbd> select &nbsp; <kbd>e</kbd> expand &nbsp;
      <kbd>/</kbd> filter &nbsp; <kbd>?</kbd> all keys</span
    >`;
}
