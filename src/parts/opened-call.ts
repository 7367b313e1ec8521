import { render, type ReactiveController } from 'lit';
import { listBodies } from '../daemon/bodies.js';
import { type CallDetail, getCall } from '../daemon/calls.js';
import { describeBodies, detailStyles, renderDetail } from '../view/call-detail.js';
import { renderError, renderLoading } from '../view/states.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { CallsContext } from './calls-context.js';
import { DaemonTask } from '../controllers/daemon-task.js';

/** What stands under the open row of the calls table, in an element of its own that the table puts where it belongs. */
export class OpenedCall implements ReactiveController {
  readonly element = document.createElement('div');

  readonly #context: CallsContext;
  readonly #id: () => string | null;
  readonly #cell = document.createElement('div');
  readonly #call: DaemonTask<[id: string | null], { readonly id: string; readonly call: CallDetail } | null>;
  readonly #bodies: DaemonTask<[id: string | null], { readonly id: string; readonly words: string } | null>;

  constructor(context: CallsContext, options: { readonly id: () => string | null; readonly close: () => void }) {
    this.#context = context;
    this.#id = options.id;
    this.element.className = 'opened';
    this.element.role = 'row';
    this.#cell.role = 'gridcell';
    this.element.append(this.#cell);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      options.close();
    });
    const { host, scope } = context;
    const shared = {
      args: (): readonly [string, string | null] => [scope.origin, this.#id()],
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
    adoptSheet(host.renderRoot, detailStyles);
    host.addController(this);
  }

  hostUpdate(): void {
    const id = this.#id();
    if (id === null) return;
    render(this.#render(id), this.#cell);
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
      bodies: this.#bodies.data?.id === id ? this.#bodies.data.words : '',
    });
  }
}
