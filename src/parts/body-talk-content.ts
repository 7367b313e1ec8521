import { html, nothing } from 'lit';
import type { Message } from '../bodies/conversation.js';
import type { ConversationHead } from '../bodies/worker/protocol.js';
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
import type { BodyContext } from './body-context.js';
import { BodyPictures } from './body-pictures.js';
import { TalkMarks } from './body-talk-marks.js';
import { ToolJoins } from './body-tool-joins.js';

const SLICE = 20;

/** What is drawn as one: a message, or what stands before and after the messages. */
export type TalkItem =
  { readonly kind: 'parameters' | 'system' | 'tools' | 'foot' } | { readonly kind: 'message'; readonly index: number };

/** What a comparison adds to an item. */
export interface ItemChanges {
  /** Below the role. */
  readonly notes: readonly unknown[];
  readonly changesOf: PartOptions['changesOf'];
  /** What else differs, in words. */
  readonly words: unknown;
}

interface ContentOptions {
  /** Null: texts are drawn plain. */
  readonly markdown: () => PartOptions['renderMarkdown'];
  readonly goToMessage: (index: number) => void;
}

/** What a body says, item by item, wherever the items are drawn: messages are asked for as they come into view. */
export class TalkContent {
  /** Pointer of what stands out. */
  marked: string | null = null;
  /** What an event added. */
  added: { readonly pointer: string; readonly highlight: Highlight } | null = null;
  /** Places and names of the texts that are folded at first and were opened. */
  readonly open = new Set<string>();

  readonly #body: BodyContext;
  readonly #options: ContentOptions;
  readonly #messages = new Map<number, Message>();
  readonly #asked = new Set<number>();
  readonly #pictures: BodyPictures;
  readonly #joins: ToolJoins;
  readonly #marks: TalkMarks;
  #head: ConversationHead | null = null;
  #toolSearch = '';
  #asking = new AbortController();

  constructor(body: BodyContext, options: ContentOptions) {
    this.#body = body;
    this.#options = options;
    const redraw = (): void => body.host.requestUpdate();
    this.#pictures = new BodyPictures(body, redraw);
    this.#joins = new ToolJoins(body, redraw);
    this.#marks = new TalkMarks(body, redraw);
  }

  /** Before drawing: the conversation as it stands now. */
  update(head: ConversationHead): void {
    this.#marks.want();
    if (head === this.#head) return;
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#head = head;
    this.#messages.clear();
    this.#asked.clear();
    this.#joins.forget();
  }

  /** Other things are looked for. */
  refresh(): void {
    this.#marks.forget();
  }

  end(): void {
    this.#asking.abort();
    this.#pictures.end();
  }

  /** Undefined: there is none. */
  async read(index: number): Promise<Message | undefined> {
    if (!this.#messages.has(index)) await this.#ask(Math.floor(index / SLICE) * SLICE);
    return this.#messages.get(index);
  }

  renderItem(item: TalkItem, changes: ItemChanges | null = null): unknown {
    const head = this.#head;
    if (head === null) return nothing;
    const options = this.#partOptions(changes);
    const notes = changes?.notes ?? [];
    const words = changes?.words ?? nothing;
    switch (item.kind) {
      case 'parameters':
        return renderTurn(
          head.side === 'request' ? 'request' : 'response',
          notes,
          html`${renderParameters(head)}${words}`,
        );
      case 'system':
        return renderSystem(head, { ...options, notes });
      case 'tools':
        return renderTools(head.tools, {
          ...options,
          notes,
          words,
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
          notes,
          words,
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

  #partOptions(changes: ItemChanges | null): PartOptions {
    return {
      renderMarkdown: this.#options.markdown(),
      isOpen: (fold) => this.open.has(fold),
      toggle: (fold) => {
        if (!this.open.delete(fold)) this.open.add(fold);
        this.#body.host.requestUpdate();
      },
      highlightsOf: (pointer, field): readonly Highlight[] => {
        const isAdded = pointer === this.added?.pointer && (field === 'text' || field === 'arguments');
        return isAdded && !this.#body.find.isOpen ? [this.added!.highlight] : this.#marks.of(pointer, field);
      },
      changesOf: changes?.changesOf ?? null,
      pictureOf: (part) => this.#pictures.read(part),
      joinOf: (part) => this.#joins.of(part),
      goToMessage: this.#options.goToMessage,
      copy: (text, what) => this.#body.copy(text, what),
      marked: this.marked,
    };
  }

  /** Asks for the messages around one that is drawn. */
  #want(index: number): void {
    const from = Math.floor(index / SLICE) * SLICE;
    if (!this.#asked.has(from)) void this.#ask(from);
  }

  async #ask(from: number): Promise<void> {
    const { signal } = this.#asking;
    this.#asked.add(from);
    const answer = await this.#body.ask('messages', { from, to: from + SLICE }, signal).catch(() => null);
    if (answer === null || signal.aborted) return;
    answer.rows.forEach((message, index) => this.#messages.set(from + index, message));
    this.#body.host.requestUpdate();
  }
}
