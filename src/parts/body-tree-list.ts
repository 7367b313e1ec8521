import { html, nothing, type TemplateResult } from 'lit';
import type { Revealed, TreeNode, TreeRow } from '../bodies/worker/rows.js';
import type { FindMatch } from '../bodies/worker/matches.js';
import type { Highlight } from '../view/body-highlights.js';
import { renderTreePlace } from '../view/body-tree-place.js';
import { describeEnd, renderTreeRow } from '../view/body-rows.js';
import type { BodyContext, BodyView, BodyWay } from './body-context.js';
import { BodyRowList } from './body-row-list.js';
import { treeStep } from './body-tree-keys.js';

/** JSON, or the events of a stream with the JSON in them, as a folding tree by ARIA's pattern. */
export class BodyTreeList implements BodyView, BodyWay {
  readonly #body: BodyContext;
  readonly #list: BodyRowList<TreeRow>;
  /** Row that keys act on. */
  #active = 0;
  #rows: number;
  #node: TreeNode | null = null;
  /** Matches by the id of the row that they stand in. */
  readonly #marks = new Map<string, readonly Highlight[]>();
  #asked = new Set<string>();
  #marked: { readonly id: string; readonly highlight: Highlight } | null = null;

  constructor(body: BodyContext) {
    this.#body = body;
    this.#rows = body.meta.treeRows;
    this.#list = new BodyRowList(body.host, {
      count: () => this.#rows,
      ask: (from, to, signal) => body.ask('treeRows', { from, to }, signal),
      renderRow: (row, index) =>
        renderTreeRow(row, index, {
          id: this.#idOf(index),
          isActive: index === this.#active && this.#node !== null,
          cut: describeEnd(body.body[body.side]),
          highlights: row === undefined ? [] : this.#highlightsOf(row),
        }),
      renderBox: (content, box) =>
        html`<div
          class="box tree"
          role="tree"
          aria-label="${body.label}, tree"
          tabindex="0"
          aria-activedescendant=${this.#node !== null && this.#isDrawn(this.#active) ? this.#idOf(this.#active) : nothing}
          @click=${this.#onClick}
          @dblclick=${this.#onDoubleClick}
          @keydown=${this.#onKey}
          @focus=${this.#describe}
          ${box}
        >
          ${content}
        </div>`,
      drawn: (first, end) => this.#wantMarks(first, end),
    });
  }

  render(end: unknown): TemplateResult {
    return html`${this.#list.render(end)}${
      this.#node === null
        ? nothing
        : renderTreePlace(this.#node, {
            copy: (text, what) => this.#body.copy(text, what),
            copyValue: () => this.#copyValue(),
            link: (pointer) => void this.#linkTo(pointer),
            foldAll: (isOpen) => void this.#foldAll(isOpen),
          })
    }`;
  }

  refresh(): void {
    this.#rows = this.#body.meta.treeRows;
    this.#marks.clear();
    this.#asked = new Set();
    void this.#list.refresh();
  }

  async showMatch(match: FindMatch): Promise<void> {
    await this.#show(await this.#body.ask('reveal', { offset: match.start }));
  }

  async showRange(start: number, end: number): Promise<boolean> {
    const revealed = await this.#body.ask('reveal', { offset: start });
    this.#marked = { id: revealed.id, highlight: { start, end, isCurrent: true } };
    await this.#show(revealed);
    return true;
  }

  async showPointer(pointer: string, isNearEnough: boolean): Promise<'exact' | 'nearest' | 'cut' | null> {
    const revealed = await this.#body.ask('reveal', { pointer });
    if (revealed.found !== 'nearest' || isNearEnough) await this.#show(revealed);
    return revealed.found;
  }

  end(): void {
    this.#list.end();
  }

  async #show({ treeRows, row }: Revealed): Promise<void> {
    this.#rows = treeRows;
    this.#active = row;
    this.#list.window.reveal(row);
    await this.#list.refresh();
    await this.#describe();
  }

  async #linkTo(pointer: string): Promise<void> {
    const { places, letter, side } = this.#body;
    (await places.load())?.linkTo(`${letter.toLowerCase()}-${side}${pointer}`);
  }

  #idOf(row: number): string {
    return `${this.#body.id}-tree-${row}`;
  }

  #isDrawn(row: number): boolean {
    return row >= this.#list.window.first && row < this.#list.window.end;
  }

  #highlightsOf(row: TreeRow): readonly Highlight[] {
    const current = this.#body.find.isOpen ? this.#body.find.current?.index : undefined;
    const marks = this.#body.find.isOpen ? (this.#marks.get(row.id) ?? []) : [];
    if (this.#marked?.id === row.id && current === undefined) return [this.#marked.highlight];
    return marks;
  }

  #activate(row: number): void {
    this.#active = Math.max(0, Math.min(this.#rows - 1, row));
    this.#list.window.reveal(this.#active);
    this.#body.host.requestUpdate();
    void this.#describe();
  }

  readonly #describe = async (): Promise<void> => {
    const row = this.#list.row(this.#active);
    if (row === undefined || ['cut', 'reading', 'invalid', 'missing'].includes(row.kind)) {
      this.#node = null;
    } else {
      const node = await this.#body.ask('node', { id: row.id }).catch(() => null);
      if (this.#list.row(this.#active)?.id !== row.id) return;
      this.#node = node;
    }
    this.#body.host.requestUpdate();
  };

  async #fold(row: TreeRow, isOpen: boolean): Promise<void> {
    const folded = await this.#body.ask('fold', { id: row.id, isOpen });
    this.#rows = folded.treeRows;
    this.#active = folded.row;
    await this.#list.refresh();
  }

  async #foldAll(isOpen: boolean): Promise<void> {
    const id = this.#list.row(this.#active)?.id ?? null;
    const folded = await this.#body.ask('foldAll', { id, isOpen });
    this.#rows = folded.treeRows;
    this.#active = folded.row;
    await this.#list.refresh();
  }

  readonly #onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const element = target.closest<HTMLElement>('[data-row]');
    // A click that ends a selection is for selecting.
    if (element === null || document.getSelection()?.isCollapsed === false) return;
    const index = Number(element.dataset['row']);
    const row = this.#list.row(index);
    this.#activate(index);
    if (row !== undefined && row.isOpen !== null && target.closest('.indent')) void this.#fold(row, !row.isOpen);
  };

  readonly #onDoubleClick = (event: MouseEvent): void => {
    const index = Number((event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'] ?? NaN);
    const row = this.#list.row(index);
    if (row !== undefined && row.isOpen !== null && !(event.target as Element).closest('.indent')) {
      void this.#fold(row, !row.isOpen);
    }
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = this.#list.row(this.#active);
    const step = treeStep(event.key, row, { active: this.#active, rows: this.#rows, page: this.#list.window.pageRows });
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.kind === 'move') this.#activate(step.to);
    else if (step.kind === 'fold') void this.#fold(row!, step.isOpen);
    else if (step.kind === 'all') void this.#foldAll(true);
    else if (step.kind === 'parent') void this.#toParent(row!);
  };

  async #toParent(row: TreeRow): Promise<void> {
    if (row.parent === '') return;
    const { row: parent } = await this.#body.ask('reveal', { id: row.parent });
    this.#activate(parent);
  }

  #copyValue(): void {
    const node = this.#node;
    if (node !== null) this.#body.copy(node.text ?? node.written, 'Value');
  }

  #wantMarks(first: number, end: number): void {
    const { find } = this.#body;
    if (!find.isOpen) return;
    for (let index = first; index < end; index++) {
      const row = this.#list.row(index);
      if (row === undefined || row.range === null) continue;
      const name = `${find.version} ${find.current?.index} ${row.id}`;
      if (this.#asked.has(name)) continue;
      this.#asked.add(name);
      void this.#askMarks(row);
    }
  }

  async #askMarks(row: TreeRow): Promise<void> {
    const { start, labelStart } = row.range!;
    // Of an open one only its key is drawn.
    const stop = row.isOpen === true && row.kind !== 'string' ? start : start + row.text.length;
    const from = labelStart === -1 ? start : labelStart;
    const matches = stop > from ? await this.#body.ask('matchesIn', { start: from, end: stop }).catch(() => []) : [];
    const current = this.#body.find.current?.index;
    this.#marks.set(
      row.id,
      matches.map((match) => ({ start: match.start, end: match.end, isCurrent: match.index === current })),
    );
    if (matches.length > 0) this.#list.redraw();
  }
}
