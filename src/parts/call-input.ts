import { adoptSheet } from '../controllers/adopt-sheet.js';
import { callInput } from '../styles/call-input.js';
import { GoEvent } from '../view-events.js';
import { CallKeys } from './call-keys.js';
import type { CallParts } from './call-parts.js';
import type { CallTable } from './call-table.js';
import type { CallsContext } from './calls-context.js';
import { CellTitles } from './cell-titles.js';
import { HeadGestures } from './head-gestures.js';
import { RowActions } from './row-actions.js';
import { RowClicks } from './row-clicks.js';
import { makeRowKeys } from './row-keys.js';

/** Keys, clicks and gestures of the calls table: loaded when somebody first moves the pointer, presses a key or goes to it. */
export class CallInput {
  readonly #keys: CallKeys;
  readonly #clicks: RowClicks;

  constructor(context: CallsContext, table: CallTable, { tools, foot }: CallParts) {
    const { host, scope } = context;
    const layout = (): CallTable['layout'] => table.layout;
    adoptSheet(host.renderRoot, callInput);
    const actions = new RowActions(table.list, context, () => void foot.load().then((part) => part?.refuse()));
    this.#clicks = new RowClicks(context, table.list, actions);
    this.#keys = new CallKeys(host, {
      ...makeRowKeys(table.list, actions, context),
      focusFilter: () => focusFilter(host.renderRoot),
      help: () => void tools.load().then((part) => part?.showHelp()),
      go: (to) => host.dispatchEvent(new GoEvent(to)),
    });
    new HeadGestures(host, { ...context, state: table.heads, layout });
    new CellTitles(host, {
      callAt: (row) => table.list.calls.data?.callAt(row),
      layout,
      timeZone: () => scope.timeZone,
    });
  }

  /** A key or a click that came before anybody could hear it, and where that was. */
  hear(event: Event, path: readonly EventTarget[]): void {
    if (event instanceof KeyboardEvent) this.#keys.hear(event, path);
    else if (event.type === 'click') this.#clicks.hear(event as MouseEvent, path[0]);
  }
}

/** Puts the caret into the text field, behind its text. */
function focusFilter(root: ParentNode): void {
  const input = root.querySelector<HTMLInputElement>('.query input');
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}
