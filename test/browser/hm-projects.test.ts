import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-projects.js';
import '../../components/hm-scope.js';
import type { HmProjects } from '../../components/hm-projects.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const rows = (element: HmProjects): HTMLElement[] => findAll(element, '[part=table] > tbody > tr:not(.opened)');
const cells = (row: HTMLElement): string[] => [...row.children].map(readText);
const slugOf = (row: HTMLElement): string => readText(row.querySelector('th button')!);
const slugs = (element: HmProjects): string[] => rows(element).map(slugOf);
const rowOf = (element: HmProjects, slug: string): HTMLElement => rows(element).find((row) => slugOf(row) === slug)!;
const nameOf = (element: HmProjects, slug: string): HTMLButtonElement =>
  rowOf(element, slug).querySelector<HTMLButtonElement>('th button')!;
const head = (element: HmProjects, label: string): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, '[part=table] > thead button').find((button) => readText(button) === label)!;
const columnOf = (element: HmProjects, label: string): number =>
  findAll(element, '[part=table] > thead th').findIndex((cell) => readText(cell) === label);
const cell = (element: HmProjects, slug: string, label: string): string =>
  cells(rowOf(element, slug))[columnOf(element, label)]!;

/** `$1,284.07` with or without ≥ as a number; what has no figure is below every figure. */
const dollars = (text: string): number => Number(/\$([\d,.]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? -1);

/** With what is done with the table, which comes after the table. */
async function mountReady(template = html`<hm-projects></hm-projects>`): Promise<HmProjects> {
  const element = await mountLoaded<HmProjects>(template);
  await until(() => element.shadowRoot!.querySelector('.tools'));
  return element;
}

const mountDemo = (): Promise<HmProjects> => mountReady();

/** What a click or a key does is drawn by the next frame. */
const drawn = (): Promise<number> => new Promise(requestAnimationFrame);

interface ProjectsAnswer {
  readonly projects: readonly { readonly slug: string; readonly calls: number; readonly cost_millicents: number }[];
  readonly totals: { readonly calls: number; readonly cost_millicents: number };
}

describe('<hm-projects>', () => {
  afterEach(unmount);

  it("shows the real daemon's project, its cost as the lower bound that it is, and its calls", async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects daemon="/captured"></hm-projects>`);
    expect(slugs(element)).to.deep.equal(['cap']);
    expect(cell(element, 'cap', 'Cost')).to.equal('≥ $0.07');
    expect(cell(element, 'cap', 'Calls')).to.equal('18');
    expect(cell(element, 'cap', 'Failed')).to.equal('2');
    expect(cell(element, 'cap', 'Not priced')).to.equal('5');
  });

  it('lists every project of the answer, highest cost first, and sums them in its last row', async () => {
    const element = await mountDemo();
    expect(readText(find(element, '.context'))).to.equal('by cost, falling');
    expect(rows(element).length).to.be.greaterThan(10);
    const costs = slugs(element).map((slug) => dollars(cell(element, slug, 'Cost')));
    expect(costs).to.deep.equal([...costs].sort((a, b) => b - a));
    const foot = cells(find(element, 'tfoot tr'));
    expect(foot[0]).to.equal(`${rows(element).length} projects`);
    const calls = slugs(element).reduce(
      (sum, slug) => sum + Number(cell(element, slug, 'Calls').replaceAll(',', '')),
      0,
    );
    expect(foot[columnOf(element, 'Calls')]).to.equal(calls.toLocaleString('en-US'));
    expect(foot[columnOf(element, 'Cost')]).to.match(/^≥ \$/);
  });

  it('tells imputed cost apart, with its mark', async () => {
    const element = await mountDemo();
    expect(cell(element, 'ide-assist', 'Imputed')).to.match(/^\$[\d,]+\.\d\d$/);
    expect(rowOf(element, 'ide-assist').querySelector('.mark.imputed')).to.not.equal(null);
    expect(cell(element, 'hello-world', 'Imputed')).to.equal('0');
  });

  it('tells how calls were attributed and where capture is off', async () => {
    const element = await mountReady(html`<hm-projects columns="capture,attribution"></hm-projects>`);
    expect(cell(element, 'billing-export', 'Capture')).to.match(/^off/);
    expect(cell(element, 'acme-checkout', 'Capture')).to.match(/^on, [\d,]+ kept$/);
    expect(cell(element, 'acme-checkout', 'Attributed by')).to.match(/^\S.* \d+\.\d %$/);
    expect(cell(element, 'default', 'Attributed by')).to.contain('unattributed');
    expect(rowOf(element, 'legacy-chatbot').querySelector('.archived')!.textContent).to.equal('archived');
  });

  it('shows the window of its filter attribute, projects without a call with a dash for their cost', async () => {
    const element = await mountLoaded<HmProjects>(
      html`<hm-projects filter="provider=xai&model=no-such-model"></hm-projects>`,
    );
    expect(rows(element).length).to.be.greaterThan(10);
    expect(cell(element, 'acme-checkout', 'Cost')).to.equal('–');
    expect(cell(element, 'acme-checkout', 'Calls')).to.equal('0');
  });

  it('takes sort and order from its attributes', async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects sort="project" order="asc"></hm-projects>`);
    expect(slugs(element)).to.deep.equal([...slugs(element)].sort());
    expect(readText(find(element, '.context'))).to.equal('by project, rising');
    expect(readText(find(element, 'th[aria-sort="ascending"]'))).to.equal('Project');
  });

  it('sorts by the head that is pressed, and turns round when it is pressed again', async () => {
    const element = await mountDemo();
    const counts = (): number[] =>
      slugs(element).map((slug) => Number(cell(element, slug, 'Calls').replaceAll(',', '')));
    head(element, 'Calls').click();
    await drawn();
    expect(counts()).to.deep.equal(counts().sort((a, b) => b - a));
    head(element, 'Calls').click();
    await drawn();
    expect(counts()).to.deep.equal(counts().sort((a, b) => a - b));
    expect(findAll(element, 'th[aria-sort]').map(readText)).to.deep.equal(['Calls']);
  });

  it('says what is missing in an empty database', async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects daemon="/empty"></hm-projects>`);
    expect(readText(find(element, '[part="empty"]'))).to.contain('No projects yet.');
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmProjects>(html`<hm-projects daemon=${prefix}></hm-projects>`);
      const { error } = await nextEvent(element, 'hm-error');
      expect(error).to.be.instanceOf(Error);
      const alert = find(element, '[part="error"]');
      expect(alert.getAttribute('role')).to.equal('alert');
      expect(readText(alert)).to.contain('Could not read projects.').and.to.contain(words);
      expect(readText(alert)).to.contain(location.host);
      expect(findAll(element, 'table')).to.have.length(0);
    });
  }

  it('names the filter that the server refuses', async () => {
    const element = mount<HmProjects>(html`<hm-projects filter="last=often"></hm-projects>`);
    await nextEvent(element, 'hm-error');
    expect(readText(find(element, '[part="error"]'))).to.contain('The parameter last, "often", is not a span');
  });

  it('says that it is reading until the first answer, and keeps its rows while it reads again', async () => {
    const element = mount<HmProjects>(html`<hm-projects daemon="/hold/projects-first/captured"></hm-projects>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading projects…');
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/projects-first');
    await loaded;
    element.daemon = '/hold/projects-second/captured';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    expect(slugs(element)).to.deep.equal(['cap']);
    const again = nextEvent(element, 'hm-load');
    await fetch('/release/projects-second');
    await again;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('false');
  });

  it('keeps its rows when a later answer fails, says from when they are, and recovers', async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects daemon="/captured"></hm-projects>`);
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await failed;
    expect(slugs(element)).to.deep.equal(['cap']);
    expect(readText(find(element, '[part="error"]'))).to.match(/What stands below is from \d\d:\d\d:\d\d\./);
    const again = nextEvent(element, 'hm-error');
    find<HTMLButtonElement>(element, '[part="error"] button').click();
    await again;
    const loaded = nextEvent(element, 'hm-load');
    element.daemon = '/captured';
    await loaded;
    expect(findAll(element, '[part="error"]')).to.have.length(0);
  });

  it('lets the newer question win over an older answer', async () => {
    const element = mount<HmProjects>(html`<hm-projects daemon="/hold/projects-slow"></hm-projects>`);
    await element.updateComplete;
    const loaded = nextEvent(element, 'hm-load');
    element.daemon = '/captured';
    await loaded;
    await fetch('/release/projects-slow');
    await fetch('/captured/api/status');
    expect(slugs(element)).to.deep.equal(['cap']);
  });

  it('survives being moved, and reads again after it was away', async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects daemon="/captured"></hm-projects>`);
    const shelf = document.createElement('div');
    element.parentElement!.append(shelf);
    shelf.append(element);
    expect(slugs(element)).to.deep.equal(['cap']);
    element.remove();
    await new Promise(requestAnimationFrame);
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    expect(slugs(element)).to.deep.equal(['cap']);
  });

  it('asks for a filter when a project is chosen, marks it, and goes on showing all', async () => {
    const element = await mountDemo();
    const count = rows(element).length;
    const asked = nextEvent(document, 'hm-filter');
    rowOf(element, 'docs-search').click();
    expect(await asked)
      .to.have.property('change')
      .that.deep.equals({ project: ['docs-search'] });
    await drawn();
    expect(nameOf(element, 'docs-search').getAttribute('aria-pressed')).to.equal('true');
    expect(rowOf(element, 'docs-search').classList.contains('chosen')).to.equal(true);
    expect(rows(element)).to.have.length(count);

    rowOf(element, 'docs-search').click();
    await drawn();
    expect(findAll(element, '.chosen')).to.have.length(0);
  });

  it('adds and takes away single projects with Ctrl, ⌘ or Shift, and all of them with one button', async () => {
    const element = await mountDemo();
    rowOf(element, 'docs-search').click();
    await drawn();
    rowOf(element, 'default').dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }));
    await drawn();
    expect(findAll(element, '.chosen').map(slugOf).sort()).to.deep.equal(['default', 'docs-search']);
    rowOf(element, 'docs-search').dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
    await drawn();
    expect(findAll(element, '.chosen').map(slugOf)).to.deep.equal(['default']);
    const cleared = nextEvent(element, 'hm-filter');
    find<HTMLButtonElement>(element, '.tools button').click();
    expect((await cleared).change).to.deep.equal({ project: [] });
    await drawn();
    expect(findAll(element, '.chosen')).to.have.length(0);
  });

  it('is worked by keyboard: a head sorts, a name chooses', async () => {
    const element = await mountDemo();
    head(element, 'Failed').focus();
    await sendKeys({ press: 'Enter' });
    await drawn();
    expect(element.sort).to.equal('failed');
    nameOf(element, 'hello-world').focus();
    await sendKeys({ press: 'Space' });
    await drawn();
    expect(nameOf(element, 'hello-world').getAttribute('aria-pressed')).to.equal('true');
  });

  it('leaves focus on its project when the projects change places', async () => {
    const element = await mountDemo();
    const before = slugs(element);
    nameOf(element, before[0]!).focus();
    element.order = 'asc';
    await element.updateComplete;
    expect(slugs(element)).to.deep.equal([...before].reverse());
    expect(element.shadowRoot!.activeElement).to.equal(nameOf(element, before[0]!));
  });

  it('shows the same figures as the answer, for the window that its scope chose', async () => {
    const scope = mount(html`<hm-scope><hm-projects></hm-projects></hm-scope>`);
    const element = scope.querySelector<HmProjects>('hm-projects')!;
    await nextEvent(element, 'hm-load');
    const filtered = nextEvent(element, 'hm-load');
    Object.assign(scope, { filter: { provider: ['xai'], until: '2000-01-01' } });
    await filtered;
    const answer = (await (await fetch('/api/projects?provider=xai&until=2000-01-01')).json()) as ProjectsAnswer;
    expect(cells(find(element, 'tfoot tr'))[columnOf(element, 'Calls')]).to.equal(String(answer.totals.calls));
    expect(slugs(element)).to.have.members(answer.projects.map((project) => project.slug));
  });

  it('drops columns in a narrow place instead of squeezing them', async () => {
    const element = await mountDemo();
    element.style.width = '358px';
    await new Promise(requestAnimationFrame);
    const shown = findAll(element, 'thead th').filter((cellOfHead) => cellOfHead.offsetWidth > 0);
    expect(shown.map(readText).slice(0, 2)).to.deep.equal(['Project', 'Cost']);
    expect(shown.length).to.be.lessThan(5);
    const scroller = find(element, '.scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountDemo();
      expect(readText(find(element, `#${find(element, 'table').getAttribute('aria-labelledby')}`))).to.equal(
        'Projects',
      );
      rowOf(element, 'docs-search').click();
      await drawn();
      await expectAccessible(element);
    });
  }

  it('shows only the projects that its filter attribute names', async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects filter="project=acme-checkout"></hm-projects>`);
    expect(slugs(element)).to.deep.equal(['acme-checkout']);
    expect(findAll(element, 'tr.chosen')).to.have.length(0);
  });
});
