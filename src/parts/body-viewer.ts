import { type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { CapturedCallController } from '../controllers/captured-call.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { bodyBox } from '../styles/body-box.js';
import { bodyTalk } from '../styles/body-talk.js';
import { bodyTools } from '../styles/body-tools.js';
import { bodyViewer } from '../styles/body-viewer.js';
import { tabs } from '../styles/tabs.js';
import { visuallyHidden } from '../styles/visually-hidden.js';
import { callMarks } from '../styles/call-marks.js';
import { renderViewer, type SearchPlace, type ShownCall, type Viewer } from '../view/body-calls.js';
import { describeLeft } from '../view/body-head.js';
import { renderPane } from '../view/body-pane.js';
import type { ViewName } from '../view/body-views.js';
import { LETTERS } from '../view/call-letters.js';
import { renderLoading } from '../view/states.js';
import type { BodyAbsent } from './body-absent.js';
import { type AddressedHost, BodyAddress } from './body-address.js';
import type { FindState } from './body-context.js';
import type { BodyFind } from './body-find.js';
import type { BodyFound } from './body-found.js';
import { loadAgain, renderLate } from './body-late.js';
import { BodyPanes } from './body-panes.js';
import type { BodySaid } from './body-said.js';
import type { BodySeveral } from './body-several.js';
import { listBodies } from './body-shown.js';
import type { FoundPlace } from './body-search.js';
import { PreviousCall } from './previous-call.js';

interface ViewerOptions {
  readonly host: AddressedHost;
  readonly scope: CallsScope;
  readonly workerUrl: URL;
  /** Ids of the chosen calls. */
  readonly chosen: () => readonly string[];
  readonly choose: (ids: readonly string[]) => void;
}

const NOT_LOOKED_FOR: FindState = { isOpen: false, version: 0, current: null, makeMarks: null };

/** All that `<hm-body-viewer>` shows of chosen calls; loaded when the first is chosen. */
export class BodyViewer implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ViewerOptions;
  readonly #captured: readonly CapturedCallController[];
  readonly #address: BodyAddress;
  readonly #previous: PreviousCall;
  readonly #panes: BodyPanes;
  readonly #said: LazyPart<BodySaid>;
  readonly #find: LazyPart<BodyFind>;
  readonly #several: LazyPart<BodySeveral>;
  readonly #absent: LazyPart<BodyAbsent>;
  #found: BodyFound | null = null;
  #isPlain = false;
  /** Why what was asked for last could not be done; empty: it could. */
  #trouble = '';

  constructor(options: ViewerOptions) {
    this.#options = options;
    const { host, scope } = options;
    this.#host = host;
    const panes = (): BodyPanes['all'] => this.#panes.all;
    const connection = (): BodyPanes['connection'] => this.#panes.connection;
    this.#captured = Array.from(
      LETTERS,
      (_, index) =>
        new CapturedCallController(host, {
          origin: () => scope.origin,
          id: () => options.chosen()[index],
          timeZone: () => scope.timeZone,
          tell: (call, timeZone, signal) => connection().ask('toldCall', { call, timeZone }, signal),
        }),
    );
    this.#said = new LazyPart(host, async () => {
      const { BodySaid } = await import('./body-said.js');
      return new BodySaid(host);
    });
    this.#address = new BodyAddress({ host, scope, panes });
    this.#previous = new PreviousCall(host, { origin: () => scope.origin, show: options.choose });
    this.#panes = new BodyPanes({
      host,
      workerUrl: options.workerUrl,
      hear: (news) => this.#find.value?.hear(news),
      find: () => this.#find.value?.state ?? NOT_LOOKED_FOR,
      view: () => this.#address.view,
      isPlain: () => this.#isPlain,
      stageOf: (pane) => this.#several.value?.stageOf(pane) ?? null,
      copy: (text, what) => void this.#copy(text, what),
      say: (words) => void this.#say(words),
      places: this.#address.places,
      changed: () => {
        this.#find.value?.panesChanged();
        this.#address.panesChanged();
        this.#found?.panesChanged();
        host.requestUpdate();
      },
    });
    this.#find = new LazyPart(host, async () => {
      const { BodyFind } = await import('./body-find.js');
      return new BodyFind({ host, connection, panes });
    });
    this.#several = new LazyPart(host, async () => {
      const { BodySeveral } = await import('./body-several.js');
      return new BodySeveral({
        host,
        scope,
        connection,
        address: this.#address,
        find: (...of) => this.#panes.find(...of),
      });
    });
    this.#absent = new LazyPart(host, async () => {
      const { BodyAbsent } = await import('./body-absent.js');
      return new BodyAbsent({
        host,
        scope,
        shown: () => this.#shown,
        copyCommand: (command) => void this.#copy(command, 'Command'),
      });
    });
    for (const sheet of [tabs, visuallyHidden, callMarks, bodyViewer, bodyBox, bodyTalk, bodyTools]) {
      adoptSheet(host.renderRoot, sheet);
    }
    host.addController(this);
  }

  hostDisconnected(): void {
    // A move is a disconnect and a connect in one tick, and must not close what is open.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#several.value?.end();
      this.#previous.end();
      this.#panes.end();
    });
  }

  /** Opens the bodies of the calls that are shown now, and closes all others. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const shown = this.#shown;
    // For a moment, while calls change places: one body cannot stand in two.
    if (new Set(shown.map(({ id }) => id)).size < shown.length) return;
    const { origin } = this.#options.scope;
    const isAnyClosed = this.#panes.show(shown.flatMap((call, index) => listBodies(call, index, origin)));
    if (this.#options.chosen().length > 1) void this.#several.load();
    this.#several.value?.update(shown);
    this.#address.update();
    if (isAnyClosed) queueMicrotask(() => this.#find.value?.panesChanged());
  }

  /** Leads to a place that a search found; its call is among the chosen ones. */
  async showFound(place: FoundPlace): Promise<void> {
    const { BodyFound } = await import('./body-found.js');
    this.#found ??= new BodyFound({
      find: (callId, side) => this.#panes.find(callId, side),
      showAsText: () => this.#setView('text'),
    });
    this.#found.show(place);
  }

  /** Undefined while nothing is known of any call. */
  render(search: SearchPlace): TemplateResult | undefined {
    const shown = this.#shown;
    if (shown.length === 0) return undefined;
    const views = new Set(this.#panes.all.flatMap((pane) => pane.shown ?? []));
    const several = this.#several;
    const viewer: Viewer = {
      timeZone: this.#options.scope.timeZone,
      search,
      tools: several.value?.renderTools() ?? nothing,
      context: this.#describe(shown),
      isBusy: this.#captured.some((captured) => captured.pending),
      offered: new Set(this.#panes.all.flatMap((pane) => pane.offered)),
      views,
      setView: (view) => this.#setView(view),
      plain: views.has('conversation') ? { isPlain: this.#isPlain, toggle: () => this.#togglePlain() } : null,
      find: {
        isOpen: this.#isFinding,
        toggle: () => (this.#isFinding ? this.#find.value!.close() : void this.#openFind()),
        bar: this.#find.value?.render() ?? nothing,
      },
      renderSeveral: () => renderLate(several, (value) => value.render(shown, viewer), renderLoading('bodies')),
      renderPrevious: (call) => this.#previous.renderButton(call, 'quiet'),
      notes: [this.#address.note, shown.length === 1 ? this.#previous.wordsOf(shown[0]!.id) : '', this.#trouble],
      said: this.#said.value?.words ?? '',
      onKey: this.#onKey,
      onIntent: this.#onIntent,
      renderSide: (call, side, letter, isBar) => this.#renderSide(call, side, letter, isBar),
      renderMissing: (id, reason) => renderLate(this.#absent, (absent) => absent.renderMissing(id, reason)),
      renderAbsent: (body, project) => renderLate(this.#absent, (absent) => absent.renderBody(body, project)),
    };
    return renderViewer(shown, viewer);
  }

  get #shown(): readonly ShownCall[] {
    return this.#captured.flatMap(({ shown }) => shown ?? []);
  }

  #describe(shown: readonly ShownCall[]): string {
    const { length } = this.#options.chosen();
    if (shown.length > 1) return this.#several.value?.describe(shown, length) ?? '';
    const told = shown[0]!.found.data?.told;
    return told ? [told.context, ...describeLeft(length - 1)].join(' · ') : '';
  }

  #renderSide(
    { id, found, body }: ShownCall,
    sideName: 'request' | 'response',
    letter: string,
    isBar: boolean,
  ): unknown {
    const pane = this.#panes.find(id, sideName);
    if (pane !== undefined) return isBar ? pane.renderBar() : pane.render();
    const content = renderLate(this.#absent, (absent) =>
      absent.renderSide(body.data!, sideName, found.data!.call!.project),
    );
    return renderPane({ letter, sideName, side: body.data![sideName] }, { meta: null, tools: nothing, content });
  }

  #togglePlain(): void {
    this.#isPlain = !this.#isPlain;
    this.#host.requestUpdate();
  }

  #setView(view: ViewName): void {
    this.#address.setView(view);
    queueMicrotask(() => this.#find.value?.panesChanged());
  }

  get #isFinding(): boolean {
    return this.#find.value?.state.isOpen ?? false;
  }

  async #openFind(): Promise<void> {
    await (await this.#need(this.#find, 'finds'))?.open();
  }

  async #copy(text: string, what: string): Promise<void> {
    await (await this.#need(this.#said, 'copies'))?.copy(text, what);
  }

  async #say(words: string): Promise<void> {
    (await this.#need(this.#said, 'tells what was done'))?.say(words);
  }

  /** What a click asks for; where it can't be had, a note says so. */
  async #need<T>(part: LazyPart<T>, what: string): Promise<T | undefined> {
    const value = await loadAgain(part);
    this.#trouble = value === undefined ? `Could not read the script that ${what}: ${String(part.error)}` : '';
    this.#host.requestUpdate();
    return value;
  }

  /** Whose focus is here may press `/` next, and type on at once; whose pointer is here may press a button. */
  readonly #onIntent = (): void => {
    void this.#find.load();
    void this.#said.load();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || isComposing) return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.matches('input, select, textarea')) return;
    if (this.#several.value?.hearKey(key, altKey, this.#isFinding)) return event.preventDefault();
    if (altKey) return;
    if (key === '/') void this.#openFind();
    else if (!this.#find.value?.hearKey(key)) return;
    event.preventDefault();
  };
}
