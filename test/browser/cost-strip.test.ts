import { emulateMedia, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { WireCallDetail, WireCallsAnswer } from '../../src/api/call.js';
import type { WireStripAnswer } from '../../src/api/strip.js';
import { formatChange } from '../../src/view/compare-totals.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const DAY_MS = 86_400_000;
const dayAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

async function ask<T>(path: string): Promise<T> {
  return (await (await fetch(path)).json()) as T;
}

const plotOf = (element: HmCalls): Promise<HTMLElement> =>
  until(() => element.shadowRoot!.querySelector<HTMLElement>('.strip-plot'));

async function mountStrip(template: Parameters<typeof mount>[0]): Promise<HmCalls> {
  const element = await mountLoaded<HmCalls>(template);
  await plotOf(element);
  return element;
}

/** Left upper corners of the shapes of a path, in the picture. */
const shapes = (element: HmCalls, selector: string): [x: number, y: number][] =>
  findAll(element, `.strip-plot ${selector}`).flatMap((path) =>
    [...(path.getAttribute('d') ?? '').matchAll(/M(-?[\d.]+) ([\d.]+)/g)].map(
      (match) => [Number(match[1]), Number(match[2])] as [number, number],
    ),
  );

/** A place of the picture as one of the window, on a whole pixel. */
function place(element: HmCalls, [x, y]: readonly [number, number]): [number, number] {
  const box = find(element, '.strip-plot').getBoundingClientRect();
  return [Math.round(box.left + x), Math.round(box.top + y)];
}

/** Rows of chosen calls that stand in the box of the table. */
function chosenInView(element: HmCalls): HTMLElement[] {
  const box = find(element, '.grid').getBoundingClientRect();
  return findAll(element, '.layer [aria-selected="true"]').filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top >= box.top && bottom <= box.bottom;
  });
}

const timeOf = (row: HTMLElement): number => Date.parse(row.querySelector('time')!.dateTime);

const label = (element: HmCalls): string => {
  const found = find(element, '.strip-label');
  return found.hidden ? '' : readText(found);
};
const summary = (element: HmCalls): string => find(element, '.strip [role="group"]').getAttribute('aria-label')!;
const spoken = (element: HmCalls): string => find(element, '.strip-plot').getAttribute('aria-valuetext')!;

