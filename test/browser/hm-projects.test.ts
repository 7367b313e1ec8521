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

/** With what is done with the table, which comes when a pointer or the focus does. */
async function mountReady(template = html`<hm-projects></hm-projects>`): Promise<HmProjects> {
  const element = await mountLoaded<HmProjects>(template);
  find(element, 'section').dispatchEvent(new PointerEvent('pointerenter'));
  await until(() => element.shadowRoot!.querySelector('.tools'));
  return element;
}

const mountDemo = (): Promise<HmProjects> => mountReady();

/** What a click or a key does is drawn by the next frame. */
const drawn = (): Promise<number> => new Promise(requestAnimationFrame);

const tool = (element: HmProjects, name: string): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, '.tools button').find((button) => readText(button) === name)!;

const openerOf = (element: HmProjects, slug: string): HTMLButtonElement =>
  rowOf(element, slug).querySelector<HTMLButtonElement>('.opener')!;

/** Opens a project and waits until its parts are there. */
async function open(element: HmProjects, slug: string): Promise<void> {
  openerOf(element, slug).click();
  await until(() => element.shadowRoot!.querySelector('.view .ways'));
}

interface ProjectsAnswer {
  readonly projects: readonly {
    readonly slug: string;
    readonly archived_at: string | null;
    readonly calls: number;
    readonly cost_millicents: number;
  }[];
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
    expect(cell(element, 'hello-world', 'Imputed')).to.equal('–');
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

