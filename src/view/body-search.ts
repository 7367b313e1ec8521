import { html, nothing, type TemplateResult } from 'lit';
import type { WireSearchHit } from '../api/body-search.js';
import type { CamelCased } from '../api/camel-case.js';
import { renderHighlighted } from './body-highlights.js';
import type { CaptureSettings } from './body-absent.js';
import { formatCount, formatPlural } from './format.js';
import { renderSwatch } from './mark.js';
import { renderError } from './states.js';
import { formatInstant, formatRecent } from './time.js';

type SearchHit = CamelCased<WireSearchHit>;

/** A search as far as it has come. */
export interface ShownSearch {
  readonly text: string;
  /** `paused`: as many are shown as were asked for, and nothing more is read. */
  readonly state: 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly scanned: number;
  /** Calls with stored bodies, and calls of the filter; null before the first answer. */
  readonly of: number | null;
  readonly calls: number;
  readonly hits: readonly SearchHit[];
  readonly error: unknown;
}

/** What a search is drawn with besides itself. */
export interface SearchView {
  readonly timeZone: string;
  readonly selection: readonly string[];
  /** False: this daemon has no bodies to give. */
  readonly isServed: boolean;
  readonly capture: CaptureSettings | null;
  /** The hit that Tab comes to. */
  readonly current: number;
  readonly onSubmit: (event: SubmitEvent) => void;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
  readonly onMore: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onChoose: (event: MouseEvent, place: number) => void;
}

export function renderBodySearch(search: ShownSearch | null, view: SearchView): TemplateResult {
  const isRunning = search?.state === 'running';
  if (!view.isServed) {
    return html`<div class="body-search" part="panel" tabindex="-1" @keydown=${view.onKeyDown}>
      <p>This daemon does not serve bodies over HTTP, so there is nothing to search.</p>
      <p class="muted">
        To search them, start hm-elements with <code>--db FILE</code> as the user who owns the daemon’s database.
      </p>
    </div>`;
  }
  return html`<div class="body-search" part="panel" @keydown=${view.onKeyDown}>
    <form role="search" aria-label="Bodies" @submit=${view.onSubmit}>
      <label for="body-search">Search bodies</label>
      <input id="body-search" type="search" maxlength="1024" autocomplete="off" spellcheck="false" />
      <button class="button" part="button">Search</button>
      ${isRunning ? html`<button type="button" class="button" part="button" @click=${view.onCancel}>Cancel</button>` : nothing}
    </form>
    ${search === null ? renderBefore(view) : renderSearch(search, view)}
    <p class="visually-hidden" role="status">${search === null ? '' : announce(search)}</p>
  </div>`;
}

function renderBefore({ capture }: SearchView): TemplateResult {
  return html`<p class="muted">Looks through the stored bodies of the filter’s calls, newest first.</p>
    ${capture?.enabled === false ? html`<p>${CAPTURE_OFF} What was kept before is searched.</p>` : nothing}`;
}

const CAPTURE_OFF =
  'Capture is off: set enabled to true under [bodies] in the daemon’s config.toml, and restart it, to keep bodies from then on.';

function renderSearch(search: ShownSearch, view: SearchView): TemplateResult {
  const { of, scanned, hits, state, error } = search;
  return html`${
    state === 'failed'
      ? renderError('all bodies', error, hits.length > 0 ? ' What stands below was found before.' : '', view.onRetry)
      : nothing
  }
  ${
    of === null || of === 0
      ? nothing
      : html`<p class="progress">
          <progress max=${of} .value=${scanned} aria-label="Bodies searched"></progress>
          <span>${formatCount(scanned)} of ${formatBodies(of)}</span>
          <span>${describeFound(search)}</span>
        </p>`
  }
  ${hits.length === 0 ? renderNothing(search, view) : renderHits(hits, view)}
  ${
    state === 'paused'
      ? html`<button type="button" class="button more" part="button" @click=${view.onMore}>Search on</button>`
      : nothing
  }`;
}

/** In how many calls it was found, and whether that is all. */
function describeFound({ hits, state }: ShownSearch): string {
  const calls = new Set(hits.map(({ callId }) => callId)).size;
  const found = `found in ${formatPlural(calls, 'call')}`;
  if (state === 'paused') return `${found} so far; paused here`;
  if (state === 'cancelled') return `${found} before it was cancelled`;
  return state === 'done' ? found : `${found} so far`;
}

function renderNothing({ state, of, calls, text, scanned }: ShownSearch, { capture }: SearchView): unknown {
  if (of === null) return state === 'running' ? html`<p class="muted">Counting bodies…</p>` : nothing;
  if (state === 'cancelled') return html`<p>Cancelled after ${formatBodies(scanned)}.</p>`;
  if (state !== 'done') return nothing;
  if (calls === 0) return html`<p>No call passes the filter, so there is nothing to search.</p>`;
  if (of > 0) return html`<p>No stored body of the filter’s calls holds <q>${text}</q>.</p>`;
  const off =
    capture?.enabled === false
      ? CAPTURE_OFF
      : 'Capture may have been off for their projects, or they are older than the daemon keeps bodies.';
  return html`<p>
      ${calls === 1 ? 'The one call' : `None of the ${formatCount(calls)} calls`} of the filter has
      ${calls === 1 ? 'no ' : 'a '}stored body.
    </p>
    <p class="muted">${off}</p>`;
}

function renderHits(hits: readonly SearchHit[], view: SearchView): TemplateResult {
  return html`<ul class="hits" aria-label="Bodies found">
    ${hits.map((hit, place) => renderHit(hit, place, view))}
  </ul>`;
}

function renderHit(hit: SearchHit, place: number, view: SearchView): TemplateResult {
  const { callId, side, count, excerpt, excerptAt, length, provider, model, project, requestedAt } = hit;
  const end = excerptAt + length;
  return html`<li>
    <button
      type="button"
      class="hit"
      aria-pressed=${view.selection.includes(callId)}
      tabindex=${place === view.current ? 0 : -1}
      @click=${(event: MouseEvent) => view.onChoose(event, place)}
    >
      <span class="of">
        <time datetime=${requestedAt} title=${formatInstant(requestedAt, view.timeZone)}
          >${formatRecent(requestedAt, view.timeZone)}</time
        >
        <span>${renderSwatch(provider)}${model ?? 'no model'}</span>
        <span>${project}</span>
        <span class="side">${side}${count > 1 ? `, ${formatCount(count)} times` : ''}</span>
      </span>
      <span class="excerpt" dir="auto"
        >${excerptAt < hit.at ? '…' : ''}${renderHighlighted(excerpt, [{ start: excerptAt, end, isCurrent: false }])}</span
      >
    </button>
  </li>`;
}

/** What a screen reader hears: the beginning and the end, not each step. */
function announce(search: ShownSearch): string {
  const { state, of } = search;
  if (state === 'failed' || of === null) return '';
  if (state === 'running') return `Searching ${formatBodies(of)}.`;
  return `${formatCount(search.scanned)} of ${formatBodies(of)} searched, ${describeFound(search)}.`;
}

const formatBodies = (count: number): string => (count === 1 ? '1 body' : `${formatCount(count)} bodies`);
