import type { FindMatch } from '../bodies/worker/matches.js';
import type { Highlight } from '../view/body-highlights.js';
import type { BodyContext } from './body-context.js';

const MOST = 2_000;

/** Matches in a conversation, by the text that they stand in. */
export class TalkMarks {
  readonly #body: BodyContext;
  #byText = new Map<string, FindMatch[]>();
  #known = '';

  constructor(body: BodyContext) {
    this.#body = body;
  }

  forget(): void {
    this.#known = '';
  }

  /** The first matches of all, and those around the current one. */
  want(): void {
    const { find } = this.#body;
    const wanted = find.isOpen ? `${find.version} ${Math.floor((find.current?.index ?? 0) / MOST)}` : '';
    if (wanted === this.#known) return;
    this.#known = wanted;
    if (wanted === '') this.#byText.clear();
    else void this.#ask(wanted);
  }

  of(pointer: string, field: string): readonly Highlight[] {
    const { find } = this.#body;
    if (!find.isOpen) return [];
    const matches = this.#byText.get(`${pointer}#${field}`) ?? [];
    return matches.map(({ index, start, end }) => ({ start, end, isCurrent: index === find.current?.index }));
  }

  async #ask(wanted: string): Promise<void> {
    const from = Math.max(0, (this.#body.find.current?.index ?? 0) - MOST / 2);
    const answer = await this.#body.ask('matches', { from, to: from + MOST }).catch(() => null);
    if (answer === null || this.#known !== wanted) return;
    this.#byText = new Map();
    for (const match of answer.rows) {
      if (match.spot === null || match.key !== this.#body.key) continue;
      const name = `${match.spot.pointer}#${match.spot.field}`;
      const known = this.#byText.get(name);
      if (known) known.push(match);
      else this.#byText.set(name, [match]);
    }
    this.#body.host.requestUpdate();
  }
}
