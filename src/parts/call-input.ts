import type { Call } from '../daemon/calls.js';
import { CallKeys, type KeyActions } from './call-keys.js';
import type { CallsContext } from './calls-context.js';
import { CellTitles } from './cell-titles.js';
import { type HeadOptions, HeadGestures } from './head-gestures.js';

/** Keys and gestures of the calls table: loaded when somebody first moves the pointer, presses a key or goes to it. */
export class CallInput {
  readonly #keys: CallKeys;

  constructor(
    { host, scope }: CallsContext,
    keys: KeyActions,
    heads: HeadOptions,
    callAt: (row: number) => Call | undefined,
  ) {
    this.#keys = new CallKeys(host, keys);
    new HeadGestures(host, heads);
    new CellTitles(host, { callAt, layout: heads.layout, timeZone: () => scope.timeZone });
  }

  /** A key that was pressed before anybody could hear it, and where that was. */
  hear(event: KeyboardEvent, path: readonly EventTarget[]): void {
    this.#keys.hear(event, path);
  }
}
