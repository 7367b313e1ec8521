import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-redaction.js';
import '../../components/hm-scope.js';
import type { HmRedaction } from '../../components/hm-redaction.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const rows = (element: HmRedaction, part: string): HTMLElement[] => findAll(element, `[part="${part}"] tbody tr`);
const cells = (row: HTMLElement): string[] => [...row.children].map(readText);
const rowOf = (element: HmRedaction, part: string, name: string): HTMLElement =>
  rows(element, part).find((row) => cells(row)[0]!.startsWith(name))!;
const countOf = (row: HTMLElement): number => Number(cells(row)[1]!.replace(/,/g, ''));
const fact = (element: HmRedaction, term: string): HTMLElement =>
  findAll(element, '[part="facts"] > div').find((one) => readText(one.querySelector('dt')!) === term)!;
const commands = (element: ParentNode): string[] => [...element.querySelectorAll('code')].map(readText);
const button = (element: HmRedaction, label: RegExp): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, 'button').find((one) =>
    label.test(one.getAttribute('aria-label') ?? readText(one)),
  )!;

/** What the demo holds is the same in each run, and as the server tells it. */
const mountDemo = (): Promise<HmRedaction> =>
  mountLoaded<HmRedaction>(html`<hm-redaction filter="tz=UTC"></hm-redaction>`);

interface Summary {
  readonly totals: Readonly<Record<string, number>>;
  readonly projects: readonly (Readonly<Record<string, number>> & {
    readonly slug: string;
    readonly capture_enabled: boolean;
  })[];
}

async function askSummary(search = ''): Promise<Summary> {
  return (await (await fetch(`/api/bodies/summary${search}`)).json()) as Summary;
}

type Answer = Record<string, Record<string, unknown> | null | string | string[]>;

const fetchAsIs = window.fetch;

/** What the real server answers on a route, with something else in it: for what no small database has. */
function changeAnswer(route: string, change: (answer: Answer) => void): void {
  const before = window.fetch;
  window.fetch = async (input, init) => {
    const answer = await before(input, init);
    const { pathname } = new URL(String(input), location.href);
    if (!pathname.endsWith(route)) return answer;
    const body = (await answer.json()) as Answer;
    change(body);
    return Response.json(body);
  };
}

const changeCapture = (capture: Record<string, unknown>): void =>
  changeAnswer('/api/status', (status) => Object.assign(status.capture as object, capture));

/** Calls come in while the demo runs; what is older than a day stays as it is. */
const BEFORE_TODAY = `until=${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}`;

