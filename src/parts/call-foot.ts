import type { ReactiveController, TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { callFoot } from '../styles/call-foot.js';
import { type Foot, renderFoot } from '../view/call-foot.js';
import { LETTERS, NO_LETTER_LEFT } from '../view/call-letters.js';
import type { CallsContext } from './calls-context.js';

/** What stands under the table of calls, after the rows that are in view. */
export class CallFoot implements ReactiveController {
  readonly #context: CallsContext;
  #isRefused = false;

  constructor(context: CallsContext) {
    this.#context = context;
    adoptSheet(context.host.renderRoot, callFoot);
    context.host.addController(this);
  }

  /** Says that no more calls can be chosen, for as long as that is so. */
  refuse(): void {
    this.#isRefused = true;
    this.#context.host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#context.scope.selection.length < LETTERS.length) this.#isRefused = false;
  }

  render(foot: Omit<Foot, 'refusal'>): TemplateResult {
    return renderFoot({ ...foot, refusal: this.#isRefused ? NO_LETTER_LEFT : '' });
  }
}
