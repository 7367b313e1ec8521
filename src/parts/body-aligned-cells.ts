import { html, nothing } from 'lit';
import type { FieldChange } from '../bodies/compare/message-differences.js';
import type { BodyKey } from '../bodies/worker/protocol.js';
import {
  type AlignedCell,
  type MovedTo,
  renderFieldsNote,
  renderGap,
  renderNames,
  renderNote,
  renderSame,
} from '../view/body-aligned.js';
import { type AlignedItem, type AlignedSides, isCompared } from '../view/body-aligned-items.js';
import { compareTexts, joinRanges, markChanges } from '../view/body-aligned-text.js';
import type { ComparedTexts, ToldChanges } from '../view/body-told.js';
import type { AlignedSide, RowChanges } from './body-aligned-side.js';
import type { BodyPane } from './body-pane.js';

interface CellsOptions {
  readonly paneOf: (key: BodyKey) => BodyPane | undefined;
  readonly sideOf: (of: AlignedSides) => AlignedSide;
  readonly goToRow: (of: AlignedSides, row: number) => void;
}

type RowItem = Extract<AlignedItem, { kind: 'message' | 'part' }>;

/** What the cells of a row say: the message of each call, what differs in it, or that a call has none there. */
export class AlignedCells {
  readonly #options: CellsOptions;
  readonly #marked = new WeakMap<readonly FieldChange[], ComparedTexts>();
  readonly #ends = new WeakMap<AlignedSides, readonly number[]>();

  constructor(options: CellsOptions) {
    this.#options = options;
  }

  render(item: RowItem): AlignedCell[] {
    return item.kind === 'message' ? this.#renderMessages(item.of, item.row) : this.#renderParts(item);
  }

