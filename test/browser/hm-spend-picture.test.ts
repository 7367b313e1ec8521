import { emulateMedia, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-scope.js';
import '../../components/hm-spend.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { HmSpend } from '../../components/hm-spend.js';
import type { WireSeriesAnswer } from '../../src/api/series.js';
import { find, findAll, mount, nextEvent, readText, unmount, until } from './mount.js';
import {
  daysAgo,
  read,
  ask,
  mountDrawn,
  PAST,
  mountPast,
  button,
  keyRows,
  rowOf,
  tableRows,
  money,
  add,
  picture,
  spoken,
  label,
  coloursAt,
  showTable,
} from './spend.js';

describe('the bars of <hm-spend>', () => {
  before(async function () {
    this.timeout(60_000);
    await setViewport({ width: 1366, height: 900 });
    await Promise.all([ask('/api/status'), ask('/captured/api/status'), ask('/empty/api/status')]);
  });
  afterEach(async () => {
    await sendMouse({ type: 'move', position: [0, 0] });
    unmount();
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
    /** Whether anything of the picture has just this colour: its base line has the ink's. */
    const shows = (...ink: readonly number[]): boolean => {
      const canvas = find<HTMLCanvasElement>(element, 'canvas');
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4)
        if (ink.every((part, place) => data[at + place] === part)) return true;
      return false;
    };
    const [dark, light] = [
      [0x1b, 0x1a, 0x18],
      [0xe9, 0xe6, 0xe0],
    ];
    await emulateMedia({ colorScheme: 'light' });
    await until(() => shows(...dark) && !shows(...light));
    await emulateMedia({ colorScheme: 'dark' });
    await until(() => shows(...light) && !shows(...dark));
    await emulateMedia({ colorScheme: 'light' });
    await until(() => shows(...dark) && !shows(...light));
    document.documentElement.style.colorScheme = '';
  });
});
