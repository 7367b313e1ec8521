import { sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import type { HmScope } from '../../components/hm-scope.js';
import { listRows, readSaid } from './calls.js';
import { find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const captured = html`<hm-calls daemon="/captured"></hm-calls>`;

async function group(element: HmCalls, by: string): Promise<HTMLTableElement> {
  const menu = find<HTMLSelectElement>(element, 'select[aria-label="Group by"]');
  menu.value = by;
  menu.dispatchEvent(new Event('change'));
  return tableOf(element);
}

const tableOf = (element: HmCalls): Promise<HTMLTableElement> =>
  until(() => element.shadowRoot!.querySelector<HTMLTableElement>('.groups table'));

const readNames = (table: HTMLElement): string[] => [...table.querySelectorAll('tbody th')].map(readText);

/** The cells of one column, from the table's head. */
const readGroupColumn = (table: HTMLElement, label: string): string[] => {
  const place = [...table.querySelectorAll('thead th')].findIndex((head) => readText(head) === label);
  return [...table.querySelectorAll('tbody tr')].map((row) => readText(row.children[place]!));
};

const sortBy = (table: HTMLElement, label: string): void =>
  [...table.querySelectorAll<HTMLButtonElement>('thead button')].find((head) => readText(head) === label)!.click();

describe('groups of <hm-calls>', () => {
  const address = location.href;
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(() => {
    unmount();
    history.replaceState(null, '', address);
  });

  for (const by of ['project', 'model', 'provider', 'status', 'day', 'machine', 'workdir']) {
    it(`sums the calls of each ${by}, and the sums of all are those of the filter`, async () => {
      const element = await mountLoaded<HmCalls>(captured);
      const table = await group(element, by);
      const counts = readGroupColumn(table, 'Calls').map(Number);
      expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(18);
      expect(readText(table.querySelector('tfoot')!))
        .to.contain('≥ $0.07')
        .and.to.contain('18');
      expect(findAll(element, '.grid')).to.have.length(0);
      expect(readSaid(element)).to.equal(`Grouped by ${by === 'workdir' ? 'folder' : by}, 18 calls.`);
    });
  }

  it('never shows a sum as complete over calls without a price', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const table = await group(element, 'model');
    const [costs, calls, unpriced] = ['Cost', 'Calls', 'Not priced'].map((label) => readGroupColumn(table, label));
    unpriced!.forEach((count, row) => {
      if (count === '0') expect(costs![row]).not.to.match(/^≥|not priced/);
      else expect(costs![row]).to.match(count === calls![row] ? /^not priced$/ : /^≥/);
    });
    expect(costs).to.include('not priced');
  });

  it('never sums tokens to 0 in a group whose calls tell of none', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    const table = await group(element, 'status');
    const names = readNames(table);
    for (const label of ['Input', 'Output']) {
      const sums = readGroupColumn(table, label);
      expect(sums[names.indexOf('error')]).to.equal('–');
      expect(sums[names.indexOf('blocked by policy')]).to.equal('–');
      expect(sums[names.indexOf('success')]).to.match(/^≥\s[1-9]/);
    }
  });

  it('puts the dearest first, and groups without a price last in both directions', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const table = await group(element, 'model');
    for (const direction of ['descending', 'ascending']) {
      if (direction === 'ascending') sortBy(table, 'Cost');
      await until(() => table.querySelector('[aria-sort]')?.getAttribute('aria-sort') === direction);
      const priced = readGroupColumn(table, 'Cost').map((cost) => cost !== 'not priced');
      expect(priced).to.deep.equal([...priced].sort((a, b) => Number(b) - Number(a)));
    }
    sortBy(table, 'Calls');
    await until(() => readText(table.querySelector('[aria-sort]')!) === 'Calls');
    const counts = readGroupColumn(table, 'Calls').map(Number);
    expect(counts).to.deep.equal([...counts].sort((a, b) => b - a));
    expect(readSaid(element)).to.equal('Groups sorted by calls, descending.');
  });

  it('opens a group to its calls, and one step back leads to the groups', async () => {
    const scope = mount<HmScope>(html`<hm-scope url daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    const table = await group(element, 'provider');
    expect(new URLSearchParams(location.search).get('group')).to.equal('provider');
    [...table.querySelectorAll<HTMLButtonElement>('tbody button')].find((name) => readText(name) === 'xai')!.click();
    await until(() => listRows(element).length === 2);
    expect(scope.filter).to.deep.equal({ provider: ['xai'] });
    const params = new URLSearchParams(location.search);
    expect([params.get('provider'), params.get('group')]).to.deep.equal(['xai', null]);
    history.back();
    expect(readNames(await tableOf(element))).to.include('xai');
    expect(scope.filter).to.deep.equal({});
  });

  it('gives the focus to the calls of a group that was opened', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const table = await group(element, 'provider');
    table.querySelector<HTMLElement>('tbody button')!.focus();
    await sendKeys({ press: 'Enter' });
    const grid = await until(() => element.shadowRoot!.querySelector('.grid'));
    await until(() => element.shadowRoot!.activeElement === grid);
  });

  it('names an order of groups that does not exist', async () => {
    const scope = mount<HmScope>(html`<hm-scope daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    scope.view = { group: 'model', group_sort: 'colour', group_order: 'sideways' };
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await until(() => element.shadowRoot?.querySelector('.groups table'));
    const faults = findAll(element, '.fault').map(readText);
    expect(faults).to.deep.equal([
      'Calls can\'t be put in the order "sideways".',
      'Groups can\'t be sorted by "colour".',
    ]);
  });

  it('opens a day to the calls of that day', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const table = await group(element, 'day');
    const [day] = readNames(table);
    const asked = nextEvent(element, 'hm-filter');
    table.querySelector('tbody button')!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect((await asked).change).to.deep.equal({ since: day, until: day, last: '' });
    await until(() => listRows(element).length > 0);
  });

  it('opens the calls that have no value, too', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" filter="status=success"></hm-calls>`);
    const table = await group(element, 'machine');
    const place = readNames(table).indexOf('unknown');
    if (place < 0) {
      expect(readNames(table).length).to.be.greaterThan(0);
      return;
    }
    const count = Number(readGroupColumn(table, 'Calls')[place]);
    table.querySelectorAll<HTMLButtonElement>('tbody button')[place]!.click();
    await until(() => listRows(element).length === count);
  });

  it('is read, sorted and opened by keyboard', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const table = await group(element, 'provider');
    table.querySelector<HTMLElement>('tbody button')!.focus();
    await sendKeys({ press: 'j' });
    await sendKeys({ press: 'ArrowDown' });
    const third = readNames(table)[2];
    expect(readText(element.shadowRoot!.activeElement!)).to.equal(third);
    await sendKeys({ press: 'Enter' });
    await until(() => listRows(element).length > 0);
    expect(findAll(element, '.groups')).to.have.length(0);
  });

  it('shows the groups that its attribute asks for, and the calls again on demand', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" group="project"></hm-calls>`);
    expect(readNames(await tableOf(element))).to.deep.equal(['cap']);
    const menu = find<HTMLSelectElement>(element, 'select[aria-label="Group by"]');
    expect(menu.value).to.equal('project');
  });

  it('says what failed when groups could not be had', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    element.daemon = '/problem';
    await nextEvent(element, 'hm-error');
    const menu = find<HTMLSelectElement>(element, 'select[aria-label="Group by"]');
    menu.value = 'model';
    menu.dispatchEvent(new Event('change'));
    const error = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.groups [part="error"]'));
    expect(readText(error)).to.contain('Could not read groups of calls.').and.to.contain('holds a lock');
  });
});
