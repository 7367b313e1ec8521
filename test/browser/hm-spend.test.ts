import { emulateMedia, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-scope.js';
import '../../components/hm-spend.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { HmSpend } from '../../components/hm-spend.js';
import { type Filter, paramsToFilter } from '../../src/api/filter.js';
import type { WireGroupsAnswer } from '../../src/api/groups.js';
import type { WireSeriesAnswer } from '../../src/api/series.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const DAY_MS = 86_400_000;
const today = (): string => new Date().toISOString().slice(0, 10);
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const read = (search: string): Filter => paramsToFilter(new URLSearchParams(search));

async function ask<T>(path: string): Promise<T> {
  return (await (await fetch(path)).json()) as T;
}

/** Waits for the bars as well, which come with a script of their own. */
async function mountDrawn(template: Parameters<typeof mount>[0]): Promise<HmSpend> {
  const element = await mountLoaded<HmSpend>(template);
  await until(() => (element.shadowRoot!.querySelector('canvas')?.style.width ?? '') !== '');
  return element;
}

/** Last month of the demo, which a new call does not change. */
const PAST = `tz=UTC&since=${daysAgo(40)}&until=${daysAgo(11)}`;
const mountPast = (): Promise<HmSpend> => mountDrawn(html`<hm-spend .filter=${PAST}></hm-spend>`);

const button = (element: HmSpend, words: string): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, 'button').find((candidate) => readText(candidate) === words)!;
const keyRows = (element: HmSpend): string[][] =>
  findAll(element, '.key tbody tr').map((row) => [...row.children].map(readText));
const rowOf = (element: HmSpend, name: string): string[] => keyRows(element).find(([label]) => label === name)!;
const tableRows = (element: HmSpend): string[][] =>
  findAll(element, '.numbers tbody tr').map((row) => [...row.children].map(readText));
const money = (text: string): number =>
  Math.round(Number(/\$([\d,]+\.\d\d)/.exec(text)?.[1]!.replaceAll(',', '') ?? 0) * 100);
const add = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
const picture = (element: HmSpend): HTMLElement => find(element, '.picture');
const spoken = (element: HmSpend): string => picture(element).getAttribute('aria-valuetext')!;
const label = (element: HmSpend): string => {
  const found = find(element, '.place-label');
  return found.hidden ? '' : readText(found);
};
/** How many different colours stand on a line of the canvas. */
const coloursAt = (element: HmSpend, y: number): number => {
  const canvas = find<HTMLCanvasElement>(element, 'canvas');
  const scale = canvas.width / canvas.clientWidth;
  const { data } = canvas.getContext('2d')!.getImageData(0, Math.round(y * scale), canvas.width, 1);
  return new Set(Array.from({ length: canvas.width }, (_, x) => data.slice(4 * x, 4 * x + 4).join())).size;
};
async function showTable(element: HmSpend): Promise<void> {
  button(element, 'Table').click();
  await until(() => element.shadowRoot!.querySelector('.numbers'));
}

