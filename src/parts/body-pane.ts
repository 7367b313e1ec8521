import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Answer, BodyKey, BodyMeta, ConversationHead, Params, QuestionName } from '../bodies/worker/protocol.js';
import type { FindMatch, FindTarget } from '../bodies/worker/matches.js';
import type { BodyConnection } from './body-connection.js';
import type { Body } from '../daemon/bodies.js';
import type { renderEnd } from '../view/body-end.js';
import { renderBar, renderPane } from '../view/body-pane.js';
import type { CallDetail } from '../view/body-price.js';
import { renderError, renderLoading } from '../view/states.js';
import type { BodyContext, BodyView, FindState } from './body-context.js';
import { chooseView, listViews, type ViewName } from '../view/body-views.js';
import { BodyCopies } from './body-copies.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { renderLate } from './body-late.js';
import type { BodyMarkSteps } from './body-mark-steps.js';
import { PaneViews } from './body-pane-views.js';
import { bodyKey, BodyReading, type ReadBody } from './body-reading.js';
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
  readonly linkTo: (pointer: string) => void;
  /** The pane has found out more of its body. */
  readonly changed: (pane: BodyPane) => void;
}

/** One body, opened in the worker, and the views that draw it. */
export class BodyPane implements BodyContext {
  readonly key: BodyKey;
  readonly id: string;
  readonly side: 'request' | 'response';
  readonly body: Body;
  readonly copies: BodyCopies;

  readonly #options: PaneOptions;
  readonly #views: PaneViews;
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
    this.copies = new BodyCopies(this);
    this.#views = new PaneViews(this, { isPlain: options.isPlain, stage: () => options.stageOf(this) });
    this.#marks = new LazyPart(options.host, async () => {
      const { BodyMarkSteps } = await import('./body-mark-steps.js');
      return new BodyMarkSteps(this, () => this.#view());
    });
    this.#end = new LazyPart(options.host, async () => (await import('../view/body-end.js')).renderEnd);
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
    return `${this.side === 'request' ? 'Request' : 'Response'} of ${this.letter}`;
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

  get find(): FindState {
    return this.#options.find();
  }

  get cut(): string {
    const side = this.body[this.side];
    if (side.truncated) return 'cut here';
    return 'incomplete' in side && side.incomplete ? 'the stream ended here' : 'the text ends here, in the middle';
  }

  /** What find looks through: what the pane shows. */
  get target(): FindTarget {
    return { key: this.key, in: this.shown === 'conversation' ? 'conversation' : 'stored' };
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

  linkTo(pointer: string): void {
    this.#options.linkTo(`${this.letter.toLowerCase()}-${this.side}${pointer}`);
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
    const shown = this.shown;
    if (shown !== null) this.#views.get(shown).refresh();
  }

  showMatch(match: FindMatch): void {
    void this.#view()?.showMatch(match);
  }

  /** A place in the stored text, to be marked. @returns whether the view that stands there shows it. */
  async showRange(start: number, end: number): Promise<boolean> {
    const isShown = (await this.#view()?.showRange(start, end)) ?? false;
    this.host.renderRoot.querySelector(`.pane[aria-label="${this.label}"]`)?.scrollIntoView({ block: 'nearest' });
    return isShown;
  }

  /** How near a pointer leads; null: nowhere. */
  async showPointer(pointer: string, isNearEnough: boolean): Promise<'exact' | 'nearest' | 'cut' | null> {
    return (await this.#view()?.showPointer(pointer, isNearEnough)) ?? null;
  }

  render(): TemplateResult {
    const { shown } = this;
    const { error } = this.#reading;
    const what = `the ${this.side} of ${this.letter}`;
    const trouble = error === undefined ? nothing : renderError(what, error, '', () => void this.#reading.open());
    const loading = error === undefined ? renderLoading(what) : nothing;
    const content = shown === null ? loading : this.#views.get(shown).render(this.renderEnd());
    return renderPane(this.#frame, { ...this.#barParts, content: html`${trouble}${content}` });
  }

  /** Its size and its tools alone, where what it says stands elsewhere; all of it where it could not be read. */
  renderBar(): TemplateResult {
    if (this.#reading.error !== undefined) return this.render();
    return renderBar(this.#frame, this.#barParts);
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

  get #frame() {
    return { letter: this.letter, sideName: this.side, side: this.body[this.side], label: this.label };
  }

  get #barParts() {
    const { meta } = this.#reading;
    if (meta === null) return { meta, marks: nothing, copies: nothing };
    const marks = meta.marks.length > 0 ? renderLate(this.#marks, (steps) => steps.render(), nothing) : nothing;
    return { meta, marks, copies: this.copies.render() };
  }

  #view(): BodyView | null {
    const { shown } = this;
    return shown === null ? null : this.#views.get(shown);
  }
}
