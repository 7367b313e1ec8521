import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html, type TemplateResult } from 'lit';
import '../../components/hm-attention.js';
import '../../components/hm-body-viewer.js';
import '../../components/hm-calls.js';
import '../../components/hm-cost.js';
import '../../components/hm-pricing.js';
import '../../components/hm-projects.js';
import '../../components/hm-redaction.js';
import '../../components/hm-scope.js';
import '../../components/hm-spend.js';
import '../../components/hm-status.js';
import { mount, mountLoaded, nextEvent, unmount, until } from './mount.js';

interface Named {
  readonly name: string;
}
interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

/** What the build says of an element. */
async function readDocs(tag: string): Promise<Declaration> {
  const response = await fetch('/dist/custom-elements.json');
  const { modules } = (await response.json()) as { modules: { declarations: Declaration[] }[] };
  return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === tag)!;
}

function listNames(items: readonly Named[] = []): string[] {
  return items.map(({ name }) => name).sort();
}

/** Every part in the element's shadow root. */
function listParts(element: HTMLElement): string[] {
  const drawn = [...element.shadowRoot!.querySelectorAll('[part]')].flatMap(({ part }) => [...part]);
  return [...new Set(drawn)].sort();
}

/** Every custom property of ours that the element's styles name. */
function listHeeded(element: HTMLElement): string[] {
  const text = element
    .shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText))
    .join('\n');
  return [...new Set([...text.matchAll(/var\((--hm-[\w-]+),/g)].map(([, name]) => name!))].sort();
}

/** Each as it draws most of itself: its template, and the parts that stand there then. */
const DRAWN: readonly [tag: string, template: TemplateResult, parts: readonly string[]][] = [
  ['hm-attention', html`<hm-attention daemon="/captured"></hm-attention>`, ['head', 'item', 'list']],
  ['hm-calls', html`<hm-calls daemon="/captured"></hm-calls>`, ['filter', 'head', 'heads', 'row', 'table', 'tools']],
  ['hm-cost', html`<hm-cost daemon="/captured"></hm-cost>`, ['head', 'row', 'table']],
  ['hm-pricing', html`<hm-pricing daemon="/captured"></hm-pricing>`, ['head', 'row', 'table', 'tools']],
  ['hm-projects', html`<hm-projects daemon="/captured"></hm-projects>`, ['head', 'row', 'table']],
  ['hm-redaction', html`<hm-redaction daemon="/captured"></hm-redaction>`, ['facts', 'head', 'limits', 'row']],
  ['hm-spend', html`<hm-spend daemon="/captured"></hm-spend>`, ['chart', 'figures', 'head', 'key', 'plot', 'tools']],
  ['hm-status', html`<hm-status daemon="/captured"></hm-status>`, ['line', 'requests']],
];

/** Text in dark and in light. */
const INK = ['rgb(233, 230, 224)', 'rgb(27, 26, 24)'] as const;
const MUTED = ['rgb(168, 163, 154)', 'rgb(99, 95, 88)'] as const;

describe('every element', () => {
  afterEach(unmount);

  it('documents each attribute that it observes, and no other', async () => {
    for (const tag of [...DRAWN.map(([name]) => name), 'hm-scope', 'hm-body-viewer']) {
      const { observedAttributes } = customElements.get(tag) as unknown as { observedAttributes: string[] };
      expect(listNames((await readDocs(tag)).attributes), tag).to.deep.equal([...observedAttributes].sort());
    }
  });

  for (const [tag, template, parts] of DRAWN) {
    it(`of <${tag}> documents each part that it draws and each custom property that it heeds`, async () => {
      const { cssParts, cssProperties } = await readDocs(tag);
      const element = await mountLoaded(template);
      await until(() => parts.every((part) => listParts(element).includes(part)));
      expect(listNames(cssParts)).to.include.members(listParts(element));
      expect(listNames(cssProperties)).to.include.members(listHeeded(element));
      expect(listHeeded(element)).to.include('--hm-ink');
    });

    it(`of <${tag}> says so in a part that can be styled when no server answers`, async () => {
      const element = mount(template);
      element.setAttribute('daemon', '/problem');
      await nextEvent(element, 'hm-error');
      const failed = await until(() => element.shadowRoot!.querySelector('[part=error]'));
      expect(failed.querySelector('[part=button]')).to.not.equal(null);
    });
  }

  it('takes its font and its light or dark from the page, and its text size from a token', async () => {
    const { style } = document.documentElement;
    style.cssText = 'color-scheme: light dark; font-family: Georgia, serif; --hm-size: 17px';
    await emulateMedia({ colorScheme: 'dark' });
    try {
      for (const [tag, template] of DRAWN) {
        const element = await mountLoaded(template);
        const drawn = getComputedStyle(element.shadowRoot!.querySelector('section')!);
        expect(drawn.fontFamily, tag).to.equal('Georgia, serif');
        // Status stands back as a whole, smaller too.
        const isStatus = tag === 'hm-status';
        const [dark, light] = isStatus ? MUTED : INK;
        expect(drawn.color, tag).to.equal(dark);
        expect(parseFloat(drawn.fontSize), tag).to.be.closeTo(isStatus ? (17 * 12) / 13 : 17, 0.01);
        style.setProperty('color-scheme', 'light');
        expect(drawn.color, tag).to.equal(light);
        style.setProperty('color-scheme', 'light dark');
      }
    } finally {
      style.cssText = '';
      await emulateMedia({ colorScheme: 'light' });
    }
  });

  it('grows all of its text with that token', async () => {
    const { style } = document.documentElement;
    try {
      for (const [tag, template] of DRAWN) {
        const element = await mountLoaded(template);
        const texts = [...element.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter(
          (box) => box instanceof HTMLElement && box.localName !== 'style',
        );
        const sizesOf = (): number[] => texts.map((text) => parseFloat(getComputedStyle(text).fontSize));
        const usual = sizesOf();
        style.setProperty('--hm-size', '26px');
        const grown = sizesOf();
        style.removeProperty('--hm-size');
        grown.forEach((size, index) =>
          expect(size, `${tag} ${texts[index]!.outerHTML.slice(0, 80)}`).to.be.closeTo(2 * usual[index]!, 0.01),
        );
      }
    } finally {
      style.cssText = '';
    }
  });

  it('shows its parts to the page’s own styles', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('hm-projects::part(row) { background: rgb(1, 2, 3) } hm-projects::part(head) { padding: 7px }');
    document.adoptedStyleSheets.push(sheet);
    try {
      const element = await mountLoaded(html`<hm-projects daemon="/captured"></hm-projects>`);
      const read = (part: string): CSSStyleDeclaration =>
        getComputedStyle(element.shadowRoot!.querySelector(`[part=${part}]`)!);
      expect(read('row').backgroundColor).to.equal('rgb(1, 2, 3)');
      expect(read('head').paddingTop).to.equal('7px');
    } finally {
      document.adoptedStyleSheets.pop();
    }
  });

  it('asks how wide it is itself, never how wide the window is', async () => {
    for (const [tag, template] of DRAWN) {
      const element = await mountLoaded(template);
      const media = element
        .shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules])
        .flatMap((rule) => (rule instanceof CSSMediaRule ? rule.conditionText : []));
      expect(media, tag).to.not.be.empty;
      for (const condition of media) expect(condition, tag).to.not.match(/width|height|orientation/);
    }
  });
});
