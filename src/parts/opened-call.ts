import { html, render, type ReactiveController } from 'lit';
import { listBodies } from '../daemon/bodies.js';
import { type CallDetail, getCall } from '../daemon/one-call.js';
import { callDetail } from '../styles/call-detail.js';
import { callMarks } from '../styles/call-marks.js';
import { describeBodies, renderDetail } from '../view/call-detail.js';
import { renderError, renderLoading } from '../view/states.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { CallList, UnderRow } from './call-list.js';
import type { CallsContext } from './calls-context.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { PreviousCall } from './previous-call.js';

/** What stands under the open row of the calls table, in an element of its own that the table puts where it belongs. */
export class OpenedCall implements ReactiveController, UnderRow {
  readonly element = document.createElement('div');
  heightPx = 0;

  readonly #context: CallsContext;
  readonly #list: CallList;
  /** In the next frame: drawing at once may change the size again, which the browser reports as a loop. */
  readonly #resize = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));
  readonly #cell = document.createElement('div');
  readonly #previous: PreviousCall;
  /** Id of the call that was brought into view once it was read. */
  #revealed: string | null = null;
  readonly #call: DaemonTask<[id: string | null], { readonly id: string; readonly call: CallDetail } | null>;
  readonly #bodies: DaemonTask<[id: string | null], { readonly id: string; readonly words: string } | null>;

  constructor(context: CallsContext, list: CallList) {
    this.#context = context;
    this.#list = list;
    this.element.className = 'opened';
    this.element.role = 'row';
    this.element.part.add('opened');
    this.#cell.role = 'gridcell';
    this.element.append(this.#cell);
    this.#resize.observe(this.element);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#close();
    });
    const { host, scope } = context;
    this.#previous = new PreviousCall(host, {
      origin: () => scope.origin,
      show: (ids) => scope.select(ids),
    });
    const shared = {
      args: (): readonly [string, string | null] => [scope.origin, list.rows.openedId],
      quiet: true,
    };
    // While no row is open there is nothing to ask for, also not again when the data changed.
    this.#call = new DaemonTask(host, {
      ...shared,
      run: async ([origin, id], signal) => (id === null ? null : { id, call: await getCall(origin, id, signal) }),
      live: true,
    });
    this.#bodies = new DaemonTask(host, {
      ...shared,
      run: async ([origin, id], signal) => {
        if (id === null) return null;
        const { bodies } = await listBodies(origin, [id], signal);
        return { id, words: bodies[0] === undefined ? '' : describeBodies(bodies[0]) };
      },
    });
    for (const sheet of [callMarks, callDetail]) adoptSheet(host.renderRoot, sheet);
    host.addController(this);
  }

  hostUpdate(): void {
    const id = this.#list.rows.openedId;
    if (id === null) this.heightPx = 0;
    if (id !== null) render(this.#render(id), this.#cell);
    const isRead = id !== null && (this.#call.data?.id === id || this.#call.error !== undefined);
    // Only now it is as tall as it will be.
    if (isRead && this.#revealed !== id) void this.#context.host.updateComplete.then(() => this.#reveal());
    this.#revealed = isRead ? id : null;
  }

  hostUpdated(): void {
    this.#measure();
  }

  place(row: HTMLElement | undefined): void {
    if (row === undefined) {
      // What is scrolled away takes no focus with it.
      if (this.element.matches(':focus-within')) this.#list.grid?.focus({ preventScroll: true });
      this.element.remove();
    } else if (row.nextSibling !== this.element) row.after(this.element);
  }

  /** How tall it is shows only once it is drawn, so that this draw leads to the next. */
  #measure(): void {
    const { isConnected, offsetHeight } = this.element;
    if (!isConnected || offsetHeight === this.heightPx) return;
    this.heightPx = offsetHeight;
    queueMicrotask(() => this.#context.host.requestUpdate());
  }

  /** Closes the open row, and takes the focus back. */
  #close(): void {
    this.#list.rows.openedId = null;
    this.#list.grid?.focus({ preventScroll: true });
    this.#context.host.requestUpdate();
  }

  /** In the table and on the page, unless it was scrolled away while it was read. */
  #reveal(): void {
    if (!this.element.isConnected) return;
    // As much of it as there is room for.
    this.#list.window.reveal(this.#list.rows.openedRow);
    const isBelow = this.element.getBoundingClientRect().bottom > window.innerHeight;
    if (isBelow) this.element.closest('.grid')?.scrollIntoView({ block: 'nearest' });
  }

  #render(id: string): unknown {
    const { data, error, refresh } = this.#call;
    const { scope } = this.#context;
    if (data?.id !== id) {
      return error === undefined ? renderLoading('this call') : renderError('this call', error, '', refresh);
    }
    return renderDetail(data.call, {
      timeZone: scope.timeZone,
      filter: scope.filter,
      fixed: scope.fixed,
      change: (change) => scope.changeFilter(change),
      actions: html`${this.#previous.renderButton(data.call, 'button')}
        <span role="status">${this.#previous.wordsOf(id)}</span>`,
      bodies: this.#bodies.data?.id === id ? this.#bodies.data.words : '',
    });
  }
}
