import { callsEventShape, openEvents } from '../daemon/events.js';
import { findFault } from '../daemon/shape.js';
import type { WireCallsEvent } from '../api/events.js';
import type { StreamListener } from './live.js';

/** What comes down the stream: calls changed, the daemon came or went, or the stream itself opened or broke. */
type StreamMessage =
  { readonly kind: 'calls'; readonly event: unknown } | { readonly kind: 'status' | 'opened' | 'broken' };

/**
 * The server's events, once for all tabs of a browser: it allows six connections to a host, so a seventh tab with a
 * stream of its own would never load. The tab that holds a lock has the stream and passes on what comes; when it is
 * closed or hidden, another visible tab takes over. Where locks are missing (a page from a file), the tab has its own.
 */
export class SharedStream {
  readonly #listener: StreamListener;
  readonly #channel: BroadcastChannel | undefined;
  readonly #left = new AbortController();

  constructor(listener: StreamListener) {
    this.#listener = listener;
    const name = `hm-elements events ${listener.origin}`;
    if (!('locks' in navigator)) {
      void this.#read();
      return;
    }
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<StreamMessage>) => this.#hear(data);
    const { signal } = this.#left;
    navigator.locks
      .request(name, { signal }, () => this.#read())
      .catch((error: unknown) => {
        // Leaving while another tab holds the lock.
        if (!signal.aborted) throw error;
      });
  }

  close(): void {
    this.#left.abort();
    this.#channel?.close();
  }

  /** Reads the stream until this tab leaves it. */
  #read(): Promise<void> {
    const { signal } = this.#left;
    const source = openEvents(this.#listener.origin);
    source.addEventListener('calls', ({ data }: MessageEvent<string>) => {
      this.#tell({ kind: 'calls', event: parseEvent(data) });
    });
    source.addEventListener('status', () => this.#tell({ kind: 'status' }));
    source.addEventListener('open', () => this.#tell({ kind: 'opened' }));
    source.addEventListener('error', () => this.#tell({ kind: 'broken' }));
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        source.close();
        resolve();
      });
    });
  }

  #tell(message: StreamMessage): void {
    if (this.#left.signal.aborted) return;
    this.#channel?.postMessage(message);
    this.#hear(message);
  }

  /**
   * An event about calls tells enough for the status line: nothing has to be asked for it. Another build of ours, in a tab
   * or on the same page, may say it otherwise.
   */
  #hear(message: StreamMessage): void {
    const status = this.#listener.pulse?.status;
    // A stream that opens late or breaks off says that the server came or went, and something may have been missed.
    const isKnown = message.kind === 'calls' && findFault(message.event, callsEventShape) === null;
    if (!isKnown || status === undefined) return this.#listener.ask();
    const { calls, newest_call_at: newestCallAt, changed } = message.event as WireCallsEvent;
    const database = status.database && { ...status.database, calls, newestCallAt };
    // Costs and projects can change without a count that would show it.
    this.#listener.tell({ status: { ...status, database }, at: new Date() }, true);
    // What is read anew may come from elsewhere now.
    if (changed.includes('file')) this.#listener.ask();
  }
}

function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
