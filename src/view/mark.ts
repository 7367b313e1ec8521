import { html, nothing, svg, type TemplateResult } from 'lit';

/** A mark always stands beside its word; only the mark is coloured, so it says nothing to a screen reader. */
const SHAPES = {
  warning: svg`<path d="M5 .8L9.8 9.4H.2z"/>`,
  unpriced: svg`<circle cx="5" cy="5" r="3.9" stroke-width="1.6" fill="none"/>`,
  imputed: svg`<circle cx="5" cy="5" r="4" stroke-width="1.4" fill="none"/><path d="M5 1a4 4 0 000 8z"/>`,
  off: svg`<path d="M1.2 1.2h7.6v7.6H1.2z" stroke-width="1.4" fill="none"/>`,
};

export type Mark = keyof typeof SHAPES;

export function renderMark(mark: Mark): TemplateResult {
  return drawMark(mark, SHAPES[mark]);
}

/** A mark of a shape in a square of 10; its colour is its name's in the styles. */
export function drawMark(name: string, shape: TemplateResult): TemplateResult {
  return html`<svg class="mark ${name}" viewBox="0 0 10 10" aria-hidden="true">${shape}</svg>`;
}

/** The provider's colour, beside a model or provider name. Providers past the named ones share one colour. */
export function renderSwatch(provider: string | null): TemplateResult {
  return html`<svg class="swatch" data-provider=${provider ?? nothing} viewBox="0 0 10 10" aria-hidden="true">
    <rect width="10" height="10" />
  </svg>`;
}
