import { sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-projects.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import { activeRow, listRows, readSaid, type, untilCopies, untilReady } from './calls.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const captured = html`<hm-calls daemon="/captured"></hm-calls>`;
const chosen = (element: HmCalls): string[] => findAll(element, '[aria-selected="true"]').map((row) => row.id);

describe('<hm-calls> by keyboard', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(unmount);

  it('moves by j, k, arrows, Home, End and pages', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, 'j', 'ArrowDown', 'j', 'k');
    expect(activeRow(element).id).to.equal('row-2');
    await type(element, 'End');
    expect(activeRow(element).id).to.equal('row-17');
    await type(element, 'Home');
    expect(activeRow(element).id).to.equal('row-0');
    await type(element, 'PageDown');
    expect(Number(activeRow(element).id.slice(4))).to.be.greaterThan(10);
    await type(element, 'PageUp');
    expect(activeRow(element).id).to.equal('row-0');
  });

  it('hears keys that are pressed before what hears them is loaded, in their order', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    expect(find(element, '.grid').hasAttribute('aria-keyshortcuts')).to.equal(false);
    for (const key of ['j', 'j', 'k', 'j', 'x']) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }
    await until(() => chosen(element).length > 0);
    expect(chosen(element)).to.deep.equal(['row-2']);
  });

  it('puts what is typed behind / into the filter though what hears keys was not loaded yet', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const events = ['j', '/', 's', 't', 'a', 't', 'u', 's', ':', 'x', 'e'].map(
      (key) => new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
    );
    for (const event of events) document.body.dispatchEvent(event);
    const input = await until(() => element.shadowRoot!.querySelector<HTMLInputElement>('.query [role="combobox"]'));
    await until(() => input.value !== '');
    expect(input.value).to.equal('status:xe');
    // The body viewer, which may hear its own `s` late as well, has to see that it was taken.
    expect(events.every((event) => event.defaultPrevented)).to.equal(true);
    expect(element.shadowRoot!.activeElement).to.equal(input);
    expect(activeRow(element).id).to.equal('row-1');
    expect([chosen(element), findAll(element, '.opened').length]).to.deep.equal([[], 0]);
  });

  it('tells a screen reader which row is active, how many there are and how they are sorted', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, 'j');
    const grid = find(element, '.grid');
    expect(grid.getAttribute('aria-activedescendant')).to.equal('row-1');
    expect(grid.getAttribute('aria-rowcount')).to.equal('19');
    expect(find(element, '#row-1').getAttribute('aria-rowindex')).to.equal('3');
    await until(() => readSaid(element) === 'Sorted by time, descending, 18 calls.');
    const sorted = nextEvent(element, 'hm-load');
    findAll<HTMLButtonElement>(element, '.heads button')
      .find((head) => readText(head) === 'Cost')!
      .click();
    await sorted;
    await until(() => readSaid(element) === 'Sorted by cost, descending, 18 calls.');
  });

  it('chooses a call with x or Space beside others, four at most, and none with Esc', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, 'x', 'j', ' ', 'j', 'x', 'j', 'x', 'j', 'x');
    expect(chosen(element)).to.deep.equal(['row-0', 'row-1', 'row-2', 'row-3']);
    await type(element, 'k', 'x');
    expect(chosen(element)).to.deep.equal(['row-0', 'row-1', 'row-2']);
    await type(element, 'Escape');
    expect(chosen(element)).to.deep.equal([]);
  });

  it('says in view why it takes no fifth call, for as long as it takes none', async () => {
    await setViewport({ width: 1366, height: 400 });
    const element = await mountLoaded<HmCalls>(captured);
    const refusal = (): string => readText(find(element, '.foot .refusal'));
    await type(element, 'x', 'j', 'x', 'j', 'x', 'j', 'x');
    await untilCopies(element);
    expect(refusal()).to.equal('');
    find(element, '.layer #row-4 .choice').click();
    await until(() => refusal().startsWith('4 calls are chosen, as many as can stand side by side.'));
    const { top, bottom } = find(element, '.foot .refusal').getBoundingClientRect();
    expect(top).to.be.at.least(0);
    expect(bottom).to.be.at.most(400);
    expect(find(element, '.foot .refusal').role).to.equal('status');
    await expectAccessible(element);
    await type(element, 'Escape');
    await until(() => refusal() === '');
    await type(element, 'x', 'j', 'x', 'j', 'x', 'j', 'x');
    expect(chosen(element)).to.have.length(4);
    expect(refusal()).to.equal('');
    await type(element, 'j', 'x');
    await until(() => refusal() !== '');
    await type(element, 'k', 'x');
    await until(() => refusal() === '');
    await setViewport({ width: 1366, height: 900 });
  });

  it('shows one call alone with Enter', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, 'x', 'j', 'x', 'j');
    const selected = nextEvent(element, 'hm-select');
    await sendKeys({ press: 'Enter' });
    expect((await selected).calls).to.have.length(1);
    await element.updateComplete;
    expect(chosen(element)).to.deep.equal(['row-2']);
  });

  it('takes letters on the bare page too, but leaves scrolling and typing to the browser', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await untilReady(element);
    (document.activeElement as HTMLElement | null)?.blur();
    await sendKeys({ press: 'j' });
    await element.updateComplete;
    expect(activeRow(element).id).to.equal('row-1');
    find(element, '.grid').blur();
    const heard = new Promise<KeyboardEvent>((resolve) => window.addEventListener('keydown', resolve, { once: true }));
    await sendKeys({ press: 'PageDown' });
    expect((await heard).defaultPrevented).to.equal(false);
    expect(activeRow(element).id).to.equal('row-1');
    const field = find<HTMLInputElement>(element, '.query input');
    field.focus();
    await sendKeys({ type: 'jx?' });
    expect(field.value).to.equal('jx?');
    expect(chosen(element)).to.deep.equal([]);
  });

  it('brings the row that a key acts on into view, where the page is scrolled away from it', async () => {
    await setViewport({ width: 1366, height: 300 });
    const element = await mountLoaded<HmCalls>(captured);
    await untilReady(element);
    (document.activeElement as HTMLElement | null)?.blur();
    window.scrollTo(0, 0);
    expect(find(element, '.grid').getBoundingClientRect().top).to.be.greaterThan(300);
    await sendKeys({ press: 'j' });
    const isInView = (): boolean => {
      const { top, bottom } = activeRow(element).getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    };
    await until(() => activeRow(element).id === 'row-1' && isInView());
    await sendKeys({ press: 'End' });
    await until(() => activeRow(element).id === 'row-17' && isInView());
    window.scrollTo(0, 0);
    await setViewport({ width: 1366, height: 900 });
  });

  for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) {
    it(`leaves keys to the browser that are pressed with a modifier (${modifier})`, async () => {
      const element = await mountLoaded<HmCalls>(captured);
      await untilReady(element);
      for (const key of ['j', 'x', 'e', 'g', '/', 'Home', 'ArrowDown', 'ArrowLeft', 'Enter']) {
        const event = new KeyboardEvent('keydown', {
          key,
          [modifier]: true,
          bubbles: true,
          composed: true,
          cancelable: true,
        });
        expect(find(element, '.grid').dispatchEvent(event), key).to.equal(true);
      }
      expect(activeRow(element).id).to.equal('row-0');
    });
  }

  it('goes to the filter with /', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, '/');
    expect(element.shadowRoot!.activeElement).to.equal(find(element, '.query input'));
    expect(find<HTMLInputElement>(element, '.query input').value).to.equal('');
  });

  it('gives / to the first of two tables and not to both', async () => {
    const box = mount(html`<div>${captured}${captured}</div>`);
    const [first, second] = [...box.querySelectorAll<HmCalls>('hm-calls')];
    await nextEvent(first!, 'hm-load');
    // Below the view, a table is not drawn yet.
    const drawn = nextEvent(second!, 'hm-load');
    second!.scrollIntoView();
    await drawn;
    await Promise.all([untilReady(first!), untilReady(second!)]);
    (document.activeElement as HTMLElement | null)?.blur();
    await sendKeys({ press: '/' });
    expect(document.activeElement).to.equal(first);
  });

  it('goes to the projects with g and p, and back with g and c', async () => {
    const scope = mount(html`<hm-scope daemon="/captured"><hm-projects></hm-projects><hm-calls></hm-calls></hm-scope>`);
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    await type(element, 'g', 'p');
    expect(document.activeElement).to.equal(scope.querySelector('hm-projects'));
    await sendKeys({ press: 'j' });
    expect(activeRow(element).id).to.equal('row-0');
    for (const key of ['g', 'c']) await sendKeys({ press: key });
    expect(document.activeElement).to.equal(element);
    await sendKeys({ press: 'j' });
    await element.updateComplete;
    expect(activeRow(element).id).to.equal('row-1');
  });

  it('lists all keys with ?, and closes the list with Esc', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, '?');
    const dialog = await until(() => element.shadowRoot!.querySelector('dialog'));
    expect(dialog.open).to.equal(true);
    for (const word of ['next call', 'choose this call beside others', 'write a filter', 'go to the projects']) {
      expect(readText(dialog)).to.contain(word);
    }
    await sendKeys({ press: 'Escape' });
    await until(() => element.shadowRoot!.querySelector('dialog') === null);
    expect(element.shadowRoot!.activeElement).to.equal(find(element, '.grid'));
  });

  it('keeps the focus while rows are drawn anew far away', async function () {
    this.timeout(30_000);
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    await type(element, 'j', 'End');
    await until(() => activeRow(element).querySelector('time[datetime]'));
    await type(element, 'Home');
    await until(() => element.shadowRoot!.querySelector('#row-0.active time[datetime]'));
    expect(element.shadowRoot!.activeElement).to.equal(find(element, '.grid'));
  });

  it('goes on from the rows in view when the active one was scrolled away', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    find(element, '.grid').scrollTop = 2_800;
    await until(
      () => listRows(element)[0]!.id === 'row-98' && readText(find(element, '.range')).startsWith('Rows 101'),
    );
    await type(element, 'j');
    expect(activeRow(element).id).to.equal('row-100');
    await type(element, 'j');
    expect(activeRow(element).id).to.equal('row-101');
    expect(find(element, '.grid').scrollTop).to.equal(2_800);
  });

  it('keeps the active row on its call when calls arrive above it', async function () {
    this.timeout(60_000);
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    await type(element, 'j', 'j');
    const instant = activeRow(element).querySelector('time')!.dateTime;
    const newest = listRows(element)[0]!.querySelector('time')!.dateTime;
    await until(() => (listRows(element)[0]?.querySelector('time')?.dateTime ?? '') > newest);
    expect(activeRow(element).id).not.to.equal('row-2');
    expect(activeRow(element).querySelector('time')!.dateTime).to.equal(instant);
    expect(element.shadowRoot!.activeElement).to.equal(find(element, '.grid'));
  });
});
