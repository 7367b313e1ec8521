import { BodyConnection } from './body-connection.js';
import type { News } from '../bodies/worker/protocol.js';
import { BodyPane, type PaneOptions } from './body-pane.js';
import { bodyKey, type ReadBody } from './body-reading.js';

interface PanesOptions extends Omit<PaneOptions, 'connection'> {
  readonly workerUrl: URL;
  /** What the connection tells that is about no single body. */
  readonly hear: (news: News) => void;
}

/** The bodies that are open, one pane each, and the worker that holds them: started for the first question, ended with the last. */
export class BodyPanes {
  readonly #options: PanesOptions;
  #connection: BodyConnection | null = null;
  #panes: readonly BodyPane[] = [];

  constructor(options: PanesOptions) {
    this.#options = options;
  }

  /** In the order of the calls, of each the request first. */
  get all(): readonly BodyPane[] {
    return this.#panes;
  }

  get connection(): BodyConnection {
    return (this.#connection ??= new BodyConnection(this.#options.workerUrl, (news) => {
      if (news.kind === 'body') this.#panes.find(({ key }) => key === news.meta.key)?.hear(news.meta);
      else this.#options.hear(news);
    }));
  }

  /** Undefined: it is not open. */
  find(callId: string, side: 'request' | 'response'): BodyPane | undefined {
    return this.#panes.find(({ call, side: paneSide }) => call.id === callId && paneSide === side);
  }

  /** Opens these bodies, keeps those that are open already, closes all others. @returns whether any was closed. */
  show(wanted: readonly ReadBody[]): boolean {
    const kept = new Map(this.#panes.map((pane) => [pane.key, pane]));
    this.#panes = wanted.map((of) => {
      const known = kept.get(bodyKey(of));
      kept.delete(bodyKey(of));
      if (known === undefined) return new BodyPane(of, { ...this.#options, connection: this.connection });
      known.moveTo(of);
      return known;
    });
    for (const pane of kept.values()) pane.end();
    return kept.size > 0;
  }

  /** Closes all, and the worker with them. */
  end(): void {
    for (const pane of this.#panes) pane.end();
    this.#panes = [];
    this.#connection?.end();
    this.#connection = null;
  }
}
