import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import type { HmCalls } from '../../components/hm-calls.js';
import { openPanel, type } from './calls.js';
import { expectAccessible, find, findAll, mountLoaded, unmount, until } from './mount.js';

const captured = html`<hm-calls daemon="/captured"></hm-calls>`;

describe('the looks of <hm-calls>', () => {
  const page = document.documentElement.style;
  before(() => {
    page.setProperty('color-scheme', 'light dark');
    page.setProperty('background', 'light-dark(#ffffff, #161615)');
  });
  after(async () => {
    page.removeProperty('color-scheme');
    page.removeProperty('background');
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1366, height: 900 });
  });
  afterEach(unmount);

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, words] of [
      [1366, 'wide'],
      [390, 'narrow'],
    ] as const) {
      describe(`${colorScheme} and ${words}`, () => {
        before(async () => {
          await emulateMedia({ colorScheme });
          await setViewport({ width, height: 900 });
        });

        it('has no accessibility fault, with a call chosen and one open', async () => {
          const element = await mountLoaded<HmCalls>(captured);
          await type(element, 'x', 'j', 'e');
          const detail = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.detail'));
          expect(find(element, '.opened').offsetHeight).to.be.at.least(detail.offsetHeight);
          await expectAccessible(element);
          expect(document.documentElement.scrollWidth).to.be.at.most(width);
        });

        it('has no accessibility fault in its groups', async () => {
          const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" group="model"></hm-calls>`);
          await until(() => element.shadowRoot!.querySelector('.groups table'));
          await expectAccessible(element);
          expect(document.documentElement.scrollWidth).to.be.at.most(width);
        });

        for (const panel of ['Columns', 'Views ▾', 'Export ▾']) {
          it(`has no accessibility fault with "${panel}" open, and shows it whole`, async () => {
            const element = await mountLoaded<HmCalls>(captured);
            const { left, right } = (await openPanel(element, panel)).getBoundingClientRect();
            expect(left).to.be.at.least(0);
            expect(right).to.be.at.most(width);
            await expectAccessible(element);
          });
        }

        it('has no accessibility fault in its list of keys', async () => {
          const element = await mountLoaded<HmCalls>(captured);
          await type(element, '?');
          await until(() => element.shadowRoot!.querySelector('dialog'));
          await expectAccessible(element);
        });
      });
    }
  }

  it('says every state in words beside its mark', async () => {
    await setViewport({ width: 1366, height: 900 });
    const element = await mountLoaded<HmCalls>(captured);
    const marked = findAll(element, '.layer .marked');
    expect(marked.length).to.be.greaterThan(5);
    for (const cell of marked) expect(cell.textContent.trim()).not.to.equal('');
    const mark = getComputedStyle(find(element, '.marked.error'), '::before');
    expect(mark.clipPath).to.match(/^path/);
    expect(mark.backgroundColor).not.to.equal(getComputedStyle(find(element, '.layer .muted')).color);
  });
});
