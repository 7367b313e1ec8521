import { html, nothing, type TemplateResult } from 'lit';
import { renderOfCall } from './body-head.js';
import type { Body } from './body-pane.js';
import type { ToldCall } from '../bodies/telling/told.js';
import type { CallDetail } from './body-price.js';
import { VIEW_NAMES, type ViewName, VIEWS } from './body-views.js';
import { LETTERS } from './call-letters.js';
import { renderStates } from './states.js';
import { renderPlain } from './told-elements.js';

/** The frame of `<hm-body-viewer>`: title, tools, and the bodies of each chosen call. */

interface Read<T> {
  readonly data: T | undefined;
  readonly loadedAt: Date | undefined;
  readonly error: unknown;
  readonly refresh: () => void;
}

/** A chosen call as far as it is read, and what is told of it. `missing`: why there is none of that id. */
export interface ShownCall {
  readonly id: string;
  readonly found: Read<{
    readonly call: CallDetail | null;
    readonly missing: string | null;
    readonly told: ToldCall | null;
  }>;
  readonly body: Read<Body>;
}

/** The search across bodies: what opens it, and what it shows while it is open. */
export interface SearchPlace {
  readonly button: unknown;
  readonly panel: unknown;
}

export interface Viewer {
  readonly search: SearchPlace;
  /** What is done with several calls. */
  readonly tools: unknown;
  /** Beside the title. */
  readonly context: string;
  readonly timeZone: string;
  readonly isBusy: boolean;
  /** Views that at least one of the bodies has, and those that stand there. */
  readonly offered: ReadonlySet<ViewName>;
  readonly views: ReadonlySet<ViewName>;
  readonly setView: (view: ViewName) => void;
  /** The switch between Markdown and plain text; null while no text is drawn that it is for. */
  readonly plain: { readonly isPlain: boolean; readonly toggle: () => void } | null;
  readonly find: { readonly isOpen: boolean; readonly toggle: () => void; readonly bar: unknown };
  /** Empty ones are not drawn. */
  readonly notes: readonly string[];
  /** Several calls, below the head. */
  readonly renderSeveral: () => unknown;
  /** The button that puts a single call beside the one before it. */
  readonly renderPrevious: (call: CallDetail) => unknown;
  /** For a moment: what was done. */
  readonly said: string;
  /** Of keys that are pressed within. */
  readonly onKey: (event: KeyboardEvent) => void;
  /** The focus or the pointer is within. */
  readonly onIntent: () => void;
  /** `isBar`: what it says stands elsewhere. */
  readonly renderSide: (call: ShownCall, side: 'request' | 'response', letter: string, isBar: boolean) => unknown;
  /** Why there is no such call, or nothing of its bodies. */
  readonly renderMissing: (id: string, reason: string) => unknown;
  readonly renderAbsent: (body: Body, project: string) => unknown;
}

export const SIDES = ['request', 'response'] as const;

const lettersOf = new Intl.ListFormat('en', { type: 'conjunction' });

export function renderViewer(shown: readonly ShownCall[], viewer: Viewer): TemplateResult {
  return html`<section
    aria-labelledby="title"
    aria-busy=${viewer.isBusy}
    @keydown=${viewer.onKey}
    @focusin=${viewer.onIntent}
    @pointerover=${viewer.onIntent}
  >
    <div class="head" part="head">
      <h2 id="title">Bodies of ${lettersOf.format(LETTERS.slice(0, shown.length))}</h2>
      <span class="context">${viewer.context}</span>
      <div class="tools" part="tools">
        ${renderTabs(viewer)} ${viewer.tools} ${renderSwitches(viewer)} ${viewer.search.button}
      </div>
    </div>
    ${viewer.search.panel} ${viewer.find.bar}
    ${viewer.notes.map((note) => note && html`<p class="at-note" role="status">${note}</p>`)}
    ${shown.length === 1 ? renderOne(shown[0]!, viewer) : viewer.renderSeveral()}
    <p class=${viewer.said === '' ? 'visually-hidden' : 'toast'} role="status">${viewer.said}</p>
  </section>`;
}

function renderTabs({ offered, views, setView }: Viewer): TemplateResult {
  return html`<div class="tabs" role="group" aria-label="View">
    ${VIEW_NAMES.filter((view) => offered.has(view)).map((view) => {
      const pressed = !views.has(view) ? 'false' : views.size > 1 ? 'mixed' : 'true';
      return html`<button type="button" aria-pressed=${pressed} @click=${() => setView(view)}>${VIEWS[view]}</button>`;
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
    renderEmpty: ({ missing }) => (missing === null ? null : html`${viewer.renderMissing(shown.id, missing)}`),
    renderData: ({ call, told }) =>
      html`<p class="of-one">${viewer.renderPrevious(call!)}</p>
        <div class="detail">${renderPlain(told!.price)} ${renderPlain(told!.facts)}</div>
        <div class="panes one">${Object.values(renderCall(shown, call!, 'A', viewer))}</div>`,
  });
}

/** The parts of one call in their order. What explains both bodies stands in place of the request. */
export interface CallParts {
  readonly head: unknown;
  readonly request: unknown;
  readonly response: unknown;
}

/** One call that is there. `isBar`: what its bodies say stands elsewhere. */
export function renderCall(
  shown: ShownCall,
  call: CallDetail,
  letter: string,
  viewer: Viewer,
  isBar = false,
): CallParts {
  const { body } = shown;
  const head = renderOfCall({ letter, call, body: body.data ?? null, timeZone: viewer.timeZone });
  const hasText = SIDES.some((side) => (body.data?.[side].storedBytes ?? null) !== null);
  if (body.data && hasText) {
    const [request, response] = SIDES.map((side) => viewer.renderSide(shown, side, letter, isBar));
    return { head, request, response };
  }
  const content = renderStates(body, {
    what: `the bodies of ${letter}`,
    timeZone: viewer.timeZone,
    renderEmpty: () => null,
    renderData: (data) => html`${viewer.renderAbsent(data, call.project)}`,
  });
  return renderWhole(letter, head, content);
}

/** In place of both bodies. */
export function renderWhole(letter: string, head: unknown, content: unknown): CallParts {
  return {
    head,
    request: html`<div class="whole place-${letter.toLowerCase()}">
      <span class="letter" aria-hidden="true">${letter}</span>${content}
    </div>`,
    response: nothing,
  };
}
