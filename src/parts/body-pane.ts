import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type {
  Answer,
  BodyKey,
  BodyMeta,
  BodySource,
  ConversationHead,
  FindMatch,
  FindTarget,
  Params,
  QuestionName,
} from '../bodies/worker/protocol.js';
import type { BodyConnection } from '../controllers/body-connection.js';
import type { Body } from '../daemon/bodies.js';
import { renderEnd, renderPane } from '../view/body-pane.js';
import type { CallDetail } from '../view/body-price.js';
import type { PartOptions } from '../view/body-parts.js';
import { renderError, renderLoading } from '../view/states.js';
import type { BodyContext, BodyView, FindState } from './body-context.js';
import type { ViewName } from '../view/body-calls.js';
import { BodyCopies } from './body-copies.js';
import { BodyEventList } from './body-event-list.js';
import { BodyMarkSteps } from './body-mark-steps.js';
import { BodyTalk } from './body-talk.js';
import { BodyTextList } from './body-text-list.js';
import { BodyTreeList } from './body-tree-list.js';

const FIRST_COLUMNS = 80;

/** What a pane needs of the viewer that it stands in. */
export interface PaneOptions {
  readonly host: LitElement;
  readonly connection: BodyConnection;
  readonly find: () => FindState;
  /** Empty: as suits the body. */
  readonly view: () => ViewName | '';
  readonly markdown: () => PartOptions['renderMarkdown'];
  readonly copy: (text: string, what: string) => void;
  readonly say: (words: string) => void;
  readonly linkTo: (pointer: string) => void;
  /** The pane has found out more of its body. */
  readonly changed: (pane: BodyPane) => void;
}

export interface PaneBody {
  readonly origin: string;
  readonly letter: string;
  readonly side: 'request' | 'response';
  readonly call: CallDetail;
  readonly body: Body;
}

/** One body, opened in the worker, and the views that draw it. */
export class BodyPane implements BodyContext {
  readonly key: BodyKey;
  readonly id: string;
  readonly side: 'request' | 'response';
  readonly body: Body;
  readonly copies: BodyCopies;

  readonly #options: PaneOptions;
  readonly #source: BodySource;
  readonly #views = new Map<ViewName, BodyView>();
  readonly #marks: BodyMarkSteps;
  readonly #opened = new AbortController();
  #of: PaneBody;
  #meta: BodyMeta | null = null;
  #conversation: ConversationHead | null | undefined;
  #asked = 0;
  #error: unknown;

