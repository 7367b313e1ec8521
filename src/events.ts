import type { Filter } from './api/filter.js';
import type { ViewSettings } from './api/view.js';

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

/**
 * `hm-view`: the user asked to see calls in another way: other columns, another order, in groups (undefined takes a
 * setting away). `isSmall`: no step of its own in the page's history, as while a column is being widened.
 */
export class ViewEvent extends Event {
  static readonly type = 'hm-view';
  constructor(
    readonly change: ViewSettings,
    readonly isSmall = false,
  ) {
    super(ViewEvent.type, { bubbles: true, composed: true });
  }
}

/** `hm-go`: the user asked for another element by its keys: `projects` for the nearest `<hm-projects>`. */
export class GoEvent extends Event {
  static readonly type = 'hm-go';
  constructor(readonly to: string) {
    super(GoEvent.type, { bubbles: true, composed: true });
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
    'hm-view': ViewEvent;
    'hm-go': GoEvent;
    'hm-load': LoadEvent;
    'hm-error': LoadErrorEvent;
  }
}
