import { html, nothing, type TemplateResult } from 'lit';
import { detectFormat } from '../bodies/body-format.js';
import { BodyTree } from '../bodies/body-tree.js';
import { bodyViewer } from '../styles/body-viewer.js';
import { callMarks } from '../styles/call-marks.js';
import { renderDifferences } from './body-differs.js';
import { describeContext, renderOfCall } from './body-head.js';
import { type Body, renderBody, renderEmptyBody, renderPane, SHOWN_CHARACTERS } from './body-pane.js';
import { type CallDetail, renderFacts, renderPrice } from './body-price.js';
import { type CaptureSettings, renderBodyState, renderSideState, type StateOptions } from './body-words.js';
import { renderEmpty, renderError, renderStates } from './states.js';

/** All that `<hm-body-viewer>` draws of chosen calls. Loaded when the first is chosen: a page without pays nothing. */

export type View = 'tree' | 'text';

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
  readonly texts: Readonly<Record<'request' | 'response', Read<string>>>;
}

/** What the element knows besides the calls, and what its parts can ask of it. */
export interface Viewer {
  /** Empty: each body as suits it. */
  readonly view: View | '';
  readonly timeZone: string;
  /** How many calls are chosen in all. */
  readonly chosen: number;
  readonly isBusy: boolean;
  readonly capture: CaptureSettings | null;
  /** What was copied last, for as long as it is worth saying. */
  readonly copied: { readonly key: string; readonly worked: boolean } | null;
  /** Trees by body, kept so that what is open stays open. */
  readonly trees: Map<string, { readonly text: string; readonly tree: BodyTree }>;
  /** Long bodies that are shown to their end. */
  readonly shownWhole: Set<string>;
  readonly setView: (view: View) => void;
  readonly copy: (key: string, text: string) => void;
  /** Draws again; resolves when drawn. */
  readonly update: () => Promise<unknown>;
}

export const styles = [callMarks, bodyViewer];

const LETTERS = ['A', 'B'];
const SIDES = ['request', 'response'] as const;

export function renderViewer(shown: readonly ShownCall[], viewer: Viewer): TemplateResult {
  forgetOthers(shown, viewer);
  return html`<section aria-labelledby="title" aria-busy=${viewer.isBusy}>
    <div class="head">
      <h2 id="title">Bodies of ${LETTERS.slice(0, shown.length).join(' and ')}</h2>
      <span class="context">${describeContext(shown, viewer.chosen, viewer.timeZone)}</span>
      <div class="tools">${renderTabs(shown, viewer)}</div>
    </div>
    ${shown.length === 1 ? renderOne(shown[0]!, viewer) : renderTwo(shown[0]!, shown[1]!, viewer)}
    <p class="visually-hidden" role="status">${viewer.copied ? labelCopy(viewer, viewer.copied.key) : ''}</p>
  </section>`;
}

function renderTabs(shown: readonly ShownCall[], viewer: Viewer): TemplateResult {
  const views = new Set<View>();
  if (viewer.view !== '') views.add(viewer.view);
  else {
    for (const { body, texts } of shown) {
      for (const side of SIDES) {
        const text = texts[side].data;
        if (text !== undefined)
          views.add(chooseView(viewer, detectFormat(text, body.data?.[side].contentType ?? null)));
      }
    }
  }
  const tab = (view: View, label: string): TemplateResult => {
    const pressed = !views.has(view) ? 'false' : views.size > 1 ? 'mixed' : 'true';
    return html`<button type="button" aria-pressed=${pressed} @click=${() => viewer.setView(view)}>${label}</button>`;
  };
  return html`<div class="tabs" role="group" aria-label="View">${tab('tree', 'Tree')}${tab('text', 'Text')}</div>`;
}

function renderOne(shown: ShownCall, viewer: Viewer): TemplateResult {
  const { timeZone } = viewer;
  return renderStates(shown.found, {
    what: 'call A',
    timeZone,
    renderEmpty: ({ missing }) => (missing === null ? null : renderMissing(shown.id, missing)),
    renderData: ({ call }) =>
      html`<div class="detail">${renderPrice(call!)} ${renderFacts(call!, timeZone)}</div>
        <div class="panes one">${Object.values(renderCall(shown, 'A', viewer))}</div>`,
  });
}

