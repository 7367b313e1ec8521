import { html, type TemplateResult } from 'lit';
import type { TextRow } from '../bodies/worker/rows.js';
import type { Highlight } from '../view/body-highlights.js';
import { renderTextRow } from '../view/body-rows.js';
import type { BodyContext, BodyView, BodyWay } from './body-context.js';
import { BodyRowList } from './body-row-list.js';
import { MatchMarks } from './body-match-marks.js';

const PADDING_PX = 24;
const MEASURED_CHARACTERS = 50;

/** The stored text as it is, line by line, wrapped at the width of its box. */
export class BodyTextList implements BodyView, BodyWay {
  readonly #body: BodyContext;
  readonly #list: BodyRowList<TextRow>;
  readonly #matches: MatchMarks;
  readonly #resize = new ResizeObserver(() => requestAnimationFrame(() => void this.#wrap()));
  #observed: Element | undefined;
  #columns: number;
  #marked: Highlight | null = null;

  constructor(body: BodyContext) {
    this.#body = body;
    this.#columns = body.meta.columns;
    this.#matches = new MatchMarks(body, () => this.#list.redraw());
    this.#list = new BodyRowList(body.host, {
      count: () => body.meta.textRows,
      ask: (from, to, signal) => body.ask('textRows', { from, to }, signal),
      renderRow: (row, index) => renderTextRow(row, index, row === undefined ? [] : this.#highlightsOf(row)),
      renderBox: (content, box) =>
        html`<div
          class="box text-box"
          role="group"
          aria-label="${body.label}, text"
          tabindex="0"
          @copy=${this.#onCopy}
          ${box}
        >
          <span class="measure" aria-hidden="true">${'0'.repeat(MEASURED_CHARACTERS)}</span>${content}
        </div>`,
      drawn: (first, end) => {
        const [from, to] = [this.#list.row(first), this.#list.row(end - 1)];
        if (from && to) this.#matches.want(from.start, to.start + to.text.length);
        this.#observe();
      },
    });
  }

  render(end: unknown): TemplateResult {
    return this.#list.render(end);
  }

  refresh(): void {
    this.#matches.forget();
    void this.#list.refresh();
  }

  async showMatch({ start, end }: { readonly start: number; readonly end: number }): Promise<void> {
    await this.showRange(start, end, false);
  }

  async showRange(start: number, end: number, isMarked = true): Promise<boolean> {
    this.#marked = isMarked ? { start, end, isCurrent: true } : null;
    const { textRow } = await this.#body.ask('place', { offset: start });
    this.#list.window.reveal(textRow);
    this.#list.redraw();
    return true;
  }

  async showPointer(pointer: string, isNearEnough: boolean): Promise<'exact' | 'nearest' | 'cut' | null> {
    if (this.#body.meta.treeRows === 0) return null;
    const { range, found } = await this.#body.ask('reveal', { pointer });
    if (range !== null && (found !== 'nearest' || isNearEnough)) await this.showRange(range.start, range.end);
    return found;
  }

  end(): void {
    this.#resize.disconnect();
    this.#list.end();
  }

  #highlightsOf({ start, text }: TextRow): Highlight[] {
    const all = [...this.#matches.within(start, start + text.length)];
    if (this.#marked !== null) all.push(this.#marked);
    return all
      .filter((one) => one.end > start && one.start < start + text.length)
      .map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
  }

  #observe(): void {
    const { box } = this.#list;
    if (box === undefined || box === this.#observed) return;
    this.#resize.disconnect();
    this.#observed = box;
    this.#resize.observe(box);
  }

  /** As many columns as there is room for. */
  async #wrap(): Promise<void> {
    const measure = this.#list.box?.querySelector('.measure');
    if (!measure || !this.#list.box?.isConnected) return;
    const characterPx = measure.getBoundingClientRect().width / MEASURED_CHARACTERS;
    if (characterPx === 0) return;
    const gutterPx = this.#list.box.querySelector('.line')?.getBoundingClientRect().width ?? 0;
    const columns = Math.max(20, Math.floor((this.#list.box.clientWidth - PADDING_PX - gutterPx) / characterPx));
    if (columns === this.#columns) return;
    this.#columns = columns;
    // What stands on top stays there.
    const { row } = this.#list.window.place;
    const offset = this.#list.row(row)?.start ?? 0;
    await this.#body.ask('wrap', { columns });
    const { textRow } = await this.#body.ask('place', { offset });
    await this.#list.refresh();
    if (row > 0) this.#list.window.standAt(textRow);
  }

  /** A selection is copied as it was stored: without line ends where a row only goes on, without line numbers. */
  readonly #onCopy = (event: ClipboardEvent): void => {
    const root = this.#list.box?.getRootNode() as ShadowRoot | undefined;
    const selection = root && (getSelectionOf(root) ?? null);
    if (!selection || selection.isCollapsed || event.clipboardData === null) return;
    const range = rangeOf(selection, root);
    if (range === null) return;
    const rows = [...(this.#list.box?.querySelectorAll<HTMLElement>('.text-row') ?? [])].filter((row) =>
      range.intersectsNode(row),
    );
    let text = '';
    for (const element of rows) {
      const said = element.querySelector('.said');
      const row = this.#list.row(Number(element.dataset['row']));
      if (said === null || row === undefined) continue;
      const inside = document.createRange();
      inside.selectNodeContents(said);
      if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) {
        inside.setStart(range.startContainer, range.startOffset);
      }
      if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset);
      text += `${element === rows[0] || row.isContinued ? '' : '\n'}${inside.toString()}`;
    }
    if (text === '') return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  };
}

interface SelectingRoot {
  getSelection?: () => Selection | null;
}

interface ComposedSelection {
  getComposedRanges?: (options: { shadowRoots: ShadowRoot[] }) => StaticRange[];
}

/** Chromium has the selection of a shadow root there, others give its range to who names the root. */
function getSelectionOf(root: ShadowRoot): Selection | null {
  return (root as SelectingRoot).getSelection?.() ?? document.getSelection();
}

function rangeOf(selection: Selection, root: ShadowRoot): Range | null {
  const composed = (selection as ComposedSelection).getComposedRanges?.({ shadowRoots: [root] })[0];
  if (composed === undefined) return selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  const range = document.createRange();
  range.setStart(composed.startContainer, composed.startOffset);
  range.setEnd(composed.endContainer, composed.endOffset);
  return range;
}