  it('loads what is done with the table when a pointer or the focus comes to it, and not before', async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects daemon="/captured"></hm-projects>`);
    await drawn();
    expect(findAll(element, '.tools, .opener')).to.have.length(0);
    const height = element.offsetHeight;
    head(element, 'Cost').focus();
    await until(() => element.shadowRoot!.querySelector('.tools'));
    expect(findAll(element, '.opener')).to.have.length(1);
    expect(element.offsetHeight).to.equal(height);
    expect(element.shadowRoot!.activeElement).to.equal(head(element, 'Cost'));
  });

  it('does not lose a click that comes before what it does is loaded', async () => {
    const element = await mountLoaded<HmProjects>(html`<hm-projects daemon="/captured"></hm-projects>`);
    const asked = nextEvent(document, 'hm-filter');
    nameOf(element, 'cap').click();
    expect((await asked).change).to.deep.equal({ project: ['cap'] });
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
    const shown = answer.projects.filter(({ archived_at }) => archived_at === null);
    expect(slugs(element)).to.have.members(shown.map((project) => project.slug));
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

  it('shows shares that sum to 100.0 %, as it says below them', async () => {
    const element = await mountDemo();
    const tenths = slugs(element).map((slug) => {
      const share = cell(element, slug, 'Share');
      return share.startsWith('<') || share === '–' ? 0 : Math.round(parseFloat(share) * 10);
    });
    expect(tenths.reduce((sum, share) => sum + share, 0)).to.equal(1000);
    expect(cells(find(element, 'tfoot tr'))[columnOf(element, 'Share')]).to.equal('100.0 %');
  });

  it('leaves out archived projects without a call until they are asked for, and counts them', async () => {
    const element = await mountReady(html`<hm-projects filter="model=no-such-model"></hm-projects>`);
    const count = rows(element).length;
    expect(slugs(element)).to.not.include('legacy-chatbot');
    expect(readText(find(element, 'tfoot th'))).to.equal(`${count + 1} projects, 1 hidden`);
    tool(element, 'Archived (1)').click();
    await drawn();
    expect(element.archived).to.equal(true);
    expect(tool(element, 'Archived (1)').getAttribute('aria-pressed')).to.equal('true');
    expect(slugs(element)).to.include('legacy-chatbot');
    expect(readText(find(element, 'tfoot th'))).to.equal(`${count + 1} projects`);
  });

  it('shows archived projects that have calls in the window, and all with its archived attribute', async () => {
    expect(slugs(await mountDemo())).to.include('legacy-chatbot');
    const element = await mountReady(html`<hm-projects archived filter="model=no-such-model"></hm-projects>`);
    expect(slugs(element)).to.include('legacy-chatbot');
  });

  it('searches slug, name, model and attribution, keeps the sums of all, and gives all back with Esc', async () => {
    const element = await mountDemo();
    const all = rows(element).length;
    const sums = cells(find(element, 'tfoot tr'));
    tool(element, 'Search').click();
    await until(() => element.shadowRoot!.activeElement?.matches('input[type="search"]'));
    expect(tool(element, 'Search').getAttribute('aria-expanded')).to.equal('true');
    await sendKeys({ type: 'unattrib' });
    await drawn();
    expect(slugs(element)).to.deep.equal(['default']);
    expect(readText(find(element, '[part="panel"] [role="status"]'))).to.equal('1 project');
    const foot = cells(find(element, 'tfoot tr'));
    expect(foot[0]).to.equal(`${all} projects, ${all - 1} hidden`);
    expect(foot.slice(1, 3)).to.deep.equal(sums.slice(1, 3));
    await sendKeys({ type: ' nothing at all' });
    await drawn();
    expect(rows(element)).to.have.length(0);
    expect(readText(find(element, '[part="panel"] [role="status"]'))).to.equal('No project matches.');
    await sendKeys({ press: 'Escape' });
    await drawn();
    expect(rows(element)).to.have.length(all);
    expect(element.shadowRoot!.activeElement).to.equal(tool(element, 'Search'));
    expect(findAll(element, '[part="panel"]')).to.have.length(0);
  });

  it('takes a search from its attribute', async () => {
    const element = await mountReady(html`<hm-projects search="CHECKOUT"></hm-projects>`);
    await until(() => rows(element).length === 1);
    expect(slugs(element)).to.deep.equal(['acme-checkout']);
    expect(find<HTMLInputElement>(element, 'input').value).to.equal('CHECKOUT');
  });

  it('shows the columns that its attribute names, in their order, and says which there are not', async () => {
    const element = await mountReady(
      html`<hm-projects columns="latency,tokens,cost,cut,created,first,change,size"></hm-projects>`,
    );
    await until(() => columnOf(element, 'Change') > 0);
    expect(findAll(element, '[part=table] > thead th').map(readText)).to.deep.equal([
      'Project',
      'Latency',
      'Tokens',
      'Cost',
      'Cut',
      'Created',
      'First call',
      'Change',
    ]);
    expect(readText(find(element, '[role="alert"]'))).to.equal('There is no column "size".');
    expect(cell(element, 'default', 'Change')).to.equal('–');
    expect(cell(element, 'default', 'Latency')).to.match(/ m?s$/);
    expect(cell(element, 'default', 'Cut')).to.match(/^\d+$/);
  });

  it('lets columns be chosen, and gives the usual ones back', async () => {
    const element = await mountDemo();
    tool(element, 'Columns').click();
    const box = (name: string): HTMLInputElement => find<HTMLInputElement>(element, `[part="panel"] [value="${name}"]`);
    await until(() => element.shadowRoot!.activeElement?.matches('input'));
    const usual = findAll(element, '[part=table] > thead th')
      .filter((head) => head.offsetWidth > 0)
      .map(readText);
    expect(box('cost').checked).to.equal(true);
    expect(box('tokens').checked).to.equal(false);
    box('tokens').click();
    await drawn();
    expect(findAll(element, '[part=table] > thead th').map(readText)).to.have.members([...usual, 'Tokens']);
    box('cost').click();
    await drawn();
    expect(columnOf(element, 'Cost')).to.equal(-1);
    find<HTMLButtonElement>(element, '[part="panel"] .button').click();
    await drawn();
    expect(element.columns).to.equal('');
    expect(columnOf(element, 'Cost')).to.equal(1);
  });

  it('compares each cost with the period before, where the filter has a beginning', async () => {
    const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const element = await mountReady(
      html`<hm-projects filter="tz=UTC&since=${day(20)}&until=${day(11)}"></hm-projects>`,
    );
    const head = await until(() =>
      findAll(element, '[part=table] > thead th').find((cellOfHead) => readText(cellOfHead).startsWith('vs ')),
    );
    const label = readText(head);
    await until(() => cell(element, 'default', label) !== '…');
    const costs = async (first: number, last: number): Promise<Map<string, number>> => {
      const answer = await fetch(`/api/projects?tz=UTC&since=${day(first)}&until=${day(last)}`);
      const { projects } = (await answer.json()) as ProjectsAnswer;
      return new Map(projects.map(({ slug, cost_millicents }) => [slug, cost_millicents]));
    };
    const [now, before] = [await costs(20, 11), await costs(30, 21)];
    let compared = 0;
    for (const slug of slugs(element)) {
      const [, sign, percent] = /([+−])([\d,]+\.\d) %$/.exec(cell(element, slug, label)) ?? [];
      if (percent === undefined) continue;
      const change = Number(percent.replaceAll(',', '')) * (sign === '−' ? -1 : 1);
      expect(change).to.be.closeTo((now.get(slug)! / before.get(slug)! - 1) * 100, 0.051);
      compared++;
    }
    expect(compared).to.be.greaterThan(5);
    head.querySelector('button')!.click();
    await drawn();
    expect(element.sort).to.equal('change');
  });

  it('compares nothing where the filter has no beginning', async () => {
    const element = await mountReady(html`<hm-projects filter="until=2030-01-01"></hm-projects>`);
    expect(findAll(element, '[part=table] > thead th').map(readText).join()).to.not.match(/vs |Change/);
  });

  it('opens a project beside its name: what its calls were made of, and how they came to it', async () => {
    const element = await mountDemo();
    await open(element, 'acme-checkout');
    expect(openerOf(element, 'acme-checkout').getAttribute('aria-expanded')).to.equal('true');
    expect(findAll(element, '.view h3').map(readText)).to.deep.equal([
      'Models',
      'Providers',
      'Machines',
      'Folders',
      'How its calls came to it',
    ]);
    const countIn = (table: string): number => {
      const place = findAll(element, `${table} thead th`).map(readText).indexOf('Calls');
      const counts = findAll(element, `${table} tbody tr`).map((row) => Number(cells(row)[place]!.replaceAll(',', '')));
      return counts.reduce((sum, count) => sum + count, 0);
    };
    const tables = ['model', 'provider', 'machine', 'workdir'].map((by) => `.view [aria-labelledby="by-${by}"]`);
    for (const table of [...tables, '.view .ways']) {
      // The demo goes on: a call that came meanwhile stands in one of the two a moment before it does in the other.
      await until(
        () => countIn(table).toLocaleString('en-US') === cell(element, 'acme-checkout', 'Calls') || undefined,
      );
    }
    const facts = readText(find(element, '.facts'));
    expect(facts).to.match(/Created.*First call.*Last call.*Latency.* on average, 95 % within .*Tokens.*Failed.*Cut/);
    expect(facts).to.contain('halton-meter project set acme-checkout body-capture off');
    expect(findAll(element, 'tr.chosen')).to.have.length(0);
  });

  it('filters by the value that is pressed in an opened project, and lets it go again', async () => {
    const element = await mountReady(html`<hm-projects opened="acme-checkout"></hm-projects>`);
    await until(() => element.shadowRoot!.querySelector('.view .ways'));
    const value = (): HTMLButtonElement => find(element, '.view [aria-labelledby="by-provider"] tbody button');
    const provider = value().value.replace('provider ', '');
    const asked = nextEvent(document, 'hm-filter');
    value().click();
    expect((await asked).change).to.deep.equal({ project: ['acme-checkout'], provider: [provider] });
    await until(() => value().getAttribute('aria-pressed') === 'true');
    const left = nextEvent(document, 'hm-filter');
    value().click();
    expect((await left).change).to.deep.equal({ project: ['acme-checkout'], provider: [] });
  });

  it('joins models whose names differ by a date, and splits them on demand', async () => {
    const element = await mountReady(html`<hm-projects opened="team/onboarding-bot"></hm-projects>`);
    const names = (): string[] => findAll(element, '.view [aria-labelledby="by-model"] tbody th').map(readText);
    await until(() => element.shadowRoot!.querySelector('.view .ways'));
    const answer = await fetch('/api/calls/groups?by=model&project=team/onboarding-bot');
    const { groups } = (await answer.json()) as { groups: { key: string }[] };
    const stripped = new Set(groups.map(({ key }) => key.replace(/-\d{8}$/, '')));
    expect(names()).to.have.members([...stripped]);
    const split = element.shadowRoot!.querySelector<HTMLButtonElement>('.split');
    expect(split !== null).to.equal(stripped.size < groups.length);
    split?.click();
    await drawn();
    expect(names()).to.have.members(split ? groups.map(({ key }) => key) : [...stripped]);
  });

  it('says what to do about calls that a default caught', async () => {
    const element = await mountReady(html`<hm-projects opened="default"></hm-projects>`);
    await until(() => element.shadowRoot!.querySelector('.view .fix'));
    expect(readText(find(element, '.fix'))).to.match(/^[\d,]+ calls fell to a default/);
    expect(findAll(element, '.fix .command code').map(readText)).to.deep.equal([
      'halton-meter retag --from default --to my-project',
      'halton-meter retag --from default --to my-project --apply',
      'export HALTON_PROJECT=my-project',
      "echo 'project: my-project' >> .haltonrc",
    ]);
  });

  it('closes an opened project with Esc and with its button, and leaves the focus there', async () => {
    const element = await mountDemo();
    await open(element, 'docs-search');
    find<HTMLButtonElement>(element, '.view button').focus();
    await sendKeys({ press: 'Escape' });
    await drawn();
    expect(findAll(element, '.view')).to.have.length(0);
    expect(element.shadowRoot!.activeElement).to.equal(openerOf(element, 'docs-search'));
    await sendKeys({ press: 'Enter' });
    await until(() => element.shadowRoot!.querySelector('.view'));
    await sendKeys({ press: 'Space' });
    await drawn();
    expect(element.opened).to.equal('');
  });

  it('leaves the focus in an opened project when the projects change places', async () => {
    const element = await mountDemo();
    await open(element, 'docs-search');
    const held = find<HTMLButtonElement>(element, '.view tbody button');
    held.focus();
    element.order = 'asc';
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement).to.equal(held);
    expect(rowOf(element, 'docs-search').nextElementSibling!.classList.contains('opened')).to.equal(true);
  });

  it('says which project it can not open, and what of one could not be read', async () => {
    const element = await mountReady(html`<hm-projects daemon="/captured" opened="nobody"></hm-projects>`);
    await until(() => element.shadowRoot!.querySelector('[role="alert"]'));
    expect(readText(find(element, '[role="alert"]'))).to.equal('There is no project "nobody" here.');
    element.opened = 'cap';
    await until(() => element.shadowRoot!.querySelector('.view .ways'));
    element.daemon = '/problem';
    const alert = await until(() => element.shadowRoot!.querySelector('.view [part="error"]'));
    expect(readText(alert)).to.match(/Could not read what cap is made of\..* What stands below is from \d\d:/);
    expect(findAll(element, '.view .ways')).to.have.length(1);
  });

  it('explains all ways of attribution with their shares, and where a default caught calls', async () => {
    const element = await mountDemo();
    tool(element, 'Attribution').click();
    const table = await until(() => element.shadowRoot!.querySelector('[part="panel"] .ways'));
    const ways = [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map(readText));
    const shares = ways.map(([, , , share]) => (share!.startsWith('<') ? 0 : Math.round(parseFloat(share!) * 10)));
    expect(shares.reduce((sum, share) => sum + share, 0)).to.equal(1000);
    const calls = ways.reduce((sum, [, , count]) => sum + Number(count!.replaceAll(',', '')), 0);
    expect(calls.toLocaleString('en-US')).to.equal(cells(find(element, 'tfoot tr'))[columnOf(element, 'Calls')]);
    expect(ways.every(([, meaning]) => meaning!.endsWith('.'))).to.equal(true);
    expect(readText(find(element, '.naming'))).to.match(/[\d,]+ calls, [\d.]+ %, fell to a default/);
    const asked = nextEvent(document, 'hm-filter');
    table.querySelector<HTMLButtonElement>('[value="attribution unattributed"]')!.click();
    expect((await asked).change.attribution).to.include('smart_default');
    find<HTMLButtonElement>(element, '.naming .button').click();
    await until(() => element.shadowRoot!.querySelector('.view'));
    expect(element.opened).to.equal('default');
  });

  it('stays within a phone with a project opened', async () => {
    const element = await mountDemo();
    element.style.width = '358px';
    await open(element, 'default');
    await drawn();
    const scroller = find(element, '.scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
  });

  for (const panel of ['Search', 'Attribution', 'Columns']) {
    it(`has no accessibility fault with a project opened and ${panel}`, async () => {
      const element = await mountDemo();
      await open(element, 'default');
      tool(element, panel).click();
      await until(() => element.shadowRoot!.querySelector('[part="panel"]'));
      await expectAccessible(element);
    });
  }
});
