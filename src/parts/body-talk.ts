import { html, type TemplateResult } from 'lit';
import { hasParameters } from '../bodies/conversation.js';
import type { EventLink } from '../bodies/streams/rebuilt-stream.js';
import type { ConversationHead } from '../bodies/worker/protocol.js';
import type { FindMatch } from '../bodies/worker/matches.js';
import type { PartOptions } from '../view/body-parts.js';
import type { BodyContext, BodyView } from './body-context.js';
import { ItemWindow } from './body-item-window.js';
import { TalkContent, type TalkItem } from './body-talk-content.js';
import { findTalkPlace } from './body-talk-place.js';

/** Draws the items of a conversation elsewhere, beside those of others. */
export interface TalkStage {
  /** Brings an item into view, and gives what is drawn of it; undefined: it is not there. */
  show(item: TalkItem): Promise<Element | undefined>;
}

export interface TalkOptions {
  /** Null: texts are drawn plain. */
  readonly markdown: () => PartOptions['renderMarkdown'];
  /** Null: the items stand in a list of their own. */
  readonly stage: () => TalkStage | null;
}

/** What a body says, message by message. Only those in view are drawn, however many there are. */
export class BodyTalk implements BodyView {
  readonly content: TalkContent;

  readonly #body: BodyContext;
  readonly #options: TalkOptions;
  readonly #list: ItemWindow;
  #items: readonly TalkItem[] = [];
  #itemsOf: ConversationHead | null = null;
  /** Where what stands out begins in the body; -1: not known. */
  #markedAt = -1;
  #shown: Element | undefined;
  /** Which redaction mark of the part that stands out is shown. */
  #chip: number | null = null;

  constructor(body: BodyContext, options: TalkOptions) {
    this.#body = body;
    this.#options = options;
    this.content = new TalkContent(body, {
      markdown: options.markdown,
      goToMessage: (index) => void this.#goToMessage(index),
    });
    this.#list = new ItemWindow(body.host, {
      count: () => this.#items.length,
      renderItem: (item) => html`<div class="item">${this.content.renderItem(this.#items[item]!)}</div>`,
      drawn: () => this.markChip(),
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

  async showMatch({ spot, start }: FindMatch): Promise<void> {
    if (spot === null) return void (await this.showRange(start));
    if (spot.section !== 'messages') this.content.open.add(spot.section);
    this.content.open.add(`${spot.pointer}#${spot.field}`);
    this.content.marked = null;
    await this.#showItem(spot.section, spot.index, 'mark.current');
  }

  /** Marks of redaction stand in the stored text: the part around it is shown, and in it the mark. */
  async showRange(start: number): Promise<boolean> {
    const { pointer } = await this.#body.ask('reveal', { offset: start });
    if (this.#body.conversation?.stream === null) {
      if ((await this.showPointer(pointer)) === null) return false;
      await this.#showChip(start);
      return true;
    }
    const event = Number(/^\/(\d+)/.exec(pointer)?.[1] ?? NaN);
    const [link] = await this.#body.ask('eventLinks', { from: event, to: event + 1 });
    if (link !== undefined) await this.showLink(link);
    return link !== undefined;
  }

  async showPointer(pointer: string): Promise<'exact' | 'nearest' | 'cut' | null> {
    const place = await this.#find(pointer);
    if (place === null) return null;
    const { content } = this;
    if (place.section !== 'messages') content.open.add(place.section);
    for (const field of ['text', 'arguments', 'json']) content.open.add(`${place.pointer}#${field}`);
    content.marked = place.pointer;
    content.added = null;
    this.#chip = null;
    this.#markedAt = place.start;
    await this.#showItem(place.section, place.index, '.spot');
    return place.pointer === pointer ? 'exact' : 'nearest';
  }

  /** The part that an event added to; its pointer may lead into a text of the part. */
  async showLink({ pointer, range }: EventLink): Promise<void> {
    const place = await this.#find(pointer);
    if (place === null) return;
    if (place.pointer !== this.content.marked) await this.showPointer(place.pointer);
    this.content.added = range && { pointer: place.pointer, highlight: { ...range, isCurrent: true } };
    this.#body.host.requestUpdate();
  }

  /** By its place among the chips of the part, after each drawing: Markdown may have drawn them anew. */
  markChip(): void {
    if (this.#chip === null) return;
    const chips = this.#shown?.querySelectorAll('.spot .redacted, .spot.redacted') ?? [];
    for (const [index, chip] of chips.entries()) chip.classList.toggle('now', index === this.#chip);
  }

  end(): void {
    this.#list.end();
    this.content.end();
  }

  /** Of the marks in the part that stands out, the one at this place of the body. */
  async #showChip(start: number): Promise<void> {
    if (this.#markedAt === -1) return;
    const [first, mark] = await Promise.all([
      this.#body.ask('stepMark', { offset: this.#markedAt - 1, isBack: false }),
      this.#body.ask('stepMark', { offset: start - 1, isBack: false }),
    ]);
    if (!first || !mark) return;
    this.#chip = mark.index - first.index;
    this.markChip();
    this.#shown?.querySelector('.redacted.now')?.scrollIntoView({ block: 'nearest' });
  }

  async #goToMessage(index: number): Promise<void> {
    const message = await this.content.read(index);
    this.content.marked = message?.pointer ?? null;
    await this.#showItem('messages', index, '.spot');
  }

  async #find(pointer: string) {
    const head = this.#body.conversation;
    return head ? findTalkPlace(pointer, head, (index) => this.content.read(index)) : null;
  }

  async #showItem(section: 'system' | 'tools' | 'messages', index: number, selector: string): Promise<void> {
    if (section === 'messages') await this.content.read(index);
    this.#body.host.requestUpdate();
    await this.#body.host.updateComplete;
    const item: TalkItem = section === 'messages' ? { kind: 'message', index } : { kind: section };
    const stage = this.#options.stage();
    this.#shown = stage === null ? this.#showInList(item) : await stage.show(item);
    this.#shown?.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
  }

  #showInList(wanted: TalkItem): Element | undefined {
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

function listTalkItems(head: ConversationHead): TalkItem[] {
  return [
    ...(hasParameters(head) ? [{ kind: 'parameters' } as const] : []),
    ...(head.system.length > 0 ? [{ kind: 'system' } as const] : []),
    ...(head.tools.length > 0 ? [{ kind: 'tools' } as const] : []),
    ...Array.from({ length: head.messages }, (_, index) => ({ kind: 'message', index }) as const),
    { kind: 'foot' },
  ];
}
