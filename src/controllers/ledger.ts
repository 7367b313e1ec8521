import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Every request of this page, as the browser's own Resource Timing counts them: also those of the page's scripts, styles
 * and of code that is not ours. Kept from the first element that asks until the page goes, and bounded: one line for an
 * address (without its query), the lines asked last; the counts are of all.
 */

/** All requests to one address. */
export interface RequestLine {
  /** Origin and path. */
  readonly address: string;
  readonly origin: string;
  /** What started the newest one, in the browser's words: `fetch`, `script`, `navigation`, `beacon`, … */
  readonly initiator: string;
  readonly count: number;
  /** When the newest one was started. */
  readonly lastAt: Date;
  /** How long the newest one took. */
  readonly durationMs: number;
  /** Bytes received by all of them, heads included; null where another origin keeps it from this page. */
  readonly bytes: number | null;
}

export interface RequestLedger {
  readonly total: number;
  /** Requests the browser had forgotten before the ledger was opened: counted, to whom is unknown. Part of `total`. */
  readonly forgotten: number;
  /** Requests per origin. */
  readonly origins: ReadonlyMap<string, number>;
  /** The addresses asked last, the newest at the end. */
  readonly lines: ReadonlyMap<string, RequestLine>;
}

const MAX_LINES = 200;

class Ledger implements RequestLedger {
  total = 0;
  forgotten = 0;
  readonly origins = new Map<string, number>();
  readonly lines = new Map<string, RequestLine>();
  readonly #listeners = new Set<() => void>();
  #observer: PerformanceObserver | undefined;

  add(listener: () => void): void {
    this.#listeners.add(listener);
    if (this.#observer !== undefined) return;
    this.#observer = new PerformanceObserver(
      (list: PerformanceObserverEntryList, _: unknown, options?: { droppedEntriesCount?: number }) => {
        this.forgotten += options?.droppedEntriesCount ?? 0;
        this.total += options?.droppedEntriesCount ?? 0;
        for (const entry of list.getEntries()) this.#enter(entry as PerformanceResourceTiming);
        for (const tell of this.#listeners) tell();
      },
    );
    this.#observer.observe({ type: 'navigation', buffered: true });
    this.#observer.observe({ type: 'resource', buffered: true });
  }

  remove(listener: () => void): void {
    // The observer stays: opened again, it would count what the browser still remembers a second time.
    this.#listeners.delete(listener);
  }

  #enter(entry: PerformanceResourceTiming): void {
    const { origin, pathname, protocol } = new URL(entry.name);
    // data:, blob: and an extension's own files go to nobody.
    if (!/^https?:$/.test(protocol)) return;
    const address = origin + pathname;
    const known = this.lines.get(address);
    this.total += 1;
    this.origins.set(origin, (this.origins.get(origin) ?? 0) + 1);
    // A map keeps the order of entering, so the first line is the one asked longest ago.
    this.lines.delete(address);
    this.lines.set(address, {
      address,
      origin,
      initiator: entry.initiatorType,
      count: (known?.count ?? 0) + 1,
      lastAt: new Date(performance.timeOrigin + entry.startTime),
      durationMs: entry.duration,
      bytes: addBytes(known, entry),
    });
    if (this.lines.size > MAX_LINES) this.lines.delete(this.lines.keys().next().value!);
  }
}

/** Another origin shows no sizes unless its Timing-Allow-Origin names this page; responseStart is 0 then. */
function addBytes(known: RequestLine | undefined, entry: PerformanceResourceTiming): number | null {
  const isHidden = entry.responseStart === 0 && new URL(entry.name).origin !== location.origin;
  if (known?.bytes === null || isHidden) return null;
  return (known?.bytes ?? 0) + entry.transferSize;
}

const ledger = new Ledger();

/** Draws its element again whenever the page has asked somebody for something. */
export class LedgerController implements ReactiveController {
  readonly ledger: RequestLedger = ledger;
  readonly #tell: () => void;

  constructor(host: ReactiveControllerHost) {
    this.#tell = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    ledger.add(this.#tell);
  }

  hostDisconnected(): void {
    ledger.remove(this.#tell);
  }
}