describe('the cost strip of <hm-calls>', () => {
  before(async function () {
    // The servers start with the first question, and the demo's makes three months of calls then.
    this.timeout(60_000);
    await setViewport({ width: 1366, height: 900 });
    await Promise.all([ask('/api/status'), ask('/captured/api/status')]);
  });
  afterEach(async () => {
    await sendMouse({ type: 'move', position: [0, 0] });
    unmount();
  });

  it('draws each of a few calls as a dot, those that failed and those without a price on lanes of their own', async () => {
    const answer = await ask<WireStripAnswer>('/captured/api/calls/strip?columns=180&rows=24');
    const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
    expect(answer.priced_calls).to.be.greaterThan(5);
    expect(shapes(element, '.dots')).to.have.length(answer.priced_calls);
    expect(shapes(element, '.failed')).to.have.length(answer.failed.length);
    expect(shapes(element, '.unpriced')).to.have.length(answer.unpriced.length);
    expect(answer.failed.length).to.be.greaterThan(0);
    expect(answer.unpriced.length).to.be.greaterThan(0);
    expect(readText(find(element, '.strip-plot svg')))
      .to.contain('failed')
      .and.to.contain('not priced');
  });

  it('draws thousands of calls in bins, each once, and tells how many calls a size stands for', async () => {
    const filter = `tz=UTC&until=${dayAgo(1)}`;
    const answer = await ask<WireStripAnswer>(`/api/calls/strip?${filter}&columns=180&rows=24`);
    const element = await mountStrip(html`<hm-calls .filter=${filter}></hm-calls>`);
    expect(answer.bins!.length).to.be.greaterThan(500);
    expect(shapes(element, '.bins')).to.have.length(answer.bins!.length);
    expect(shapes(element, '.dots')).to.have.length(0);
    expect(readText(find(element, '.strip-legend'))).to.match(/1, \d+, [\d, ]+ calls or more/);
    expect(find(element, '.strip-plot .median').getAttribute('d')).to.match(/^M[\d.]+ [\d.]+h\.1L/);
    expect(shapes(element, '.zero')).to.have.length(answer.zero.length);
    expect(summary(element)).to.contain(`Cost of ${answer.priced_calls.toLocaleString('en-US')} calls`);
  });

  it('comes after the first rows and moves nothing when it comes', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const grid = find(element, '.grid');
    expect(find(element, '.strip').childElementCount).to.equal(0);
    const top = grid.getBoundingClientRect().top;
    await plotOf(element);
    expect(grid.getBoundingClientRect().top).to.equal(top);
  });

  it('marks what changed, and says so in words', async () => {
    const filter = `tz=UTC&until=${dayAgo(1)}`;
    const answer = await ask<WireStripAnswer>(`/api/calls/strip?${filter}&columns=180&rows=24`);
    const element = await mountStrip(html`<hm-calls .filter=${filter}></hm-calls>`);
    const rate = answer.changes.find(({ kind }) => kind === 'rate')!;
    expect(findAll(element, '.strip-plot .change')).to.have.length(answer.changes.length);
    expect(readText(find(element, '.strip-plot .change-words'))).to.match(/: rate changed$|: \S+ to \S+$/);
    expect(summary(element)).to.contain(`${rate.to}: rate changed on`);
  });

  it('tells a change that has no room for its words when the pointer is beside its line', async () => {
    const filter = `tz=UTC&until=${dayAgo(1)}`;
    const element = await mountStrip(html`<hm-calls .filter=${filter}></hm-calls>`);
    const line = find(element, '.strip-plot .untold');
    await sendMouse({ type: 'move', position: place(element, [Number(line.getAttribute('x1')), 10]) });
    expect(label(element)).to.match(/^\d+ \w+( \d+)?, \d\d:\d\d:\d\d ?\S+: (rate changed|\S+ to \S+)$/);
  });

  it('names the call under the pointer', async () => {
    const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
    const answer = await ask<WireStripAnswer>('/captured/api/calls/strip?columns=180&rows=24');
    const point = answer.points!.at(-1)!;
    const call = await ask<WireCallDetail>(`/captured/api/calls/${point.id}`);
    await sendMouse({ type: 'move', position: place(element, shapes(element, '.dots').at(-1)!) });
    await until(() => label(element).includes(`${call.model} in ${call.project}`));
    expect(label(element)).to.match(/^\d+ \w+( \d+)?, \d\d:\d\d:\d\d: \$/);
    await sendMouse({ type: 'move', position: [5, 5] });
    await until(() => label(element) === '');
  });

  it('tells how many calls a bin holds, between which costs, and names the newest', async () => {
    const filter = `tz=UTC&until=${dayAgo(1)}`;
    const element = await mountStrip(html`<hm-calls .filter=${filter}></hm-calls>`);
    const [x, y] = shapes(element, '.bins.size-3')[0]!;
    await sendMouse({ type: 'move', position: place(element, [x + 2, y + 2]) });
    await until(() => /newest \d\d:\d\d:\d\d: .+ in \S+$/.test(label(element)));
    expect(label(element)).to.match(/^[\d,]+ calls, \$[\d.]+ to \$[\d.]+/);
  });

  it('selects the call that is clicked, marks it with its letter, and adds others with Ctrl', async () => {
    const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
    const { points } = await ask<WireStripAnswer>('/captured/api/calls/strip?columns=180&rows=24');
    const dots = shapes(element, '.dots');
    const selected = nextEvent(element, 'hm-select');
    await sendMouse({ type: 'click', position: place(element, dots[0]!) });
    const first = (await selected).calls;
    expect(first).to.have.length(1);
    expect(points!.map(({ id }) => id)).to.include(first[0]);
    await until(() => findAll(element, '.strip-plot .letter-text').map(readText).join() === 'A');
    const added = nextEvent(element, 'hm-select');
    const far = dots.reduce((best, dot) =>
      Math.abs(dot[0] - dots[0]![0]) > Math.abs(best[0] - dots[0]![0]) ? dot : best,
    );
    await sendKeys({ down: 'Control' });
    await sendMouse({ type: 'click', position: place(element, far) });
    await sendKeys({ up: 'Control' });
    expect((await added).calls).to.have.length(2);
    await until(() => findAll(element, '.strip-plot .letter-text').map(readText).join() === 'A,B');
  });

  it('says beside the pointer why it takes no fifth call, until one is taken back', async () => {
    const { points } = await ask<WireStripAnswer>('/captured/api/calls/strip?columns=180&rows=24');
    const ids = points!.map(({ id }) => id);
    const scope = mount<HmScope>(
      html`<hm-scope daemon="/captured" .selection=${ids.slice(0, 4)}><hm-calls></hm-calls></hm-scope>`,
    );
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    await plotOf(element);
    await sendKeys({ down: 'Control' });
    await sendMouse({ type: 'click', position: place(element, shapes(element, '.dots').at(-1)!) });
    await sendKeys({ up: 'Control' });
    await until(() => label(element).includes('4 calls are chosen, as many as can stand side by side.'));
    expect(scope.selection).to.deep.equal(ids.slice(0, 4));
    scope.selection = ids.slice(0, 3);
    await until(() => !label(element).includes('4 calls are chosen'));
  });

  it('selects a call without a price from its lane, and marks it there', async () => {
    const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
    const selected = nextEvent(element, 'hm-select');
    const [x, y] = shapes(element, '.unpriced')[0]!;
    await sendMouse({ type: 'click', position: place(element, [x + 2, y + 2]) });
    const [id] = (await selected).calls;
    expect((await ask<WireCallDetail>(`/captured/api/calls/${id}`)).cost_millicents).to.equal(null);
    await until(() => findAll(element, '.strip-plot .letter-text').map(readText).join() === 'A');
  });

  for (const [words, order] of [
    ['newest first', 'desc'],
    ['oldest first', 'asc'],
  ] as const) {
    it(`brings the row of the call that is clicked into view, ${words}`, async () => {
      const filter = `tz=UTC&until=${dayAgo(1)}&status=success`;
      const element = await mountStrip(html`<hm-calls .filter=${filter} .order=${order}></hm-calls>`);
      const bins = shapes(element, '.bins');
      for (const [x, y] of [bins[0]!, bins[Math.floor(bins.length / 2)]!]) {
        const selected = nextEvent(element, 'hm-select');
        await sendMouse({ type: 'click', position: place(element, [x + 2, y + 2]) });
        const { calls } = await selected;
        const { requested_at: time } = await ask<WireCallDetail>(`/api/calls/${calls[0]}`);
        const row = await until(() => chosenInView(element).find((found) => timeOf(found) === Date.parse(time)));
        expect(row.classList.contains('active')).to.equal(true);
      }
    });
  }

  it('brings a call into view that arrived above the rows that are read', async function () {
    // The demo adds a call every few seconds, and the page asks for news every five.
    this.timeout(40_000);
    const element = await mountStrip(html`<hm-calls></hm-calls>`);
    find(element, '.grid').scrollTop = 30_000;
    await until(() => element.shadowRoot!.querySelector('.news'));
    find(element, '.strip-plot').focus();
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'Enter' });
    await until(() => chosenInView(element).length === 1 && element.shadowRoot!.querySelector('.news') === null);
    expect(find(element, '.grid').scrollTop).to.equal(0);
  });

  it('finds a row in any order among those that were read, and says where it can not', async () => {
    const filter = `tz=UTC&until=${dayAgo(1)}`;
    const element = await mountStrip(html`<hm-calls .filter=${filter} sort="cost"></hm-calls>`);
    const note = (): string => readText(find(element, '.strip [role="status"]'));
    const grid = find(element, '.grid');
    const highest = shapes(element, '.bins').reduce((best, bin) => (bin[1] < best[1] ? bin : best));
    const top = place(element, [highest[0] + 2, highest[1] + 2]);
    await sendMouse({ type: 'click', position: top });
    await until(() => chosenInView(element).length === 1);
    expect(note()).to.equal('');
    const lowest = shapes(element, '.bins').reduce((best, bin) => (bin[1] > best[1] ? bin : best));
    await sendMouse({ type: 'click', position: place(element, [lowest[0] + 2, lowest[1] + 2]) });
    await until(() => note() === 'Selected. Its row is found only where rows are sorted by time.');
    expect(label(element)).to.contain(note());
    expect(grid.scrollTop).to.equal(0);
  });

  it('filters the time that is dragged over', async () => {
    const element = await mountStrip(html`<hm-calls></hm-calls>`);
    const { width } = find(element, '.strip-plot').getBoundingClientRect();
    const before = summary(element);
    const filtered = nextEvent(element, 'hm-filter');
    await sendMouse({ type: 'move', position: place(element, [width * 0.3, 60]) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: place(element, [width * 0.4, 80]) });
    await sendMouse({ type: 'move', position: place(element, [width * 0.5, 80]) });
    const chosen = Number(find(element, '.strip-plot .chosen-time').getAttribute('width'));
    for (const lane of findAll(element, '.strip-plot .failed, .strip-plot .unpriced')) {
      const order = find(element, '.strip-plot .chosen-time').compareDocumentPosition(lane);
      expect(order & Node.DOCUMENT_POSITION_FOLLOWING, 'drawn over the chosen time').to.not.equal(0);
    }
    expect(chosen).to.be.closeTo(width * 0.2, 20);
    expect(label(element)).to.match(/ to .* calls? with a price/);
    await sendMouse({ type: 'up' });
    const { change } = await filtered;
    expect(change).to.have.property('last', undefined);
    expect(Date.parse(change.since!)).to.be.lessThan(Date.parse(change.until!));
    const shown = await until(() => summary(element) !== before && summary(element));
    expect(shown).to.match(/^Cost of [\d,]+ calls/);
    const rows = findAll<HTMLTimeElement>(element, '.layer time').map(({ dateTime }) => Date.parse(dateTime));
    expect(Math.max(...rows)).to.be.lessThan(Date.parse(change.until!));
  });

  it('leaves the time alone that the page’s author fixed', async () => {
    const element = await mountStrip(html`<hm-calls filter="tz=UTC&last=90d"></hm-calls>`);
    let changes = 0;
    element.addEventListener('hm-filter', () => changes++);
    await sendMouse({ type: 'move', position: place(element, [300, 10]) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: place(element, [500, 10]) });
    await sendMouse({ type: 'up' });
    expect(changes).to.equal(0);
    expect(readText(find(element, '.strip-legend'))).not.to.contain('Drag');
  });

  it('moves by keys over stretches of time and tells what stands there', async () => {
    const element = await mountStrip(html`<hm-calls .filter=${`tz=UTC&until=${dayAgo(1)}`}></hm-calls>`);
    const plot = find(element, '.strip-plot');
    plot.focus();
    await sendKeys({ press: 'End' });
    const last = spoken(element);
    expect(last).to.match(/^\d+ \w+, [\d:]+ to .*: (no calls|[\d,]+ calls? with a price)/);
    await sendKeys({ press: 'ArrowLeft' });
    expect(spoken(element)).not.to.equal(last);
    expect(plot.getAttribute('aria-valuenow')).to.equal('179');
    expect(label(element)).to.contain(spoken(element).split(': ')[0]!);
    await sendKeys({ press: 'Home' });
    expect(plot.getAttribute('aria-valuenow')).to.equal('1');
  });

  it('chooses a time with Shift and Enter, and takes it back with Escape', async () => {
    const element = await mountStrip(html`<hm-calls></hm-calls>`);
    const plot = find(element, '.strip-plot');
    plot.focus();
    await sendKeys({ press: 'PageDown' });
    await sendKeys({ down: 'Shift' });
    for (let step = 0; step < 3; step++) await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ up: 'Shift' });
    const wide = Number(find(element, '.strip-plot .chosen-time').getAttribute('width'));
    await sendKeys({ press: 'Escape' });
    const narrow = Number(find(element, '.strip-plot .chosen-time').getAttribute('width'));
    expect(wide).to.be.closeTo(narrow * 4, 4);
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'PageDown' });
    await sendKeys({ up: 'Shift' });
    const filtered = nextEvent(element, 'hm-filter');
    await sendKeys({ press: 'Enter' });
    const { change } = await filtered;
    expect(Date.parse(change.until!) - Date.parse(change.since!)).to.be.greaterThan(DAY_MS);
  });

  it('selects the newest call of the stretch that the keyboard is on', async () => {
    const filter = `tz=UTC&until=${dayAgo(1)}`;
    const element = await mountStrip(html`<hm-calls .filter=${filter}></hm-calls>`);
    find(element, '.strip-plot').focus();
    await sendKeys({ press: 'End' });
    for (let step = 0; step < 20 && spoken(element).includes('no calls'); step++)
      await sendKeys({ press: 'ArrowLeft' });
    const selected = nextEvent(element, 'hm-select');
    await sendKeys({ press: 'Enter' });
    const [id] = (await selected).calls;
    const newest = await ask<WireCallsAnswer>(`/api/calls?${filter}&limit=1`);
    const call = await ask<WireCallDetail>(`/api/calls/${id}`);
    expect(call.requested_at <= newest.calls[0]!.requested_at).to.equal(true);
    await until(() => readText(find(element, '.strip [role="status"]')) === 'Its newest call is selected.');
  });

  it('shows the same numbers as a table on demand', async () => {
    const filter = `tz=UTC&until=${dayAgo(1)}`;
    const answer = await ask<WireStripAnswer>(`/api/calls/strip?${filter}&columns=180&rows=24`);
    const element = await mountStrip(html`<hm-calls .filter=${filter}></hm-calls>`);
    const button = find<HTMLButtonElement>(element, '.strip-legend button');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    button.click();
    await until(() => element.shadowRoot!.querySelector('.strip-numbers'));
    const sum = (column: number): number =>
      findAll(element, `.strip-numbers tbody td:nth-child(${column})`).reduce(
        (total, cell) => total + Number(readText(cell).replaceAll(',', '')),
        0,
      );
    const count = (marks: WireStripAnswer['failed']): number => marks.reduce((total, { calls }) => total + calls, 0);
    expect(count(answer.zero)).to.be.greaterThan(0);
    expect([sum(3), sum(7), sum(8), sum(9)]).to.deep.equal([
      answer.priced_calls,
      ...[answer.zero, answer.failed, answer.unpriced].map(count),
    ]);
    expect(readText(find(element, '.strip-numbers table:nth-of-type(2) tbody'))).to.contain('rate changed');
    await expectAccessible(element);
    button.click();
    await until(() => element.shadowRoot!.querySelector('.strip-numbers') === null);
  });

  it('moves as calls arrive', async function () {
    this.timeout(40_000);
    const element = await mountStrip(html`<hm-calls></hm-calls>`);
    const before = summary(element);
    await until(() => summary(element) !== before);
    expect(summary(element)).to.match(/^Cost of [\d,]+ calls/);
  });

  it('says that no call has a cost where none has', async () => {
    const element = await mountStrip(html`<hm-calls daemon="/captured" filter="priced=false"></hm-calls>`);
    expect(readText(find(element, '.strip-plot svg'))).to.contain('No call here has a cost above 0.');
    expect(shapes(element, '.dots')).to.have.length(0);
    expect(shapes(element, '.unpriced').length).to.be.greaterThan(0);
  });

  it('goes when no call is left, and comes back with the calls', async () => {
    const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
    element.filter = 'project=nobody';
    await until(() => element.shadowRoot!.querySelector('[part="empty"]'));
    expect(element.shadowRoot!.querySelector('.strip')).to.equal(null);
    element.filter = '';
    await plotOf(element);
    expect(shapes(element, '.dots').length).to.be.greaterThan(5);
  });

  it('keeps its picture and goes on when the element is moved', async () => {
    const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
    const parent = element.parentElement!;
    element.remove();
    parent.append(element);
    await element.updateComplete;
    expect(shapes(element, '.dots').length).to.be.greaterThan(5);
    element.filter = 'status=error';
    await until(() => shapes(element, '.dots').length <= 1);
  });

  describe('when its answer can not be had', () => {
    const real = window.fetch;
    /** Only what the strip asks goes astray. */
    const divert = (path: string): void => {
      window.fetch = (input, init) => real(String(input).includes('/api/calls/strip') ? path : input, init);
    };
    afterEach(() => (window.fetch = real));

    it('says why below its rows, and tries again when asked', async () => {
      divert('/problem/api/calls/strip');
      const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
      const error = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.strip [part="error"]'));
      expect(readText(error)).to.contain('Could not read what each call cost.').and.to.contain('holds a lock');
      expect(findAll(element, '.layer [role="row"]')).to.have.length(18);
      window.fetch = real;
      error.querySelector('button')!.click();
      await plotOf(element);
      expect(element.shadowRoot!.querySelector('.strip [part="error"]')).to.equal(null);
    });

    it('keeps what it drew, and says from when that is', async () => {
      const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
      divert('/broken/api/calls/strip');
      element.filter = 'kind=chat';
      const error = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.strip [part="error"]'));
      expect(readText(error)).to.match(/What stands below is from \d\d:\d\d:\d\d/);
      expect(shapes(element, '.dots').length).to.be.greaterThan(5);
    });

    it('takes no room where the daemon has no such answer', async () => {
      divert('/captured/api/nothing');
      const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
      const strip = find(element, '.strip');
      await until(() => readText(strip).includes('no picture of what each call cost'));
      expect(strip.getBoundingClientRect().height).to.be.lessThan(60);
      expect(element.shadowRoot!.querySelector('[part="error"]')).to.equal(null);
    });
  });

  it('fits a narrow page', async () => {
    await setViewport({ width: 390, height: 800 });
    const element = await mountStrip(html`<hm-calls></hm-calls>`);
    expect(document.documentElement.scrollWidth).to.be.at.most(390);
    find<HTMLButtonElement>(element, '.strip-legend button').click();
    const caption = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.strip-numbers caption'));
    expect(caption.getBoundingClientRect().right).to.be.at.most(390);
    expect(caption.scrollWidth).to.be.at.most(caption.clientWidth);
    const { right } = find(element, '.strip-plot').getBoundingClientRect();
    expect(right).to.be.at.most(390);
    expect(find(element, '.strip-plot svg').getBoundingClientRect().right).to.be.at.most(390);
    await setViewport({ width: 1366, height: 900 });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no accessibility fault in ${colorScheme} colours`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountStrip(html`<hm-calls daemon="/captured"></hm-calls>`);
      await expectAccessible(element);
      await emulateMedia({ colorScheme: 'light' });
    });
  }
});

describe('the totals of <hm-calls> beside the period before', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(unmount);

  const compared = (element: HmCalls): Promise<string> =>
    until(() => {
      const text = readText(find(element, '[part="totals"]'));
      return text.includes('Compared with') && text;
    });

  it('tell the change of calls, and of what is priced where some are not', async () => {
    const filter = `tz=UTC&since=${dayAgo(13)}&until=${dayAgo(7)}`;
    const [now, before] = await Promise.all(
      [filter, `tz=UTC&since=${dayAgo(20)}&until=${dayAgo(14)}`].map((asked) =>
        ask<WireCallsAnswer>(`/api/calls?${asked}&limit=1`),
      ),
    );
    const element = await mountLoaded<HmCalls>(html`<hm-calls .filter=${filter}></hm-calls>`);
    const text = await compared(element);
    const change = (of: 'calls' | 'cost_millicents'): string => formatChange(now!.totals[of]!, before!.totals[of]!)!;
    expect(text).to.contain(change('calls'));
    expect(now!.totals.unpriced_calls).to.be.greaterThan(0);
    expect(text).to.contain(`priced ${change('cost_millicents')}`);
    const cost = findAll(element, '[part="totals"] .share').find((share) => readText(share).startsWith('priced'))!;
    expect(cost.title).to.contain('the whole change is not known');
    expect(readText(element.shadowRoot!)).to.contain(
      `calls, compared with ${before!.totals.calls.toLocaleString('en-US')} in`,
    );
  });

  it('name the days before in a few words, and both borders in full', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls filter="tz=UTC&last=7d"></hm-calls>`);
    expect(await compared(element)).to.contain('the 7 days before');
    const named = findAll(element, '[part="totals"] [title]').find((found) => readText(found) === 'the 7 days before')!;
    expect(named.title).to.match(/^From .+ UTC until .+ UTC$/);
  });

  it('say that there were no calls before, in a time that was recorded', async () => {
    const { calls } = await ask<WireCallsAnswer>('/api/calls?last=5d&limit=1');
    const filter = `tz=UTC&last=5d&q=${calls[0]!.id}`;
    const element = await mountLoaded<HmCalls>(html`<hm-calls .filter=${filter}></hm-calls>`);
    expect(await compared(element)).to.contain('no calls in the 5 days before');
  });

  it('compare with no time that was not recorded, wholly or in part', async () => {
    for (const [last, words] of [
      ['150d', 'Nothing was recorded in the 150 days before to compare with'],
      ['60d', 'Nothing was recorded in part of the 60 days before to compare with'],
    ] as const) {
      const filter = `tz=UTC&last=${last}`;
      const element = await mountLoaded<HmCalls>(html`<hm-calls .filter=${filter}></hm-calls>`);
      const text = await compared(element);
      expect(text).to.match(/Compared with nothing: recorded since \d/);
      expect(findAll(element, '.totals .share').map(readText).join()).not.to.match(/[+−×]\s?\d/);
      expect(readText(element.shadowRoot!)).to.contain(words);
      unmount();
    }
  });

  it('compare nothing where the filter has no time', async () => {
    const element = await mountStrip(html`<hm-calls></hm-calls>`);
    expect(readText(find(element, '[part="totals"]'))).not.to.contain('Compared');
  });
});
