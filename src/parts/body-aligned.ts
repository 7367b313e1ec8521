import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { BodyConnection } from './body-connection.js';
import { bodyAligned } from '../styles/body-aligned.js';
import { describeStep, renderAlignedTools, renderEqual, renderRow, renderSection } from '../view/body-aligned.js';
import {
  type AlignedItem,
  type AlignedSides,
  findMessages,
  isCompared,
  kindOf,
  listAlignedItems,
  nameMessage,
  namesOf,
} from '../view/body-aligned-items.js';
import { renderLoading } from '../view/states.js';
import { AlignedCells } from './body-aligned-cells.js';
import { AlignedRuler } from './body-aligned-ruler.js';
import { AlignedSide } from './body-aligned-side.js';
import { DifferenceSteps } from './body-aligned-steps.js';
import { ItemWindow } from './body-item-window.js';
import type { BodyPane } from './body-pane.js';
import type { TalkStage } from './body-talk.js';
import type { TalkItem } from './body-talk-content.js';

/** A call as it stands beside others; null: nothing is stored of that side of it. */
export interface CallPanes {
  readonly letter: string;
  readonly request: BodyPane | null;
  readonly response: BodyPane | null;
}

interface AlignedOptions {
  readonly host: LitElement;
  readonly connection: () => BodyConnection;
  /** Conversations are wanted, and to be level. */
  readonly isWanted: () => boolean;
  readonly isAligned: () => boolean;
  readonly isFolding: () => boolean;
  readonly setAligned: (isAligned: boolean) => void;
  readonly setFolding: (isFolding: boolean) => void;
}

const BOX_ID = 'aligned';
/** So far below the top a place is shown that was looked for. */
const BELOW_PX = 8;

/** Several calls in one list, message by message: what stands level scrolls level. */
export class AlignedBodies {
  readonly #options: AlignedOptions;
  readonly #sides: readonly AlignedSide[];
  readonly #list: ItemWindow;
  readonly #steps: DifferenceSteps;
  readonly #ruler: AlignedRuler;
  readonly #cells: AlignedCells;
  readonly #open = new Set<string>();
  readonly #panes = new Map<string, BodyPane>();
  #items: readonly AlignedItem[] = [];
  #itemsOf: readonly unknown[] = [];
  #waiting: (() => void)[] = [];