describe('<hm-redaction>', () => {
  afterEach(() => {
    window.fetch = fetchAsIs;
    unmount();
  });

  it('says in one sentence what is captured, up to which size and how long, and how much of it is cut', async () => {
    const element = await mountLoaded<HmRedaction>(html`<hm-redaction daemon="/captured"></hm-redaction>`);
    expect(readText(find(element, '[part="sentence"]'))).to.match(
      /^Bodies are captured, up to 512 KiB each, kept 90 days; \d+\.\d % of those stored are cut\.$/,
    );
  });

  it('shows each setting with what changes it, and where that is to be written', async () => {
    const element = await mountDemo();
    expect(readText(fact(element, 'Master switch').querySelector('dd')!)).to.match(/^on/);
    expect(commands(fact(element, 'Master switch'))).to.deep.equal(['enabled = false']);
    expect(readText(fact(element, 'Size cap'))).to.contain('512 KiB of a request, and of an answer');
    expect(commands(fact(element, 'Size cap'))).to.deep.equal(['max_body_bytes = 1048576']);
    expect(readText(fact(element, 'Kept for'))).to.contain('90 days');
    expect(commands(fact(element, 'Kept for'))).to.deep.equal(['retention_days = 30']);
    expect(readText(fact(element, 'Stored now'))).to.match(/\d MiB, [\d,]+ bodies/);
    expect(commands(fact(element, 'Stored now'))).to.deep.equal([
      'halton-meter bodies purge --older-than 30d --dry-run',
      'halton-meter bodies purge --older-than 30d',
    ]);
    expect(readText(fact(element, 'Oldest body'))).to.match(
      /\d+ \w+( \d{4})? ?(Expires|Due to be removed since) \d+ \w+/,
    );
    const text = readText(find(element, 'section'));
    expect(text).to.contain('go into the part [bodies] of ~/.halton-meter/config.toml');
    expect(commands(element.shadowRoot!)).to.include('halton-meter stop && halton-meter start');
  });

  it('accounts for every call: the states and their shares sum to the whole', async () => {
    const element = await mountLoaded<HmRedaction>(html`<hm-redaction filter="tz=UTC&${BEFORE_TODAY}"></hm-redaction>`);
    const { totals } = await askSummary(`?tz=UTC&${BEFORE_TODAY}`);
    expect(rows(element, 'coverage').map((row) => [cells(row)[0], countOf(row)])).to.deep.equal([
      ['kept whole', totals.stored],
      ['kept, cut at the size cap', totals.truncated],
      ['capture failed', totals.failed],
      ['nothing kept', totals.expired! + totals.off! + totals.none!],
      ['capture was off', totals.off],
      ['expired', totals.expired],
      ['no reason known', totals.none],
    ]);
    const shares = rows(element, 'coverage').map((row) => parseFloat(cells(row)[2]!.replace('<0.1', '0')));
    const whole = shares.filter((_, at) => at !== 3).reduce((sum, share) => sum + share, 0);
    expect(whole.toFixed(1)).to.equal('100.0');
    expect(shares[3]!.toFixed(1)).to.equal((shares[4]! + shares[5]! + shares[6]!).toFixed(1));
    const label = find(element, 'svg.coverage').getAttribute('aria-label')!;
    expect(label)
      .to.contain(`Bodies of ${totals.calls!.toLocaleString('en-US')} calls:`)
      .and.to.contain('kept whole');
    expect(readText(find(element, 'section'))).to.contain('Of the calls that match the filter.');
  });

  it('shows each project with its switch and what is kept of its calls, and the sums of all', async () => {
    const element = await mountLoaded<HmRedaction>(html`<hm-redaction filter="tz=UTC&${BEFORE_TODAY}"></hm-redaction>`);
    const { projects, totals } = await askSummary(`?tz=UTC&${BEFORE_TODAY}`);
    expect(rows(element, 'projects')).to.have.length(projects.length);
    for (const project of projects) {
      const row = cells(rowOf(element, 'projects', project.slug));
      expect(row[1], project.slug).to.equal(project.capture_enabled ? 'on' : 'off');
      const notKept = project.expired! + project.off! + project.none!;
      expect(row.slice(3, 8).map((text) => Number(text.replace(/,/g, '')))).to.deep.equal([
        project.calls,
        project.stored,
        project.truncated,
        project.failed,
        notKept,
      ]);
    }
    const foot = cells(find(element, '[part="projects"] tfoot tr'));
    expect(foot[0]).to.equal(`${projects.length} projects`);
    expect(foot[3]).to.equal(totals.calls!.toLocaleString('en-US'));
  });

  it('shows what was redacted by category, at most how often, in words, and in which projects', async () => {
    const element = await mountDemo();
    const row = cells(rowOf(element, 'categories', 'stripe_secret'));
    expect(row[0]).to.equal('stripe_secret Stripe secret keys');
    expect(row[2]).to.match(/acme-checkout \d+/);
    const counts = rows(element, 'categories').map(countOf);
    expect(counts).to.deep.equal([...counts].sort((a, b) => b - a));
    expect(countOf(find(element, '[part="categories"] tfoot tr'))).to.equal(
      counts.reduce((sum, count) => sum + count, 0),
    );
    expect(readText(find(element, 'section'))).to.contain('each figure is the most it can be');
  });

  it('says in plain words what redaction does not cover, and who can read what is stored', async () => {
    const element = await mountDemo();
    const limits = readText(find(element, '[part="limits"]'));
    for (const words of [
      'Only credentials are replaced',
      'Names, mail addresses, phone numbers',
      'A password',
      'mode 0600',
    ]) {
      expect(limits).to.contain(words);
    }
  });

  it('shows hostile names of projects and categories as they are, short, and quotes them in commands', async () => {
    const hostile = `-<img src=x onerror="alert('1')">${'x'.repeat(400)}`;
    changeAnswer('/api/bodies/summary', (answer) => {
      const [project] = answer.projects as unknown as Record<string, unknown>[];
      Object.assign(project!, { slug: hostile, categories: [{ category: hostile, count: 3 }] });
      Object.assign(answer.totals as object, { categories: [{ category: hostile, count: 3 }] });
    });
    const element = await mountDemo();
    expect(findAll(element, 'img')).to.have.length(0);
    const row = rowOf(element, 'projects', hostile);
    expect(row.querySelector<HTMLElement>('.slug')!.offsetWidth).to.be.lessThan(300);
    row.querySelector<HTMLButtonElement>('.switch')!.click();
    await element.updateComplete;
    expect(commands(find(element, 'tr.opened'))).to.deep.equal([
      `halton-meter project set -- '${hostile.replaceAll("'", "'\\''")}' body-capture off`,
    ]);
    const category = rowOf(element, 'categories', hostile).querySelector<HTMLElement>('.category')!;
    expect(category.offsetWidth).to.be.lessThan(400);
    expect(category.title).to.equal(hostile);
    const scroller = find(element, '[part="categories"]').parentElement!;
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
  });

  it('takes sort and order from its attributes, and sorts by the head that is pressed', async () => {
    const element = await mountLoaded<HmRedaction>(
      html`<hm-redaction filter="tz=UTC" sort="project" order="asc"></hm-redaction>`,
    );
    const names = (): string[] => rows(element, 'projects').map((row) => readText(row.querySelector('.slug')!));
    expect(names()).to.deep.equal([...names()].sort());
    button(element, /^Capture$/).click();
    await element.updateComplete;
    expect(rows(element, 'projects').map((row) => cells(row)[1])[0]).to.equal('off');
    button(element, /^Calls$/).click();
    await element.updateComplete;
    expect(find(element, '[part="projects"] th[aria-sort]').getAttribute('aria-sort')).to.equal('descending');
    button(element, /^Calls$/).click();
    await element.updateComplete;
    expect(element.order).to.equal('asc');
  });

  it('opens a project to the command that turns its switch, ready to copy, and closes it again', async () => {
    const element = await mountDemo();
    const off = rows(element, 'projects').find((row) => cells(row)[1] === 'off')!;
    const slug = readText(off.querySelector('.slug')!);
    off.querySelector<HTMLButtonElement>('.switch')!.click();
    await element.updateComplete;
    const opened = find(element, 'tr.opened');
    expect(readText(opened)).to.contain('Capture of this project is off since');
    expect(commands(opened)).to.deep.equal([`halton-meter project set ${slug} body-capture on`]);
    let copied = '';
    const write = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => ((copied = text), Promise.resolve());
    opened.querySelector<HTMLButtonElement>('.command button')!.click();
    await until(() => readText(opened).includes('Copied'));
    navigator.clipboard.writeText = write;
    expect(copied).to.equal(`halton-meter project set ${slug} body-capture on`);
    rowOf(element, 'projects', slug).querySelector<HTMLButtonElement>('.switch')!.click();
    await element.updateComplete;
    expect(findAll(element, 'tr.opened')).to.have.length(0);
  });

  it('leads from a count to its calls, goes on showing all, and back', async () => {
    const scope = mount(html`<hm-scope filter="tz=UTC"><hm-redaction></hm-redaction></hm-scope>`);
    const element = scope.querySelector<HmRedaction>('hm-redaction')!;
    await nextEvent(element, 'hm-load');
    const shown = rows(element, 'projects').length;
    const cut = (): HTMLButtonElement =>
      rowOf(element, 'projects', 'acme-checkout').querySelectorAll<HTMLButtonElement>('.calls')[2]!;
    expect(cut().getAttribute('aria-label')).to.match(/^\d+ calls? of acme-checkout, kept, cut: show$/);
    const filtered = nextEvent(scope, 'hm-filter');
    const gone = nextEvent(scope, 'hm-go');
    cut().click();
    expect((await filtered).change).to.deep.equal({ project: ['acme-checkout'], body_state: ['truncated'], body: '' });
    expect((await gone).to).to.equal('calls');
    await until(() => cut().getAttribute('aria-pressed') === 'true');
    expect(rows(element, 'projects')).to.have.length(shown);
    const back = nextEvent(scope, 'hm-filter');
    cut().click();
    expect((await back).change).to.deep.equal({ project: [], body_state: [], body: '' });
  });

  it('counts exactly the calls that its counts lead to', async () => {
    const element = await mountLoaded<HmRedaction>(html`<hm-redaction filter="tz=UTC&${BEFORE_TODAY}"></hm-redaction>`);
    for (const state of ['stored', 'truncated', 'failed', 'none']) {
      const shown = findAll<HTMLButtonElement>(element, '[part="coverage"] .calls').find(
        ({ value }) => value === JSON.stringify([null, state]),
      )!;
      const answer = await fetch(`/api/calls?limit=1&tz=UTC&${BEFORE_TODAY}&body_state=${state}`);
      const { total } = (await answer.json()) as { total: number };
      expect(readText(shown), state).to.equal(total.toLocaleString('en-US'));
    }
  });

  it('says what becomes of bodies where the master switch is off, and that projects are overruled', async () => {
    changeCapture({ enabled: false });
    const element = await mountDemo();
    expect(readText(find(element, '[part="sentence"]'))).to.match(
      /^No bodies are captured: .*stay until they expire\.$/,
    );
    expect(commands(fact(element, 'Master switch'))).to.deep.equal(['enabled = true']);
    expect(cells(rowOf(element, 'projects', 'acme-checkout'))[1]).to.equal('on, overruled');
  });

  it('calls settings unknown, not off, where config.toml can not be read', async () => {
    changeCapture({ enabled: null, max_body_bytes: null, retention_days: null });
    const element = await mountDemo();
    for (const term of ['Master switch', 'Size cap', 'Kept for']) {
      expect(readText(fact(element, term).querySelector('dd')!), term).to.match(/^unknown/);
    }
    expect(readText(find(element, '[part="sentence"]'))).to.contain('unknown');
    expect(cells(rowOf(element, 'projects', 'acme-checkout'))[1]).to.equal('on');
  });

  for (const [uploads, words, command] of [
    [true, 'bodies, 7 so far', 'halton-meter cloud privacy set bodies.enabled false'],
    [false, 'calls; 7 bodies sent so far', 'halton-meter cloud privacy show'],
    [null, 'can not be read', 'halton-meter cloud pause'],
  ] as const) {
    it(`says whether the daemon uploads bodies, and how many it sent (${uploads})`, async () => {
      changeAnswer('/api/status', (status) => {
        status.cloud = { paired: true, workspace: 'Acme', uploaded_bodies: 7, uploads_bodies: uploads };
      });
      const element = await mountDemo();
      const cloud = fact(element, 'Sent to a cloud');
      expect(readText(cloud)).to.contain(words).and.to.contain('the workspace Acme');
      expect(commands(cloud)).to.include(command).and.to.include('halton-meter cloud disconnect');
    });
  }

  it('still counts, and shows no 0, while the server reads its database', async () => {
    let isCounting = true;
    changeAnswer('/api/status', (status) => {
      if (!isCounting) return;
      status.capture = null;
      status.index = { loaded: 250, of: 1000 };
    });
    const before = window.fetch;
    let answerSummary = (): void => undefined;
    const held = new Promise<void>((resolve) => (answerSummary = resolve));
    window.fetch = async (input, init) => {
      if (String(input).includes('/api/bodies/summary')) await held;
      return before(input, init);
    };
    const element = mount<HmRedaction>(html`<hm-redaction filter="tz=UTC"></hm-redaction>`);
    const loading = await until(
      () =>
        element.shadowRoot?.querySelector('[part="loading"]:has(p)') &&
        find(element, '[part="loading"]').textContent.includes('counting') &&
        find(element, '[part="loading"]'),
    );
    expect(readText(loading)).to.equal('Reading what is stored, still counting: 250 of 1,000 calls…');
    isCounting = false;
    const loaded = nextEvent(element, 'hm-load');
    answerSummary();
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
    expect(readText(fact(element, 'Stored now'))).to.match(/[\d,]+ bodies/);
  });

  it('says how to let the file be read where a daemon serves no bodies', async () => {
    changeAnswer('/api/status', (status) =>
      Object.assign(status, { source: 'daemon', capture: null, features: ['sort'] }),
    );
    const element = await mountDemo();
    expect(readText(find(element, '[part="empty"]'))).to.contain('does not serve bodies over HTTP');
    expect(commands(element.shadowRoot!)).to.deep.equal(['hm-elements --db ~/.halton-meter/db.sqlite']);
  });

  it('says that a database without the table is from an older daemon', async () => {
    changeAnswer('/api/status', (status) =>
      Object.assign(status, { source: 'database', capture: null, features: ['sort'] }),
    );
    const element = await mountDemo();
    expect(readText(find(element, '[part="empty"]'))).to.contain('no table for bodies');
    expect(commands(element.shadowRoot!)).to.deep.equal(['halton-meter self-update']);
  });

  it('shows the settings where a server does not sum up bodies', async () => {
    changeAnswer('/api/status', (status) => Object.assign(status, { features: ['bodies'] }));
    const element = await mountDemo();
    expect(readText(find(element, 'section'))).to.contain('This server does not sum up which calls have bodies.');
    expect(readText(fact(element, 'Kept for'))).to.contain('90 days');
    expect(findAll(element, '[part="projects"]')).to.have.length(0);
  });

  it('shows the settings of an empty database, and what is missing', async () => {
    const element = await mountLoaded<HmRedaction>(html`<hm-redaction daemon="/empty"></hm-redaction>`);
    expect(readText(find(element, '[part="empty"]'))).to.equal('No calls yet. The first one is counted here.');
    expect(readText(fact(element, 'Stored now'))).to.equal('Stored now nothing');
    expect(readText(fact(element, 'Oldest body'))).to.equal('Oldest body none');
    const narrow = await mountLoaded<HmRedaction>(html`<hm-redaction filter="model=no-such-model"></hm-redaction>`);
    expect(readText(find(narrow, '[part="empty"]'))).to.equal('No call matches the filter.');
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmRedaction>(html`<hm-redaction daemon=${prefix}></hm-redaction>`);
      await nextEvent(element, 'hm-error');
      const error = find(element, '[part="error"]');
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error)).to.contain('Could not read capture and redaction.').and.to.contain(words);
    });
  }

  it('says that it is reading until the first answer', async () => {
    const element = mount<HmRedaction>(html`<hm-redaction daemon="/hold/redaction/captured"></hm-redaction>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading capture and redaction…');
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/redaction');
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
  });

  it('keeps what it shows while it reads again and when that fails, and tries again', async () => {
    const element = await mountLoaded<HmRedaction>(html`<hm-redaction daemon="/captured"></hm-redaction>`);
    const shown = rows(element, 'projects').length;
    expect(shown).to.be.greaterThan(0);
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    await failed;
    expect(rows(element, 'projects')).to.have.length(shown);
    expect(readText(find(element, '[part="error"]'))).to.match(/What stands below is from \d\d:\d\d:\d\d\./);
    const again = nextEvent(element, 'hm-error');
    find<HTMLButtonElement>(element, '[part="error"] button').click();
    await again;
    const loaded = nextEvent(element, 'hm-load');
    element.daemon = '/captured';
    await loaded;
    expect(findAll(element, '[part="error"]')).to.have.length(0);
  });

  it('survives being moved, and reads again after it was away', async () => {
    const element = await mountLoaded<HmRedaction>(html`<hm-redaction daemon="/captured"></hm-redaction>`);
    const shown = rows(element, 'projects').length;
    const shelf = document.createElement('div');
    element.parentElement!.append(shelf);
    shelf.append(element);
    expect(rows(element, 'projects')).to.have.length(shown);
    element.remove();
    await new Promise(requestAnimationFrame);
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    expect(rows(element, 'projects')).to.have.length(shown);
  });

  it('is worked by keyboard, and keeps the focus on its project when rows change places', async () => {
    const element = await mountDemo();
    const opener = rowOf(element, 'projects', 'docs-search').querySelector<HTMLButtonElement>('.switch')!;
    opener.focus();
    await sendKeys({ press: 'Enter' });
    expect(findAll(element, 'tr.opened')).to.have.length(1);
    element.sort = 'project';
    await element.updateComplete;
    const focused = element.shadowRoot!.activeElement as HTMLButtonElement;
    expect(focused.value).to.equal('["docs-search"]');
    await sendKeys({ press: 'Tab' });
    expect((element.shadowRoot!.activeElement as HTMLButtonElement).value).to.equal('["docs-search",null]');
  });

  it('drops columns in a narrow place instead of squeezing them', async () => {
    const element = await mountDemo();
    element.style.width = '358px';
    await new Promise(requestAnimationFrame);
    const heads = findAll(element, '[part="projects"] thead th').filter((head) => head.offsetWidth > 0);
    expect(heads.map(readText)).to.deep.equal(['Project', 'Capture', 'Calls', 'Whole']);
    for (const scroller of findAll(element, '.scroller')) expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountDemo();
      rowOf(element, 'projects', 'ide-assist').querySelector<HTMLButtonElement>('.switch')!.click();
      await element.updateComplete;
      expect(readText(find(element, `#${find(element, 'section').getAttribute('aria-labelledby')}`))).to.equal(
        'Capture and redaction',
      );
      await expectAccessible(element);
    });
  }
});
