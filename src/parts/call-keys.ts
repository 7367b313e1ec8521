import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isFreeKey } from './free-key.js';

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

/** Where keys are text, or somebody else's. */
const ENTRIES =
  'input:not([type="checkbox"]), textarea, select, [contenteditable]:not([contenteditable="false"]), dialog, .panel';

/**
 * The keyboard of the calls table. Letters work wherever the focus is in the element, and on the bare page where no other
 * element takes them; keys by which a page scrolls or a control is pressed are the table's only while it has the focus.
 * With Ctrl, Alt or ⌘ a key is the browser's.
 */
export class CallKeys implements ReactiveController {
  readonly #host: Host;
  readonly #actions: KeyActions;
  #wentAt = -Infinity;
  /** What a key put the caret into that was heard late. */
  #entry: HTMLInputElement | null = null;

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

  /**
   * A key that was pressed before anybody could hear it, and where that was. What was typed after one that leads into a
   * field was meant for that field.
   */
  hear(event: KeyboardEvent, path: readonly EventTarget[]): void {
    const focused = this.#host.shadowRoot?.activeElement;
    if (this.#entry !== null && focused === this.#entry) return enterKey(this.#entry, event);
    if (path.includes(this.#host.renderRoot)) this.#take(event, path);
    else this.#takeFromPage(event, path);
    const now = this.#host.shadowRoot?.activeElement;
    this.#entry = now !== focused && now instanceof HTMLInputElement ? now : null;
  }

  readonly #onPageKey = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (!path.includes(this.#host.renderRoot)) this.#takeFromPage(event, path);
  };

  readonly #onKey = (event: Event): void => {
    if (event instanceof KeyboardEvent) this.#take(event, event.composedPath());
  };

  /** Keys on the bare page, or in another element of our scope: what that element took is its own. */
  #takeFromPage(event: KeyboardEvent, path: readonly EventTarget[]): void {
    const scope = this.#host.closest('hm-scope');
    // The element itself has the focus after `g c`, or a link to it.
    if (path[0] === document.body || path[0] === this.#host) this.#take(event, path);
    else if (
      scope !== null &&
      path.includes(scope) &&
      isFreeKey(event, path, ENTRIES) &&
      this.#takePageKey(event.key)
    ) {
      event.preventDefault();
    }
  }

  #take(event: KeyboardEvent, path: readonly EventTarget[]): void {
    if (!isFreeKey(event, path, ENTRIES)) return;
    const isOnGrid = this.#actions.grid() !== null && path[0] === this.#actions.grid();
    const isPageKey = this.#takePageKey(event.key);
    const isRowKey = !isPageKey && ((isOnGrid && this.#takeGridKey(event.key)) || this.#takeLetter(event.key));
    if (isRowKey) void this.#host.updateComplete.then(() => this.#showActive());
    if (isPageKey || isRowKey) event.preventDefault();
  }

  /** The row that a key acted on, where the page itself was scrolled away from it. */
  #showActive(): void {
    this.#actions.grid()?.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }

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

  /** Keys that lead elsewhere. */
  #takePageKey(key: string): boolean {
    const isSecond = performance.now() - this.#wentAt < SEQUENCE_MS;
    this.#wentAt = -Infinity;
    const place = PLACES[key];
    if (isSecond && place !== undefined) this.#actions.go(place);
    else if (key === 'g') this.#wentAt = performance.now();
    else if (key === '/') this.#actions.focusFilter();
    else if (key === '?') this.#actions.help();
    else return false;
    return true;
  }

  #takeLetter(key: string): boolean {
    const { grid, move, choose, open } = this.#actions;
    if (grid() === null) return false;
    if (key === 'j') move(1);
    else if (key === 'k') move(-1);
    else if (key === 'x') choose(true);
    else if (key === 'e') open();
    else return false;
    grid()?.focus({ preventScroll: true });
    return true;
  }
}

/** Does with a field what this key would have done there. */
function enterKey(entry: HTMLInputElement, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  // Another element of the page, which is still loading what hears its own keys, leaves this one alone.
  event.preventDefault();
  const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isText) {
    entry.dispatchEvent(new KeyboardEvent(event.type, event));
    return;
  }
  const { selectionStart, selectionEnd, value } = entry;
  entry.setRangeText(event.key, selectionStart ?? value.length, selectionEnd ?? value.length, 'end');
  entry.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
