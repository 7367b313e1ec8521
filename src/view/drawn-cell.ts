import { html, nothing, type TemplateResult } from 'lit';
import type { CellText } from './call-state.js';
import { renderCallMark } from './call-mark.js';
import { renderSwatch } from './mark.js';

/** A cell outside the calls table. */
export function renderCell(cell: CellText): TemplateResult {
  const text = cell.isMuted ? html`<span class="muted">${cell.text}</span>` : cell.text;
  const inner = html`${cell.mark ? renderCallMark(cell.mark) : nothing}${
    cell.swatch === undefined ? nothing : renderSwatch(cell.swatch)
  }${cell.lead ? html`<span class="muted bound">${cell.lead}</span>` : nothing}${text}`;
  return cell.instant === undefined ? inner : html`<time datetime=${cell.instant} title=${cell.title!}>${inner}</time>`;
}
