import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Answer, BodyKey, BodyMeta, ConversationHead, Params, QuestionName } from '../bodies/worker/protocol.js';
import type { BodyConnection } from './body-connection.js';
import type { Body } from '../daemon/bodies.js';
import type { renderEnd } from '../view/body-end.js';
import { labelPane, renderPane } from '../view/body-pane.js';
import type { CallDetail } from '../view/body-price.js';
import { renderError, renderLoading } from '../view/states.js';
import type { BodyContext, BodyWay, FindState, LedView } from './body-context.js';
import { chooseView, listViews, type ViewName } from '../view/body-views.js';
import { BodyCopies } from './body-copies.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { renderLate } from './body-late.js';
import type { BodyMarkSteps } from './body-mark-steps.js';
import { PaneViews } from './body-pane-views.js';
import { bodyKey, BodyReading, type ReadBody } from './body-reading.js';
import type { BodyPlaces } from './body-places.js';
import type { BodyTalk, TalkStage } from './body-talk.js';

/** What a pane needs of the viewer that it stands in. */
export interface PaneOptions {
  readonly host: LitElement;
  readonly connection: BodyConnection;
  readonly find: () => FindState;
  /** Empty: as suits the body. */
  readonly view: () => ViewName | '';
  readonly isPlain: () => boolean;
  /** Where the conversation of this body stands level with others; null: in its pane. */
  readonly stageOf: (pane: BodyPane) => TalkStage | null;
  readonly copy: (text: string, what: string) => void;
  readonly say: (words: string) => void;
  readonly places: LazyPart<BodyPlaces>;
  /** The pane has found out more of its body. */
  readonly changed: (pane: BodyPane) => void;
}

/** One body, opened in the worker, and the views that draw it. */
export class BodyPane implements BodyContext {
  readonly key: BodyKey;
  readonly id: string;
  readonly side: 'request' | 'response';
  readonly body: Body;

  readonly #options: PaneOptions;
  readonly #views: PaneViews;
  readonly #copies: BodyCopies;
  /** Loaded where something was redacted. */
  readonly #marks: LazyPart<BodyMarkSteps>;
  /** Loaded where a body is not whole. */
  readonly #end: LazyPart<typeof renderEnd>;
  readonly #reading: BodyReading;
  #of: ReadBody;

  constructor(of: ReadBody, options: PaneOptions) {
    this.#of = of;
    this.#options = options;
    this.key = bodyKey(of);
    this.side = of.side;
    this.body = of.body;
    this.id = `${of.letter}-${of.side}`;
    this.#copies = new BodyCopies(this);
    this.#views = new PaneViews(this, { isPlain: options.isPlain, stage: () => options.stageOf(this) });
    this.#marks = new LazyPart(options.host, async () => {
      const { BodyMarkSteps } = await import('./body-mark-steps.js');
      return new BodyMarkSteps(this, () => this.way());
    });
    this.#end = new LazyPart(options.host, async () => (await import('./body-end.js')).makeEnd(options.host));
    this.#reading = new BodyReading(of, {
      connection: options.connection,
      read: () => this.#views.refresh(),
      changed: () => options.changed(this),
    });
  }

  get host(): LitElement {
    return this.#options.host;
  }

  get label(): string {
    return labelPane({ letter: this.letter, sideName: this.side });
  }

  get letter(): string {
    return this.#of.letter;
  }

  get call(): CallDetail {
    return this.#of.call;
  }

  get meta(): BodyMeta {
    const { meta } = this.#reading;
    if (meta === null) throw new Error(`Nothing is known yet of ${this.key}.`);
    return meta;
  }

  get isRead(): boolean {
    return this.#reading.meta?.isRead === true;
  }

  /** All that can be known of it is known: that it could not be read, or whether it is a conversation as a whole. */
  get isSettled(): boolean {
    return this.#reading.isSettled;
  }

  /** Its conversation, wherever it is drawn. */
  get talk(): BodyTalk {
    return this.#views.talk;
  }

  get conversation(): ConversationHead | null | undefined {
    return this.#reading.conversation;
  }

  get places(): LazyPart<BodyPlaces> {
    return this.#options.places;
  }

  get find(): FindState {
    return this.#options.find();
  }

  /** Views that this body has; empty while that isn't known. */
  get offered(): readonly ViewName[] {
    return listViews(this.#known);
  }

  /** The view that stands there: the wanted one where this body has it. */
  get shown(): ViewName | null {
    return chooseView(this.#options.view(), this.#known);
  }

  ask<Name extends QuestionName>(
    name: Name,
    params: Omit<Params<Name>, 'key'>,
    signal?: AbortSignal,
  ): Promise<Answer<Name>> {
    return this.#reading.ask(name, params, signal);
  }

  copy(text: string, what: string): void {
    this.#options.copy(text, what);
  }

  say(words: string): void {
    this.#options.say(words);
  }

  /** Another call stands before or behind, or more is known of this one. */
  moveTo(of: ReadBody): void {
    this.#of = of;
    this.#reading.update(of);
  }

  /** Takes news of its body in. */
  hear(meta: BodyMeta): void {
    this.#reading.hear(meta);
  }

  /** Other things are looked for. */
  findChanged(): void {
    this.#view()?.refresh();
  }

  /** What leads to places in the view that stands there; undefined: there is none. */
  async way(): Promise<BodyWay | undefined> {
    return this.#view()?.way();
  }

  render(): TemplateResult {
    const { shown } = this;
    const { error } = this.#reading;
    const what = `the ${this.side} of ${this.letter}`;
    const trouble = error === undefined ? nothing : renderError(what, error, '', () => void this.#reading.open());
    const loading = error === undefined ? renderLoading(what) : nothing;
    const content = shown === null ? loading : this.#views.get(shown).render(this.renderEnd());
    return this.#renderPane(html`${trouble}${content}`);
  }

  /** Its size and its tools alone, where what it says stands elsewhere; all of it where it could not be read. */
  renderBar(): TemplateResult {
    return this.#reading.error === undefined ? this.#renderPane(nothing) : this.render();
  }

  /** How the body ends, where it is not whole. */
  renderEnd(): unknown {
    const { meta } = this.#reading;
    const side = this.body[this.side];
    const isWhole = !side.truncated && !('incomplete' in side && side.incomplete) && !meta?.fault;
    return isWhole ? nothing : renderLate(this.#end, (render) => render(side, meta), nothing);
  }

  /** Forgets the body. */
  end(): void {
    this.#views.end();
    this.#reading.end();
  }

  get #known() {
    const { meta, conversation } = this.#reading;
    return { meta, hasConversation: conversation === undefined ? undefined : conversation !== null };
  }

  #renderPane(content: unknown): TemplateResult {
    const { letter, side: sideName, body } = this;
    const { meta } = this.#reading;
    const marks = meta?.marks.length ? renderLate(this.#marks, (steps) => steps.render(), nothing) : nothing;
    const tools = meta === null ? nothing : html`${marks}${this.#copies.render()}`;
    return renderPane({ letter, sideName, side: body[sideName] }, { meta, tools, content });
  }

  #view(): LedView | null {
    const { shown } = this;
    return shown === null ? null : this.#views.get(shown);
  }
}
