import { html, nothing } from 'lit';
import type { ToldTurn } from '../bodies/telling/told.js';
import type { ConversationHead } from '../bodies/worker/protocol.js';
import { LazyPart } from '../controllers/lazy-part.js';
import { renderToldTurn, renderTurn, type ToldChanges, type ToldOptions } from '../view/body-told.js';
import type { TextPieces } from '../view/body-folds.js';
import type { Highlight } from '../view/body-highlights.js';
import type { BodyContext } from './body-context.js';
import { renderLate } from './body-late.js';
import type { BodyPictures } from './body-pictures.js';
import { TalkMarkdown } from './body-talk-markdown.js';
import type { TalkMarks } from './body-talk-marks.js';
import type { ToolList } from './body-tool-list.js';

const SLICE = 20;

/** What is drawn as one: a message, by its index, or what stands before and after the messages. */
export type TalkItem = 'parameters' | 'system' | 'tools' | 'foot' | number;

interface ContentOptions {
  readonly isPlain: () => boolean;
  readonly goToMessage: (index: number) => void;
}

/** What a body says, item by item, wherever the items are drawn: messages are asked for as they come into view. */
export class TalkContent {
  /** Pointer of what stands out. */
  marked: string | null = null;
  /** What else than matches stands out in a text; null: nothing does. */
  highlight: ((pointer: string, field: string) => readonly Highlight[] | undefined) | null = null;
  /** Places and names of the texts that are folded at first and were opened. */
  readonly open = new Set<string>();
  /** Loaded when it is opened. */
  readonly tools: LazyPart<ToolList>;

  readonly #body: BodyContext;
  readonly #options: ContentOptions;
  readonly #turns = new Map<number, ToldTurn>();
  readonly #asked = new Set<number>();
  readonly #markdown: TalkMarkdown;
  readonly #pictures: LazyPart<BodyPictures>;
  readonly #pieces: LazyPart<TextPieces>;
  #marks: TalkMarks | null = null;
  #head: ConversationHead | null = null;
  #asking = new AbortController();

  constructor(body: BodyContext, options: ContentOptions) {
    this.#body = body;
    this.#options = options;
    this.#markdown = new TalkMarkdown(body);
    this.#pictures = new LazyPart(body.host, async () => {
      const { BodyPictures } = await import('./body-pictures.js');
      return new BodyPictures(body);
    });
    this.#pieces = new LazyPart(body.host, async () => (await import('./body-pieces.js')).makePieces(body.host));
    this.tools = new LazyPart(body.host, async () => {
      const { ToolList } = await import('./body-tool-list.js');
      return new ToolList(body);
    });
  }

  /** Before drawing: the conversation as it stands now. */
  update(head: ConversationHead): void {
    const { makeMarks } = this.#body.find;
    if (makeMarks !== null) this.#marks ??= makeMarks(this.#body);
    this.#marks?.want();
    if (head === this.#head) return;
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#head = head;
    // What is known of the messages stands until it is known anew.
    this.#asked.clear();
    this.tools.value?.forget();
  }

  /** Other things are looked for. */
  refresh(): void {
    this.#marks?.forget();
  }

  end(): void {
    this.#asking.abort();
    this.#pictures.value?.end();
  }

  /** Undefined: there is none. */
  async read(index: number): Promise<ToldTurn | undefined> {
    if (!this.#turns.has(index)) await this.#ask(Math.floor(index / SLICE) * SLICE);
    return this.#turns.get(index);
  }

  renderItem(item: TalkItem, changes: ToldChanges | null = null): unknown {
    const head = this.#head;
    if (head === null) return nothing;
    if (typeof item === 'number') this.#want(item);
    const turn = typeof item === 'number' ? this.#turns.get(item) : head.told[item];
    if (turn === undefined) return renderTurn('…', [], html`<p class="note waiting">Reading…</p>`);
    return turn && renderToldTurn(turn, this.#toldOptions(changes));
  }

  #toldOptions(changes: ToldChanges | null): ToldOptions {
    const options: ToldOptions = {
      markdownOf: this.#options.isPlain() ? null : this.#markdown.read,
      isOpen: (fold) => this.open.has(fold),
      toggle: (fold) => {
        if (!this.open.delete(fold)) this.open.add(fold);
        this.#body.host.requestUpdate();
      },
      highlightsOf: (pointer, field) => this.highlight?.(pointer, field) ?? this.#marks?.of(pointer, field) ?? [],
      changes,
      pieces: {
        load: this.#pieces.load,
        draw: (draw, plain) => renderLate(this.#pieces, draw, plain),
      },
      renderPicture: (part, words) => renderLate(this.#pictures, (pictures) => pictures.render(part, words)),
      goToMessage: this.#options.goToMessage,
      copy: (text, what) => this.#body.copy(text, what),
      marked: this.marked,
      renderTools: () => renderLate(this.tools, (tools) => tools.render(options)),
    };
    return options;
  }

  /** Asks for the messages around one that is drawn. */
  #want(index: number): void {
    const from = Math.floor(index / SLICE) * SLICE;
    if (!this.#asked.has(from)) void this.#ask(from);
  }

  async #ask(from: number): Promise<void> {
    const { signal } = this.#asking;
    this.#asked.add(from);
    const answer = await this.#body.ask('told', { from, to: from + SLICE }, signal).catch(() => null);
    if (answer === null || signal.aborted) return;
    answer.rows.forEach((turn, index) => this.#turns.set(from + index, turn));
    this.#body.host.requestUpdate();
  }
}