  constructor(options: AlignedOptions) {
    this.#options = options;
    const { host, connection } = options;
    adoptSheet(host.renderRoot, bodyAligned);
    const changed = (): void => host.requestUpdate();
    this.#sides = (['request', 'response'] as const).map((side) => new AlignedSide(side, { connection, changed }));
    this.#list = new ItemWindow(host, {
      count: () => this.#items.length,
      keyOf: (item) => this.#items[item]?.key,
      renderItem: (item) => this.#renderItem(item),
      drawn: () => this.#drawn(),
    });
    this.#steps = new DifferenceSteps(this.#list);
    this.#ruler = new AlignedRuler(this.#list);
    this.#cells = new AlignedCells({
      paneOf: (key) => this.#panes.get(key),
      sideOf: ({ side }) => this.#sides.find((one) => one.side === side)!,
      goToRow: (of, row) => this.#goToRow(of, row),
    });
  }

  /** `apart`: each call stands by itself, because that is wanted, or because there is nothing to set level. */
  get state(): 'apart' | 'waiting' | 'level' {
    if (!this.#options.isWanted() || !this.#options.isAligned()) return 'apart';
    if (this.#compared.some(isCompared)) return 'level';
    return this.#sides.some(({ isWaiting }) => isWaiting) ? 'waiting' : 'apart';
  }

  /** Before drawing: these calls, as far as they are read by now. */
  update(calls: readonly CallPanes[]): void {
    this.#panes.clear();
    for (const { request, response } of calls) {
      for (const pane of [request, response]) if (pane !== null) this.#panes.set(pane.key, pane);
    }
    for (const side of this.#sides) side.update(calls.map((call) => ({ letter: call.letter, pane: call[side.side] })));
    this.#build();
    if (this.state === 'waiting') return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Where the conversation of a body is shown; null: in its own pane. */
  stageOf(pane: BodyPane): TalkStage | null {
    return this.state === 'apart' || pane.conversation === null ? null : { show: (item) => this.#show(pane, item) };
  }

  renderTools(): unknown {
    const { isWanted, isAligned, isFolding, setAligned, setFolding } = this.#options;
    if (!isWanted() || this.#sides.every(({ comparable }) => comparable.length < 2)) return nothing;
    const current = this.#steps.current;
    return renderAlignedTools({
      isAligned: isAligned(),
      isFolding: isFolding(),
      toggleAligned: () => setAligned(!isAligned()),
      toggleFolding: () => setFolding(!isFolding()),
      differences:
        this.state === 'level'
          ? { total: this.#steps.all.length, current: current && this.#steps.all.indexOf(current) }
          : null,
      step: (isBack) => this.step(isBack),
    });
  }

  /** The list in place of the panes. */
  render(): TemplateResult {
    if (this.state === 'waiting') return html`<div class="aligned-waiting">${renderLoading('what differs')}</div>`;
    for (const pane of this.#panes.values()) if (pane.conversation) pane.talk.content.update(pane.conversation);
    return html`<div class="aligned">
      <div class="box talk" id=${BOX_ID} role="group" aria-label="Calls side by side" tabindex="0">
        ${this.#list.render()}
      </div>
      ${this.#ruler.render(BOX_ID)}
    </div>`;
  }

  step(isBack: boolean): void {
    if (this.state !== 'level') return;
    this.#steps.step(isBack);
    this.#options.host.requestUpdate();
  }

  get #compared(): readonly AlignedSides[] {
    return this.#sides.flatMap(({ compared }) => (compared?.columns.some(({ head }) => head !== null) ? compared : []));
  }

  /** Lists what stands there now; what was at the top stays there, unless that was the very beginning. */
  #build(): void {
    const compared = this.#compared;
    const isFolding = this.#options.isFolding();
    const of = [isFolding, [...this.#open].join('\n'), ...compared];
    if (of.length === this.#itemsOf.length && of.every((one, index) => one === this.#itemsOf[index])) return;
    this.#itemsOf = of;
    const isAtBeginning = this.#list.topItem === 0 && !this.#list.box?.scrollTop;
    const top = this.#items[this.#list.topItem];
    this.#items = listAlignedItems(compared, isFolding, (key) => this.#open.has(key));
    this.#steps.update(this.#items);
    // One side may be compared before the other, which stands above it then.
    this.#list.moveTop(top === undefined || isAtBeginning ? 0 : this.#findAgain(top));
  }

  #findAgain(top: AlignedItem): number {
    const same = this.#items.findIndex(({ key }) => key === top.key);
    if (same !== -1) return same;
    const places = findMessages(this.#items);
    return namesOf(top).flatMap((name) => places.get(name) ?? [])[0] ?? 0;
  }

  #renderItem(index: number): TemplateResult {
    const item = this.#items[index]!;
    if (item.kind === 'section') return renderSection(item.of);
    if (item.kind === 'fold' || item.kind === 'heads') return renderEqual(item, () => this.#toggle(item.key));
    const kind = kindOf(item);
    const difference = this.#steps.all.find(({ start, end }) => index >= start && index < end);
    return renderRow({
      kind,
      cells: this.#cells.render(item),
      isCurrent: difference !== undefined && difference === this.#steps.current,
      label: difference === undefined ? '' : describeStep(this.#steps.all.length, this.#steps.all.indexOf(difference)),
    });
  }

  #drawn(): void {
    for (const pane of this.#panes.values()) if (pane.conversation) pane.talk.markChip();
    this.#ruler.draw(this.#steps.all, this.#steps.current);
  }

  #toggle(key: string): void {
    if (!this.#open.delete(key)) this.#open.add(key);
    this.#build();
    this.#options.host.requestUpdate();
  }

  #goToRow(of: AlignedSides, row: number): void {
    const [name] = namesOf({ kind: 'message', key: '', of, row });
    const index = findMessages(this.#items).get(name ?? '');
    const difference = this.#steps.all.find(({ start, end }) => index !== undefined && index >= start && index < end);
    if (difference !== undefined) this.#steps.show(difference);
    else if (index !== undefined) this.#list.show(index, BELOW_PX);
    this.#options.host.requestUpdate();
  }

  async #show(pane: BodyPane, wanted: TalkItem): Promise<Element | undefined> {
    if (this.state === 'waiting') await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.state !== 'level') return undefined;
    let index = this.#find(pane, wanted);
    const item = this.#items[index];
    if (item?.kind === 'fold' || item?.kind === 'heads') {
      this.#open.add(item.key);
      this.#build();
      index = this.#find(pane, wanted);
    }
    this.#options.host.requestUpdate();
    await this.#options.host.updateComplete;
    if (index === -1) return undefined;
    this.#list.show(index, BELOW_PX);
    return this.#list.elementOf(index)?.querySelector(`[data-column="${pane.letter}"]`) ?? undefined;
  }

  /** The item in which something of a body stands; folded: the line in place of it. */
  #find(pane: BodyPane, wanted: TalkItem): number {
    if (typeof wanted === 'number') return findMessages(this.#items).get(nameMessage(pane.key, wanted)) ?? -1;
    const part = this.#items.findIndex(
      (item) => item.kind === 'part' && item.of.side === pane.side && item.part === wanted,
    );
    if (part !== -1 || wanted === 'foot') return part;
    return this.#items.findIndex(
      (item) => item.kind === 'heads' && item.of.side === pane.side && item.parts.includes(wanted),
    );
  }
}
