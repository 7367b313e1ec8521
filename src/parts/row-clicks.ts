import type { ReactiveController } from 'lit';
import type { CallList } from './call-list.js';
import type { CallsContext } from './calls-context.js';
import type { RowActions } from './row-actions.js';

/** Clicks on the rows of the calls table: on the arrow they open a row, elsewhere they choose it. */
export class RowClicks implements ReactiveController {
  readonly #host: CallsContext['host'];
  readonly #list: CallList;
  readonly #actions: RowActions;

  constructor({ host }: CallsContext, list: CallList, actions: RowActions) {
    this.#host = host;
    this.#list = list;
    this.#actions = actions;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.renderRoot.addEventListener('click', this.#onClick);
  }

  hostDisconnected(): void {
    this.#host.renderRoot.removeEventListener('click', this.#onClick);
  }

  /** A click, and what it hit: that can't be asked of it any more when it is heard late. */
  hear(event: MouseEvent, target: EventTarget | undefined): void {
    if (!(target instanceof Element)) return;
    const row = target.closest('.layer > [aria-rowindex]');
    if (row === null || row.getRootNode() !== this.#host.renderRoot) return;
    this.#list.rows.activate(Number(row.getAttribute('aria-rowindex')) - 2, this.#list.calls.data);
    if (target.closest('.arrow') !== null) this.#actions.toggle();
    else {
      const isBox = target.closest('.choice') !== null;
      this.#actions.choose(isBox || event.ctrlKey || event.metaKey || event.shiftKey);
    }
    this.#host.requestUpdate();
  }

  readonly #onClick = (event: Event): void => this.hear(event as MouseEvent, event.composedPath()[0]);
}
