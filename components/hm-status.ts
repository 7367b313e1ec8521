import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { defineElement } from '../src/controllers/define-element.js';
import { LedgerController } from '../src/controllers/ledger.js';
import { PulseController } from '../src/controllers/pulse.js';
import { ScopeController } from '../src/controllers/scope.js';
import type { Status } from '../src/daemon/status.js';
import { moduleOrigin } from '../src/daemon/origin.js';
import { base } from '../src/styles/base.js';
import { statusLine } from '../src/styles/status.js';
import { renderMark } from '../src/view/mark.js';
import { renderError, renderLoading } from '../src/view/states.js';
import {
  describeFreshness,
  type Freshness,
  renderDaemon,
  renderFigures,
  renderFreshness,
  renderSource,
} from '../src/view/status-line.js';
import type { SourceNotes } from '../src/parts/source-notes.js';
import type { renderRequests } from '../src/view/requests-table.js';
import { describeRequests } from '../src/view/status-requests.js';
import { formatClock } from '../src/view/time.js';

const TICK_MS = 1_000;
const EDGE_PX = 8;
const REQUESTS_WIDTH_PX = 720;

/**
 * One line that says what the page shows: whether the daemon is there, how fresh its data are, from where they are read,
 * and what this page has asked of whom.
 *
 * @summary Source, daemon, freshness and a ledger of the page's requests, in one line.
 * @event {LoadEvent} hm-load - An answer is drawn.
 * @event {LoadErrorEvent} hm-error - An answer could not be had.
 * @csspart loading - Before the first answer.
 * @csspart empty - In place of the newest call, while none is recorded.
 * @csspart error - When the server of this page does not answer.
 * @csspart line - The line.
 * @csspart notes - What is missing, where the daemon is read over HTTP.
 * @csspart requests - The table of requests, over the page.
 */
export class HmStatus extends LitElement {
  static override properties = {
    daemon: {},
    filter: {},
    showsRequests: { state: true },
    drawing: { state: true },
    drawingError: { state: true },
    notes: { state: true },
  };

  static override styles = [base, statusLine];

  /** Base address of the API. Empty: the scope's, or the server this module came from. */
  daemon = '';

  /** The contract's filter as a query string; only its zone (`tz=Europe/London`) matters here. */
  filter = '';

  private showsRequests = false;
  /** What draws the table of requests; loaded when it is opened. */
  private drawing: typeof renderRequests | undefined;
  private drawingError: unknown;
  /** What is missing in a daemon that is read over HTTP; loaded for one. */
  private notes: SourceNotes | undefined;
  private get requests(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('[part=requests]')!;
  }
  private get opener(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('[popovertarget]')!;
  }

