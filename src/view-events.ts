import type { ViewSettings } from './api/view.js';

/** What a user does to how calls are shown, beside what `events.ts` has: they bubble and cross shadow roots as well. */

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

declare global {
  interface HTMLElementEventMap {
    'hm-view': ViewEvent;
    'hm-go': GoEvent;
  }
}
