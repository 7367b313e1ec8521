import type { ReactiveControllerHost } from 'lit';
import type { Filter } from '../api/filter.js';
import type { CallsScope } from '../controllers/calls-scope.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { FilterField } from '../controllers/filter-field.js';
import { type Facets, listFacets } from '../daemon/facets.js';
import type { FilterEditor, FilterPart } from '../view/filter-bar.js';
import * as editor from '../view/filter-editor.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };

/** What edits the filter of the calls, and the values to choose from. */
export class CallsFilter implements FilterPart {
  readonly field: FilterField<FilterEditor>;
  readonly #host: Host;
  readonly #facets: DaemonTask<[Filter], Facets>;
  #areWanted = false;

  constructor(host: Host, scope: CallsScope) {
    this.#host = host;
    this.field = new FilterField(host, scope, editor);
    this.#facets = new DaemonTask(host, {
      args: () => [scope.origin, scope.asked],
      run: ([origin, filter], signal) => listFacets(origin, filter, signal),
      when: () => this.#areWanted,
      quiet: true,
    });
  }

  get facets(): Facets | undefined {
    return this.#facets.data;
  }

  get facetsError(): unknown {
    return this.#facets.error;
  }

  wantFacets(): void {
    if (this.#areWanted) return;
    this.#areWanted = true;
    this.#host.requestUpdate();
  }
}
