import { html, type LitElement, nothing } from 'lit';
import type { BodyConnection } from './body-connection.js';
import { AlignedBodies, type CallPanes } from './body-aligned.js';
import { LinkedScroll } from './body-aligned-scroll.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import type { BodyAddress } from './body-address.js';
import type { BodyPane } from './body-pane.js';
import type { TalkStage } from './body-talk.js';

interface SideBySideOptions {
  readonly host: LitElement;
  readonly connection: () => BodyConnection;
  readonly scope: CallsScope;
  readonly address: BodyAddress;
}

type SwitchName = 'body_align' | 'body_fold' | 'body_scroll';

/** What only several calls have: conversations in one list, all else scrolled together. Loaded with the second call. */
export class SideBySide {
  readonly #options: SideBySideOptions;
  readonly #aligned: AlignedBodies;
  readonly #scroll: LinkedScroll;
  #calls: readonly CallPanes[] = [];

  constructor(options: SideBySideOptions) {
    this.#options = options;
    const { host, connection, address } = options;
    this.#aligned = new AlignedBodies({
      host,
      connection,
      isWanted: () => address.view === '' || address.view === 'conversation',
      isAligned: () => this.#isOn('body_align'),
      isFolding: () => this.#isOn('body_fold'),
      setAligned: (isOn) => this.#setOn('body_align', isOn),
      setFolding: (isOn) => this.#setOn('body_fold', isOn),
    });
    this.#scroll = new LinkedScroll(host.renderRoot, () => this.#isOn('body_scroll'));
  }

  /** Before drawing: the calls that are shown now; none: all are closed. */
  update(calls: readonly CallPanes[]): void {
    this.#calls = calls;
    this.#aligned.update(calls.length > 1 ? calls : []);
    this.#scroll.update();
  }

  /** Where the conversation of a body is shown; null: in its own pane. */
  stageOf(pane: BodyPane): TalkStage | null {
    return this.#aligned.stageOf(pane);
  }

  renderTools(): unknown {
    if (this.#calls.length < 2) return nothing;
    const isLinked = this.#isOn('body_scroll');
    const isInRows = this.#calls.some(({ request, response }) =>
      [request, response].some((pane) => pane?.shown && pane.shown !== 'conversation'),
    );
    return html`${this.#aligned.renderTools()}${
      isInRows && this.#aligned.state === 'apart'
        ? html`<button
            class="quiet"
            type="button"
            aria-pressed=${isLinked}
            @click=${() => this.#setOn('body_scroll', !isLinked)}
          >
            Link scrolling
          </button>`
        : nothing
    }`;
  }

  /** Instead of the panes; null: they stand. */
  renderList(): unknown {
    return this.#aligned.state === 'apart' ? null : this.#aligned.render();
  }

  /** @returns whether the key was for stepping through the differences. */
  hearKey(key: string, altKey: boolean, isFindOpen: boolean): boolean {
    if (this.#aligned.state !== 'level') return false;
    const isNext = altKey ? key === 'ArrowDown' : key === 'n' && !isFindOpen;
    const isPrevious = altKey ? key === 'ArrowUp' : key === 'p' && !isFindOpen;
    if (!isNext && !isPrevious) return false;
    this.#aligned.step(isPrevious);
    return true;
  }

  /** Whether several bodies are level, fold what is equal, and scroll together: until the user says otherwise. */
  #isOn(name: SwitchName): boolean {
    return this.#options.scope.view[name] !== 'off';
  }

  #setOn(name: SwitchName, isOn: boolean): void {
    this.#options.scope.changeView({ [name]: isOn ? undefined : 'off' }, true);
    this.#options.host.requestUpdate();
  }
}
