import type { AlignedRow } from '../bodies/compare/align.js';
import type { FieldChange } from '../bodies/compare/message-differences.js';
import type { BodyKey, Comparison } from '../bodies/worker/protocol.js';
import type { BodyConnection } from './body-connection.js';
import type { AlignedSides, SideName } from '../view/body-aligned-items.js';
import type { BodyPane } from './body-pane.js';

/** One call as a column; null: nothing is stored of this side of it. */
export interface SideColumn {
  readonly letter: string;
  readonly pane: BodyPane | null;
}

/** Per column, the words that differ; null: not compared with anything there. `isNone`: they differ in no word. */
export interface RowChanges {
  readonly columns: readonly (readonly FieldChange[] | null)[];
  readonly isNone: boolean;
}

interface SideOptions {
  readonly connection: () => BodyConnection;
  readonly changed: () => void;
}

/** The requests of several calls, or their responses, set against each other. */
export class AlignedSide {
  readonly side: SideName;

  readonly #options: SideOptions;
  #columns: readonly SideColumn[] = [];
  #shown: readonly unknown[] = [];
  /** What was asked for last, and what was answered last, which stands until the next answer. */
  #asked: readonly unknown[] = [];
  #answered: { readonly keys: readonly BodyKey[]; readonly comparison: Comparison } | null = null;
  #isAnswered = true;
  #compared: AlignedSides | null = null;
  readonly #changes = new Map<string, RowChanges | null>();
  #asking = new AbortController();

  constructor(side: SideName, options: SideOptions) {
    this.side = side;
    this.#options = options;
  }

  /** Null while nothing is compared yet. */
  get compared(): AlignedSides | null {
    return this.#compared;
  }

  /** The bodies that can be compared, in the order of the columns. */
  get comparable(): readonly BodyPane[] {
    return this.#columns.flatMap(({ pane }) => (pane?.isSettled && pane.conversation ? pane : []));
  }

  /** Something is still read, or compared. */
  get isWaiting(): boolean {
    return this.#columns.some(({ pane }) => pane !== null && !pane.isSettled) || !this.#isAnswered;
  }

  /** Other calls, or more is known of them. */
  update(columns: readonly SideColumn[]): void {
    const shown = columns.flatMap(({ letter, pane }) => [letter, pane, pane?.isSettled]);
    const isOther = !areSame(shown, this.#shown);
    this.#shown = shown;
    this.#columns = columns;
    const panes = this.comparable;
    const asked = panes.flatMap(({ key, conversation }) => [key, conversation]);
    if (!areSame(asked, this.#asked)) {
      this.#asked = asked;
      void this.#ask(panes.map(({ key }) => key));
    } else if (isOther) {
      this.#arrange();
    }
  }

  /** The words that differ in a row; null while that is not known. */
  changesOf(row: number): RowChanges | null {
    return this.#changesOf(`${row}`, this.#compared!.rows[row]!.cells);
  }

  /** The words that differ in the system prompts; null while that is not known. */
  systemChanges(): RowChanges | null {
    const { columns } = this.#compared!;
    return this.#changesOf(
      'system',
      columns.map(({ head }) => (head === null ? null : -1)),
    );
  }

  async #ask(keys: readonly BodyKey[]): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#isAnswered = false;
    const asked = keys.length === 0 ? null : this.#options.connection().ask('compare', { keys }, signal);
    const comparison = (await asked?.catch(() => null)) ?? null;
    if (signal.aborted) return;
    this.#isAnswered = true;
    this.#answered = comparison && { keys, comparison };
    this.#arrange();
    this.#options.changed();
  }

  /** Sets the answer's cells in the order of the columns. */
  #arrange(): void {
    this.#changes.clear();
    if (this.#answered === null) {
      this.#compared = null;
      return;
    }
    const { keys, comparison } = this.#answered;
    const places = this.#columns.map(({ pane }) => (pane === null ? -1 : keys.indexOf(pane.key)));
    const order = <T>(cells: readonly (T | null)[]): (T | null)[] => places.map((place) => cells[place] ?? null);
    this.#compared = {
      side: this.side,
      columns: this.#columns.map(({ letter, pane }, index) => {
        const head = (places[index] === -1 ? null : pane?.conversation) ?? null;
        return { letter, key: pane?.key ?? null, head, words: head === null ? describeMissing(letter, pane) : '' };
      }),
      rows: comparison.rows.map(({ kind, cells, elsewhere }): AlignedRow => ({
        kind,
        cells: order(cells),
        elsewhere: order(elsewhere),
      })),
      stretches: comparison.stretches,
      against: comparison.against,
    };
  }

  #changesOf(name: string, cells: readonly (number | null)[]): RowChanges | null {
    const known = this.#changes.get(name);
    if (known === undefined) {
      this.#changes.set(name, null);
      void this.#askChanges(name, cells);
    }
    return known ?? null;
  }

  /** Each against the first that has something there. */
  async #askChanges(name: string, cells: readonly (number | null)[]): Promise<void> {
    const { signal } = this.#asking;
    const compared = this.#compared!;
    const placeOf = (column: number) => {
      const message = cells[column]!;
      return { key: compared.columns[column]!.key!, message: message === -1 ? null : message };
    };
    const [first, ...others] = cells.flatMap((index, column) => (index === null ? [] : column));
    if (first === undefined) return;
    const columns: (FieldChange[] | null)[] = cells.map(() => null);
    columns[first] = [];
    await Promise.all(
      others.map(async (other) => {
        const asked = { from: placeOf(first), to: placeOf(other) };
        const answer = await this.#options
          .connection()
          .ask('compareMessages', asked, signal)
          .catch(() => null);
        columns[first]!.push(...(answer?.left ?? []));
        columns[other] = [...(answer?.right ?? [])];
      }),
    );
    if (signal.aborted || compared !== this.#compared) return;
    this.#changes.set(name, { columns, isNone: columns.every((changes) => !changes?.length) });
    this.#options.changed();
  }
}

/** Why a body is not compared. */
function describeMissing(letter: string, pane: BodyPane | null): string {
  if (pane === null) return `nothing is stored of ${letter}`;
  if (!pane.isSettled) return `${letter} is being read`;
  return pane.isRead ? `${letter} is no conversation, Text shows it` : `${letter} could not be read`;
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
