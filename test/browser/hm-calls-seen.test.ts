import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import type { HmCalls } from '../../components/hm-calls.js';
import { listRows } from './calls.js';
import { expectAccessible, find, mount, nextEvent, readText, unmount, until } from './mount.js';

const PATH = '/captured/api/calls?';

const countQuestions = (): number =>
  performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname + '?' === PATH).length;

/** Stands below all that a window shows. */
async function mountBelow(): Promise<HmCalls> {
  const stage = mount(
    html`<div>
      <svg width="1" height="2000"></svg>
      <hm-calls daemon="/captured"></hm-calls>
    </div>`,
  );
  const element = stage.querySelector('hm-calls')!;
  await element.updateComplete;
  // What is in view is told in the frame after this one, to whoever has asked first.
  await new Promise<void>((resolve) => {
    const observer = new IntersectionObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
  return element;
}

describe('<hm-calls> below the view', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  beforeEach(() => performance.clearResourceTimings());
  afterEach(() => {
    unmount();
    scrollTo(0, 0);
  });

  it('asks for nothing and keeps its room, until somebody scrolls to it', async () => {
    const element = await mountBelow();
    expect(countQuestions()).to.equal(0);
    expect(readText(find(element, 'section'))).to.equal('Calls Reading calls…');
    expect(element.clientHeight).to.be.greaterThan(900);
    await expectAccessible(element);
    const drawn = nextEvent(element, 'hm-load');
    element.scrollIntoView();
    await drawn;
    expect(listRows(element)).to.have.length(18);
    expect(countQuestions()).to.be.greaterThan(0);
  });

  it('comes with the first key that is pressed, and hears it', async () => {
    const element = await mountBelow();
    for (const key of ['/', 'x', 'a']) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }
    const input = await until(() => element.shadowRoot!.querySelector<HTMLInputElement>('.query [role="combobox"]'));
    await until(() => input.value !== '');
    expect(input.value).to.equal('xa');
    expect(element.shadowRoot!.activeElement).to.equal(input);
  });

  it('is there for a page that is about to be printed', async () => {
    const element = await mountBelow();
    const drawn = nextEvent(element, 'hm-load');
    dispatchEvent(new Event('beforeprint'));
    await drawn;
    expect(listRows(element).length).to.be.greaterThan(0);
  });
});
