import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

/** What keys can ask of the calls table. */
export interface KeyActions {
  readonly grid: () => HTMLElement | null;
  readonly pageRows: () => number;
  /** By so many rows; past an end means to the end. */
  readonly move: (rows: number) => void;
  readonly choose: (withOthers: boolean) => void;
  /** False where there was nothing to take back. */
  readonly clear: () => boolean;
  readonly open: () => void;
  readonly focusFilter: () => void;
  readonly help: () => void;
  readonly go: (to: string) => void;
}

/** Where `g` and a second key lead. */
const PLACES: Readonly<Record<string, string>> = { p: 'projects', c: 'calls', b: 'body-viewer', r: 'pricing' };

/** How long after `g` the second key may come. */
const SEQUENCE_MS = 1_500;

const TEXT_ENTRY = 'input:not([type="checkbox"]), textarea, select, [contenteditable]:not([contenteditable="false"])';

/**
 * The keyboard of the calls table. Letters work wherever the focus is in the element, and on the bare page where no other
 * element takes them; keys by which a page scrolls or a control is pressed are the table's only while it has the focus.
 * With Ctrl, Alt or ⌘ a key is the browser's.
 */
export class CallKeys implements ReactiveController {
  readonly #host: Host;
  readonly #actions: KeyActions;
  #wentAt = -Infinity;

  constructor(host: Host, actions: KeyActions) {
    this.#host = host;
    this.#actions = actions;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.renderRoot.addEventListener('keydown', this.#onKey);
    document.addEventListener('keydown', this.#onPageKey);
  }

  hostDisconnected(): void {
    this.#host.renderRoot.removeEventListener('keydown', this.#onKey);
    document.removeEventListener('keydown', this.#onPageKey);
  }

  /** Keys on the bare page: what was pressed inside an element has been heard there. */
  readonly #onPageKey = (event: KeyboardEvent): void => {
    if (event.target === document.body && !event.defaultPrevented) this.#onKey(event);
  };

  readonly #onKey = (event: Event): void => {
    if (
      !(event instanceof KeyboardEvent) ||
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.isComposing
    )
      return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.closest(`${TEXT_ENTRY}, dialog, .panel`) !== null) return;
    const isTaken = this.#actions.grid() !== null && target === this.#actions.grid() && this.#takeGridKey(event.key);
    if (isTaken || this.#takeLetter(event.key)) event.preventDefault();
  };

  #takeGridKey(key: string): boolean {
    const { move, choose, clear, pageRows } = this.#actions;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: pageRows(),
      PageUp: -pageRows(),
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[key];
    if (step !== undefined) move(step);
    else if (key === 'Enter') choose(false);
    else if (key === ' ') choose(true);
    else return key === 'Escape' && clear();
    return true;
  }

  #takeLetter(key: string): boolean {
    const { grid, move, choose, open, focusFilter, help, go } = this.#actions;
    const isSecond = performance.now() - this.#wentAt < SEQUENCE_MS;
    this.#wentAt = -Infinity;
    const place = PLACES[key];
    if (isSecond && place !== undefined) {
      go(place);
      return true;
    }
    if (key === 'g') this.#wentAt = performance.now();
    else if (key === '/') focusFilter();
    else if (key === '?') help();
    else if (grid() === null) return false;
    else if (key === 'j') move(1);
    else if (key === 'k') move(-1);
    else if (key === 'x') choose(true);
    else if (key === 'e') open();
    else return false;
    if ('jkxe'.includes(key)) grid()?.focus({ preventScroll: true });
    return true;
  }
}
