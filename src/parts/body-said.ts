import { copyText } from './copy-text.js';

const SAID_MS = 4_000;

/** What was just done, told for a moment to who sees it and to who hears it. */
export class BodySaid {
  /** Empty: nothing, or long ago. */
  words = '';

  readonly #redraw: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  say(words: string): void {
    clearTimeout(this.#timer);
    this.words = words;
    this.#redraw();
    this.#timer = setTimeout(() => {
      this.words = '';
      this.#redraw();
    }, SAID_MS);
  }

  /** Puts a text on the clipboard, and says so. */
  async copy(text: string, what: string): Promise<void> {
    this.say((await copyText(text)) ? `${what} copied.` : 'The browser refused to copy.');
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
