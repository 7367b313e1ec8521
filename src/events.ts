import type { Filter } from './api/filter.js';

/** What a user did, for a scope or a page to hear: they bubble and cross shadow roots. */

/** `hm-filter`: the user asked for these filter names to become these values (undefined takes a name away). */
export class FilterEvent extends Event {
  constructor(readonly change: Filter) {
    super('hm-filter', { bubbles: true, composed: true });
  }
}

/** `hm-select`: the user chose these calls, in the order they were chosen; none when the choice was taken back. */
export class SelectEvent extends Event {
  constructor(readonly calls: readonly string[]) {
    super('hm-select', { bubbles: true, composed: true });
  }
}

/** `hm-load`: an answer arrived and is drawn. Stays on the element. */
export class LoadEvent extends Event {
  constructor() {
    super('hm-load');
  }
}

/** `hm-error`: an answer could not be had, and the element says so. Stays on the element. */
export class LoadErrorEvent extends Event {
  constructor(readonly error: unknown) {
    super('hm-error');
  }
}

declare global {
  interface HTMLElementEventMap {
    'hm-filter': FilterEvent;
    'hm-select': SelectEvent;
    'hm-load': LoadEvent;
    'hm-error': LoadErrorEvent;
  }
}
