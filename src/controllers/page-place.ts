import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { keepInView } from './keep-in-view.js';

/** The element that a page was left at, and how far it stood below the top of the window. */
interface Place {
  readonly id: string;
  readonly topPx: number;
}

const NAME = 'page-place';

const REST_MS = 150;

/** After that, a page has been read where it stood. */
const LOADING_MS = 10_000;

/**
 * Keeps the page where it was left over a reload and a step back, and at what its address names, while the elements inside
 * the host are still growing: a browser keeps a distance from the top of a page that is not as tall yet.
 */
export class PagePlace implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #isWanted: () => boolean;
  #stopKeeping: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, isWanted: () => boolean) {
    this.#host = host;
    this.#isWanted = isWanted;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('scroll', this.#onScroll, { passive: true });
    const isNew = performance.now() < LOADING_MS && !navigator.userActivation.hasBeenActive;
    if (isNew && this.#isWanted()) this.#restore();
  }

  hostDisconnected(): void {
    window.removeEventListener('scroll', this.#onScroll);
    clearTimeout(this.#timer);
    this.#stopKeeping?.();
  }

  /** Takes the user to an element: its top to the top of the window, or where that is given, so far below it. */
  go(target: Element, topPx?: number): void {
    this.#stopKeeping?.();
    this.#stopKeeping = keepInView(target, topPx);
  }

  #restore(): void {
    const place = readPlace();
    const wanted = place?.id ?? location.hash.slice(1);
    const target = this.#elements.find(({ id }) => id === wanted);
    if (target !== undefined) this.go(target, place?.topPx);
  }

  /** Not when the page goes: what is kept then is forgotten. */
  readonly #onScroll = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), REST_MS);
  };

  #save(): void {
    const state: unknown = history.state ?? {};
    // A page that keeps something of its own there, and no record, is left alone.
    if (!this.#isWanted() || typeof state !== 'object' || Array.isArray(state)) return;
    const isAbove = (element: Element): boolean => element.clientHeight > 0 && topOf(element) < innerHeight / 3;
    const left = scrollY === 0 ? undefined : this.#elements.findLast(isAbove);
    const place = left === undefined ? undefined : { id: left.id, topPx: topOf(left) };
    const known = readPlace();
    if (place?.id === known?.id && place?.topPx === known?.topPx) return;
    history.replaceState({ ...state, [NAME]: place }, '');
  }

  get #elements(): Element[] {
    return [...this.#host.querySelectorAll('[id]')].filter(({ localName }) => localName.includes('-'));
  }
}

const topOf = (element: Element): number => element.getBoundingClientRect().top;

function readPlace(): Place | null {
  const place = (history.state as Record<string, unknown> | null)?.[NAME] as Place | undefined;
  return typeof place?.id === 'string' && Number.isFinite(place.topPx) ? place : null;
}
