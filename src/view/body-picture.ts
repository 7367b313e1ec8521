import { html, type nothing, type TemplateResult } from 'lit';

/** A picture of a body: its address in this page's memory, or why there is none. */
export type Picture =
  | { readonly kind: 'drawn'; readonly url: string }
  | { readonly kind: 'reading' }
  /** In words. */
  | { readonly kind: 'none'; readonly reason: string };

export function renderPicture(picture: Picture, alt: string): TemplateResult | typeof nothing {
  switch (picture.kind) {
    case 'drawn':
      return html`<img class="picture" src=${picture.url} alt=${alt} />`;
    case 'reading':
      return html`<p class="note">Reading the picture…</p>`;
    default:
      return html`<p class="note">${picture.reason}</p>`;
  }
}
