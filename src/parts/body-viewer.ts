import { type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { CapturedCallController } from '../controllers/captured-call.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { getStatus } from '../daemon/status.js';
import { table } from '../styles/base.js';
import { bodyRows } from '../styles/body-rows.js';
import { bodyTalk } from '../styles/body-talk.js';
import { bodyTools } from '../styles/body-tools.js';
import { bodyViewer } from '../styles/body-viewer.js';
import { tabs } from '../styles/tabs.js';
import { visuallyHidden } from '../styles/visually-hidden.js';
import { callMarks } from '../styles/call-marks.js';
import { renderViewer, type SearchPlace, type ShownCall } from '../view/body-calls.js';
import { renderEmptyBody, renderPane } from '../view/body-pane.js';
import { renderSideState, type StateOptions } from '../view/body-words.js';
import { LETTERS } from '../view/call-letters.js';
import { BodyAddress } from './body-address.js';
import type { SideBySide } from './body-aligned-viewer.js';
import type { BodyDifferences } from './body-differences.js';
import type { ViewName } from '../view/body-views.js';
import type { FindState } from './body-context.js';
import type { BodyFind } from './body-find.js';
import type { BodyFound } from './body-found.js';
import { BodyPanes } from './body-panes.js';
import { BodySaid } from './body-said.js';
import { listBodies, listPanes } from './body-shown.js';
import type { FoundPlace } from './body-search.js';
import { PreviousCall } from './previous-call.js';

interface ViewerOptions {
  readonly scope: CallsScope;
  readonly workerUrl: URL;
  /** Ids of the chosen calls. */
  readonly chosen: () => readonly string[];
  readonly choose: (ids: readonly string[]) => void;
  /** The view and the place that the page's author asks for, where the user did not choose. */
  readonly view: () => string;
  readonly at: () => string;
}

const NOT_LOOKED_FOR: FindState = { isOpen: false, version: 0, current: null, makeMarks: null };

/** All that `<hm-body-viewer>` shows of chosen calls; loaded when the first is chosen. */
export class BodyViewer implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ViewerOptions;
  readonly #captured: readonly CapturedCallController[];
  readonly #status;
  readonly #address: BodyAddress;
  readonly #sideBySide: LazyPart<SideBySide>;
  readonly #find: LazyPart<BodyFind>;
  readonly #differences: LazyPart<BodyDifferences>;
  readonly #previous: PreviousCall;
  readonly #panes: BodyPanes;
  readonly #said: BodySaid;
  #found: BodyFound | null = null;
  #isPlain = false;

  constructor(host: LitElement, options: ViewerOptions) {
    this.#host = host;
    this.#options = options;
    const { scope } = options;
    const redraw = (): void => host.requestUpdate();
    this.#captured = Array.from(
      { length: LETTERS.length },
      (_, index) => new CapturedCallController(host, { origin: () => scope.origin, id: () => options.chosen()[index] }),
    );
    // Only to say how long bodies are kept, and whether capture is off for all.
    this.#status = new DaemonTask(host, {
      args: () => [scope.origin],
      run: ([origin], signal) => getStatus(origin, signal),
      when: () => this.#captured.some(({ shown }) => ['off', 'expired'].includes(shown?.body.data?.state ?? '')),
      quiet: true,
    });
    this.#said = new BodySaid(redraw);
    const panes = (): BodyPanes['all'] => this.#panes.all;
    this.#address = new BodyAddress({ scope, view: options.view, at: options.at, panes, redraw });
    this.#find = new LazyPart(host, async () => {
      const { BodyFind } = await import('./body-find.js');
      return new BodyFind({ connection: () => this.#panes.connection, panes, redraw });
    });
    this.#previous = new PreviousCall(host, { origin: () => scope.origin, show: options.choose });
    this.#differences = new LazyPart(host, async () => {
      const { BodyDifferences } = await import('./body-differences.js');
      return new BodyDifferences({
        host,
        connection: () => this.#panes.connection,
        open: (letter, pointer) => {
          this.#address.openPlace(`${letter === null ? '' : `${letter.toLowerCase()}-`}request${pointer}`);
        },
      });
    });
    this.#sideBySide = new LazyPart(host, async () => {
      const { SideBySide } = await import('./body-aligned-viewer.js');
      return new SideBySide({ host, connection: () => this.#panes.connection, address: this.#address });
    });
    this.#panes = new BodyPanes({
      host,
      workerUrl: options.workerUrl,
      hear: (news) => this.#find.value?.hear(news),
      find: () => this.#find.value?.state ?? NOT_LOOKED_FOR,
      view: () => this.#address.view,
      isPlain: () => this.#isPlain,
      stageOf: (pane) => this.#sideBySide.value?.stageOf(pane) ?? null,
      copy: (text, what) => void this.#said.copy(text, what),
      say: (words) => this.#said.say(words),
      linkTo: (place) => this.#address.linkTo(place),
      changed: () => {
        this.#find.value?.panesChanged();
        this.#address.panesChanged();
        this.#found?.panesChanged();
        redraw();
      },
    });
    for (const sheet of [table, tabs, visuallyHidden, callMarks, bodyViewer, bodyRows, bodyTalk, bodyTools]) {
      adoptSheet(host.renderRoot, sheet);
    }
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.renderRoot.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    this.#host.renderRoot.removeEventListener('keydown', this.#onKey);
    this.#said.end();
    // A move is a disconnect and a connect in one tick, and must not close what is open.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#differences.value?.end();
      this.#sideBySide.value?.update([]);
      this.#previous.end();
      this.#panes.end();
    });
  }

  /** Opens the bodies of the calls that are shown now, and closes all others. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const ids = this.#captured.flatMap(({ shown }) => shown?.id ?? []);
    // For a moment, while calls change places: one body cannot stand in two.
    if (new Set(ids).size < ids.length) return;
    const wanted = this.#captured.flatMap(({ shown }, index) => listBodies(shown, index, this.#options.scope.origin));
    const isAnyClosed = this.#panes.show(wanted);
    if (this.#options.chosen().length > 1) {
      void this.#differences.load();
      if (wanted.length > 0) void this.#sideBySide.load();
    }
    const find = this.#panes.find.bind(this.#panes);
    const calls = this.#captured.flatMap(({ shown }, index) => listPanes(shown, index, find));
    this.#sideBySide.value?.update(calls);
    this.#address.update();
    if (isAnyClosed) queueMicrotask(() => this.#find.value?.panesChanged());
  }

  /** Leads to a place that a search found; its call is among the chosen ones. */
  async showFound(place: FoundPlace): Promise<void> {
    if (this.#found === null) {
      const { BodyFound } = await import('./body-found.js');
      this.#found = new BodyFound({
        find: (callId, side) => this.#panes.find(callId, side),
        showAsText: () => this.#setView('text'),
      });
    }
    this.#found.show(place);
  }

  /** Undefined while nothing is known of any call. */
  render(search: SearchPlace): TemplateResult | undefined {
    const shown = this.#captured.flatMap((captured) => captured.shown ?? []);
    if (shown.length === 0) return undefined;
    const { scope } = this.#options;
    const offered = new Set(this.#panes.all.flatMap((pane) => pane.offered));
    const views = new Set(this.#panes.all.flatMap((pane) => pane.shown ?? []));
    const hasTalk = views.has('conversation');
    const list = shown.length > 1 ? (this.#sideBySide.value?.renderList() ?? null) : null;
    return renderViewer(shown, {
      timeZone: scope.timeZone,
      search,
      sideBySide: { tools: this.#sideBySide.value?.renderTools() ?? nothing, list },
      chosen: this.#options.chosen().length,
      isBusy: this.#captured.some((captured) => captured.pending),
      capture: this.#status.data?.capture ?? null,
      offered,
      views,
      setView: (view) => this.#setView(view),
      plain: hasTalk ? { isPlain: this.#isPlain, toggle: () => this.#togglePlain() } : null,
      find: { isOpen: this.#isFinding, toggle: () => void this.#toggleFind(), bar: this.#find.value?.render() ?? nothing },
      renderDifferences: (compared) => this.#differences.value?.renderTable(compared, scope.timeZone) ?? nothing,
      differences: this.#differences.value?.render(
        shown.flatMap(({ id, found, body }, index) => {
          const call = found.data?.call;
          const request = this.#panes.find(id, 'request') ?? null;
          return call && body.data ? { letter: LETTERS[index]!, call, request } : [];
        }),
      ),
      renderPrevious: (call) => this.#previous.renderButton(call, 'quiet'),
      notes: [this.#address.note, shown.length === 1 ? this.#previous.wordsOf(shown[0]!.id) : ''].filter(
        (note) => note !== '',
      ),
      said: this.#said.words,
      copyCommand: (command) => void this.#said.copy(command, 'Command'),
      renderSide: (call, side, letter, state) => this.#renderSide(call, side, letter, state, list !== null),
    });
  }

  #renderSide(
    { id, body }: ShownCall,
    sideName: 'request' | 'response',
    letter: string,
    state: StateOptions,
    isBar: boolean,
  ): TemplateResult {
    const pane = this.#panes.find(id, sideName);
    if (pane !== undefined) return isBar ? pane.renderBar() : pane.render();
    const side = body.data![sideName];
    const label = `${sideName === 'request' ? 'Request' : 'Response'} of ${letter}`;
    const content = side.storedBytes === null ? renderSideState(body.data!, side, state) : renderEmptyBody(side);
    return renderPane({ letter, sideName, side, label }, { meta: null, marks: nothing, copies: nothing, content });
  }

  get #isFinding(): boolean {
    return this.#find.value?.state.isOpen ?? false;
  }

  #togglePlain(): void {
    this.#isPlain = !this.#isPlain;
    this.#host.requestUpdate();
  }

  #setView(view: ViewName): void {
    this.#address.setView(view);
    queueMicrotask(() => this.#find.value?.panesChanged());
  }

  async #toggleFind(): Promise<void> {
    if (this.#isFinding) this.#find.value!.close();
    else await this.#openFind();
  }

  async #openFind(): Promise<void> {
    const find = await (this.#find.error === undefined ? this.#find.load() : this.#find.retry());
    if (find === undefined) this.#said.say(`Could not read the script that finds: ${String(this.#find.error)}`);
    await find?.open(() => this.#host.updateComplete);
  }

  readonly #onKey = (event: Event): void => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event as KeyboardEvent;
    if (event.defaultPrevented || ctrlKey || metaKey || isComposing) return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.matches('input, select, textarea')) return;
    if (this.#sideBySide.value?.hearKey(key, altKey, this.#isFinding)) return event.preventDefault();
    if (altKey) return;
    if (key === '/') void this.#openFind();
    else if (!this.#isFinding) return;
    else if (key === 'n') void this.#find.value!.step(false);
    else if (key === 'N') void this.#find.value!.step(true);
    else if (key === 'Escape') this.#find.value!.close();
    else return;
    event.preventDefault();
  };
}
