import { LETTERS } from '../view/call-letters.js';
import type { CallList } from './call-list.js';
import type { CallsContext } from './calls-context.js';

/** What a user does to the active row of the calls table. */
export class RowActions {
  readonly #list: CallList;
  readonly #context: CallsContext;
  /** Says why one more can't be chosen. */
  readonly #refuse: () => void;

  constructor(list: CallList, context: CallsContext, refuse: () => void) {
    this.#list = list;
    this.#context = context;
    this.#refuse = refuse;
  }

  /** Opens it, or closes it. */
  toggle(): void {
    if (this.#list.rows.toggle(this.#list.calls.data)) this.#context.host.requestUpdate();
  }

  /** Alone, its call replaces what was chosen, or leaves; with others it is added, up to four, or leaves. */
  choose(withOthers: boolean): void {
    const call = this.#list.activeCall;
    if (call === undefined) return;
    const { scope } = this.#context;
    const others = scope.selection.filter((id) => id !== call.id);
    const isChosen = others.length < scope.selection.length;
    if (withOthers && !isChosen && others.length >= LETTERS.length) this.#refuse();
    else if (withOthers) scope.select(isChosen ? others : [...others, call.id]);
    else scope.select(isChosen && others.length === 0 ? [] : [call.id]);
  }
}
