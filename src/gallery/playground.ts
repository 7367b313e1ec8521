import { moduleOrigin } from '../daemon/origin.js';
import { html, type TemplateResult } from 'lit';
import type { ManifestProperty } from '../daemon/manifest.js';
import type { RecordedValues } from '../daemon/recorded-values.js';
import { type Snippets, writeSnippets } from '../view/embed-snippets.js';
import { renderError } from '../view/states.js';
import { renderControl } from './attribute-controls.js';
import type { ElementDocs } from './element-docs.js';
import { EventLog } from './event-log.js';
import { findModule } from './find-module.js';
import { type Snippet, SnippetTabs } from './snippet-tabs.js';
import { NOTHING_RECORDED, suggestValues } from './suggestions.js';
import { TokenEditor } from './token-editor.js';

const FRAME_WHERE =
  'Any page on this machine, a file on disk too. It is light or dark as the color-scheme of that page says; of a page that ' +
  'names none it sees only what the system is: give the frame color-scheme: light there, or dark.';

/** Elements that show nothing by themselves, and what is put into them here. */
const CONTENTS: Readonly<Record<string, readonly string[]>> = { 'hm-scope': ['hm-projects', 'hm-calls'] };

const WIDTHS_PX = [390, 720, 1024];

/** One element live, what sets its attributes and tokens, the events it sends, and how it gets into a page. */
export class Playground {
  readonly #docs: ElementDocs;
  readonly #tokens: readonly ManifestProperty[];
  readonly #onChange: () => void;
  readonly #attributes = new Map<string, string>();
  readonly #editor: TokenEditor;
  readonly #log: EventLog;
  readonly #tabs: SnippetTabs;
  /** What the element stands in: as wide as is asked for. */
  readonly #stage = document.createElement('div');
  #recorded = NOTHING_RECORDED;
  #element: HTMLElement | undefined;
  #error: unknown;

  constructor(
    docs: ElementDocs,
    tokens: readonly ManifestProperty[],
    recorded: Promise<RecordedValues>,
    onChange: () => void,
  ) {
    this.#docs = docs;
    this.#tokens = [...docs.ownProperties, ...tokens];
    this.#onChange = onChange;
    this.#editor = new TokenEditor(docs.tag, onChange);
    this.#log = new EventLog(docs.events, onChange);
    this.#tabs = new SnippetTabs(onChange);
    this.#stage.className = 'stage';
    void this.#start(recorded);
  }

  async #start(recorded: Promise<RecordedValues>): Promise<void> {
    void this.#load();
    this.#recorded = await recorded;
    const [newest] = this.#recorded.call;
    // By itself it shows no call: one is chosen for it, as a page's author would.
    if (this.#docs.tag === 'hm-body-viewer' && newest !== undefined) this.#set('calls', newest);
    this.#onChange();
  }

  readonly #load = async (): Promise<void> => {
    const { tag } = this.#docs;
    const contents = CONTENTS[tag] ?? [];
    this.#error = undefined;
    try {
      await Promise.all([tag, ...contents].map((name) => import(findModule(name))));
    } catch (error) {
      this.#error = error;
      this.#onChange();
      return;
    }
    const element = document.createElement(tag);
    for (const [name, value] of this.#attributes) element.setAttribute(name, value);
    element.append(...contents.map((name) => document.createElement(name)));
    this.#log.listenTo(element);
    this.#editor.applyTo(element);
    this.#element = element;
    this.#stage.replaceChildren(element);
    this.#onChange();
  };

