import type { EventLink } from '../bodies/streams/rebuilt-stream.js';
import type { FindMatch } from '../bodies/worker/matches.js';
import type { BodyContext, BodyWay } from './body-context.js';
import type { TalkContent, TalkItem } from './body-talk-content.js';
import { findTalkPlace, type TalkPlace } from './body-talk-place.js';

interface WayOptions {
  readonly body: BodyContext;
  readonly content: TalkContent;
  /** Brings an item into view, and gives what is drawn of it; undefined: it is not there. */
  readonly show: (item: TalkItem) => Element | undefined | Promise<Element | undefined>;
}

/** Leads to places of a conversation, and marks what stands there; loaded when it is first led to one. */
export class TalkWay implements BodyWay {
  readonly #body: BodyContext;
  readonly #content: TalkContent;
  readonly #options: WayOptions;
  /** Where what stands out begins in the body; -1: not known. */
  #markedAt = -1;
  #shown: Element | undefined;
  /** Which redaction mark of the part that stands out is shown. */
  #chip: number | null = null;

  constructor(options: WayOptions) {
    this.#body = options.body;
    this.#content = options.content;
    this.#options = options;
  }

  async showMatch({ spot, start }: FindMatch): Promise<void> {
    if (spot === null) return void (await this.showRange(start));
    if (spot.section !== 'messages') this.#content.open.add(spot.section);
    this.#content.open.add(`${spot.pointer}#${spot.field}`);
    this.#content.marked = null;
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

  async showPointer(pointer: string): Promise<'exact' | 'nearest' | null> {
    const place = await this.#find(pointer);
    if (place === null) return null;
    const content = this.#content;
    if (place.section !== 'messages') content.open.add(place.section);
    for (const field of ['text', 'arguments', 'json']) content.open.add(`${place.pointer}#${field}`);
    content.marked = place.pointer;
    content.highlight = null;
    this.#chip = null;
    this.#markedAt = place.start;
    await this.#showItem(place.section, place.index, '.spot');
    return place.pointer === pointer ? 'exact' : 'nearest';
  }

  /** The part that an event added to; its pointer may lead into a text of the part. */
  async showLink({ pointer, range }: EventLink): Promise<void> {
    const place = await this.#find(pointer);
    if (place === null) return;
    if (place.pointer !== this.#content.marked) await this.showPointer(place.pointer);
    this.#content.highlight = (of, field) =>
      range && of === place.pointer && (field === 'text' || field === 'arguments') && !this.#body.find.isOpen
        ? [{ ...range, isCurrent: true }]
        : undefined;
    this.#body.host.requestUpdate();
  }

  async showMessage(index: number): Promise<void> {
    const message = await this.#content.read(index);
    this.#content.marked = message?.pointer ?? null;
    await this.#showItem('messages', index, '.spot');
  }

  /** By its place among the chips of the part, after each drawing: Markdown may have drawn them anew. */
  markChip(): void {
    if (this.#chip === null) return;
    const chips = this.#shown?.querySelectorAll('.spot .redacted, .spot.redacted') ?? [];
    for (const [index, chip] of chips.entries()) chip.classList.toggle('now', index === this.#chip);
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

  async #find(pointer: string): Promise<TalkPlace | null> {
    const head = this.#body.conversation;
    return head ? findTalkPlace(pointer, head, (from, to) => this.#body.ask('messages', { from, to })) : null;
  }

  async #showItem(section: TalkPlace['section'], index: number, selector: string): Promise<void> {
    if (section === 'messages') await this.#content.read(index);
    if (section === 'tools') await (await this.#content.tools.load())?.read();
    this.#body.host.requestUpdate();
    await this.#body.host.updateComplete;
    this.#shown = await this.#options.show(section === 'messages' ? index : section);
    this.#shown?.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
  }
}
