import { html, nothing, type TemplateResult } from 'lit';
import type { ComparedCall } from './body-differs.js';
import { describeContext, renderOfCall } from './body-head.js';
import type { Body } from './body-pane.js';
import { type CallDetail, renderFacts, renderPrice } from './body-price.js';
import { type CaptureSettings, renderBodyState, type StateOptions } from './body-words.js';
import type { ViewName } from './body-views.js';
import { LETTERS } from './call-letters.js';
import { renderMissing } from './missing-call.js';
import { renderError, renderStates } from './states.js';

/** The frame of `<hm-body-viewer>`: title, tools, and the bodies of each chosen call. */

interface Read<T> {
  readonly data: T | undefined;
  readonly loadedAt: Date | undefined;
  readonly error: unknown;
  readonly refresh: () => void;
}

/** A chosen call as far as it is read. `missing`: why there is none of that id. */
export interface ShownCall {
  readonly id: string;
  readonly found: Read<{ readonly call: CallDetail | null; readonly missing: string | null }>;
  readonly body: Read<Body>;
}

/** The search across bodies: what opens it, and what it shows while it is open. */
export interface SearchPlace {
  readonly button: unknown;
  readonly panel: unknown;
}

interface Viewer {
  readonly search: SearchPlace;
  /** Of several calls: their switches and steps, and the list in which they stand level; null: each in its own panes. */
  readonly sideBySide: { readonly tools: unknown; readonly list: unknown };
  readonly timeZone: string;
  /** How many calls are chosen in all. */
  readonly chosen: number;
  readonly isBusy: boolean;
  readonly capture: CaptureSettings | null;
  /** Views that at least one of the bodies has, and those that stand there. */
  readonly offered: ReadonlySet<ViewName>;
  readonly views: ReadonlySet<ViewName>;
  readonly setView: (view: ViewName) => void;
  /** The switch between Markdown and plain text; null while no text is drawn that it is for. */
  readonly plain: { readonly isPlain: boolean; readonly toggle: () => void } | null;
  readonly find: { readonly isOpen: boolean; readonly toggle: () => void; readonly bar: unknown };
  readonly notes: readonly string[];
  /** What differs between several requests before their messages. */
  readonly differences: unknown;
  readonly renderDifferences: (compared: readonly ComparedCall[]) => unknown;
  /** The button that puts a single call beside the one before it. */
  readonly renderPrevious: (call: CallDetail) => unknown;
  /** For a moment: what was done. */
  readonly said: string;
  readonly copyCommand: (command: string) => void;
  readonly renderSide: (
    call: ShownCall,
    side: 'request' | 'response',
    letter: string,
    state: StateOptions,
  ) => TemplateResult;
}

export const SIDES = ['request', 'response'] as const;
const VIEWS = [
  ['conversation', 'Conversation'],
  ['tree', 'Tree'],
  ['text', 'Text'],
  ['events', 'Events'],
] as const;

const lettersOf = new Intl.ListFormat('en', { type: 'conjunction' });

export function renderViewer(shown: readonly ShownCall[], viewer: Viewer): TemplateResult {
  return html`<section aria-labelledby="title" aria-busy=${viewer.isBusy}>
    <div class="head" part="head">
      <h2 id="title">Bodies of ${lettersOf.format(LETTERS.slice(0, shown.length))}</h2>
      <span class="context">${describeContext(shown, viewer.chosen, viewer.timeZone)}</span>
      <div class="tools" part="tools">
        ${renderTabs(viewer)} ${viewer.sideBySide.tools} ${renderSwitches(viewer)} ${viewer.search.button}
      </div>
    </div>
    ${viewer.search.panel} ${viewer.find.bar}
    ${viewer.notes.map((note) => html`<p class="at-note" role="status">${note}</p>`)}
    ${shown.length === 1 ? renderOne(shown[0]!, viewer) : renderSeveral(shown, viewer)}
    <p class=${viewer.said === '' ? 'visually-hidden' : 'toast'} role="status">${viewer.said}</p>
  </section>`;
}

