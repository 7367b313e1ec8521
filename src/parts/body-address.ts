import type { CallsScope } from '../controllers/calls-scope.js';
import type { ViewName } from '../view/body-views.js';
import type { BodyPane } from './body-pane.js';

interface AddressOptions {
  readonly scope: CallsScope;
  readonly view: () => string;
  readonly at: () => string;
  readonly panes: () => readonly BodyPane[];
  readonly redraw: () => void;
}

type SwitchName = 'body_align' | 'body_fold' | 'body_scroll';

const VIEWS: readonly string[] = ['conversation', 'tree', 'text', 'events'] satisfies ViewName[];
/** `/messages/12`, in every pane that has it; `b/messages/12`, `response/content/0`, `a-request/model` in some of them. */
const PLACE = /^(?:([a-d])(?:-(?=req|res)|(?=\/|$)))?(request|response)?(\/.*)?$/s;

/** Which view and which place the address asks for, and what the user does to them. */
export class BodyAddress {
  /** That a place could not be found; empty where all is well. */
  note = '';

  readonly #options: AddressOptions;
  /** The place that was asked for last, and the panes that still have to look for it. */
  #asked = '';
  #waiting = new Set<string>();
  #found = false;

  constructor(options: AddressOptions) {
    this.#options = options;
  }

  /** Empty: each body as suits it, and a place in the tree. */
  get view(): ViewName | '' {
    const { scope, view } = this.#options;
    const wanted = scope.view.body_view ?? view();
    if (VIEWS.includes(wanted)) return wanted as ViewName;
    return this.#at === '' ? '' : 'tree';
  }

  setView(view: ViewName): void {
    this.#options.scope.changeView({ body_view: view }, true);
    this.#options.redraw();
  }

  /** Whether several bodies are level, fold what is equal, and scroll together: until the user says otherwise. */
  isOn(name: SwitchName): boolean {
    return this.#options.scope.view[name] !== 'off';
  }

  setOn(name: SwitchName, isOn: boolean): void {
    this.#options.scope.changeView({ [name]: isOn ? undefined : 'off' }, true);
    this.#options.redraw();
  }

  /** Puts a place into the address, and shows it. */
  linkTo(place: string): void {
    // It is in view already.
    this.#asked = this.#name(place);
    this.#options.scope.changeView({ at: place }, true);
  }

  /** Goes to a place in the conversations, and marks it there; also once more to the same. */
  openPlace(place: string): void {
    this.#asked = '';
    this.#options.scope.changeView({ at: place, body_view: 'conversation' }, true);
    this.#options.redraw();
  }

  get #at(): string {
    return this.#options.scope.view.at ?? this.#options.at();
  }

  /** Before drawing: another place may be asked for, or other panes stand there. */
  update(): void {
    const name = this.#name(this.#at);
    if (name === this.#asked) return;
    this.#asked = name;
    this.#found = false;
    this.note = '';
    const [, letter, side, pointer] = PLACE.exec(this.#at) ?? [];
    if (this.#at === '') {
      this.#waiting.clear();
      return;
    }
    if (pointer === undefined) {
      this.note = `“${this.#at}” is no place in a body: it takes a JSON Pointer such as /messages/0.`;
      return;
    }
    const panes = this.#options
      .panes()
      .filter(
        (pane) =>
          (letter === undefined || pane.letter.toLowerCase() === letter) && (side === undefined || pane.side === side),
      );
    this.#waiting = new Set(panes.map(({ key }) => key));
    queueMicrotask(() => this.panesChanged());
  }

  /** Panes that have been read by now look for the place. */
  panesChanged(): void {
    for (const pane of this.#options.panes()) {
      if (!this.#waiting.has(pane.key) || !pane.isRead || pane.shown === null) continue;
      this.#waiting.delete(pane.key);
      void this.#show(pane);
    }
  }

  async #show(pane: BodyPane): Promise<void> {
    const [, letter, side, pointer] = PLACE.exec(this.#at) ?? [];
    if (pointer === undefined) return;
    const isNamed = letter !== undefined || side !== undefined;
    // A view that was not drawn yet would give up what it asks for when it is.
    pane.host.requestUpdate();
    await pane.host.updateComplete;
    const found = await pane.showPointer(pointer, isNamed).catch(() => null);
    // Of a place that is named for no pane, a tree shows only the whole.
    const isNear = found === 'nearest' && (isNamed || pane.shown !== 'tree');
    if (found === 'exact') {
      this.#found = true;
      this.note = '';
    } else if (!this.#found && this.#waiting.size === 0) {
      this.note =
        found === 'cut'
          ? `${pointer} lies behind the place where the ${pane.side} of ${pane.letter} is cut.`
          : `There is no ${pointer} in these bodies${isNear ? '; shown is how far the way goes' : ''}.`;
    }
    this.#options.redraw();
  }

  #name(at: string): string {
    return `${at} ${this.#options
      .panes()
      .map(({ key }) => key)
      .join(' ')}`;
  }
}
