import { html, nothing } from 'lit';
import type { ConversationHead } from '../bodies/worker/protocol.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { BodyContext, LedView } from './body-context.js';
import { loadAgain } from './body-late.js';
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
export class BodyTalk implements LedView {
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
      goToMessage: (index) => void this.way().then((way) => way?.showMessage(index)),
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

  render(end: unknown): unknown {
    const head = this.#body.conversation;
    if (!head) return nothing;
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

  async way(): Promise<TalkWay | undefined> {
    const way = await loadAgain(this.#way);
    if (way === undefined) this.#body.say(`Could not go there: ${String(this.#way.error)}`);
    return way;
  }

  /** The redaction mark that is shown, after each drawing. */
  markChip(): void {
    this.#way.value?.markChip();
  }

  end(): void {
    this.#list.end();
    this.content.end();
  }

  #show(wanted: TalkItem): Element | undefined {
    const place = this.#items.indexOf(wanted);
    if (place === -1) return undefined;
    this.#list.show(place);
    return this.#list.elementOf(place);
  }
}

function listTalkItems({ told, messages }: ConversationHead): TalkItem[] {
  return [
    ...(['parameters', 'system', 'tools'] as const).filter((part) => told[part]),
    ...Array(messages).keys(),
    'foot',
  ];
}
