import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { callTools } from '../styles/call-tools.js';
import { renderHelp } from '../view/call-help.js';
import { formatPlural } from '../view/format.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { CallsContext } from './calls-context.js';
import { ColumnsPanel } from './columns-panel.js';
import { copyCalls, type CopyFormat, listCopied } from './copy-calls.js';
import { ExportPanel } from './export-panel.js';
import { showKeys } from './key-help.js';
import { ViewsPanel } from './views-panel.js';

/** How long a word about a copy stands. */
const NOTE_MS = 4_000;

export type PanelName = 'columns' | 'views' | 'export';

const TITLES: Readonly<Record<PanelName, string>> = { columns: 'Columns', views: 'Saved views', export: 'Export' };

/** What the buttons over and under the calls table open and do; loaded with the first of them. */
export class CallTools implements ReactiveController {
  readonly #context: CallsContext;
  readonly #panels: Readonly<Record<PanelName, { render(): TemplateResult }>>;
  #panel: PanelName | null = null;
  #opener: HTMLElement | null = null;
  /** What in the panel had the focus before it was drawn again. */
  #held: HTMLElement | null = null;
  #isPointed = false;
  #note = '';
  #noteTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: CallsContext) {
    this.#context = context;
    this.#panels = {
      columns: new ColumnsPanel(context),
      views: new ViewsPanel(context, () => this.close()),
      export: new ExportPanel(context),
    };
    adoptSheet(context.host.renderRoot, callTools);
    context.host.addController(this);
  }

  get panel(): PanelName | null {
    return this.#panel;
  }

  hostConnected(): void {
    document.addEventListener('pointerdown', this.#onPointerDown);
  }

  hostDisconnected(): void {
    document.removeEventListener('pointerdown', this.#onPointerDown);
    clearTimeout(this.#noteTimer);
  }

  hostUpdate(): void {
    const held = this.#panel === null ? null : this.#focused;
    this.#held = held?.closest('.panel') ? held : null;
  }

  /** Drawing a list in another order takes the focus away from what is moved, and from what is gone. */
  hostUpdated(): void {
    const held = this.#held;
    if (held === null || this.#panel === null || (this.#focused !== null && !held.matches(':disabled'))) return;
    // An arrow that leads no further leaves the focus to its line.
    const target = held.matches(':disabled') ? held.closest('li')?.querySelector('input') : held;
    target?.focus({ preventScroll: this.#isPointed });
    if (this.#focused === null || this.#focused.matches(':disabled')) this.#focusPanel();
  }

  get #focused(): HTMLElement | null {
    return (this.#context.host.renderRoot as ShadowRoot).activeElement as HTMLElement | null;
  }

  #focusPanel(): void {
    const { renderRoot } = this.#context.host;
    renderRoot.querySelector<HTMLElement>('.panel :is(input, button:not(:disabled), [tabindex])')?.focus();
  }

  /** What was copied, for a moment. */
  get note(): string {
    return this.#note;
  }

  /** Opens a panel and puts the focus into it, or closes the one that is open. */
  toggle(panel: PanelName, opener: HTMLElement): void {
    this.#panel = this.#panel === panel ? null : panel;
    this.#opener = opener;
    this.#context.host.requestUpdate();
    if (this.#panel === null) return;
    void this.#context.host.updateComplete.then(() => this.#focusPanel());
  }

  close(): void {
    if (this.#panel === null) return;
    this.#panel = null;
    this.#opener?.focus();
    this.#context.host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const panel = this.#panel;
    if (panel === null) return nothing;
    return html`<div
      class="panel ${panel}-panel"
      part="panel"
      role="dialog"
      aria-label=${TITLES[panel]}
      tabindex="-1"
      @keydown=${this.#onKey}
      @pointerdown=${this.#onPanelPointerDown}
    >
      ${this.#panels[panel].render()}
    </div>`;
  }

  /** A list does not jump away from under the pointer. */
  readonly #onPanelPointerDown = (): void => void (this.#isPointed = true);

  readonly #onKey = (event: KeyboardEvent): void => {
    this.#isPointed = false;
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.close();
  };

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (this.#panel === null) return;
    const path = event.composedPath();
    const isInside = path.some(
      (target) => target instanceof Element && (target === this.#opener || target.classList.contains('panel')),
    );
    if (isInside) return;
    this.#panel = null;
    this.#context.host.requestUpdate();
  };

  /** Shows all keys over the page, until Esc. */
  showHelp(): void {
    showKeys(this.#context.host.renderRoot, renderHelp());
  }

  async copy(format: CopyFormat): Promise<void> {
    const what = formatPlural(listCopied(this.#context).length, 'call');
    try {
      const worked = await copyCalls(this.#context, format);
      this.#tell(worked ? `${what} copied as ${format}.` : 'This page may not copy.');
    } catch (error) {
      this.#tell(`Not copied. ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #tell(words: string): void {
    clearTimeout(this.#noteTimer);
    this.#note = words;
    this.#context.say(words);
    this.#context.host.requestUpdate();
    this.#noteTimer = setTimeout(() => {
      this.#note = '';
      this.#context.host.requestUpdate();
    }, NOTE_MS);
  }
}