function renderTwo(first: ShownCall, second: ShownCall, viewer: Viewer): TemplateResult {
  const compare = ({ found }: ShownCall, letter: string) => ({
    letter,
    call: found.data?.call ?? null,
    words: found.data ? 'no such call' : found.error === undefined ? 'Reading…' : 'could not be read',
  });
  const failures = [first, second].map(({ found }, index) =>
    found.error === undefined ? nothing : renderError(`call ${LETTERS[index]!}`, found.error, '', found.refresh),
  );
  const [a, b] = [renderCall(first, 'A', viewer), renderCall(second, 'B', viewer)];
  // In reading order, which is also the order in which a narrow element stacks them: like beside like.
  return html`${failures} ${renderDifferences([compare(first, 'A'), compare(second, 'B')], viewer.timeZone)}
    <div class="panes two">${a.head}${b.head}${a.request}${b.request}${a.response}${b.response}</div>`;
}

/** The parts of one call in their order. What explains both bodies stands in place of the request. */
interface CallParts {
  readonly head: unknown;
  readonly request: unknown;
  readonly response: unknown;
}

function renderCall(shown: ShownCall, letter: string, viewer: Viewer): CallParts {
  const { found, body } = shown;
  const place = letter === 'A' ? 'a' : 'b';
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
  const state: StateOptions = {
    project: call.project,
    capture: viewer.capture,
    copyLabel: (command) => labelCopy(viewer, command),
    onCopy: (command) => viewer.copy(command, command),
  };
  const hasText = SIDES.some((side) => (body.data?.[side].storedBytes ?? null) !== null);
  if (body.error === undefined && body.data && hasText) {
    const [request, response] = SIDES.map((side) => renderSide(shown, body.data!, side, letter, state, viewer));
    return { head, request, response };
  }
  return explain(
    head,
    renderStates(body, {
      what: `the bodies of ${letter}`,
      timeZone: viewer.timeZone,
      renderEmpty: () => null,
      renderData: (data) => (hasText ? html`` : renderBodyState(data, state)),
    }),
  );
}

function renderSide(
  shown: ShownCall,
  body: Body,
  sideName: 'request' | 'response',
  letter: string,
  state: StateOptions,
  viewer: Viewer,
): TemplateResult {
  const side = body[sideName];
  const pane = { letter, sideName, side, place: letter === 'A' ? 'a' : 'b' } as const;
  if (side.storedBytes === null) return renderPane(pane, renderSideState(body, side, state), null);
  if (side.storedBytes === 0) return renderPane(pane, renderEmptyBody(pane), null);
  const key = `${shown.id}/${sideName}`;
  const part = shown.texts[sideName];
  const content = renderStates(part, {
    what: `the ${sideName} of ${letter}`,
    timeZone: viewer.timeZone,
    renderEmpty: () => null,
    renderData: (text) => {
      const isWhole = text.length <= SHOWN_CHARACTERS || viewer.shownWhole.has(key);
      const drawn = isWhole ? text : text.slice(0, SHOWN_CHARACTERS);
      const endsEarly = !isWhole || side.truncated || (sideName === 'response' && body.response.incomplete);
      const tree = findTree(key, drawn, side.contentType, endsEarly, viewer);
      const onShowAll = (): void => {
        viewer.shownWhole.add(key);
        void viewer.update();
      };
      return renderBody(pane, { text: drawn, characters: text.length, tree }, { onShowAll, update: viewer.update });
    },
  });
  const copy = { label: labelCopy(viewer, key), onCopy: () => viewer.copy(key, part.data!) };
  return renderPane(pane, content, part.data === undefined ? null : copy);
}

function chooseView(viewer: Viewer, format: 'json' | 'events' | 'text'): View {
  return viewer.view === '' ? (format === 'json' ? 'tree' : 'text') : viewer.view;
}

/** The tree of a body as it was left; null where it is drawn as text. */
function findTree(
  key: string,
  text: string,
  contentType: string | null,
  endsEarly: boolean,
  viewer: Viewer,
): BodyTree | null {
  const format = detectFormat(text, contentType);
  if (format === 'text' || chooseView(viewer, format) === 'text') return null;
  const known = viewer.trees.get(key);
  if (known?.text === text) return known.tree;
  const tree = new BodyTree(text, format, endsEarly);
  viewer.trees.set(key, { text, tree });
  return tree;
}

function forgetOthers(shown: readonly ShownCall[], { trees, shownWhole }: Viewer): void {
  const kept = new Set(shown.flatMap(({ id }) => SIDES.map((side) => `${id}/${side}`)));
  for (const key of trees.keys()) if (!kept.has(key)) trees.delete(key);
  for (const key of shownWhole) if (!kept.has(key)) shownWhole.delete(key);
}

function labelCopy({ copied }: Viewer, key: string): string {
  if (copied?.key !== key) return 'Copy';
  return copied.worked ? 'Copied' : 'The browser refused to copy';
}

function renderMissing(id: string, reason: string): TemplateResult {
  return renderEmpty(
    `There is no call ${id}. It was removed from the database, or the link comes from another machine.`,
    html`<p class="muted">${reason}</p>`,
  );
}
