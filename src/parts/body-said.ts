import type { LitElement } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodySaid } from '../styles/body-said.js';
import { copyText } from './copy-text.js';

const SAID_MS = 4_000;

/** What was just done, told for a moment to who sees it and to who hears it. */
export class BodySaid {
  /** Empty: nothing, or long ago. */
  words = '';

  readonly #host: LitElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    adoptSheet(host.renderRoot, bodySaid);
  }

  say(words: string): void {
    clearTimeout(this.#timer);
    this.#tell(words);
    this.#timer = setTimeout(() => this.#tell(''), SAID_MS);
  }

  /** Puts a text on the clipboard, and says so. */
  async copy(text: string, what: string): Promise<void> {
    this.say((await copyText(text)) ? `${what} copied.` : 'The browser refused to copy.');
  }

  #tell(words: string): void {
    this.words = words;
    this.#host.requestUpdate();
  }
}