  #renderMessages(of: AlignedSides, row: number): AlignedCell[] {
    const { kind, cells, elsewhere } = of.rows[row]!;
    const changes = kind === 'changed' ? this.#options.sideOf(of).changesOf(row) : null;
    const lettersAt = (isThere: (column: number) => boolean): string[] =>
      of.columns.flatMap(({ head, letter }, index) => (head !== null && isThere(index) ? letter : []));
    const holders = lettersAt((column) => cells[column] !== null);
    const missing = lettersAt((column) => cells[column] === null && elsewhere[column] === null);
    const movedTo = (column: number): MovedTo | null => {
      const other = elsewhere[column] ?? null;
      if (other === null) return null;
      const message = of.rows[other]!.cells[column]!;
      return { letter: of.columns[column]!.letter, message, go: () => this.#options.goToRow(of, other) };
    };
    const moved = cells.flatMap((_, column) => movedTo(column) ?? []);
    const notes = kind === 'equal' || !isCompared(of) ? [] : renderNote(kind, holders, missing, moved);
    return this.#renderColumns(of, cells, (column, pane) => {
      const index = cells[column] ?? null;
      if (index === null) {
        const { letter, head } = of.columns[column]!;
        return { gap: renderGap(letter, movedTo(column), head!.isCut && row > this.#endsOf(of)[column]!) };
      }
      return pane.talk.content.renderItem(index, this.#changesIn(of, changes, column, notes, cells));
    });
  }

  #renderParts({ of, part, isDifferent }: Extract<AlignedItem, { kind: 'part' }>): AlignedCell[] {
    const has = (column: number): boolean => {
      const { head } = of.columns[column]!;
      if (head === null) return false;
      return part === 'system' ? head.system.length > 0 : part === 'tools' ? head.tools.length > 0 : true;
    };
    const cells = of.columns.map((_, column) => (has(column) ? column : null));
    const notes = isDifferent ? renderNote('changed', [], [], []) : [];
    const changes = isDifferent && part === 'system' ? this.#options.sideOf(of).systemChanges() : null;
    return this.#renderColumns(of, cells, (column, pane) => {
      if (part === 'foot') return html`${pane.talk.content.renderItem(part)}${pane.renderEnd()}`;
      if (!has(column)) return { gap: html`<p class="note">no ${part === 'system' ? 'system prompt' : 'tools'}</p>` };
      const found = this.#changesIn(of, changes, column, notes, cells);
      const words = isDifferent ? renderNamesOf(of, part, column) : nothing;
      // Names of tools stand before their long list.
      const place = part === 'tools' ? { before: words } : { after: html`${found.after}${words}` };
      return pane.talk.content.renderItem(part, { ...found, ...place });
    });
  }

  #renderColumns(
    of: AlignedSides,
    cells: readonly (number | null)[],
    render: (column: number, pane: BodyPane) => unknown,
  ): AlignedCell[] {
    const first = cells.findIndex((cell) => cell !== null);
    return of.columns.map(({ letter, key, head }, index): AlignedCell => {
      const pane = head === null ? undefined : this.#options.paneOf(key!);
      const isFirst = index === first;
      if (pane === undefined) return { letter, kind: 'blank', content: nothing, isFirst };
      const content = render(index, pane);
      return isGap(content)
        ? { letter, kind: 'gap', content: content.gap, isFirst }
        : { letter, kind: 'filled', content, isFirst };
    });
  }

  #changesIn(
    of: AlignedSides,
    changes: RowChanges | null,
    column: number,
    notes: readonly unknown[],
    cells: readonly (number | null)[],
  ): ToldChanges {
    const found = changes?.columns[column] ?? null;
    const first = cells.findIndex((cell) => cell !== null);
    const tag = first === column ? 'del' : 'ins';
    const isSame = tag === 'ins' && found?.length === 0 && !changes!.isNone;
    return {
      notes: isSame ? [renderSame(of.columns[first]!.letter)] : notes,
      compared: found === null || found.length === 0 ? null : this.#mark(found, tag),
      before: nothing,
      after: changes?.isNone ? renderFieldsNote() : nothing,
    };
  }

  #mark(changes: readonly FieldChange[], tag: 'del' | 'ins'): ComparedTexts {
    const known = this.#marked.get(changes);
    if (known !== undefined) return known;
    const texts = new Map<string, FieldChange[]>();
    for (const change of changes) {
      const name = `${change.pointer}#${change.field}`;
      const others = texts.get(name);
      if (others) others.push(change);
      else texts.set(name, [change]);
    }
    const marked = new Map([...texts].map(([name, found]) => [name, markChanges(joinRanges(found), tag)]));
    const compared = compareTexts(({ pointer, field }) => marked.get(`${pointer}#${field}`));
    this.#marked.set(changes, compared);
    return compared;
  }

  /** Per column, the row of its last message but one: of a cut body the last is what stands before the cut. */
  #endsOf(of: AlignedSides): readonly number[] {
    let ends = this.#ends.get(of);
    if (ends === undefined) {
      ends = of.columns.map(({ head }, column) =>
        of.rows.findLastIndex(({ cells }) => (cells[column] ?? Infinity) < (head?.messages ?? 0) - 1),
      );
      this.#ends.set(of, ends);
    }
    return ends;
  }
}

const isGap = (content: unknown): content is { readonly gap: unknown } =>
  typeof content === 'object' && content !== null && 'gap' in content;

/** Which parameters or tools differ, as seen from one column: the first has what others lack, the others the rest. */
function renderNamesOf(of: AlignedSides, part: 'parameters' | 'system' | 'tools', column: number): unknown {
  const compared = of.columns.flatMap(({ letter, head }, index) => (head === null ? [] : [{ letter, index }]));
  const [first, ...others] = compared;
  if (first === undefined || part === 'system') return nothing;
  const isFirst = first.index === column;
  return others.map(({ letter, index }, place) => {
    if (!isFirst && index !== column) return nothing;
    const { parameters, tools } = of.against[place]!;
    const only = isFirst ? 'removed' : 'added';
    const other = isFirst ? letter : first.letter;
    const list: readonly { readonly kind: string; readonly name: string }[] =
      part === 'tools'
        ? tools
        : parameters.map(({ kind, from, to }) => ({ kind, name: (from ?? to)!.pointer.split('/')[1] ?? '' }));
    const names = (isWanted: (kind: string) => boolean): string[] => [
      ...new Set(list.filter(({ kind }) => isWanted(kind)).map(({ name }) => name)),
    ];
    const changed = names((kind) => kind !== 'added' && kind !== 'removed' && kind !== 'equal');
    return html`${renderNames(
      `not in ${other}:`,
      names((kind) => kind === only),
    )}${renderNames(`other than in ${other}:`, changed)}`;
  });
}
