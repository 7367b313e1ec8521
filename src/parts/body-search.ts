import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { filterToParams } from '../api/filter.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { ScopeController } from '../controllers/scope.js';
import { type SearchHit, searchBodies } from '../daemon/body-search.js';
import { bodySearch } from '../styles/body-search.js';
import { renderBodySearch, type ShownSearch } from '../view/body-search.js';
import type { CaptureSettings } from '../view/body-words.js';

/** What the search sees of the element it is drawn in. */
export interface BodySearchContext {
  readonly host: ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };
  readonly scope: ScopeController;
  /** The daemon's settings, null where they are not known. */
  readonly capture: () => CaptureSettings | null;
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
  #search: Search | null = null;
  #current = 0;
  #isDrawing = false;

  constructor(context: BodySearchContext) {
    this.#context = context;
    adoptSheet(context.host.renderRoot, bodySearch);
    context.host.addController(this);
  }

  render(): TemplateResult {
    const { scope, capture } = this.#context;
    return renderBodySearch(this.#search, {
      timeZone: scope.timeZone,
      selection: scope.selection,
      capture: capture(),
      current: this.#current,
      onSubmit: this.#onSubmit,
      onCancel: this.#cancel,
      onRetry: () => void this.#begin(this.#search!.text),
      onMore: this.#goOn,
      onKeyDown: this.#onKeyDown,
      onChoose: this.#choose,
    });
  }

  focus(): void {
    this.#find('input')?.focus();
  }

  /** Ends what is under way, for good. */
  end(): void {
    this.#search?.abort.abort();
    this.#search?.resume();
    this.#context.host.removeController(this);
  }

  hostUpdate(): void {
    const search = this.#search;
    if (search !== null && search.state !== 'cancelled' && search.key !== this.#key) void this.#begin(search.text);
  }

  hostDisconnected(): void {
    this.#cancel();
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

  readonly #cancel = (): void => {
    this.#search?.abort.abort();
    this.#search?.resume();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = (this.#find('input') as HTMLInputElement | null)?.value ?? '';
    if (text.trim() === '') this.focus();
    else void this.#begin(text);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const isRunning = this.#search?.state === 'running';
    if (event.key === 'Escape' && isRunning) {
      event.stopPropagation();
      event.preventDefault();
      this.#cancel();
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
    const { callId, side, at, length } = this.#search!.hits[place]!;
    const { scope, showRange } = this.#context;
    const isAdding = event.ctrlKey || event.metaKey || event.shiftKey;
    this.#current = place;
    if (!isAdding) scope.select([callId]);
    else if (!scope.selection.includes(callId)) scope.select([...scope.selection, callId]);
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
