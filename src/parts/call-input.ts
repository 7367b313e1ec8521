import { GoEvent } from '../view-events.js';
import { CallKeys } from './call-keys.js';
import type { CallTable } from './call-table.js';
import type { CallsContext } from './calls-context.js';
import { CellTitles } from './cell-titles.js';
import { HeadGestures } from './head-gestures.js';
import { makeRowKeys } from './row-keys.js';

/** Keys and gestures of the calls table: loaded when somebody first moves the pointer, presses a key or goes to it. */
export class CallInput {
  readonly #keys: CallKeys;

  constructor(context: CallsContext, table: CallTable, help: () => void) {
    const { host, scope } = context;
    const layout = (): CallTable['layout'] => table.layout;
    this.#keys = new CallKeys(host, {
      ...makeRowKeys(table, context),
      focusFilter: () => focusFilter(host.renderRoot),
      help,
      go: (to) => host.dispatchEvent(new GoEvent(to)),
    });
    new HeadGestures(host, { ...context, state: table.heads, layout });
    new CellTitles(host, {
      callAt: (row) => table.list.calls.data?.callAt(row),
      layout,
      timeZone: () => scope.timeZone,
    });
  }

  /** A key that was pressed before anybody could hear it, and where that was. */
  hear(event: KeyboardEvent, path: readonly EventTarget[]): void {
    this.#keys.hear(event, path);
  }
}

/** Puts the caret into the text field, behind its text. */
function focusFilter(root: ParentNode): void {
  const input = root.querySelector<HTMLInputElement>('.query input');
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}
