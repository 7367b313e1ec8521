import { adoptStyles, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Filter } from '../src/api/filter.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { defineElement } from '../src/controllers/define-element.js';
import { ScopeController } from '../src/controllers/scope.js';
import { WhenSeen } from '../src/controllers/when-seen.js';
import type { CaptureStatus } from '../src/daemon/capture.js';
import { base } from '../src/styles/base.js';
import { table } from '../src/styles/table.js';
import { GoEvent } from '../src/view-events.js';
import type { RedactionSettings, ShownCalls } from '../src/view/redaction-model.js';
import { renderError, renderStates } from '../src/view/states.js';

/**
 * What the daemon captures of bodies, cuts, keeps and redacts, for which projects and how much of it; what redaction does
 * not cover, and whether bodies leave this machine. Every change is the daemon's to make: its command is shown.
 *
 * @summary Settings of capture, coverage of calls, redactions, and their limits.
 * @event {FilterEvent} hm-filter - The user asked for the calls that a count stands for.
 * @event {GoEvent} hm-go - The user asked to be taken to those calls.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer, and while the server still counts.
 * @csspart empty - When the source has no bodies, or no call matches.
 * @csspart error - When the answer could not be had; what was drawn before stays below.
 * @csspart sentence - What is captured, in one sentence.
 * @csspart facts - The settings, each with what changes it.
 * @csspart coverage - The table of how many calls have bodies, and why not the rest.
 * @csspart projects - The table of projects.
 * @csspart categories - The table of what was redacted.
 * @csspart limits - What redaction does not cover.
 */
export class HmRedaction extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    sort: {},
    order: {},
    opened: { state: true },
    whole: { state: true },
    counting: { state: true },
  };

  static override styles = [base, table];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string: `provider=openai&last=7d`. Names here replace the scope's. */
  filter = '';

  /** Column the projects are sorted by: `project`, `capture`, `since`, `calls`, `stored`, `cut`, `failed`, … */
  sort = 'calls';

  /** Direction of the sort. */
  order: 'asc' | 'desc' = 'desc';

  private opened: string | null = null;
  private whole: readonly string[] = [];
  /** What a server says that still reads its database. */
  private counting: CaptureStatus | undefined;

  readonly #scope = new ScopeController(this, import.meta.url);

  readonly #parts = new WhenSeen(this, async () => {
    const parts = await import('../src/parts/redaction.js');
    adoptStyles(this.renderRoot as ShadowRoot, [base, table, ...parts.styles]);
    return parts;
  });

  readonly #redaction = new DaemonTask(this, {
    args: () => [this.#scope.origin, this.#window()],
    run: ([origin, filter], signal) =>
      this.#parts.value!.readRedaction(origin, filter, signal, (status) => void (this.counting = status)),
    when: () => this.#parts.value !== undefined,
    live: true,
  });

  /** A count leads to its calls, and the table goes on showing all: only what the page's author fixed narrows it so. */
  #window(): Filter {
    const { filter, fixed, timeZone } = this.#scope;
    const { project, body, body_state } = fixed;
    return { ...filter, project, body, body_state, tz: timeZone };
  }

  /** A row is a place in the order: when projects change places, focus goes with its project. */
  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.querySelector<HTMLButtonElement>('tbody :focus')?.value;
    super.update(changed);
    if (!focused) return;
    const buttons = this.renderRoot.querySelectorAll<HTMLButtonElement>('tbody button');
    [...buttons].find((button) => button.value === focused)?.focus();
  }

  protected override render(): TemplateResult {
    const parts = this.#parts.value;
    const { data, error, pending } = this.#redaction;
    const { sort, order, opened, whole, counting } = this;
    const { timeZone, current } = this.#scope;
    const isCounting = parts && counting && data === undefined && error === undefined;
    const options = {
      ...{ sort, order, opened, whole, timeZone, filter: current.filter, window: this.#window() },
      change: (change: Partial<RedactionSettings>) => void Object.assign(this, change),
      show: this.#show,
    };
    return html`<section aria-labelledby="title" aria-busy=${pending}>
      <div class="head">
        <h2 id="title">Capture and redaction</h2>
        <span class="context">what the daemon keeps of requests and answers</span>
      </div>
      ${
        this.#parts.error !== undefined
          ? renderError('the script that draws redaction', this.#parts.error, '', () => void this.#parts.retry())
          : isCounting
            ? parts.renderCounting(counting)
            : renderStates(this.#redaction, {
                what: 'capture and redaction',
                timeZone,
                renderEmpty: (answer) => parts?.renderMissing(answer) ?? null,
                renderData: (answer) => html`${parts?.renderRedaction(answer, options)}`,
              })
      }
    </section>`;
  }

  readonly #show = ({ project, bodyState }: ShownCalls): void => {
    this.#scope.changeFilter({
      project: project === null ? [] : [project],
      body_state: bodyState === null ? [] : [bodyState],
      body: '',
    });
    if (project !== null || bodyState !== null) this.dispatchEvent(new GoEvent('calls'));
  };
}

defineElement('hm-redaction', HmRedaction);

declare global {
  interface HTMLElementTagNameMap {
    'hm-redaction': HmRedaction;
  }
}
