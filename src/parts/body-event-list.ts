import { html, nothing, type TemplateResult } from 'lit';
import type { EventLink } from '../bodies/streams/rebuilt-stream.js';
import type { EventRow } from '../bodies/worker/rows.js';
import type { FindMatch } from '../bodies/worker/matches.js';
import { renderEventPlace } from '../view/body-event-place.js';
import { renderEventRow } from '../view/body-rows.js';
import type { BodyContext, BodyView, BodyWay } from './body-context.js';
import { BodyRowList } from './body-row-list.js';
import type { BodyTalk } from './body-talk.js';
import { treeStep } from './body-tree-keys.js';

/** Longer data stand in the tree and the text. */
const SHOWN_CHARACTERS = 4_000;

/** The events of a stream in their order, beside the message that they were put together into. */
export class BodyEventList implements BodyView, BodyWay {
  readonly #body: BodyContext;
  readonly #list: BodyRowList<EventRow>;
  /** Null: the stream is no provider's that is known. */
  readonly #talk: () => BodyTalk | null;
  #active = 0;
  #shown: { readonly row: EventRow; readonly written: string; readonly links: readonly EventLink[] } | null = null;

  constructor(body: BodyContext, talk: () => BodyTalk | null) {
    this.#body = body;
    this.#talk = talk;
    this.#list = new BodyRowList(body.host, {
      count: () => body.meta.events,
      ask: (from, to, signal) => body.ask('events', { from, to }, signal),
      renderRow: (row, index) =>
        renderEventRow(row, index, { id: this.#idOf(index), isActive: index === this.#active && this.#shown !== null }),
      renderBox: (content, box) =>
        html`<div
          class="box events"
          role="listbox"
          aria-label="${body.label}, events"
          tabindex="0"
          aria-activedescendant=${this.#shown === null ? nothing : this.#idOf(this.#active)}
          @click=${this.#onClick}
          @keydown=${this.#onKey}
          ${box}
        >
          ${content}
        </div>`,
    });
  }

  render(end: unknown): TemplateResult {
    const talk = this.#talk();
    return html`<div class="beside ${talk === null ? 'alone' : ''}">
      <div class="event-side">
        ${this.#list.render(end)}${
          this.#shown === null
            ? nothing
            : renderEventPlace(this.#shown, {
                goTo: (pointer) =>
                  void this.#talk()
                    ?.way()
                    .then((way) => way?.showPointer(pointer)),
                copy: (text) => this.#body.copy(text, 'Event'),
              })
        }
      </div>
      ${talk === null ? nothing : html`<div class="rebuilt-side">${talk.render(nothing)}</div>`}
    </div>`;
  }

  refresh(): void {
    void this.#list.refresh();
    this.#talk()?.refresh();
  }

  async showMatch(match: FindMatch): Promise<void> {
    await this.showRange(match.start);
  }

  async showRange(start: number): Promise<boolean> {
    const { pointer } = await this.#body.ask('reveal', { offset: start });
    const index = Number(/^\/(\d+)/.exec(pointer)?.[1] ?? NaN);
    if (Number.isInteger(index)) await this.#activate(index);
    return Number.isInteger(index);
  }

  /** Of the rebuilt message where there is one, else the first token is the event. */
  async showPointer(pointer: string): Promise<'exact' | 'nearest' | 'cut' | null> {
    const talk = this.#talk();
    if (talk === null) return null;
    const found = (await (await talk.way())?.showPointer(pointer)) ?? null;
    const links = await this.#body.ask('eventLinks', { from: 0, to: this.#body.meta.events });
    const first = links.find((link) => link.pointer === pointer || link.pointer.startsWith(`${pointer}/`));
    if (first !== undefined) await this.#activate(first.event);
    return found;
  }

  end(): void {
    this.#list.end();
  }

  #idOf(index: number): string {
    return `${this.#body.id}-event-${index}`;
  }

  readonly #onClick = (event: MouseEvent): void => {
    const index = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (index !== undefined && document.getSelection()?.isCollapsed !== false) void this.#activate(Number(index));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { window } = this.#list;
    const place = { active: this.#active, rows: this.#body.meta.events, page: window.pageRows };
    const step = treeStep(event.key, undefined, place);
    if (step?.kind !== 'move') return;
    event.preventDefault();
    event.stopPropagation();
    void this.#activate(step.to);
  };

  async #activate(index: number): Promise<void> {
    this.#active = Math.max(0, Math.min(this.#body.meta.events - 1, index));
    this.#list.window.reveal(this.#active);
    const { rows } = await this.#body.ask('events', { from: this.#active, to: this.#active + 1 });
    const row = rows[0];
    if (row === undefined || row.index !== this.#active) return;
    const [written, links] = await Promise.all([
      this.#body.ask('text', { start: row.start, end: Math.min(row.end, row.start + SHOWN_CHARACTERS) }),
      this.#body.ask('eventLinks', { from: row.index, to: row.index + 1 }),
    ]);
    if (row.index !== this.#active) return;
    this.#shown = { row, written, links };
    const link = links[0];
    if (link !== undefined) await (await this.#talk()?.way())?.showLink(link);
    this.#body.host.requestUpdate();
  }
}