  readonly #scope = new ScopeController(this, import.meta.url);
  readonly #pulse = new PulseController(this, () => this.#scope.origin);
  readonly #ledger = new LedgerController(this).ledger;
  #tick: ReturnType<typeof setInterval> | undefined;
  #drawn: Freshness | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#onVisibility();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    clearInterval(this.#tick);
  }

  protected override render(): TemplateResult {
    const { status, error } = this.#pulse;
    return html`<section aria-label="Status">
      ${error === undefined ? nothing : renderError('status', error, this.#describeKept(), this.#pulse.refresh)}
      <div part="line">
        ${
          status !== undefined
            ? this.#renderStatus(status, error !== undefined)
            : error === undefined
              ? html`<span part="loading" role="status">Reading status…</span>`
              : nothing
        }
        ${this.#renderEnd()}
      </div>
      ${status?.source === 'daemon' ? this.#renderNotes() : nothing}
      <div
        part="requests"
        id="requests"
        popover
        role="dialog"
        aria-labelledby="requests-title"
        @beforetoggle=${this.#onToggle}
      >
        ${
          this.showsRequests
            ? html`<h2 id="requests-title">Requests of this page</h2>
                ${this.#renderRequests()}`
            : nothing
        }
      </div>
    </section>`;
  }

  /** While our own server is silent, nothing is said of what may have changed since. */
  #renderStatus(status: Status, isStale: boolean): TemplateResult {
    this.#drawn = isStale ? undefined : describeFreshness(status, Date.now());
    return html`${status.source === 'demo' ? renderSource(status) : nothing}
    ${this.#drawn?.age ? renderFreshness(this.#drawn) : nothing}
    ${isStale ? nothing : renderDaemon(status, this.#scope.timeZone)}
    ${status.source === 'demo' ? nothing : renderSource(status)} ${renderFigures(status)}`;
  }

  #renderRequests(): TemplateResult {
    if (this.drawing) return this.drawing(this.#ledger, this.#own, this.#scope.timeZone);
    if (this.drawingError === undefined) return renderLoading('the requests');
    return renderError('the script that draws the requests', this.drawingError, '', () => void this.#load());
  }

  #renderNotes(): TemplateResult | undefined {
    // An extra: where it can't be loaded, the next beat tries again.
    if (this.notes === undefined) this.#loadNotes().catch(() => undefined);
    return this.notes?.render();
  }

  async #loadNotes(): Promise<void> {
    const { SourceNotes } = await import('../src/parts/source-notes.js');
    this.notes ??= new SourceNotes(
      this,
      () => this.#scope.origin,
      () => this.#pulse.loadedAt,
    );
  }

  readonly #load = async (): Promise<void> => {
    this.drawingError = undefined;
    try {
      const { prepareRequests } = await import('../src/parts/requests-list.js');
      this.drawing = prepareRequests(this.renderRoot);
    } catch (error) {
      this.drawingError = error;
    }
  };

  #renderEnd(): TemplateResult {
    const { count, whom, elsewhere } = describeRequests(this.#ledger, this.#own);
    return html`<div class="end">
      <span
        >${elsewhere ? renderMark('warning') : nothing}<button type="button" popovertarget="requests">${count}</button
        >${whom}</span
      >
      <span>Days in ${this.#scope.timeZone}</span>
    </div>`;
  }

  /** Whom this page may ask: itself, the daemon, and the server its elements came from. */
  get #own(): ReadonlySet<string> {
    const { origin } = this.#scope;
    const { status } = this.#pulse;
    const asked = [origin, ...(status?.source === 'api' ? [status.daemon.url] : [])];
    return new Set([location.origin, moduleOrigin(import.meta.url), ...asked.map(originOf)]);
  }

  #describeKept(): string {
    const { loadedAt } = this.#pulse;
    if (loadedAt === undefined) return '';
    return ` What stands on this page is from ${formatClock(loadedAt, this.#scope.timeZone)} or before.`;
  }

  readonly #onVisibility = (): void => {
    clearInterval(this.#tick);
    if (document.visibilityState === 'hidden') return;
    this.#onTick();
    this.#tick = setInterval(this.#onTick, TICK_MS);
  };

  readonly #onTick = (): void => {
    const { status } = this.#pulse;
    if (status === undefined || this.#drawn === undefined) return;
    const { word, age } = describeFreshness(status, Date.now());
    if (word !== this.#drawn.word || age !== this.#drawn.age) this.requestUpdate();
  };

  readonly #onToggle = (event: ToggleEvent): void => {
    this.showsRequests = event.newState === 'open';
    if (this.showsRequests) {
      this.#placeRequests();
      if (this.drawing === undefined) void this.#load();
    }
    // Chromium leads focus back from a popover, but not from one inside a shadow root.
    else if (this.requests.contains(this.shadowRoot!.activeElement)) this.opener.focus();
  };

  /** A popover stands in the middle of the window unless it is placed; this one hangs below its button, or above. */
  #placeRequests(): void {
    const button = this.opener.getBoundingClientRect();
    const width = Math.min(REQUESTS_WIDTH_PX, innerWidth - 2 * EDGE_PX);
    const { style } = this.requests;
    style.width = `${width}px`;
    style.left = `${Math.max(EDGE_PX, Math.min(button.right - width, innerWidth - width - EDGE_PX))}px`;
    const isAbove = button.bottom > innerHeight / 2;
    style.top = isAbove ? 'auto' : `${button.bottom + EDGE_PX}px`;
    style.bottom = isAbove ? `${innerHeight - button.top + EDGE_PX}px` : 'auto';
    style.maxHeight = `${(isAbove ? button.top : innerHeight - button.bottom) - 2 * EDGE_PX}px`;
  }
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}

defineElement('hm-status', HmStatus);

declare global {
  interface HTMLElementTagNameMap {
    'hm-status': HmStatus;
  }
}