function renderTabs({ offered, views, setView }: Viewer): TemplateResult {
  return html`<div class="tabs" role="group" aria-label="View">
    ${VIEWS.filter(([view]) => offered.has(view)).map(([view, label]) => {
      const pressed = !views.has(view) ? 'false' : views.size > 1 ? 'mixed' : 'true';
      return html`<button type="button" aria-pressed=${pressed} @click=${() => setView(view)}>${label}</button>`;
    })}
  </div>`;
}

function renderSwitches({ plain, find, offered }: Viewer): unknown {
  if (offered.size === 0) return nothing;
  return html`${
      plain === null
        ? nothing
        : html`<button class="quiet" type="button" aria-pressed=${plain.isPlain} @click=${plain.toggle}>
            Plain text
          </button>`
    }
    <button
      class="quiet"
      type="button"
      aria-pressed=${find.isOpen}
      aria-keyshortcuts="/"
      title="Find in these bodies ( / )"
      @click=${find.toggle}
    >
      Find
    </button>`;
}

function renderOne(shown: ShownCall, viewer: Viewer): TemplateResult {
  const { timeZone } = viewer;
  return renderStates(shown.found, {
    what: 'call A',
    timeZone,
    renderEmpty: ({ missing }) => (missing === null ? null : renderMissing(shown.id, missing)),
    renderData: ({ call }) =>
      html`<p class="of-one">${viewer.renderPrevious(call!)}</p>
        <div class="detail">${renderPrice(call!)} ${renderFacts(call!, timeZone)}</div>
        <div class="panes one">${Object.values(renderCall(shown, 0, viewer))}</div>`,
  });
}

function renderSeveral(shown: readonly ShownCall[], viewer: Viewer): TemplateResult {
  const compared = shown.map(({ found }, index) => ({
    letter: LETTERS[index]!,
    call: found.data?.call ?? null,
    words: found.data ? 'no such call' : found.error === undefined ? 'Reading…' : 'could not be read',
  }));
  const failures = shown.map(({ found }, index) =>
    found.error === undefined ? nothing : renderError(`call ${LETTERS[index]!}`, found.error, '', found.refresh),
  );
  const calls = shown.map((call, index) => renderCall(call, index, viewer));
  // In reading order, which is also the order in which a narrow element stacks them: like beside like.
  return html`${failures} ${viewer.renderDifferences(compared)} ${viewer.differences}
    <div class="panes several of-${shown.length} ${viewer.sideBySide.list === null ? '' : 'above-list'}">
      ${calls.map(({ head }) => head)} ${calls.map(({ request }) => request)} ${calls.map(({ response }) => response)}
    </div>
    ${viewer.sideBySide.list}`;
}

/** The parts of one call in their order. What explains both bodies stands in place of the request. */
interface CallParts {
  readonly head: unknown;
  readonly request: unknown;
  readonly response: unknown;
}

function renderCall(shown: ShownCall, index: number, viewer: Viewer): CallParts {
  const { found, body } = shown;
  const letter = LETTERS[index]!;
  const place = `place-${letter.toLowerCase()}`;
  const explain = (head: unknown, content: unknown): CallParts => ({
    head,
    request: html`<div class="whole ${place}"><span class="letter" aria-hidden="true">${letter}</span>${content}</div>`,
    response: nothing,
  });
  if (found.data === undefined) return { head: nothing, request: nothing, response: nothing };
  const { call, missing } = found.data;
  if (call === null) {
    const head = html`<div class="of-call ${place}"><span class="letter">${letter}</span></div>`;
    return explain(head, renderMissing(shown.id, missing ?? ''));
  }
  const head = renderOfCall({ letter, place, call, body: body.data ?? null, timeZone: viewer.timeZone });
  const state: StateOptions = { project: call.project, capture: viewer.capture, onCopy: viewer.copyCommand };
  const hasText = SIDES.some((side) => (body.data?.[side].storedBytes ?? null) !== null);
  if (body.data && hasText) {
    const [request, response] = SIDES.map((side) => viewer.renderSide(shown, side, letter, state));
    return { head, request, response };
  }
  return explain(
    head,
    renderStates(body, {
      what: `the bodies of ${letter}`,
      timeZone: viewer.timeZone,
      renderEmpty: () => null,
      renderData: (data) => renderBodyState(data, state),
    }),
  );
}
