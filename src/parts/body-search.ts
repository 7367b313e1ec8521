import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { filterToParams } from '../api/filter.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { ScopeController } from '../controllers/scope.js';
import { type SearchHit, searchBodies } from '../daemon/body-search.js';
import { getStatus } from '../daemon/status.js';
import { bodySearch } from '../styles/body-search.js';
import { visuallyHidden } from '../styles/visually-hidden.js';
import { LETTERS } from '../view/call-letters.js';
import { renderBodySearch, type ShownSearch } from '../view/body-search.js';

/** What the search sees of the element it is drawn in. */
export interface BodySearchContext {
  readonly host: ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };
  readonly scope: ScopeController;
  /** False: it stands closed, and what it found is kept for when it is opened again. */
  readonly isOpen: () => boolean;
  readonly close: () => void;
  /** Ids of the calls that are shown. */
  readonly chosen: () => readonly string[];
  readonly choose: (ids: readonly string[]) => void;
  /** Shows a place of a body, in UTF-16 code units of its text; its call was chosen just before. */
  readonly showRange: (place: FoundPlace) => void;
}

export interface FoundPlace {
  readonly callId: string;
  readonly side: SearchHit['side'];
  readonly start: number;
  readonly end: number;
}

/** Hits that are shown before the search waits to be told to go on. */
const PAGE_HITS = 200;

/** A search that is or was under way. */
interface Search extends ShownSearch {
  state: ShownSearch['state'];
  scanned: number;
  of: number | null;
  calls: number;
  readonly hits: SearchHit[];
  error: unknown;
  /** What it was asked of. */
  readonly key: string;
  readonly abort: AbortController;
  wanted: number;
  /** Lets a paused search go on. */
  resume: () => void;
}

/** Searches the stored bodies of the scope's filter, and leads to what it finds. A changed filter searches again. */
export class BodySearchPanel implements ReactiveController {
  readonly #context: BodySearchContext;
  /** Whether there are bodies to search at all, and whether more are being kept. */
  readonly #status;
  #search: Search | null = null;
  #current = 0;
  #isDrawing = false;

  constructor(context: BodySearchContext) {
    this.#context = context;
    this.#status = new DaemonTask(context.host, {
      args: () => [context.scope.origin],
      run: ([origin], signal) => getStatus(origin, signal),
      when: context.isOpen,
      quiet: true,
    });
    for (const sheet of [visuallyHidden, bodySearch]) adoptSheet(context.host.renderRoot, sheet);
    context.host.addController(this);
  }

  render(): TemplateResult {
    const { scope, chosen } = this.#context;
    const status = this.#status.data;
    return renderBodySearch(this.#search, {
      timeZone: scope.timeZone,
      selection: chosen(),
      isServed: status === undefined || status.features.includes('body-search'),
      capture: status?.capture ?? null,
      current: this.#current,
      onSubmit: this.#onSubmit,
      onCancel: this.cancel,
      onRetry: () => void this.#begin(this.#search!.text),
      onMore: this.#goOn,
      onKeyDown: this.#onKeyDown,
      onChoose: this.#choose,
    });
  }

  focus(): void {
    this.#find('input')?.focus();
  }

  /** Ends what is under way; what was found stays. */
  readonly cancel = (): void => {
    this.#search?.abort.abort();
    this.#search?.resume();
  };

  hostUpdate(): void {
    const search = this.#search;
    if (!this.#context.isOpen()) return;
    if (search !== null && search.state !== 'cancelled' && search.key !== this.#key) void this.#begin(search.text);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  get #key(): string {
    const { origin, filter } = this.#context.scope;
    return `${origin} ${filterToParams(filter)}`;
  }

  async #begin(text: string): Promise<void> {
    this.#search?.abort.abort();
    this.#search?.resume();
    this.#current = 0;
    const { scope } = this.#context;
    const search: Search = {
      text,
      state: 'running',
      scanned: 0,
      of: null,
      calls: 0,
      hits: [],
      error: undefined,
      key: this.#key,
      abort: new AbortController(),
      wanted: PAGE_HITS,
      resume: () => undefined,
    };
    this.#search = search;
    this.#draw();
    try {
      const filter = { ...scope.filter, tz: scope.timeZone };
      for await (const line of searchBodies(scope.origin, filter, text, search.abort.signal)) {
        if ('scanned' in line) Object.assign(search, line);
        else search.hits.push(line);
        if (search.hits.length >= search.wanted) await this.#pause(search);
        this.#draw();
      }
      search.state = 'done';
    } catch (error) {
      search.state = search.abort.signal.aborted ? 'cancelled' : 'failed';
      search.error = error;
    }
    this.#draw();
  }

  async #pause(search: Search): Promise<void> {
    const goesOn = new Promise<void>((resolve) => (search.resume = resolve));
    search.state = 'paused';
    this.#draw();
    await goesOn;
    search.state = 'running';
    search.wanted = search.hits.length + PAGE_HITS;
  }

  readonly #goOn = (): void => {
    this.#search?.resume();
    // The button that was pressed is gone.
    this.focus();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = (this.#find('input') as HTMLInputElement | null)?.value ?? '';
    if (text.trim() === '') this.focus();
    else void this.#begin(text);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      if (this.#search?.state === 'running') this.cancel();
      else this.#context.close();
    }
    const isInField = (event.target as Element).matches('input');
    const isInList = (event.target as Element).matches('.hit');
    const last = (this.#search?.hits.length ?? 0) - 1;
    if (last < 0 || !(isInList || (isInField && event.key === 'ArrowDown'))) return;
    const places: Readonly<Record<string, number>> = {
      ArrowDown: isInField ? this.#current : Math.min(last, this.#current + 1),
      ArrowUp: this.#current - 1,
      Home: 0,
      End: last,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (place < 0) this.focus();
    else this.#moveTo(place);
  };

  #moveTo(place: number): void {
    this.#current = place;
    this.#context.host.requestUpdate();
    this.#find(`.hits li:nth-child(${place + 1}) .hit`)?.focus();
  }

  readonly #choose = (event: MouseEvent, place: number): void => {
    const hit = this.#search?.hits[place];
    // Of a search that has just given way to another.
    if (hit === undefined) return;
    const { callId, side, at, length } = hit;
    const { chosen, choose, showRange } = this.#context;
    const isAdding = event.ctrlKey || event.metaKey || event.shiftKey;
    this.#current = place;
    const ids = chosen();
    // One that stands there already stays among the others.
    // What is found is what is wanted: a fifth takes the place of the first.
    if (!ids.includes(callId)) choose(isAdding ? [...ids.slice(1 - LETTERS.length), callId] : [callId]);
    this.#context.host.requestUpdate();
    showRange({ callId, side, start: at, end: at + length });
  };

  #find(selector: string): HTMLElement | null {
    return this.#context.host.renderRoot.querySelector<HTMLElement>(`.body-search ${selector}`);
  }

  /** Once a frame, however many lines come; in a page that no one sees, when it is seen again. */
  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#context.host.requestUpdate();
    });
  }
}
