import type { FindMatch } from '../bodies/worker/matches.js';
import type { Highlight } from '../view/body-highlights.js';
import type { BodyContext } from './body-context.js';

/** Matches in the part of a stored text that is on the screen. */
export class MatchMarks {
  readonly #body: BodyContext;
  readonly #redraw: () => void;
  #matches: readonly FindMatch[] = [];
  #known = '';

  constructor(body: BodyContext, redraw: () => void) {
    this.#body = body;
    this.#redraw = redraw;
  }

  forget(): void {
    this.#known = '';
  }

  /** This stretch is drawn. */
  want(start: number, end: number): void {
    const { find } = this.#body;
    const wanted = find.isOpen ? `${find.version} ${start} ${end}` : '';
    if (wanted === this.#known) return;
    this.#known = wanted;
    if (wanted === '') {
      this.#matches = [];
      return;
    }
    void this.#ask(start, end, wanted);
  }

  within(start: number, end: number): Highlight[] {
    const { find } = this.#body;
    if (!find.isOpen) return [];
    return this.#matches
      .filter((match) => match.end > start && match.start < end)
      .map((match) => ({ start: match.start, end: match.end, isCurrent: match.index === find.current?.index }));
  }

  async #ask(start: number, end: number, wanted: string): Promise<void> {
    const matches = await this.#body.ask('matchesIn', { start, end }).catch(() => []);
    if (this.#known !== wanted) return;
    this.#matches = matches;
    this.#redraw();
  }
}