  constructor(of: PaneBody, options: PaneOptions) {
    this.#of = of;
    this.#options = options;
    this.#source = { origin: of.origin, callId: of.call.id };
    this.key = paneKey(of);
    this.side = of.side;
    this.body = of.body;
    this.id = `${of.letter}-${of.side}`;
    this.copies = new BodyCopies(this);
    this.#marks = new BodyMarkSteps(this, () => this.#view());
    void this.#open();
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
    if (this.#meta === null) throw new Error(`Nothing is known yet of ${this.key}.`);
    return this.#meta;
  }

  get isRead(): boolean {
    return this.#meta?.isRead === true;
  }

  get conversation(): ConversationHead | null | undefined {
    return this.#conversation;
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
    if (this.#meta === null || this.#conversation === undefined) return [];
    return [
      ...(this.#conversation === null ? [] : ['conversation' as const]),
      ...(this.#meta.treeRows > 0 ? ['tree' as const] : []),
      'text',
      ...(this.#meta.events > 0 ? ['events' as const] : []),
    ];
  }

  /** The view that stands there: the wanted one where this body has it. */
  get shown(): ViewName | null {
    const { offered } = this;
    const wanted = this.#options.view();
    if (wanted !== '' && offered.includes(wanted)) return wanted;
    if (offered.length === 0) return this.#meta?.format === 'text' ? 'text' : null;
    if (this.#meta?.fault) return 'text';
    return offered.includes('events') && !offered.includes('conversation') ? 'events' : offered[0]!;
  }

  ask<Name extends QuestionName>(
    name: Name,
    params: Omit<Params<Name>, 'key'>,
    signal?: AbortSignal,
  ): Promise<Answer<Name>> {
    const asked = signal === undefined ? this.#opened.signal : AbortSignal.any([signal, this.#opened.signal]);
    const answer = this.#options.connection.ask(name, { key: this.key, ...params }, asked);
    return answer.catch((error: unknown) => {
      // Of a body that was closed nobody waits for anything any more.
      if (this.#opened.signal.aborted) return new Promise<never>(() => undefined);
      throw error;
    });
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
  moveTo(of: PaneBody): void {
    this.#of = of;
  }

  /** Takes news of its body in. */
  hear(meta: BodyMeta): void {
    this.#meta = meta;
    for (const view of this.#views.values()) view.refresh();
    if (meta.format === 'text' || meta.fault !== null) this.#conversation = null;
    else if (meta.format === 'json' || meta.isRead) void this.#askConversation();
    this.#options.changed(this);
  }

  /** Other things are looked for. */
  findChanged(): void {
    const shown = this.shown;
    if (shown !== null) this.#views.get(shown)?.refresh();
  }

  showMatch(match: FindMatch): void {
    void this.#view()?.showMatch(match);
  }

  /** How near a pointer leads; null: nowhere. */
  async showPointer(pointer: string, isNearEnough: boolean): Promise<'exact' | 'nearest' | 'cut' | null> {
    return (await this.#view()?.showPointer(pointer, isNearEnough)) ?? null;
  }

  render(): TemplateResult {
    const shown = this.shown;
    return renderPane(
      { letter: this.letter, sideName: this.side, side: this.body[this.side], label: this.label },
      {
        meta: this.#meta,
        marks: this.#meta === null ? nothing : this.#marks.render(),
        copies: this.#meta === null ? nothing : this.copies.render(),
        content: html`${
          this.#error === undefined
            ? nothing
            : renderError(`the ${this.side} of ${this.letter}`, this.#error, '', () => void this.#open())
        }${
          shown === null
            ? this.#error === undefined
              ? renderLoading(`the ${this.side} of ${this.letter}`)
              : nothing
            : this.#view()?.render(renderEnd(this.body[this.side], this.#meta))
        }`,
      },
    );
  }

  /** Forgets the body. */
  end(): void {
    this.#opened.abort();
    for (const view of this.#views.values()) view.end();
    void this.#options.connection.ask('close', { key: this.key }).catch(() => undefined);
  }

  async #open(): Promise<void> {
    this.#error = undefined;
    const side = this.body[this.side];
    const endsEarly = side.truncated || ('incomplete' in side && side.incomplete);
    const asked = {
      source: this.#source,
      side: this.side,
      provider: this.call.provider,
      contentType: side.contentType,
      endsEarly,
      columns: FIRST_COLUMNS,
    };
    try {
      this.hear(await this.ask('open', asked));
    } catch (error) {
      if (this.#opened.signal.aborted) return;
      this.#error = error;
      this.#options.changed(this);
    }
  }

  async #askConversation(): Promise<void> {
    const asked = ++this.#asked;
    const answer = await this.ask('conversation', {}).catch(() => null);
    if (asked !== this.#asked || this.#opened.signal.aborted) return;
    // While more is being read, nothing that is known yet may still become a conversation.
    if (answer !== null || this.isRead) this.#conversation = answer;
    this.#options.changed(this);
  }

  #view(): BodyView | null {
    const shown = this.shown;
    if (shown === null) return null;
    const known = this.#views.get(shown);
    if (known !== undefined) return known;
    const view = this.#makeView(shown);
    this.#views.set(shown, view);
    return view;
  }

  #makeView(name: ViewName): BodyView {
    switch (name) {
      case 'conversation':
        return new BodyTalk(this, { markdown: this.#options.markdown });
      case 'tree':
        return new BodyTreeList(this);
      case 'text':
        return new BodyTextList(this);
      default:
        return new BodyEventList(this, () => (this.#conversation ? this.#talk() : null));
    }
  }

  /** Beside the events, and as a view of its own: the same, so that what is open stays open. */
  #talk(): BodyTalk {
    const known = this.#views.get('conversation');
    if (known instanceof BodyTalk) return known;
    const talk = this.#makeView('conversation') as BodyTalk;
    this.#views.set('conversation', talk);
    return talk;
  }
}

export function paneKey({ call, side }: Pick<PaneBody, 'call' | 'side'>): BodyKey {
  return `${call.id}/${side}`;
}
