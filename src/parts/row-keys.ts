import type { KeyActions } from './call-keys.js';
import type { CallList } from './call-list.js';
import type { CallsContext } from './calls-context.js';
import type { RowActions } from './row-actions.js';

/** What keys do to the rows of the calls table. */
export function makeRowKeys(
  list: CallList,
  actions: RowActions,
  { host, scope }: CallsContext,
): Pick<KeyActions, 'grid' | 'pageRows' | 'move' | 'choose' | 'clear' | 'open'> {
  const { rows, window } = list;
  /** Keys act on what the user sees: where the active row was scrolled away, on the first one in view. */
  const bringActive = (): boolean => {
    const [first, last] = window.visible;
    if (first < 0 || (rows.active >= first && rows.active <= last)) return false;
    rows.activate(first, list.calls.data);
    return true;
  };
  return {
    grid: () => list.grid,
    pageRows: () => window.pageRows,
    /** Moves by so many rows and shows the one it comes to. */
    move: (by) => {
      const isBrought = bringActive();
      if (!isBrought || Math.abs(by) !== 1) rows.activate(rows.active + by, list.calls.data);
      window.reveal(rows.active);
      host.requestUpdate();
    },
    choose: (withOthers) => {
      bringActive();
      actions.choose(withOthers);
    },
    clear: () => {
      if (scope.selection.length === 0) return false;
      scope.select([]);
      return true;
    },
    open: () => {
      bringActive();
      actions.toggle();
    },
  };
}
