import { svg, html, type TemplateResult } from 'lit';

/** A mark always stands beside its word; only the mark is coloured, so it says nothing to a screen reader. */
export type Mark =
  'error' | 'warning' | 'unpriced' | 'imputed' | 'live' | 'stream-cut' | 'body-cut' | 'off' | 'blocked';

const SHAPES: Readonly<Record<Mark, TemplateResult>> = {
  error: svg`<path d="M1.5 1.5l7 7m0-7l-7 7" stroke-width="2" fill="none"/>`,
  warning: svg`<path d="M5 .8L9.8 9.4H.2z"/>`,
  unpriced: svg`<circle cx="5" cy="5" r="3.9" stroke-width="1.6" fill="none"/>`,
  imputed: svg`<circle cx="5" cy="5" r="4" stroke-width="1.4" fill="none"/><path d="M5 1a4 4 0 000 8z"/>`,
  live: svg`<circle cx="5" cy="5" r="4"/>`,
  'stream-cut': svg`<path d="M0 1h7L5.4 3 7 5 5.4 7 7 9H0zM9 1h1v8H9z"/>`,
  'body-cut': svg`<path d="M1 1h4v8H1z"/><path d="M1.2 1.2h7.6v7.6H1.2z" stroke-width="1.4" fill="none"/>`,
  off: svg`<path d="M1.2 1.2h7.6v7.6H1.2z" stroke-width="1.4" fill="none"/>`,
  blocked: svg`<path d="M0 0h10v10H0zM2 4v2h6V4z" fill-rule="evenodd"/>`,
};

export function renderMark(mark: Mark): TemplateResult {
  return html`<svg class="mark ${mark}" viewBox="0 0 10 10" aria-hidden="true">${SHAPES[mark]}</svg>`;
}

const NAMED_PROVIDERS: ReadonlySet<string> = new Set(['anthropic', 'openai', 'gemini', 'xai']);

/** The class of a provider's colour. Providers past the named ones share one. */
export function swatchName(provider: string | null): string {
  return provider !== null && NAMED_PROVIDERS.has(provider) ? provider : 'other';
}

/** The provider's colour, beside a model or provider name. */
export function renderSwatch(provider: string | null): TemplateResult {
  return html`<svg class="swatch ${swatchName(provider)}" viewBox="0 0 10 10" aria-hidden="true">
    <rect width="10" height="10" />
  </svg>`;
}
