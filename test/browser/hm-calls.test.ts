import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import { readSaid, untilReady } from './calls.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const rows = (element: HmCalls): HTMLElement[] => findAll(element, '.layer [role="row"]');
const cells = (row: HTMLElement): string[] =>
  [...row.querySelectorAll<HTMLElement>('[role="gridcell"]')]
    .filter((cell) => getComputedStyle(cell).display !== 'none')
    .map(readText);
const rowOf = (element: HmCalls, words: string): HTMLElement =>
  rows(element).find((row) => readText(row).includes(words))!;
const press = (element: HmCalls, key: string): boolean =>
  find(element, '.grid').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

describe('<hm-calls>', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(unmount);

  it('shows every call of the real daemon, newest first, with its cost to the tenth of a millidollar', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    expect(rows(element)).to.have.length(18);
    expect(find(element, '.grid').getAttribute('aria-rowcount')).to.equal('19');
    const times = rows(element).map((row) => row.querySelector('time')!.dateTime);
    expect(times).to.deep.equal([...times].sort().reverse());
    expect(readText(rowOf(element, 'claude-sonnet-4-6'))).to.contain('$0.0138');
  });

  it('says "not priced" for a model that nobody priced, and never 0', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const row = rowOf(element, 'claude-unheard-of-9');
    expect(readText(row)).to.contain('not priced');
    expect(readText(row)).not.to.contain('$0');
  });

  it('says that a stream without usage is unknown, not free', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const row = rowOf(element, 'no usage sent');
    expect(cells(row)).to.include('unknown');
    expect(cells(row)).not.to.include('0');
    expect(readText(row)).to.contain('not priced');
  });

  it('says that a cost below a millicent is small, not zero', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    expect(readText(rowOf(element, 'text-embedding-3-small'))).to.contain('<$0.00001');
  });

  it('marks failed calls with the reason and a cut body with its word', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    expect(rowOf(element, 'rate limit 429')).to.exist;
    expect(rowOf(element, 'server error 500')).to.exist;
    expect(rows(element).filter((row) => cells(row).includes('cut'))).to.have.length(1);
  });

  it('sums what the filter holds and calls the sum a lower bound where calls have no price', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const totals = readText(find(element, '[part="totals"]'));
    expect(totals).to.contain('≥ $0.07');
    expect(totals).to.match(/Not priced 5/);
    expect(totals).to.match(/Failed 2/);
  });

  it('never sums tokens to 0 that no call tells of, and calls a sum "at least" where some were not counted', async () => {
    const readTotals = async (filter: string): Promise<string> => {
      const element = await mountLoaded<HmCalls>(html`<hm-calls filter=${filter}></hm-calls>`);
      const totals = readText(find(element, '[part="totals"]'));
      unmount();
      return totals;
    };
    for (const filter of ['status=error', 'status=blocked_by_policy', 'status=error&status=blocked_by_policy']) {
      expect(await readTotals(filter), filter).to.match(
        /Input, uncached – Cache read – Cache write – Output – Thinking –$/,
      );
    }
    expect(await readTotals('')).to.match(/Input, uncached ≥\s[1-9][\d.,]* M Cache read ≥\s[1-9]/);
    expect(await readTotals('complete=true&status=success')).to.match(
      /Input, uncached [1-9][\d.,]* M Cache read [1-9]/,
    );
  });

  for (const width of [390, 768]) {
    it(`shows every sum in ${width} pixels too, and moves nothing when they are compared`, async () => {
      await setViewport({ width, height: 800 });
      const element = await mountLoaded<HmCalls>(html`<hm-calls filter="last=7d"></hm-calls>`);
      const top = (): number => find(element, '.grid').getBoundingClientRect().top;
      const before = top();
      for (const term of findAll(element, '.totals dt')) {
        expect(term.offsetWidth, readText(term)).to.be.greaterThan(0);
        expect(term.getBoundingClientRect().right).to.be.at.most(width);
      }
      expect(findAll(element, '.totals dt').map(readText)).to.include.members(['Cache read', 'Output', 'Thinking']);
      await until(() => readText(find(element, '.totals')).includes('Compared with the 7 days before'));
      expect(top()).to.equal(before);
      await setViewport({ width: 1366, height: 900 });
    });
  }

  it('draws a window of rows and reaches the last of tens of thousands', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    await untilReady(element);
    const total = Number(find(element, '.grid').getAttribute('aria-rowcount')) - 1;
    expect(total).to.be.greaterThan(20_000);
    expect(rows(element).length).to.be.lessThan(60);
    find(element, '.grid').focus();
    press(element, 'End');
    const last = await until(() => {
      const row = rows(element).at(-1);
      return row?.getAttribute('aria-rowindex') === String(total + 1) && row.querySelector('time') ? row : null;
    });
    const box = find(element, '.grid').getBoundingClientRect();
    expect(last.getBoundingClientRect().bottom).to.be.at.most(box.bottom + 1);
    expect(last.classList.contains('active')).to.equal(true);
  });

  it('draws a row that is not there yet as such, with its number', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    const grid = find(element, '.grid');
    grid.scrollTop = 200_000;
    const waiting = await until(() => rows(element).find((row) => row.classList.contains('waiting')));
    expect(readText(waiting)).to.match(/^row [\d,]+$/);
    expect(waiting.getAttribute('aria-busy')).to.equal('true');
    await until(() => rows(element).every((row) => !row.classList.contains('waiting')));
  });

  it('sorts by a column, calls without a value last in both directions', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const head = findAll<HTMLButtonElement>(element, '.heads button').find((button) => readText(button) === 'Cost')!;
    for (const direction of ['descending', 'ascending']) {
      const drawn = nextEvent(element, 'hm-load');
      head.click();
      await drawn;
      expect(head.closest('[role="columnheader"]')!.getAttribute('aria-sort')).to.equal(direction);
      const priced = rows(element).map((row) => !readText(row).includes('not priced'));
      expect(priced).to.deep.equal([...priced].sort((a, b) => Number(b) - Number(a)));
    }
    expect(cells(rows(element)[0]!)).to.satisfy((row: string[]) => row.includes('0') || row.includes('<$0.00001'));
  });

  it('shows only what its filter attribute lets through, and offers no way to take that filter away', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" filter="provider=xai"></hm-calls>`);
    expect(rows(element)).to.have.length(2);
    expect(findAll(element, '.chip')).to.have.length(0);
    expect(findAll(element, '.chips button')).to.have.length(0);
  });

  it('does not claim that there are no calls when the page itself filters them all away', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" filter="provider=none"></hm-calls>`);
    expect(readText(find(element, '[part="empty"]'))).to.equal('No calls match the filter of this page.');
  });

  it('shows neither tokens nor a price for what a policy blocked', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls filter="status=blocked_by_policy"></hm-calls>`);
    const [row] = rows(element);
    expect(readText(row!)).to.contain('blocked by policy');
    expect(cells(row!).filter((cell) => cell === '–').length).to.be.at.least(6);
    expect(readText(row!)).not.to.contain('not priced');
  });

  it('names the filter that the server refuses', async () => {
    const element = mount<HmCalls>(html`<hm-calls daemon="/captured" filter="since=yesterday"></hm-calls>`);
    await nextEvent(element, 'hm-error');
    expect(readText(find(element, '[part="error"]'))).to.contain('The parameter since, "yesterday",');
  });

  it('chooses one call by a click and several by their boxes, as A and B', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const choice = nextEvent(element, 'hm-select');
    rows(element)[2]!.click();
    expect((await choice).calls).to.have.length(1);
    await element.updateComplete;
    rows(element)[5]!.querySelector<HTMLElement>('.choice')!.click();
    await element.updateComplete;
    expect(rows(element).flatMap((row) => cells(row)[0] || [])).to.deep.equal(['A', 'B']);
    expect(findAll(element, '[aria-selected="true"]')).to.have.length(2);
  });

  it('moves and chooses by keyboard', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    await untilReady(element);
    for (const key of ['j', 'ArrowDown', 'j', 'k']) press(element, key);
    await element.updateComplete;
    expect(find(element, '.grid').getAttribute('aria-activedescendant')).to.equal('row-2');
    expect(find(element, '#row-2').classList.contains('active')).to.equal(true);
    press(element, 'Enter');
    await element.updateComplete;
    press(element, 'j');
    press(element, ' ');
    await element.updateComplete;
    expect(findAll(element, '[aria-selected="true"]').map((row) => row.id)).to.deep.equal(['row-2', 'row-3']);
    press(element, 'Escape');
    await element.updateComplete;
    expect(findAll(element, '[aria-selected="true"]')).to.have.length(0);
  });

  it('leaves keys to the browser that are not its own', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    await untilReady(element);
    expect(press(element, 'f')).to.equal(true);
    expect(press(element, 'j')).to.equal(false);
  });

  it('says what is missing in an empty database', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/empty"></hm-calls>`);
    expect(readText(find(element, '[part="empty"]'))).to.contain('No calls yet.');
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmCalls>(html`<hm-calls daemon=${prefix}></hm-calls>`);
      await nextEvent(element, 'hm-error');
      const error = find(element, '[part="error"]');
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error)).to.contain('Could not read calls.').and.to.contain(words);
      expect(readText(error)).to.contain(location.host);
      expect(findAll(element, '.grid')).to.have.length(0);
    });
  }

  it('keeps its rows when a later answer fails, says from when they are, and recovers', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await failed;
    expect(rows(element)).to.have.length(18);
    expect(readText(find(element, '[part="error"]'))).to.match(/What stands below is from \d\d:\d\d:\d\d\./);
    element.daemon = '/captured';
    await nextEvent(element, 'hm-load');
    expect(findAll(element, '[part="error"]')).to.have.length(0);
  });

  it('says that it is reading until the first answer, and keeps rows while it reads again', async () => {
    const element = mount<HmCalls>(html`<hm-calls daemon="/hold/calls-first/captured"></hm-calls>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading calls…');
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/calls-first');
    await loaded;
    element.daemon = '/hold/calls-second/captured';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    expect(rows(element)).to.have.length(18);
    const again = nextEvent(element, 'hm-load');
    await fetch('/release/calls-second');
    await again;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('false');
  });

  it('lets the newer question win over an older answer', async () => {
    const element = mount<HmCalls>(html`<hm-calls daemon="/hold/calls-slow/captured"></hm-calls>`);
    await element.updateComplete;
    element.filter = 'provider=xai';
    element.daemon = '/captured';
    await nextEvent(element, 'hm-load');
    await fetch('/release/calls-slow');
    expect(rows(element)).to.have.length(2);
  });

  it('survives being moved, and works again after it was away', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const shelf = document.createElement('div');
    element.parentElement!.append(shelf);
    shelf.append(element);
    expect(rows(element)).to.have.length(18);
    element.remove();
    await new Promise(requestAnimationFrame);
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    expect(rows(element)).to.have.length(18);
  });

  it('keeps the rows in view where they are while calls arrive, counts those, and shows them on demand', async function () {
    // The demo adds a call every few seconds, and the page asks for news every five.
    this.timeout(40_000);
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    const grid = find(element, '.grid');
    const firstInView = (): string | null => {
      const { bottom } = find(element, '.heads').getBoundingClientRect();
      const row = rows(element).find((candidate) => candidate.getBoundingClientRect().top >= bottom - 1);
      return row?.querySelector('time')?.dateTime ?? null;
    };
    grid.scrollTop = 30_000;
    const before = await until(firstInView);
    const news = await until(() => element.shadowRoot!.querySelector<HTMLButtonElement>('.news'));
    expect(readText(news)).to.match(/^\d+ new calls?$/);
    expect(firstInView()).to.equal(before);
    // Pages that are fetched only now belong to the same list.
    grid.scrollTop = 60_000;
    const further = await until(() => (firstInView() === before ? null : firstInView()));
    expect(further < before).to.equal(true);
    grid.scrollTop = 30_000;
    await until(() => firstInView() === before);
    news.click();
    await until(() => element.shadowRoot!.querySelector('.news') === null && grid.scrollTop === 0);
  });

  it('tells a screen reader how many calls there are once they are others, and not each that arrives', async function () {
    // The demo adds a call every few seconds, and the page asks for news every five.
    this.timeout(40_000);
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    await until(() => / [\d,]+ calls\.$/.test(readSaid(element)));
    const real = window.fetch;
    let total = 1_000_687;
    window.fetch = async (input, init) => {
      const answer = await real(input, init);
      if (!String(input).includes('/api/calls?')) return answer;
      return Response.json({ ...((await answer.json()) as object), total });
    };
    try {
      await until(() => readSaid(element).endsWith(' 1,000,687 calls.'));
      total = 1_000_688;
      await until(() => find(element, '.grid').ariaRowCount === '1000689');
      expect(readSaid(element)).to.contain(' 1,000,687 calls.');
      total = 20_156;
      await until(() => readSaid(element).endsWith(' 20,156 calls.'));
    } finally {
      window.fetch = real;
    }
  });

  it('shares filter and selection with its scope', async () => {
    const scope = mount(html`<hm-scope daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    const filtered = nextEvent(element, 'hm-load');
    Object.assign(scope, { filter: { model: ['grok-4'] } });
    await filtered;
    expect(rows(element)).to.have.length(2);
    rows(element)[1]!.click();
    await until(() => findAll(element, '[aria-selected="true"]').length === 1);
    expect((scope as unknown as { selection: string[] }).selection).to.have.length(1);
  });

  it('drops columns instead of squeezing them when it is narrow', async () => {
    await setViewport({ width: 390, height: 800 });
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const heads = findAll(element, '[role="columnheader"]').filter((head) => head.offsetWidth > 0);
    expect(heads.map(readText)).to.deep.equal(['Chosen', 'Time', 'Model', 'Cost']);
    expect(readText(rowOf(element, 'grok-4'))).to.contain('cap');
    expect(document.documentElement.scrollWidth).to.be.at.most(390);
    await setViewport({ width: 1366, height: 900 });
  });

  it('says how a call went also in two lines, where no column tells it', async () => {
    await setViewport({ width: 390, height: 800 });
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" filter="status=error"></hm-calls>`);
    const state = find(element, '.below .error');
    expect(readText(state)).to.match(/^(rate limit 429|server error 500)$/);
    expect(readText(state.parentElement!)).to.match(/^(rate limit 429|server error 500) cap$/);
    await setViewport({ width: 660, height: 800 });
    await until(() => findAll(element, '.below').length === 0);
    expect(findAll(element, '[role="columnheader"]').map(readText)).to.include('Status');
    expect(document.documentElement.scrollWidth).to.be.at.most(660);
    await setViewport({ width: 1366, height: 900 });
  });

  it('says in whole words how a call went in 390 and in 768 pixels', async () => {
    await setViewport({ width: 390, height: 800 });
    const element = await mountLoaded<HmCalls>(html`<hm-calls filter="not=status%3Asuccess"></hm-calls>`);
    const states = findAll(element, '.below > .marked');
    expect(new Set(states.map(readText)).size).to.be.greaterThan(1);
    for (const told of states) {
      const { left, right } = told.getBoundingClientRect();
      const room = told.parentElement!.getBoundingClientRect();
      expect(left).to.equal(room.left);
      expect(right, readText(told)).to.be.at.most(room.right);
    }
    await setViewport({ width: 768, height: 800 });
    await until(() => findAll(element, '.layer .status').length > 0);
    for (const cell of findAll(element, '.layer .status')) {
      expect(cell.scrollWidth, readText(cell)).to.be.at.most(cell.clientWidth);
    }
    await setViewport({ width: 1366, height: 900 });
  });

  it('is drawn, scrolled and opened without an update that asks for the next', async () => {
    const { litIssuedWarnings } = globalThis as unknown as { litIssuedWarnings: Set<string> };
    for (const warning of litIssuedWarnings) if (warning.includes('hm-calls')) litIssuedWarnings.delete(warning);
    document.documentElement.style.setProperty('--hm-calls-height', '300px');
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    find(element, '.grid').scrollTop = 100;
    (await until(() => element.shadowRoot!.querySelector<HTMLElement>('#row-6 .arrow'))).click();
    await until(() => element.shadowRoot!.querySelector('.opened .detail'));
    expect([...litIssuedWarnings].filter((warning) => warning.includes('hm-calls'))).to.deep.equal([]);
    document.documentElement.style.removeProperty('--hm-calls-height');
  });

  it('has no accessibility fault', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    await expectAccessible(element);
  });
});
