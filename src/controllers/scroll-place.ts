import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Where a list was left. */
export interface Place {
  /** What list it was. */
  readonly key: string;
  readonly row: number;
  readonly offsetPx: number;
  /** Rows that the list had. */
  readonly total: number;
  /** Row that keys acted on. */
  readonly active: number;
}

const REST_MS = 150;

/**
 * Keeps a list's place in the entry of the page's history, so that a reload and a step back find it again. For elements
 * whose list comes back as well: those in a scope that lives in the address, and those with an id.
 */
export class ScrollPlace implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #read: () => Place | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, read: () => Place | null) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('pagehide', this.#save);
  }

  hostDisconnected(): void {
    window.removeEventListener('pagehide', this.#save);
    clearTimeout(this.#timer);
  }

  /** Where this list was left in this entry of the history, or null. */
  find(key: string): Place | null {
    const place = this.#name === null ? undefined : stateOf()?.[this.#name];
    return isPlace(place) && place.key === key ? place : null;
  }

  /** The list was moved: its place is saved when it has come to rest, and then `whenAtRest` is called. */
  moved(whenAtRest: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#save();
      whenAtRest();
    }, REST_MS);
  }

  get #name(): string | null {
    const { id } = this.#host;
    const scope = this.#host.closest<HTMLElement & { url?: boolean }>('hm-scope');
    return id === '' && scope?.url !== true ? null : `${this.#host.localName}#${id}`;
  }

  readonly #save = (): void => {
    const place = this.#read();
    const state = stateOf();
    // A page that keeps something of its own there, and no record, is left alone.
    if (this.#name === null || place === null || state === null) return;
    history.replaceState({ ...state, [this.#name]: place }, '');
  };
}

/** What the page keeps in this entry: a record, empty where it keeps nothing, null where it is something else. */
function stateOf(): Record<string, unknown> | null {
  const state: unknown = history.state ?? {};
  return typeof state === 'object' && !Array.isArray(state) ? (state as Record<string, unknown>) : null;
}

function isPlace(value: unknown): value is Place {
  const place = value as Place | undefined;
  return (
    typeof place?.key === 'string' &&
    [place.row, place.offsetPx, place.total, place.active].every((number) => Number.isFinite(number))
  );
}
