import { changeFilter, type Filter } from '../api/filter.js';
import { listCalls } from '../daemon/calls.js';
import { LETTERS, NO_LETTER_LEFT } from '../view/call-letters.js';
import type { ColumnRange } from '../view/strip.js';
import type { StripPicture } from '../view/strip-picture.js';
import type { ScopeController } from '../controllers/scope.js';

interface Options {
  readonly scope: ScopeController;
  readonly filter: () => Filter;
  readonly picture: () => StripPicture | undefined;
  /** Brings a call into view in the table; false where its place isn't known. */
  readonly show: (id: string, signal: AbortSignal) => Promise<boolean>;
  /** The note changed, or what is chosen. */
  readonly changed: () => void;
}

/** What a user chooses in the strip, told to the scope: a time, a call, the newest call of a time. */
export class StripChoices {
  /** What became of the last choice, where that isn't seen by itself. */
  note = '';

  readonly #options: Options;
  #asking: AbortController | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** False where the page's author fixed the time. */
  get canChooseTime(): boolean {
    const { last, since, until } = this.#options.scope.fixed;
    return (last ?? since ?? until) === undefined;
  }

  /** Takes back what is not so any more. */
  review(): void {
    if (this.note === NO_LETTER_LEFT && this.#options.scope.selection.length < LETTERS.length) this.note = '';
  }

  chooseTime(range: ColumnRange): void {
    const picture = this.#options.picture();
    if (picture === undefined) return;
    if (isEmpty(picture, range)) {
      this.note = 'No calls in this time, so nothing was filtered.';
      this.#options.changed();
      return;
    }
    const { since, until } = findBorders(picture, range);
    const isLast = range.last === picture.scale.columns - 1;
    const isOpen = isLast && picture.endsNow && this.#options.filter().until === undefined;
    // What goes on until now goes on with the calls that are still to come.
    this.#options.scope.changeFilter({ since, until: isOpen ? undefined : until, last: undefined });
  }

  chooseCall(id: string, withOthers: boolean): void {
    const { scope } = this.#options;
    const others = scope.selection.filter((other) => other !== id);
    if (withOthers && others.length >= LETTERS.length && others.length === scope.selection.length) {
      this.note = NO_LETTER_LEFT;
    } else {
      scope.select(withOthers ? [...others, id] : [id]);
      void this.#ask((signal) => this.#show(id, signal), 'Its row could not be found.');
    }
    this.#options.changed();
  }

  async chooseNewest(range: ColumnRange): Promise<void> {
    const picture = this.#options.picture();
    if (picture === undefined) return;
    const { scope, filter } = this.#options;
    const page = { sort: 'requested_at', order: 'desc', offset: 0, limit: 1 } as const;
    const asked = changeFilter(filter(), { ...findBorders(picture, range), last: '' });
    await this.#ask(async (signal) => {
      const { calls } = await listCalls(scope.origin, asked, page, signal);
      this.note = calls.length === 0 ? 'No call to select here.' : 'Its newest call is selected.';
      if (calls[0] === undefined) return;
      scope.select([calls[0].id]);
      await this.#show(calls[0].id, signal);
    }, 'Its newest call could not be read.');
  }

  async #show(id: string, signal: AbortSignal): Promise<void> {
    if (!(await this.#options.show(id, signal)))
      this.note = 'Selected. Its row is found only where rows are sorted by time.';
  }

  /** One question at a time, with what to say where it fails. */
  async #ask(ask: (signal: AbortSignal) => Promise<void>, failure: string): Promise<void> {
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      await ask(asking.signal);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.note = `${failure} ${error instanceof Error ? error.message : String(error)}`;
    }
    this.#options.changed();
  }

  /** Leaves a question that is still under way. */
  stop(): void {
    this.#asking?.abort();
  }
}

/** A time without a call would leave nothing to see, and no strip to choose another one in. */
function isEmpty({ columns }: StripPicture, { first, last }: ColumnRange): boolean {
  return columns
    .slice(first, last + 1)
    .every(({ priced, zero, failed, unpriced }) => priced + zero + failed + unpriced === 0);
}

/** Instants around whole columns, no finer than they need to be. */
function findBorders({ scale }: StripPicture, { first, last }: ColumnRange): { since: string; until: string } {
  const columnMs = scale.columnToTime(1) - scale.columnToTime(0);
  const unitMs = columnMs >= 600_000 ? 60_000 : columnMs >= 10_000 ? 1_000 : 1;
  const print = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
  return {
    since: print(Math.floor(scale.columnToTime(first) / unitMs) * unitMs),
    until: print(Math.ceil(scale.columnToTime(last + 1) / unitMs) * unitMs),
  };
}
