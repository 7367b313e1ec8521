import { html, nothing, type TemplateResult } from 'lit';
import type { Message, Part } from '../bodies/conversation.js';
import type { EventLink } from '../bodies/streams/rebuilt-stream.js';
import type { ConversationHead, FindMatch } from '../bodies/worker/protocol.js';
import type { Highlight } from '../view/body-marked.js';
import {
  describeStop,
  renderMessage,
  renderParameters,
  renderProviderError,
  renderStreamState,
  renderSystem,
  renderTools,
  renderTurn,
} from '../view/body-message.js';
import type { PartOptions } from '../view/body-parts.js';
import { renderUsage } from '../view/body-usage.js';
import type { BodyContext, BodyView } from './body-context.js';
import { ItemWindow } from './body-item-window.js';
import { BodyPictures } from './body-pictures.js';
import { TalkMarks } from './body-talk-marks.js';
import { ToolJoins } from './body-tool-joins.js';

const SLICE = 20;

type Item =
  { readonly kind: 'parameters' | 'system' | 'tools' | 'foot' } | { readonly kind: 'message'; readonly index: number };

export interface TalkOptions {
  /** Null: texts are drawn plain. */
  readonly markdown: () => PartOptions['renderMarkdown'];
}

/** What a body says, message by message. Only those in view are drawn, however many there are. */
export class BodyTalk implements BodyView {
  readonly #body: BodyContext;
  readonly #options: TalkOptions;
  readonly #list: ItemWindow;
  readonly #messages = new Map<number, Message>();
  readonly #asked = new Set<number>();
  readonly #open = new Set<string>();
  readonly #pictures: BodyPictures;
  readonly #joins: ToolJoins;
  readonly #marks: TalkMarks;
  #items: Item[] = [];
  #itemsOf: ConversationHead | null = null;
  #toolSearch = '';
  #marked: string | null = null;
  /** Where it begins in the body; -1: not known. */
  #markedAt = -1;
  #shown: Element | undefined;
  /** Which redaction mark of the part that stands out is shown. */
  #chip: number | null = null;
  /** What an event added. */
  #added: { readonly pointer: string; readonly highlight: Highlight } | null = null;
  #asking = new AbortController();

