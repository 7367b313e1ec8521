import type { Told } from '../bodies/telling/told.js';
import type { BodyContext } from './body-context.js';

/** Texts as Markdown, each read by the worker once it is drawn. */
export class TalkMarkdown {
  readonly #body: BodyContext;
  readonly #known = new Map<string, Told | null>();
  #waiting: string[] = [];

  constructor(body: BodyContext) {
    this.#body = body;
  }

  /** Null while it isn't known, and where it can't be read so. */
  readonly read = (text: string): Told | null => {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, null);
    // All that is drawn in one go is one question.
    if (this.#waiting.push(text) === 1) queueMicrotask(() => void this.#ask());
    return null;
  };

  async #ask(): Promise<void> {
    const texts = this.#waiting;
    this.#waiting = [];
    const told = await this.#body.ask('markdown', { texts }).catch(() => []);
    texts.forEach((text, index) => this.#known.set(text, told[index] ?? null));
    this.#body.host.requestUpdate();
  }
}
