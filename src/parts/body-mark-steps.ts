import { html, nothing, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyMarkSteps } from '../styles/body-mark-steps.js';
import { formatCount, formatPlural } from '../view/format.js';
import type { BodyContext, BodyWay } from './body-context.js';

/** Counts what was redacted in a body, by category, and steps through the marks. */
export class BodyMarkSteps {
  readonly #body: BodyContext;
  readonly #way: () => Promise<BodyWay | undefined>;
  #category = '';
  /** Start of the mark that was shown last. */
  #at = -1;
  #shown = 0;

  constructor(body: BodyContext, way: () => Promise<BodyWay | undefined>) {
    this.#body = body;
    this.#way = way;
    adoptSheet(body.host.renderRoot, bodyMarkSteps);
  }

  render(): TemplateResult {
    const { marks } = this.#body.meta;
    const total = marks.reduce((sum, { count }) => sum + count, 0);
    const label = `Redactions in the ${this.#body.side}`;
    return html`<span class="mark-steps" role="group" aria-label=${label}>
      ${
        marks.length === 1
          ? html`<span>${formatCount(total)} <span class="mono">${marks[0]!.category}</span> redacted</span>`
          : html`<select aria-label=${label} @change=${this.#onChoose}>
              <option value="">${formatPlural(total, 'redaction')}</option>
              ${marks.map(({ category, count }) => html`<option value=${category}>${formatCount(count)} ${category}</option>`)}
            </select>`
      }
      ${this.#at === -1 ? nothing : html`<span role="status">${formatCount(this.#shown)} of ${formatCount(total)}</span>`}
      ${this.#renderStep('‹', 'Previous redaction', true)} ${this.#renderStep('›', 'Next redaction', false)}
    </span>`;
  }

  #renderStep(sign: string, label: string, isBack: boolean): TemplateResult {
    return html`<button type="button" aria-label=${label} title=${label} @click=${() => void this.#step(isBack)}>
      ${sign}
    </button>`;
  }

  readonly #onChoose = (event: Event): void => {
    this.#category = (event.target as HTMLSelectElement).value;
    this.#at = -1;
    this.#body.host.requestUpdate();
  };

  async #step(isBack: boolean): Promise<void> {
    const category = this.#category === '' ? {} : { category: this.#category };
    const offset = this.#at === -1 && isBack ? this.#body.meta.characters : this.#at;
    const mark = await this.#body.ask('stepMark', { offset, isBack, ...category });
    if (mark === null) return;
    this.#at = mark.start;
    this.#shown = mark.index + 1;
    await (await this.#way())?.showRange(mark.start, mark.end);
    this.#body.say(`Redaction ${formatCount(this.#shown)}: ${mark.category}.`);
    this.#body.host.requestUpdate();
  }
}
