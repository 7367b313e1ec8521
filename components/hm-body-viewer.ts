import { adoptStyles, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import type { CapturedCallController } from '../src/controllers/captured-call.js';
import { DaemonTask } from '../src/controllers/daemon-task.js';
import { ScopeController } from '../src/controllers/scope.js';
import { getStatus } from '../src/daemon/status.js';
import { base, table } from '../src/styles/base.js';
import type * as bodyCalls from '../src/view/body-calls.js';
import type { View, Viewer } from '../src/view/body-calls.js';
import { renderEmpty, renderError, renderLoading } from '../src/view/states.js';

const MOST_CALLS = 2;
const COPIED_MS = 2_000;

/** What draws bodies; loaded when the first call is chosen. */
type Drawing = typeof bodyCalls;

/**
 * Request and response of one call, or of two side by side, as they were stored, and what the calls cost.
 * Shows the calls that the scope's user chose, or those that `calls` names.
 *
 * @summary Captured bodies, one call or two side by side.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - While no call is chosen, or when there is none of that id.
 * @csspart error - When an answer could not be had; the rest stays.
 * @cssprop [--hm-body-height=560px] - Height of one body, which scrolls within.
 */
export class HmBodyViewer extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    calls: {
      converter: {
        fromAttribute: (value: string | null) => (value ?? '').split(',').flatMap((id) => id.trim() || []),
        toAttribute: (ids: readonly string[]) => ids.join(','),
      },
    },
    view: {},
    copied: { state: true },
    drawing: { state: true },
    drawingError: { state: true },
  };

  static override styles = [base, table];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string; only its zone is of use here: `tz=Europe/London`. */
  filter = '';

  /** Ids of the calls to show, in place of the scope's chosen ones. As an attribute separated by commas. */
  calls: readonly string[] = [];

  /** How bodies are drawn: `tree` or `text`. Empty: JSON as a tree, all else as text. */
  view: View | '' = '';

  private copied: Viewer['copied'] = null;
  private drawing: Drawing | undefined;
  private drawingError: unknown;

  readonly #scope = new ScopeController(this, import.meta.url);

  /** Loaded along with what draws them, when a call is chosen. */
  #captured: readonly CapturedCallController[] = [];

  /** Only to say how long bodies are kept, and whether capture is off for all. */
  readonly #status = new DaemonTask(this, {
    args: () => [this.#scope.origin],
    run: ([origin], signal) => getStatus(origin, signal),
    when: () => this.#captured.some(({ shown }) => ['off', 'expired'].includes(shown?.body.data?.state ?? '')),
    quiet: true,
  });

  readonly #trees: Viewer['trees'] = new Map();
  readonly #shownWhole = new Set<string>();
  #isLoading = false;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;

  get #chosen(): readonly string[] {
    return [...new Set(this.calls.length > 0 ? this.calls : this.#scope.selection)];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#copiedTimer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#chosen.length > 0 && this.drawing === undefined && this.drawingError === undefined) void this.#load();
  }

  protected override render(): TemplateResult {
    const shown = this.#captured.flatMap((captured) => captured.shown ?? []);
    if (shown.length > 0 && this.drawing) {
      return this.drawing.renderViewer(shown, {
        view: this.view,
        timeZone: this.#scope.timeZone,
        chosen: this.#chosen.length,
        isBusy: this.#captured.some((captured) => captured.pending),
        capture: this.#status.data?.capture ?? null,
        copied: this.copied,
        trees: this.#trees,
        shownWhole: this.#shownWhole,
        setView: (view) => (this.view = view),
        copy: (key, text) => void this.#copy(key, text),
        update: () => {
          this.requestUpdate();
          return this.updateComplete;
        },
      });
    }
    const isChosen = this.#chosen.length > 0;
    return html`<section aria-labelledby="title" aria-busy=${isChosen}>
      <div class="head"><h2 id="title">Bodies</h2></div>
      ${
        !isChosen
          ? renderEmpty('Choose a call to read its bodies. Hold Ctrl or ⌘ to choose several.')
          : this.drawingError === undefined
            ? renderLoading('bodies')
            : renderError('the script that draws bodies', this.drawingError, '', () => void this.#load())
      }
    </section>`;
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.drawingError = undefined;
    try {
      const [drawing, { CapturedCallController }] = await Promise.all([
        import('../src/view/body-calls.js'),
        import('../src/controllers/captured-call.js'),
      ]);
      this.#captured = Array.from({ length: MOST_CALLS }, (_, index) => {
        return new CapturedCallController(this, { origin: () => this.#scope.origin, id: () => this.#chosen[index] });
      });
      adoptStyles(this.renderRoot as ShadowRoot, [base, table, ...drawing.styles]);
      this.drawing = drawing;
    } catch (error) {
      this.drawingError = error;
    }
    this.#isLoading = false;
  }

  async #copy(key: string, text: string): Promise<void> {
    // A page that isn't served securely has no clipboard.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    const worked = clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    this.copied = { key, worked: (await worked) ?? false };
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = setTimeout(() => (this.copied = null), COPIED_MS);
  }
}

defineElement('hm-body-viewer', HmBodyViewer);

declare global {
  interface HTMLElementTagNameMap {
    'hm-body-viewer': HmBodyViewer;
  }
}