describe('<hm-spend>', () => {
  before(async function () {
    this.timeout(60_000);
    await setViewport({ width: 1366, height: 900 });
    await Promise.all([ask('/api/status'), ask('/captured/api/status'), ask('/empty/api/status')]);
  });
  afterEach(async () => {
    await sendMouse({ type: 'move', position: [0, 0] });
    unmount();
  });

  it('shows what each provider cost, and sums that make the whole', async () => {
    const answer = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=provider`);
    const element = await mountPast();
    for (const { key, cost_millicents: cost, imputed_millicents: imputed } of answer.groups.slice(0, 4)) {
      expect(money(rowOf(element, key!)[1]!)).to.equal(Math.round((cost! - imputed) / 1000));
    }
    const { cost_millicents: cost, imputed_millicents: imputed, unpriced_calls: unpriced } = answer.totals;
    expect(rowOf(element, 'All')[1]).to.match(/^≥/);
    expect(money(rowOf(element, 'All')[1]!)).to.equal(Math.round(cost! / 1000));
    expect(money(rowOf(element, 'Imputed')[1]!)).to.equal(Math.round(imputed / 1000));
    expect(rowOf(element, 'Not priced')[1]).to.equal(`${unpriced} calls, cost unknown`);
    const shares = keyRows(element).filter(([name]) => !/^(Billed|Not priced|All)$/.test(name!));
    const tenths = shares.map((row) => Math.round(10 * Number(/^([\d.]+) %/.exec(row[2]!)?.[1] ?? 0)));
    expect(add(tenths)).to.equal(1000);
    expect(rowOf(element, 'All')[2]).to.equal('100.0 %');
  });

  it('draws a bar a day, empty days too, and the same numbers as a table on demand', async () => {
    const answer = await ask<WireSeriesAnswer>(`/api/calls/series?${PAST}&by=none&bucket=day`);
    const element = await mountPast();
    expect(findAll(element, '.numbers')).to.have.length(0);
    await showTable(element);
    const rows = tableRows(element);
    expect(rows).to.have.length(30);
    const all = findAll(element, '.numbers thead th').map(readText).indexOf('All');
    expect(rows.map((row) => money(row[all]!))).to.deep.equal(
      answer.series[0]!.points.map(({ cost_millicents: cost }) => Math.round((cost ?? 0) / 1000)),
    );
    expect(coloursAt(element, 140)).to.be.greaterThan(4);
    expect(button(element, 'Table').getAttribute('aria-expanded')).to.equal('true');
  });

  it('says all of it in a sentence', async () => {
    const element = await mountPast();
    const sentence = find(element, '[part="plot"] [role="group"]').getAttribute('aria-label')!;
    expect(sentence).to.match(
      /^Spend by the day, .*, by provider: at least \$[\d,.]+ in all, of it \$[\d,.]+ imputed and not billed, \d+ calls not priced\./,
    );
    expect(sentence).to.match(
      /The dearest day is \w+day \d+ \w+, (at least )?\$[\d.]+\. Most is anthropic, [\d.]+ %\./,
    );
  });

  it('has this month, today and a call in figures, whatever time the bars show', async () => {
    const month = `${today().slice(0, 8)}01`;
    const before = await ask<WireGroupsAnswer>(`/api/calls/groups?tz=UTC&since=${month}&by=provider`);
    const element = await mountPast();
    const figures = findAll(element, '.figures > div').map(readText);
    expect(figures).to.have.length(4);
    expect(figures[0]).to.match(/^This month so far at least \$[\d,.]+/);
    // The demo goes on between the two questions.
    expect(money(figures[0]!)).to.be.within(
      Math.floor(before.totals.cost_millicents! / 1000),
      before.totals.cost_millicents! / 1000 + 500,
    );
    expect(figures[1]).to.match(/^Today, until \d\d:\d\d /);
    expect(figures[2]).to.match(/so far \+ \$[\d.]+ a day, the last 7 full days, × [\d.]+ days left$/);
    expect(figures[3]).to.match(/^Per call \$0\.0\d+/);
  });

  it('measures calls and tokens by its attribute and its tabs', async () => {
    const answer = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=provider`);
    const element = await mountDrawn(html`<hm-spend .filter=${PAST} measure="calls"></hm-spend>`);
    expect(rowOf(element, 'All')[1]).to.equal(answer.totals.calls.toLocaleString('en-US'));
    expect(button(element, 'Calls').getAttribute('aria-pressed')).to.equal('true');
    button(element, 'Tokens').click();
    await element.updateComplete;
    expect(element.measure).to.equal('tokens');
    expect(readText(find(element, '.key thead'))).to.contain('Tokens');
    expect(keyRows(element).map(([name]) => name)).not.to.include('Billed');
  });

  for (const [by, head] of [
    ['model', 'Model'],
    ['project', 'Project'],
    ['status', 'Status'],
  ] as const) {
    it(`splits by ${by}, to the same whole`, async () => {
      const whole = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=${by}`);
      const element = await mountDrawn(html`<hm-spend .filter=${PAST} by=${by}></hm-spend>`);
      expect(readText(find(element, '.key thead th'))).to.equal(head);
      expect(money(rowOf(element, 'All')[1]!)).to.equal(Math.round(whole.totals.cost_millicents! / 1000));
      expect(find<HTMLSelectElement>(element, 'select[aria-label="Split"]').value).to.equal(by);
    });
  }

  it('puts the long tail together, and opens it', async () => {
    const { groups } = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=model`);
    const element = await mountDrawn(html`<hm-spend .filter=${PAST} by="model"></hm-spend>`);
    const other = button(element, `other (${groups.length - 6})`);
    expect(other.getAttribute('aria-expanded')).to.equal('false');
    other.click();
    await element.updateComplete;
    expect(findAll(element, '.key tbody button')).to.have.length(groups.length);
    button(element, 'Put the small ones together').click();
    await element.updateComplete;
    expect(findAll(element, '.key tbody button')).to.have.length(7);
  });

  it('wears a provider’s colour for its models, each with an edge or without', async () => {
    const element = await mountDrawn(html`<hm-spend .filter=${PAST} by="model"></hm-spend>`);
    const classOf = (model: string): string =>
      button(element, model).querySelector('rect')!.getAttribute('class')!.replace('colour ', '');
    const models = findAll(element, '.key tbody button')
      .map(readText)
      .filter((name) => name.startsWith('claude'));
    expect(models.length).to.be.greaterThan(1);
    const colours = models.map(classOf);
    expect(colours.every((colour) => colour.startsWith('series-1 '))).to.equal(true);
    expect(new Set(colours).size).to.equal(Math.min(3, models.length));
  });

  it('keeps a provider’s colour whatever the filter', async () => {
    const element = await mountPast();
    const before = button(element, 'gemini').querySelector('rect')!.getAttribute('class');
    element.filter = `${PAST}&provider=gemini`;
    await nextEvent(element, 'hm-load');
    expect(findAll(element, '.key tbody button')).to.have.length(1);
    expect(button(element, 'gemini').querySelector('rect')!.getAttribute('class')).to.equal(before);
  });

  it('chooses a bucket that fits, or takes the one that is asked for', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC&last=24h"></hm-spend>`);
    const select = find<HTMLSelectElement>(element, 'select[aria-label="Bucket"]');
    expect(readText(select.selectedOptions[0]!)).to.equal('by the hour, fitting');
    element.filter = 'tz=UTC&last=60d';
    element.bucket = 'week';
    await nextEvent(element, 'hm-load');
    await showTable(element);
    expect(tableRows(element).length).to.be.within(9, 10);
    expect(tableRows(element)[1]![0]).to.match(/^week of /);
    expect(tableRows(element).at(-1)![0]).to.match(/, so far$/);
  });

  it('says so when the bucket asked for would make too many bars', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC&last=90d" bucket="hour"></hm-spend>`);
    expect(readText(find(element, '.legend'))).to.contain('Too many bars by the hour: by the day');
  });

  it('asks for a time by its tabs, and shows which one the filter says', async () => {
    const scope = mount<HmScope>(html`<hm-scope .filter=${read('tz=UTC')}><hm-spend></hm-spend></hm-scope>`);
    const element = scope.querySelector<HmSpend>('hm-spend')!;
    await nextEvent(element, 'hm-load');
    const pressed = (): string[] => findAll(element, '[aria-label="Period"] [aria-pressed="true"]').map(readText);
    expect(pressed()).to.deep.equal(['All']);
    const asked = nextEvent(scope, 'hm-filter');
    button(element, '7 days').click();
    expect((await asked).change).to.deep.equal({ last: '7d', since: undefined, until: undefined });
    await nextEvent(element, 'hm-load');
    expect(pressed()).to.deep.equal(['7 days']);
    button(element, 'Today').click();
    await nextEvent(element, 'hm-load');
    expect(pressed()).to.include('Today');
  });

  it('takes any days through fields', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC"></hm-spend>`);
    button(element, 'Custom…').click();
    await element.updateComplete;
    const [since, until_] = findAll<HTMLInputElement>(element, '.custom input');
    since!.value = daysAgo(20);
    until_!.value = daysAgo(10);
    const asked = nextEvent(element, 'hm-filter');
    button(element, 'Show').click();
    expect((await asked).change).to.deep.equal({ last: undefined, since: daysAgo(20), until: daysAgo(10) });
  });

  it('offers no time where the page’s author fixed it', async () => {
    const element = await mountPast();
    expect(findAll(element, '[aria-label="Period"]')).to.have.length(0);
  });

  it('names what is under the pointer, and filters by it with a click, which Escape takes back', async () => {
    const scope = mount<HmScope>(html`<hm-scope .filter=${read(PAST)}><hm-spend></hm-spend></hm-scope>`);
    const element = scope.querySelector<HmSpend>('hm-spend')!;
    await nextEvent(element, 'hm-load');
    await until(() => (element.shadowRoot!.querySelector('canvas')?.style.width ?? '') !== '');
    const box = picture(element).getBoundingClientRect();
    const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + 160)];
    await sendMouse({ type: 'move', position: [x, y] });
    await until(() => label(element).includes('anthropic'));
    expect(label(element)).to.match(
      /^ ?\w+day \d+ \w+ ?anthropic: (at least )?\$[\d.]+ ?all: (at least )?\$[\d.]+ billed/,
    );
    const asked = nextEvent(scope, 'hm-filter');
    await sendMouse({ type: 'click', position: [x, y] });
    const { change } = await asked;
    expect(change.provider).to.deep.equal(['anthropic']);
    expect(change.since).to.match(/^\d{4}-\d\d-\d\d$/);
    expect(change.until).to.equal(change.since);
    await nextEvent(element, 'hm-load');
    const back = nextEvent(scope, 'hm-filter');
    await sendKeys({ press: 'Escape' });
    expect((await back).change.since).to.equal(daysAgo(40));
    expect((await back).change.provider).to.equal(undefined);
  });

  it('chooses a stretch of time with a drag, and leaves it with Escape', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC"></hm-spend>`);
    const changes: unknown[] = [];
    element.addEventListener('hm-filter', (event) => changes.push(event.change));
    const box = picture(element).getBoundingClientRect();
    const y = Math.round(box.top + 100);
    const drag = async (from: number, to: number): Promise<void> => {
      await sendMouse({ type: 'move', position: [Math.round(box.left + from), y] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [Math.round(box.left + to), y] });
    };
    await drag(300, 400);
    await until(() => find(element, '.chosen-time').offsetWidth > 60);
    await sendKeys({ press: 'Escape' });
    await sendMouse({ type: 'up' });
    expect(changes).to.have.length(0);
    await drag(300, 400);
    await sendMouse({ type: 'up' });
    await until(() => changes.length > 0);
    const { since, until: last } = changes[0] as { since: string; until: string };
    expect(since < last).to.equal(true);
    expect((changes[0] as { provider?: string[] }).provider).to.equal(undefined);
  });

  it('filters by a part of the whole from its key', async () => {
    const element = await mountPast();
    const asked = nextEvent(element, 'hm-filter');
    button(element, 'openai').click();
    expect((await asked).change).to.deep.equal({ provider: ['openai'] });
    await nextEvent(element, 'hm-load');
    expect(findAll(element, '.key tbody button')).to.have.length(1);
    await sendKeys({ press: 'Escape' });
    await nextEvent(element, 'hm-load');
    expect(findAll(element, '.key tbody button').length).to.be.greaterThan(1);
  });

  it('counts new calls as they come', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC&last=7d" measure="calls"></hm-spend>`);
    const count = (): number => Number(rowOf(element, 'All')[1]!.replaceAll(',', ''));
    const before = count();
    await until(() => count() > before);
    expect(
      add(
        keyRows(element)
          .slice(0, -1)
          .map((row) => Number(row[1]!.replaceAll(',', ''))),
      ),
    ).to.equal(count());
  });

  it('is worked by keyboard from one stop: through time, through the parts of a bar, and into a filter', async () => {
    const scope = mount<HmScope>(html`<hm-scope .filter=${read('tz=UTC&last=30d')}><hm-spend></hm-spend></hm-scope>`);
    const element = scope.querySelector<HmSpend>('hm-spend')!;
    await nextEvent(element, 'hm-load');
    await until(() => (element.shadowRoot!.querySelector('canvas')?.style.width ?? '') !== '');
    picture(element).focus();
    await sendKeys({ press: 'Home' });
    expect(picture(element).getAttribute('aria-valuenow')).to.equal('1');
    expect(spoken(element)).to.contain('a part of it');
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowUp' });
    expect(spoken(element)).to.match(/^\w+day \d+ \w+\. anthropic: /);
    expect(label(element)).to.contain('anthropic');
    const asked = nextEvent(element, 'hm-filter');
    await sendKeys({ press: 'Enter' });
    const { change } = await asked;
    expect(change.provider).to.deep.equal(['anthropic']);
    expect(change.since).to.equal(daysAgo(29));
    expect(findAll(element, '[tabindex]').map(({ className }) => className)).to.deep.equal(['picture']);
  });

  it('chooses a stretch of time by keyboard', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC&bucket=day"></hm-spend>`);
    picture(element).focus();
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ up: 'Shift' });
    const asked = nextEvent(element, 'hm-filter');
    await sendKeys({ press: 'Enter' });
    const { since, until: last } = (await asked).change;
    expect([since, last]).to.deep.equal([daysAgo(3), daysAgo(1)]);
  });

  it('saves its sums and its picture without asking anybody', async () => {
    const element = await mountPast();
    const saved: { name: string; blob: Blob }[] = [];
    const blobs = new Map<string, Blob>();
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    URL.createObjectURL = (blob) => {
      const url = createObjectURL(blob);
      blobs.set(url, blob as Blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob: blobs.get(this.href)! });
    };
    const asked = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/calls')).length;
    try {
      button(element, 'CSV').click();
      await until(() => saved.length === 1);
      button(element, 'PNG').click();
      await until(() => saved.length === 2);
    } finally {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    }
    expect(performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/calls'))).to.have.length(
      asked,
    );
    expect(saved.map(({ name }) => name)).to.deep.equal([
      `spend-${daysAgo(40)}-to-${daysAgo(11)}.csv`,
      `spend-${daysAgo(40)}-to-${daysAgo(11)}.png`,
    ]);
    const lines = (await saved[0]!.blob.text()).trimEnd().split('\r\n');
    const cost = add(lines.slice(1).map((line) => Number(line.split(',')[8])));
    expect(Math.round(cost / 1000)).to.equal(money(rowOf(element, 'All')[1]!));
    const image = await createImageBitmap(saved[1]!.blob);
    expect(image.height).to.be.greaterThan(282);
    await until(() => readText(find(element, '.legend')).includes('Saved spend-'));
  });

  it('says that there are no calls in an empty database', async () => {
    const element = await mountLoaded<HmSpend>(html`<hm-spend daemon="/empty"></hm-spend>`);
    expect(readText(find(element, '[part="empty"]'))).to.match(/^No calls yet\./);
    expect(findAll(element, '.figures')).to.have.length(0);
  });

  it('says that no call matches, and leads back to all times', async () => {
    const scope = mount<HmScope>(
      html`<hm-scope .filter=${read('tz=UTC&since=2001-01-01&until=2001-01-31')}><hm-spend></hm-spend></hm-scope>`,
    );
    const element = scope.querySelector<HmSpend>('hm-spend')!;
    await nextEvent(element, 'hm-load');
    expect(readText(find(element, 'section'))).to.contain('No calls in this time.');
    expect(findAll(element, '.figures')).to.have.length(1);
    button(element, 'Show all times').click();
    await nextEvent(element, 'hm-load');
    expect(keyRows(element).length).to.be.greaterThan(3);
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmSpend>(html`<hm-spend daemon=${prefix}></hm-spend>`);
      await nextEvent(element, 'hm-error');
      const error = find(element, '[part="error"]');
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error)).to.contain('Could not read spend.').and.to.contain(words).and.to.contain(location.host);
    });
  }

  it('says that it is reading until the first answer, and keeps the room', async () => {
    const element = mount<HmSpend>(html`<hm-spend daemon="/hold/spend/captured"></hm-spend>`);
    await until(() => element.shadowRoot?.querySelector('[aria-label="Measure"]'));
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading spend…');
    const height = element.offsetHeight;
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/spend');
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
    expect(Math.abs(element.offsetHeight - height)).to.be.at.most(2);
  });

  it('keeps what it shows while it reads again and when that fails', async () => {
    const element = await mountDrawn(html`<hm-spend daemon="/captured"></hm-spend>`);
    const rows = keyRows(element);
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    await failed;
    expect(keyRows(element)).to.deep.equal(rows);
    expect(readText(find(element, '[part="error"]'))).to.match(/What stands below is from \d\d:\d\d:\d\d\./);
    const loaded = nextEvent(element, 'hm-load');
    element.daemon = '/captured';
    await loaded;
    expect(findAll(element, '[part="error"]')).to.have.length(0);
  });

  it('survives being moved, gives its canvas back when it leaves and draws again on return', async () => {
    const element = await mountDrawn(html`<hm-spend daemon="/captured"></hm-spend>`);
    const shelf = document.createElement('div');
    element.parentElement!.append(shelf);
    shelf.append(element);
    await new Promise(requestAnimationFrame);
    expect(coloursAt(element, 150)).to.be.greaterThan(1);
    element.remove();
    await new Promise(requestAnimationFrame);
    expect(find(element, 'canvas').style.width).to.equal('');
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    await until(() => coloursAt(element, 150) > 1);
  });

  it('follows the page’s colours', async () => {
    document.documentElement.style.colorScheme = 'light dark';
    const element = await mountPast();
    const axis = (): string => {
      const canvas = find<HTMLCanvasElement>(element, 'canvas');
      const scale = canvas.width / canvas.clientWidth;
      const { data } = canvas.getContext('2d')!.getImageData(0, Math.round(10 * scale), canvas.width, 1);
      return String(Math.max(...Array.from(data).filter((_, at) => at % 4 === 0)));
    };
    await emulateMedia({ colorScheme: 'light' });
    const light = axis();
    await emulateMedia({ colorScheme: 'dark' });
    await until(() => axis() !== light);
    await emulateMedia({ colorScheme: 'light' });
    await until(() => axis() === light);
    document.documentElement.style.colorScheme = '';
  });

  it('stands in a narrow place without scrolling sideways, its key below the picture', async () => {
    const element = await mountPast();
    expect(find(element, '.key').getBoundingClientRect().left).to.be.greaterThan(
      picture(element).getBoundingClientRect().right,
    );
    element.style.width = '358px';
    await until(() => find(element, 'canvas').offsetWidth <= 358);
    expect(find(element, '.key').getBoundingClientRect().top).to.be.at.least(
      picture(element).getBoundingClientRect().bottom,
    );
    expect(find(element, 'section').scrollWidth).to.be.at.most(358);
    const columns = findAll(element, '.figures > div').map((figure) => Math.round(figure.getBoundingClientRect().left));
    expect(new Set(columns).size).to.equal(2);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountDrawn(html`<hm-spend filter="tz=UTC" by="model"></hm-spend>`);
      await showTable(element);
      button(element, 'Custom…').click();
      await element.updateComplete;
      expect(readText(find(element, '#title'))).to.equal('Spend');
      await expectAccessible(element);
      await emulateMedia({ colorScheme: 'light' });
    });
  }
});
