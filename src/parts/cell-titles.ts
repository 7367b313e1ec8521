import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Call } from '../daemon/calls.js';
import type { ColumnLayout } from '../view/call-layout.js';

type Host = ReactiveControllerHost & { readonly renderRoot: DocumentFragment | HTMLElement };

export interface CellTitleOptions {
  readonly callAt: (row: number) => Call | undefined;
  readonly layout: () => ColumnLayout;
  readonly timeZone: () => string;
}

/** What a cell of the calls table says in full to the pointer over it: an instant with its zone, or what does not fit. */
export class CellTitles implements ReactiveController {
  readonly #host: Host;
  readonly #options: CellTitleOptions;

  constructor(host: Host, options: CellTitleOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.renderRoot.addEventListener('pointerover', this.#onPointerOver);
  }

  hostDisconnected(): void {
    this.#host.renderRoot.removeEventListener('pointerover', this.#onPointerOver);
  }

  readonly #onPointerOver = ({ target }: Event): void => {
    const cell =
      target instanceof Element ? target.closest<HTMLElement>('.layer > [aria-rowindex] > [role="gridcell"]') : null;
    if (cell === null) return;
    const row = cell.parentElement!;
    const { callAt, layout, timeZone } = this.#options;
    const call = callAt(Number(row.ariaRowIndex) - 2);
    // The box that chooses the row comes first.
    const column = layout().columns[[...row.children].indexOf(cell) - 1];
    if (call === undefined || column === undefined) return;
    const { title, text } = column.cell(call, timeZone());
    cell.title = title ?? (cell.scrollWidth > cell.clientWidth ? text : '');
  };
}
