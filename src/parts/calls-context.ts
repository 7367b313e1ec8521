import type { ReactiveControllerHost } from 'lit';
import type { ViewSettings } from '../api/view.js';
import type { Call } from '../daemon/calls.js';
import type { Arrangement } from '../view/call-arrangement.js';
import type { ColumnChoice } from '../view/call-layout.js';
import type { CallsScope } from '../controllers/calls-scope.js';

/** What the lazily loaded parts of the calls table see of it. */
export interface CallsContext {
  readonly host: ReactiveControllerHost & HTMLElement & { readonly renderRoot: DocumentFragment | HTMLElement };
  readonly scope: CallsScope;
  readonly arrangement: () => Arrangement;
  readonly arrange: (change: ViewSettings, isSmall?: boolean) => void;
  /** The columns that stand now, chosen or not. */
  readonly columns: () => readonly ColumnChoice[];
  /** Calls that pass the filter; undefined while that isn't known. */
  readonly total: () => number | undefined;
  readonly activeCall: () => Call | undefined;
  /** Cells read differently now. */
  readonly redraw: () => void;
  /** Says something to a screen reader. */
  readonly say: (words: string) => void;
}
