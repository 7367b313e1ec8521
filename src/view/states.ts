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
  const { data } = loaded;
  const failure =
    loaded.error === undefined
      ? nothing
      : renderError(words.what, loaded.error, keptSince(loaded, words), loaded.refresh);
  if (data === undefined) return html`${failure === nothing ? renderLoading(words.what) : failure}`;
  return html`${failure}${words.renderEmpty(data) ?? words.renderData(data)}`;
}

function keptSince<T>(loaded: Loaded<T>, words: Words<T>): string {
  if (loaded.data === undefined || loaded.loadedAt === undefined) return '';
  return ` What stands below is from ${formatClock(loaded.loadedAt.toISOString(), words.timeZone)}.`;
}

export function renderLoading(what: string): TemplateResult {
  return html`<div part="loading" role="status">
    <p class="muted">Reading ${what}…</p>
    <span class="bars"></span>
  </div>`;
}

export function renderEmpty(missing: string, wayBack: unknown = nothing): TemplateResult {
  return html`<div part="empty">
    <p>${missing}</p>
    ${wayBack}
  </div>`;
}

/** What failed, where, what still shows, and what to do. */
export function renderError(what: string, error: unknown, kept: string, retry: () => void): TemplateResult {
  return html`<div part="error" role="alert">
    <p><b>Could not read ${what}.</b> ${describeError(error)}${kept}</p>
    <button class="button" type="button" @click=${retry}>Try again</button>
  </div>`;
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
