import { html, nothing, type TemplateResult } from 'lit';
import { formatClock } from './time.js';

/** The states of an element that are not its data, drawn the same everywhere. */

interface Loaded<T> {
  readonly data: T | undefined;
  readonly loadedAt: Date | undefined;
  readonly error: unknown;
  readonly refresh: () => void;
}

interface Words<T> {
  /** What is being read, as in "Reading projects…". */
  readonly what: string;
  readonly timeZone: string;
  readonly renderEmpty: (data: T) => TemplateResult | null;
  readonly renderData: (data: T) => TemplateResult;
}

/** Loading, error, empty or data. An error keeps what was drawn before, and says from when it is. */
export function renderStates<T>(loaded: Loaded<T>, words: Words<T>): TemplateResult {
  const { data, loadedAt, error, refresh } = loaded;
  if (data === undefined && error === undefined) return renderLoading(words.what);
  const kept =
    data !== undefined && loadedAt ? ` What stands below is from ${formatClock(loadedAt, words.timeZone)}.` : '';
  return html`${error === undefined ? nothing : renderError(words.what, error, kept, refresh)}${
    data === undefined ? nothing : (words.renderEmpty(data) ?? words.renderData(data))
  }`;
}

export function renderLoading(what: string): TemplateResult {
  return html`<div part="loading" role="status">
    <p class="muted">Reading ${what}…</p>
    <span class="bars"></span>
  </div>`;
}

export function renderEmpty(missing: string | TemplateResult, wayBack: unknown = nothing): TemplateResult {
  return html`<div part="empty">
    <p>${missing}</p>
    ${wayBack}
  </div>`;
}

/** What failed, where, what still shows, and what to do. */
export function renderError(what: string, error: unknown, kept: string, retry: () => void): TemplateResult {
  return html`<div part="error" role="alert">
    <p><b>Could not read ${what}.</b> ${error instanceof Error ? error.message : error}${kept}</p>
    <button class="button" part="button" type="button" @click=${retry}>Try again</button>
  </div>`;
}
