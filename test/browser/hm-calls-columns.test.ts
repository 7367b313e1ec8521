import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import { button, listRows, openPanel, pressWith, readColumn, readHeads, untilCopies, untilReady } from './calls.js';
import { countSteps, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const captured = html`<hm-calls daemon="/captured"></hm-calls>`;
const USUAL = [
  'Time',
  'Project',
  'Model',
  'Status',
  'Input',
  'Cache read',
  'Cache write',
  'Output',
  'Thinking',
  'Latency',
  'Cost',
  'Body',
];

const headOf = (element: HmCalls, label: string): HTMLElement =>
  findAll(element, '[role="columnheader"]').find((head) => readText(head) === label)!;
const widthOf = (element: HmCalls, label: string): number => headOf(element, label).getBoundingClientRect().width;
const boxOf = (panel: HTMLElement, label: string): HTMLInputElement =>
  [...panel.querySelectorAll('label')].find((found) => readText(found) === label)!.querySelector('input')!;

describe('columns of <hm-calls>', () => {
  const address = location.href;
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(() => {
    unmount();
    history.replaceState(null, '', address);
  });

  it('shows as many as fit 1366 pixels, without scrolling sideways', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    expect(readHeads(element)).to.deep.equal(USUAL);
    const grid = find(element, '.grid');
    expect(grid.scrollWidth).to.equal(grid.clientWidth);
  });

  it('shows those that its attribute names, in that order and so wide', async () => {
    const element = await mountLoaded<HmCalls>(
      html`<hm-calls daemon="/captured" columns="cost,model:220,id,http"></hm-calls>`,
    );
    expect(readHeads(element)).to.deep.equal(['Cost', 'Model', 'Id', 'HTTP']);
    expect(widthOf(element, 'Model')).to.equal(220);
    expect(readColumn(element, 'HTTP')).to.include('429');
  });

  it('names a column that does not exist and shows the others', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" columns="time,colour"></hm-calls>`);
    await until(() => element.shadowRoot!.querySelector('.fault'));
    expect(readText(find(element, '.fault'))).to.equal('There is no column "colour".');
    expect(readHeads(element)).to.deep.equal(['Time']);
  });

  it('lets the user choose columns, and goes back to the usual ones', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Columns');
    boxOf(panel, 'Machine').click();
    await element.updateComplete;
    expect(readHeads(element)).to.deep.equal([...USUAL, 'Machine']);
    boxOf(panel, 'Thinking').click();
    await element.updateComplete;
    expect(readHeads(element)).not.to.include('Thinking');
    button(element, 'Default columns').click();
    await element.updateComplete;
    expect(readHeads(element)).to.deep.equal(USUAL);
  });

  it('offers every field of a call', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Columns');
    const labels = [...panel.querySelectorAll('li label')].map(readText);
    expect(labels).to.have.length(29);
    for (const label of ['Error code', 'Recorded', 'Prompt', 'Rates', 'Folder', 'Id']) expect(labels).to.include(label);
  });

  it('moves a column by its buttons and by Alt with an arrow, and keeps the focus on it', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Columns');
    button(element, 'Move Model to the left').click();
    await element.updateComplete;
    expect(readHeads(element).slice(0, 3)).to.deep.equal(['Time', 'Model', 'Project']);
    boxOf(panel, 'Model').focus();
    await pressWith('Alt', 'ArrowUp');
    await element.updateComplete;
    expect(readHeads(element).slice(0, 3)).to.deep.equal(['Model', 'Time', 'Project']);
    await until(() => element.shadowRoot!.activeElement === boxOf(panel, 'Model'));
  });

  it('keeps the focus on a column that is switched off and on again', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Columns');
    boxOf(panel, 'Project').focus();
    await sendKeys({ press: 'Space' });
    await until(() => !readHeads(element).includes('Project'));
    expect(element.shadowRoot!.activeElement).to.equal(boxOf(panel, 'Project'));
    await sendKeys({ press: 'Space' });
    await until(() => readHeads(element).at(-1) === 'Project');
    expect(element.shadowRoot!.activeElement).to.equal(boxOf(panel, 'Project'));
  });

  it('leaves the focus in a column’s line when it can be moved no further', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Columns');
    button(element, 'Move Project to the left').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => readHeads(element)[0] === 'Project');
    expect(element.shadowRoot!.activeElement).to.equal(boxOf(panel, 'Project'));
  });

  it('takes a column that is dragged over others as one step of the history', async () => {
    const scope = mount(html`<hm-scope url daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    const panel = await openPanel(element, 'Columns');
    const item = (place: number): HTMLElement => panel.querySelectorAll('li')[place]!;
    const steps = await countSteps(async () => {
      item(3).dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer: new DataTransfer() }));
      for (const place of [2, 1, 0]) {
        item(place).dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true }));
        await until(() => readHeads(element)[place] === 'Status');
      }
      item(0).dispatchEvent(new DragEvent('dragend', { bubbles: true }));
    });
    expect(steps).to.equal(1);
    history.back();
    await until(() => readHeads(element).join() === USUAL.join());
  });

  it('moves a column by dragging', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Columns');
    const items = [...panel.querySelectorAll('li')];
    items[2]!.dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer: new DataTransfer() }));
    await element.updateComplete;
    items[0]!.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true }));
    items[0]!.dispatchEvent(new DragEvent('dragend', { bubbles: true }));
    await element.updateComplete;
    expect(readHeads(element).slice(0, 3)).to.deep.equal(['Model', 'Time', 'Project']);
  });

  it('closes the choice with Esc, and by a click elsewhere', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await openPanel(element, 'Columns');
    await until(() => element.shadowRoot!.activeElement?.closest('.panel'));
    await sendKeys({ press: 'Escape' });
    await until(() => element.shadowRoot!.querySelector('.panel') === null);
    expect(element.shadowRoot!.activeElement).to.equal(button(element, 'Columns'));
    await openPanel(element, 'Columns');
    find(element, 'h2').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(() => element.shadowRoot!.querySelector('.panel') === null);
  });

  it('makes a column wider by dragging the end of its head, and takes that back with a double click', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await untilReady(element);
    const before = widthOf(element, 'Model');
    const { right, top, height } = headOf(element, 'Model').getBoundingClientRect();
    const y = Math.round(top + height / 2);
    await sendMouse({ type: 'move', position: [Math.round(right) - 3, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [Math.round(right) + 57, y] });
    await sendMouse({ type: 'up' });
    await element.updateComplete;
    expect(widthOf(element, 'Model')).to.be.closeTo(before + 60, 2);
    const head = headOf(element, 'Model');
    const edge = head.getBoundingClientRect().right - 2;
    head.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, clientX: edge, clientY: y }));
    await element.updateComplete;
    expect(widthOf(element, 'Model')).to.be.closeTo(before, 2);
  });

  it('goes from head to head by arrows, and gives a column another width with Shift', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await untilReady(element);
    headOf(element, 'Time').querySelector('button')!.focus();
    await sendKeys({ press: 'ArrowRight' });
    expect(element.shadowRoot!.activeElement).to.equal(headOf(element, 'Project'));
    const before = widthOf(element, 'Project');
    await pressWith('Shift', 'ArrowRight');
    await element.updateComplete;
    expect(widthOf(element, 'Project')).to.equal(Math.round(before) + 10);
    await pressWith('Shift', 'ArrowLeft');
    await pressWith('Shift', 'ArrowLeft');
    await element.updateComplete;
    expect(widthOf(element, 'Project')).to.equal(Math.round(before) - 10);
    expect(findAll(element, '.heads [tabindex="0"]')).to.have.length(1);
  });

  it('scrolls sideways where the chosen columns need more room, its first column staying', async () => {
    const element = await mountLoaded<HmCalls>(
      html`<hm-calls daemon="/captured" columns="time,model:500,workdir:500,id:500,cost"></hm-calls>`,
    );
    const grid = find(element, '.grid');
    await until(() => grid.classList.contains('sideways'));
    expect(grid.scrollWidth).to.be.greaterThan(grid.clientWidth);
    // What holds the first column comes after the rows.
    await untilCopies(element);
    const time = (): number => listRows(element)[0]!.querySelector('time')!.getBoundingClientRect().left;
    const before = time();
    grid.scrollLeft = 400;
    expect(time()).to.equal(before);
    expect(document.documentElement.scrollWidth).to.be.at.most(1366);
  });

  it('keeps the choice, the widths and the order of rows in the page’s address, and takes them from there', async () => {
    const scope = mount(html`<hm-scope url daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    expect(new URLSearchParams(location.search).has('columns')).to.equal(false);
    const panel = await openPanel(element, 'Columns');
    for (const label of USUAL.slice(3, -2)) {
      boxOf(panel, label).click();
      await element.updateComplete;
    }
    await untilReady(element);
    headOf(element, 'Project').focus();
    await pressWith('Shift', 'ArrowRight');
    const sorted = nextEvent(element, 'hm-load');
    headOf(element, 'Cost').querySelector('button')!.click();
    await sorted;
    const params = new URLSearchParams(location.search);
    expect(params.get('columns')).to.match(/^time,project:\d+,model,cost,body$/);
    expect([params.get('sort'), params.get('order')]).to.deep.equal(['cost', 'desc']);

    const [heads, width] = [readHeads(element), widthOf(element, 'Project')];
    const again = mount(html`<hm-scope url daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    const restored = again.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(restored, 'hm-load');
    expect(readHeads(restored)).to.deep.equal(heads);
    expect(widthOf(restored, 'Project')).to.equal(width);
    expect(headOf(restored, 'Cost').getAttribute('aria-sort')).to.equal('descending');
  });

  it('shows what a JSON Pointer finds in each request, as it was written', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" columns="model"></hm-calls>`);
    const panel = await openPanel(element, 'Columns');
    const entry = panel.querySelector<HTMLInputElement>('#pointer')!;
    entry.focus();
    await sendKeys({ type: '/model' });
    await sendKeys({ press: 'Enter' });
    await until(() => readHeads(element).includes('/model'));
    await until(() => readColumn(element, '/model').every((text) => text !== '…'));
    const [models, found] = [readColumn(element, 'Model'), readColumn(element, '/model')];
    expect(found.filter((text, row) => text === models[row]).length).to.be.greaterThan(5);
    expect(new Set(found).size).to.be.greaterThan(3);
  });

  it('says what is wrong with a pointer that is none', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Columns');
    const entry = panel.querySelector<HTMLInputElement>('#pointer')!;
    entry.value = 'max_tokens';
    panel.querySelector('form')!.requestSubmit();
    await until(() => panel.querySelector('.mistake'));
    expect(readText(panel.querySelector('.mistake')!)).to.contain('starts with /');
    expect(entry.getAttribute('aria-invalid')).to.equal('true');
    expect(readHeads(element)).to.deep.equal(USUAL);
  });

  it('says "off" for calls whose project keeps no bodies', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls filter="project=billing-export&last=7d"></hm-calls>`);
    await until(() => readColumn(element, 'Body').includes('off'));
    expect(find(element, '.layer .marked.off')).to.exist;
  });
});
