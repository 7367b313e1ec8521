import { html, type TemplateResult } from 'lit';
import type { EventLink } from '../bodies/streams/rebuilt-stream.js';
import type { ConversationHead } from '../bodies/worker/protocol.js';
import type { FindMatch } from '../bodies/worker/matches.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { BodyContext, BodyView } from './body-context.js';
import { ItemWindow } from './body-item-window.js';
import { TalkContent, type TalkItem } from './body-talk-content.js';
import type { TalkWay } from './body-talk-way.js';

/** Draws the items of a conversation elsewhere, beside those of others. */
export interface TalkStage {
  /** Brings an item into view, and gives what is drawn of it; undefined: it is not there. */
  show(item: TalkItem): Promise<Element | undefined>;
}

export interface TalkOptions {
  readonly isPlain: () => boolean;
  /** Null: the items stand in a list of their own. */
  readonly stage: () => TalkStage | null;
}

/** What a body says, message by message. Only those in view are drawn, however many there are. */
export class BodyTalk implements BodyView {
  readonly content: TalkContent;

  readonly #body: BodyContext;
  readonly #list: ItemWindow;
  readonly #way: LazyPart<TalkWay>;
  #items: readonly TalkItem[] = [];
  #itemsOf: ConversationHead | null = null;

  constructor(body: BodyContext, options: TalkOptions) {
    this.#body = body;
    this.content = new TalkContent(body, {
      isPlain: options.isPlain,
      goToMessage: (index) => void this.#lead((way) => way.showMessage(index)),
    });
    this.#list = new ItemWindow(body.host, {
      count: () => this.#items.length,
      renderItem: (item) => this.content.renderItem(this.#items[item]!),
      drawn: () => this.markChip(),
    });
    this.#way = new LazyPart(body.host, async () => {
      const { TalkWay } = await import('./body-talk-way.js');
      const show = (item: TalkItem) => options.stage()?.show(item) ?? this.#show(item);
      return new TalkWay({ body, content: this.content, show });
    });
  }

  render(end: unknown): TemplateResult {
    const head = this.#body.conversation;
    if (!head) return html`<div class="box"></div>`;
    this.content.update(head);
    if (head !== this.#itemsOf) {
      this.#itemsOf = head;
      this.#items = listTalkItems(head);
      this.#list.reset();
    }
    return html`<div class="box talk" role="group" aria-label="${this.#body.label}, conversation" tabindex="0">
      ${this.#list.render()} ${end}
    </div>`;
  }

  refresh(): void {
    this.content.refresh();
  }

  async showMatch(match: FindMatch): Promise<void> {
    await this.#lead((way) => way.showMatch(match));
  }

  async showRange(start: number): Promise<boolean> {
    return (await this.#lead((way) => way.showRange(start))) ?? false;
  }

  async showPointer(pointer: string): Promise<'exact' | 'nearest' | 'cut' | null> {
    return (await this.#lead((way) => way.showPointer(pointer))) ?? null;
  }

  /** The part that an event added to. */
  async showLink(link: EventLink): Promise<void> {
    await this.#lead((way) => way.showLink(link));
  }

  /** The redaction mark that is shown, after each drawing. */
  markChip(): void {
    this.#way.value?.markChip();
  }

  end(): void {
    this.#list.end();
    this.content.end();
  }

  async #lead<T>(show: (way: TalkWay) => Promise<T>): Promise<T | undefined> {
    const way = await (this.#way.error === undefined ? this.#way.load() : this.#way.retry());
    if (way === undefined) this.#body.say(`Could not go there: ${String(this.#way.error)}`);
    return way && show(way);
  }

  #show(wanted: TalkItem): Element | undefined {
    const place = this.#items.findIndex(
      (item) =>
        item.kind === wanted.kind &&
        (item.kind !== 'message' || wanted.kind !== 'message' || item.index === wanted.index),
    );
    if (place === -1) return undefined;
    this.#list.show(place);
    return this.#list.elementOf(place);
  }
}

function listTalkItems({ told, tools, messages }: ConversationHead): TalkItem[] {
  return [
    ...(told.parameters ? [{ kind: 'parameters' } as const] : []),
    ...(told.system ? [{ kind: 'system' } as const] : []),
    ...(tools.length > 0 ? [{ kind: 'tools' } as const] : []),
    ...Array.from({ length: messages }, (_, index) => ({ kind: 'message', index }) as const),
    { kind: 'foot' },
  ];
}