  constructor(body: BodyContext, options: TalkOptions) {
    this.#body = body;
    this.#options = options;
    const redraw = (): void => body.host.requestUpdate();
    this.#list = new ItemWindow(body.host, {
      count: () => this.#items.length,
      renderItem: (item) => html`<div class="item">${this.#renderTurnOf(this.#items[item]!)}</div>`,
      drawn: () => this.#markChip(),
    });
    this.#pictures = new BodyPictures(body, redraw);
    this.#joins = new ToolJoins(body, redraw);
    this.#marks = new TalkMarks(body, redraw);
  }

  render(end: unknown): TemplateResult {
    const head = this.#body.conversation;
    if (!head) return html`<div class="box"></div>`;
    if (head !== this.#itemsOf) this.#begin(head);
    this.#marks.want();
    return html`<div class="box talk" role="group" aria-label="${this.#body.label}, conversation" tabindex="0">
      ${this.#list.render()} ${end}
    </div>`;
  }

  refresh(): void {
    this.#marks.forget();
  }

  async showMatch({ spot, start }: FindMatch): Promise<void> {
    if (spot === null) return this.showRange(start);
    if (spot.section !== 'messages') this.#open.add(spot.section);
    this.#open.add(`${spot.pointer}#${spot.field}`);
    this.#marked = null;
    await this.#showItem(spot.section, spot.index, 'mark.current');
  }

  /** Marks of redaction stand in the stored text: the part around it is shown, and in it the mark. */
  async showRange(start: number): Promise<void> {
    const { pointer } = await this.#body.ask('reveal', { offset: start });
    if (this.#body.conversation?.stream === null) {
      await this.showPointer(pointer);
      await this.#showChip(start);
      return;
    }
    const event = Number(/^\/(\d+)/.exec(pointer)?.[1] ?? NaN);
    const [link] = await this.#body.ask('eventLinks', { from: event, to: event + 1 });
    if (link !== undefined) await this.showLink(link);
  }

  async showPointer(pointer: string): Promise<'exact' | 'nearest' | 'cut' | null> {
    const head = this.#body.conversation;
    if (!head) return null;
    const place = await this.#find(pointer, head);
    if (place === null) return null;
    if (place.section !== 'messages') this.#open.add(place.section);
    for (const field of ['text', 'arguments', 'json']) this.#open.add(`${place.pointer}#${field}`);
    this.#marked = place.pointer;
    this.#chip = null;
    this.#added = null;
    this.#markedAt = place.start;
    await this.#showItem(place.section, place.index, '.spot');
    return place.pointer === pointer ? 'exact' : 'nearest';
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
    this.#markChip();
    this.#shown?.querySelector('.redacted.now')?.scrollIntoView({ block: 'nearest' });
  }

  /** By its place among the chips of the part: Markdown may have drawn them anew. */
  #markChip(): void {
    if (this.#chip === null) return;
    const chips = this.#shown?.querySelectorAll('.spot .redacted, .spot.redacted') ?? [];
    for (const [index, chip] of chips.entries()) chip.classList.toggle('now', index === this.#chip);
  }

  /** The part that an event added to; its pointer may lead into a text of the part. */
  async showLink({ pointer, range }: EventLink): Promise<void> {
    const head = this.#body.conversation;
    const place = head ? await this.#find(pointer, head) : null;
    if (place === null) return;
    if (place.pointer !== this.#marked) await this.showPointer(place.pointer);
    this.#added = range && { pointer: place.pointer, highlight: { ...range, isCurrent: true } };
    this.#body.host.requestUpdate();
  }

  end(): void {
    this.#asking.abort();
    this.#list.end();
    this.#pictures.end();
  }

  #begin(head: ConversationHead): void {
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#itemsOf = head;
    this.#messages.clear();
    this.#asked.clear();
    this.#joins.forget();
    this.#list.reset();
    this.#items = [
      { kind: 'parameters' },
      ...(head.system.length > 0 ? [{ kind: 'system' } as const] : []),
      ...(head.tools.length > 0 ? [{ kind: 'tools' } as const] : []),
      ...Array.from({ length: head.messages }, (_, index) => ({ kind: 'message', index }) as const),
      { kind: 'foot' },
    ];
  }

  #renderTurnOf(item: Item): unknown {
    const head = this.#itemsOf;
    if (head === null) return nothing;
    const options = this.#partOptions();
    switch (item.kind) {
      case 'parameters':
        return renderTurn(head.side === 'request' ? 'request' : 'response', [], renderParameters(head));
      case 'system':
        return renderSystem(head, options);
      case 'tools':
        return renderTools(head.tools, {
          ...options,
          search: this.#toolSearch,
          setSearch: (text) => {
            this.#toolSearch = text;
            this.#body.host.requestUpdate();
          },
        });
      case 'foot':
        return this.#renderFoot(head, options);
      default: {
        const message = this.#messages.get(item.index);
        if (message === undefined) {
          this.#want(item.index);
          return renderTurn('…', [], html`<p class="note waiting">Reading…</p>`);
        }
        return renderMessage(message, {
          ...options,
          index: head.messages > 1 ? item.index : null,
          stop: this.#stopOf(message, item.index, head),
        });
      }
    }
  }

  /** Of an answer in several items, the last one stands where it stopped. */
  #stopOf({ choice }: Message, index: number, head: ConversationHead): string | null {
    if (head.side === 'request' || (choice === null && index < head.messages - 1)) return null;
    return describeStop(head, choice);
  }

  #renderFoot(head: ConversationHead, options: PartOptions): unknown {
    const { usage, error, stream, messages } = head;
    const stop = messages === 0 ? describeStop(head, null) : null;
    const content = html`${renderStreamState(stream)}${renderProviderError(error)}${
      stop === null ? nothing : html`<p>stopped: ${stop}</p>`
    }${usage === null ? nothing : renderUsage(usage, this.#body.call, options)}`;
    const isEmpty =
      usage === null && error === null && stop === null && (stream === null || stream.kind === 'complete');
    return isEmpty ? nothing : renderTurn(usage === null ? '' : 'usage', [], content);
  }

  #partOptions(): PartOptions {
    return {
      renderMarkdown: this.#options.markdown(),
      isOpen: (fold) => this.#open.has(fold),
      toggle: (fold) => {
        if (!this.#open.delete(fold)) this.#open.add(fold);
        this.#body.host.requestUpdate();
      },
      highlightsOf: (pointer, field): readonly Highlight[] => {
        const added = pointer === this.#added?.pointer && (field === 'text' || field === 'arguments');
        return added && !this.#body.find.isOpen ? [this.#added!.highlight] : this.#marks.of(pointer, field);
      },
      pictureOf: (part) => this.#pictures.read(part),
      joinOf: (part) => this.#joins.of(part),
      goToMessage: (index) => void this.#goToMessage(index),
      copy: (text, what) => this.#body.copy(text, what),
      marked: this.#marked,
    };
  }

  async #goToMessage(index: number): Promise<void> {
    const message = await this.#read(index);
    this.#marked = message?.pointer ?? null;
    await this.#showItem('messages', index, '.spot');
  }

  /** Asks for the messages around one that is drawn. */
  #want(index: number): void {
    const from = Math.floor(index / SLICE) * SLICE;
    if (!this.#asked.has(from)) void this.#ask(from);
  }

  async #read(index: number): Promise<Message | undefined> {
    if (!this.#messages.has(index)) await this.#ask(Math.floor(index / SLICE) * SLICE);
    return this.#messages.get(index);
  }

  async #ask(from: number): Promise<void> {
    const { signal } = this.#asking;
    this.#asked.add(from);
    const answer = await this.#body.ask('messages', { from, to: from + SLICE }, signal).catch(() => null);
    if (answer === null || signal.aborted) return;
    answer.rows.forEach((message, index) => this.#messages.set(from + index, message));
    this.#body.host.requestUpdate();
  }

  /** The part, message, tool or system prompt that a pointer leads into. */
  async #find(pointer: string, head: ConversationHead) {
    const holds = (outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);
    const inside = (parts: readonly Part[]): Part | undefined => {
      const outer = parts.find((part) => holds(part.pointer));
      return outer && (inside(innerParts(outer)) ?? outer);
    };
    const system = inside(head.system);
    if (system) return { section: 'system', index: 0, pointer: system.pointer, start: system.start } as const;
    const tool = head.tools.findIndex((one) => holds(one.pointer));
    const definition = head.tools[tool];
    if (definition) {
      return { section: 'tools', index: tool, pointer: definition.pointer, start: definition.start } as const;
    }
    for (let index = 0; index < head.messages; index++) {
      const message = await this.#read(index);
      if (message === undefined) continue;
      const part = inside(message.parts) ?? (holds(message.pointer) ? message : undefined);
      if (part) return { section: 'messages', index, pointer: part.pointer, start: part.start } as const;
    }
    return null;
  }

  async #showItem(section: 'system' | 'tools' | 'messages', index: number, selector: string): Promise<void> {
    if (section === 'messages') await this.#read(index);
    const place = this.#items.findIndex((item) =>
      section === 'messages' ? item.kind === 'message' && item.index === index : item.kind === section,
    );
    this.#body.host.requestUpdate();
    await this.#body.host.updateComplete;
    if (place === -1) return;
    this.#list.show(place);
    this.#shown = this.#list.elementOf(place);
    this.#shown?.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
  }
}

function innerParts(part: Part): readonly Part[] {
  if (part.kind === 'tool-result' || part.kind === 'source') return part.parts;
  return 'source' in part && part.source.type === 'parts' ? part.source.parts : [];
}
