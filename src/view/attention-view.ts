import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AttentionItem, Unread } from './attention-facts.js';
import { renderCallMark } from './call-mark.js';
import { renderMark } from './mark.js';

interface Options {
  /** The page that shows what an item is about. */
  readonly hrefOf: (item: AttentionItem) => string;
  readonly onGo: (item: AttentionItem, event: MouseEvent) => void;
  readonly retry: () => void;
}

/** What is looked at, for the reader who finds nothing. */
const CHECKED =
  'Checked: failed calls, prices, repeated prompts, attribution, cut streams and bodies, capture, the age of the rates, the daemon.';

/** What needs attention, most important first, and what could not be looked at. */
export function renderAttention(
  items: readonly AttentionItem[],
  unread: readonly Unread[],
  options: Options,
): TemplateResult {
  return html`<ol part="list">
      ${repeat(
        items,
        ({ key }) => key,
        (item) => renderItem(item, options),
      )}
      ${unread.map(
        ({ what, error }) =>
          html`<li part="unread">
            ${renderMark('warning')}
            <div>
              <p>${what} could not be checked</p>
              <p class="detail">${error instanceof Error ? error.message : error}</p>
            </div>
          </li>`,
      )}
    </ol>
    ${unread.some(({ isFinal }) => !isFinal) ? html`<button class="button" type="button" @click=${options.retry}>Try again</button>` : nothing}`;
}

function renderItem(item: AttentionItem, { hrefOf, onGo }: Options): TemplateResult {
  const { mark, title, detail } = item;
  return html`<li part="item">
    ${renderCallMark(mark)}
    <div>
      <a href=${hrefOf(item)} @click=${(event: MouseEvent) => onGo(item, event)}>${title}</a>
      ${detail === '' ? nothing : html`<p class="detail">${detail}</p>`}
    </div>
  </li>`;
}

/** One quiet line instead of the list. `calls`: how many were looked at. */
export function renderAllWell(calls: number, window: string): TemplateResult {
  return html`<div part="empty">
    <p>${calls === 0 ? `No calls: ${window}.` : 'Nothing needs attention.'}</p>
    <p class="detail">${CHECKED}</p>
  </div>`;
}
