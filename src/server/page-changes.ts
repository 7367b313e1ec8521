import { randomUUID } from 'node:crypto';

/** How often files are looked at while a page listens; looking takes at most a tenth of the time. */
const PERIOD_MS = 250;
const COMMENT_MS = 15_000;
/** Files that are looked at; of more, those that were asked for last. */
const MAX_FILES = 2000;
/** Pages that may listen at once; tabs of one browser share one stream. */
const MAX_STREAMS = 50;

/**
 * Tells open pages that a file they may use has changed, so that they load anew. Looked at is what was asked for, whether
 * it was there or not, and only while a page listens: that sees files written by renaming, folders made anew, and any kind
 * of disk, where watching by the system's means would not.
 */
export class PageChanges {
  readonly #look: (path: string) => Promise<string>;
  /** What stood on disk when it was last sent, by path. */
  readonly #sent = new Map<string, string>();
  /** What is changing: it is told of once it is the same twice, so that no half-written file is loaded. */
  readonly #moving = new Map<string, string>();
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #run = randomUUID().slice(0, 8);
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  #comments: NodeJS.Timeout | undefined;

  /** `look` gives a text that is another one whenever what stands at a path is. */
  constructor(look: (path: string) => Promise<string>) {
    this.#look = look;
  }

  /** Another text after each change, and in each run of the server. */
  get version(): string {
    return `${this.#run}.${this.#count}`;
  }

  /** A page was given this; `mark` is what `look` gives for it. */
  note(path: string, mark: string): void {
    this.#moving.delete(path);
    this.#sent.delete(path);
    this.#sent.set(path, mark);
    for (const oldest of this.#sent.keys()) {
      if (this.#sent.size <= MAX_FILES) break;
      this.#sent.delete(oldest);
    }
  }

  /** Server-sent events, each with the version: at once, and after each change. Null where too many listen. */
  open(): ReadableStream<Uint8Array> | null {
    if (this.#streams.size >= MAX_STREAMS) return null;
    let opened: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        opened = controller;
        this.#streams.add(controller);
        this.#send(controller, this.#event());
        if (this.#streams.size > 1) return;
        this.#comments = setInterval(() => this.#each(':\n\n'), COMMENT_MS);
        this.#plan(0);
      },
      cancel: () => this.#remove(opened),
    });
  }

  /** Ends all streams. */
  close(): void {
    for (const stream of [...this.#streams]) {
      this.#remove(stream);
      stream.close();
    }
  }

  #remove(stream: ReadableStreamDefaultController<Uint8Array>): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    clearTimeout(this.#timer);
    clearInterval(this.#comments);
  }

  #plan(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#lookAtAll(), delayMs);
  }

  async #lookAtAll(): Promise<void> {
    const startedAt = performance.now();
    let hasChanged = false;
    for (const [path, sent] of [...this.#sent]) {
      const mark = await this.#look(path);
      // Sent again while it was looked at.
      if (this.#sent.get(path) !== sent) continue;
      const isSettled = this.#moving.get(path) === mark;
      if (mark === sent || isSettled) this.#moving.delete(path);
      else this.#moving.set(path, mark);
      if (mark === sent || !isSettled) continue;
      this.#sent.set(path, mark);
      hasChanged = true;
    }
    if (hasChanged) {
      this.#count++;
      this.#each(this.#event());
    }
    const tookMs = performance.now() - startedAt;
    if (this.#streams.size > 0) this.#plan(Math.max(PERIOD_MS, 9 * tookMs));
  }

  #event(): string {
    return `retry: 1000\ndata: ${this.version}\n\n`;
  }

  #each(text: string): void {
    for (const stream of this.#streams) this.#send(stream, text);
  }

  #send(stream: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    // A tab that sleeps reads nothing, and hears the version when it opens the stream again.
    if ((stream.desiredSize ?? 0) > -100) stream.enqueue(Buffer.from(text, 'utf8'));
  }
}