  #set(name: string, value: string | undefined): void {
    if (value === undefined) {
      this.#attributes.delete(name);
      this.#element?.removeAttribute(name);
    } else {
      this.#attributes.set(name, value);
      this.#element?.setAttribute(name, value);
    }
    this.#onChange();
  }

  render(): TemplateResult {
    return html`${this.#renderControls()} ${this.#renderStage()} ${this.#tabs.render(this.#listSnippets())}
    ${this.#docs.events.length > 0 ? this.#log.render() : null}`;
  }

  #renderControls(): TemplateResult {
    return html`<section class="controls" aria-labelledby="controls-title">
      <h3 id="controls-title">Attributes, to try</h3>
      <div class="grid">
        ${this.#docs.attributes.map((attribute) =>
          renderControl(attribute, {
            value: this.#attributes.get(attribute.name),
            suggestions: suggestValues(attribute, this.#recorded),
            change: (value) => this.#set(attribute.name, value),
          }),
        )}
      </div>
      ${this.#docs.parts.length > 0 ? this.#renderTokens() : null}
    </section>`;
  }

  #renderTokens(): TemplateResult {
    return html`<details>
      <summary>Custom properties, to try${this.#editor.isChanged ? ', some changed' : ''}</summary>
      <div class="grid">
        ${this.#tokens.map(
          (token) =>
            html`<div class="control" role="group" aria-label=${token.name}>
              <code>${token.name}</code>
              <span class="inputs">${this.#editor.renderControls(token)}</span>
            </div>`,
        )}
      </div>
      <button class="button" type="button" ?disabled=${!this.#editor.isChanged} @click=${this.#editor.reset}>
        Reset
      </button>
    </details>`;
  }

  #renderStage(): TemplateResult {
    const { style } = this.#stage;
    return html`<section class="live" aria-labelledby="live-title">
      <div class="line">
        <h3 id="live-title">Live</h3>
        <label
          >Width
          <select name="width" @change=${({ target }: Event) => (style.maxWidth = (target as HTMLSelectElement).value)}>
            <option value="">all there is</option>
            ${WIDTHS_PX.map((width) => html`<option value=${`${width}px`}>${width} px</option>`)}
          </select></label
        >
        <label
          >Colours
          <select
            name="scheme"
            @change=${({ target }: Event) => (style.colorScheme = (target as HTMLSelectElement).value)}
          >
            <option value="">the page’s</option>
            <option value="light">light</option>
            <option value="dark">dark</option>
          </select></label
        >
      </div>
      ${
        this.#error === undefined
          ? null
          : renderError('the script of this element', this.#error, '', () => void this.#load())
      }
      ${this.#stage}
    </section>`;
  }

  #listSnippets(): readonly Snippet[] {
    const { tag } = this.#docs;
    const snippets = fill(
      tag,
      writeSnippets({ tag, attributes: Object.fromEntries(this.#attributes), origin: moduleOrigin(import.meta.url) }),
    );
    const { rule } = this.#editor;
    return [
      {
        name: 'Page of this server',
        where: `A page that this server serves itself: one of your own, started with --pages and the folder it is in.`,
        text: snippets.sameOrigin,
      },
      {
        name: 'Page of another origin',
        where: 'A page of another local server, whose origin this one is started with: --allow-origin.',
        text: snippets.otherOrigin,
      },
      ...(tag in CONTENTS ? [] : [{ name: 'iframe', where: FRAME_WHERE, text: snippets.iframe }]),
      ...(rule === ''
        ? []
        : [{ name: 'Custom properties', where: 'In the stylesheet of the page, beside the above.', text: rule }]),
    ];
  }
}

/** Snippets of an element with its contents here. */
function fill(tag: string, snippets: Snippets): Snippets {
  const contents = CONTENTS[tag];
  if (contents === undefined) return snippets;
  const inside = contents.map((name) => `  <${name}></${name}>\n`).join('');
  const write = (text: string): string =>
    text
      .replace(/^<script .*$/m, (line) => [tag, ...contents].map((name) => line.replace(tag, name)).join('\n'))
      .replace(`></${tag}>`, `>\n${inside}</${tag}>`);
  return { ...snippets, sameOrigin: write(snippets.sameOrigin), otherOrigin: write(snippets.otherOrigin) };
}
