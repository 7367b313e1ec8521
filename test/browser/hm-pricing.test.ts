import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-scope.js';
import type { HmPricing } from '../../components/hm-pricing.js';
import { expectAccessible, find, findAll, mount, nextEvent, readText, unmount } from './mount.js';
import { mountPrices } from './prices.js';

const rows = (element: HmPricing): HTMLElement[] => findAll(element, '[part="table"] > tbody > tr:not(.detail)');
const unlisted = (element: HmPricing): HTMLElement[] => findAll(element, '[part="unlisted"] tbody tr:not(.detail)');
const names = (element: HmPricing): string[] => rows(element).map((row) => row.querySelector('th')!.innerText.trim());
const cells = (row: HTMLElement): string[] => [...row.children].map(readText);
const button = (element: HmPricing, words: RegExp): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, 'button').find((candidate) => words.test(readText(candidate)))!;
const rowOf = (element: HmPricing, model: string): HTMLElement =>
  [...rows(element), ...unlisted(element)].find((row) => readText(row.querySelector('th')!).startsWith(model))!;

/** Used models come first in the demo too: what it holds is the same in each run. */
const mountDemo = (): Promise<HmPricing> => mountPrices(html`<hm-pricing filter="tz=UTC"></hm-pricing>`);

async function search(element: HmPricing, words: string): Promise<void> {
  const input = find<HTMLInputElement>(element, 'input');
  input.value = words;
  input.dispatchEvent(new InputEvent('input'));
  await element.updateComplete;
}

describe('<hm-pricing>', () => {
  afterEach(unmount);

  it("shows the real daemon's rates exactly, in dollars per million tokens", async () => {
    const element = await mountPrices(html`<hm-pricing daemon="/captured"></hm-pricing>`);
    expect(readText(find(element, '.head'))).to.contain('US dollars per million tokens');
    expect(findAll(element, '[part="table"] thead th').map(readText)).to.deep.equal([
      'Model',
      'Provider',
      'Input',
      'Output',
      'Cache read',
      'Cache write',
      'Thinking',
      'Source',
      'Since',
      'Verified',
      'Calls',
    ]);
    expect(cells(rowOf(element, 'claude-sonnet-4-6')).slice(1)).to.deep.equal([
      'anthropic',
      '$3.00',
      '$15.00',
      '$0.30',
      '$3.75',
      '$15.00',
      'shipped with the daemon',
      'from the start',
      'never',
      '6',
    ]);
    expect(cells(rowOf(element, 'gemini-2.5-pro')).slice(2, 7)).to.deep.equal([
      '$1.25',
      '$10.00',
      '$0.125',
      '0',
      '$10.00',
    ]);
  });

  it('shows modes that cost the same as one row, with the calls of both', async () => {
    const element = await mountPrices(html`<hm-pricing daemon="/captured"></hm-pricing>`);
    expect(rows(element)).to.have.length(2);
    expect(cells(rowOf(element, 'gemini-2.5-pro')).at(-1)).to.equal('2');
  });

  it('keeps the points of a column in one line', async () => {
    const element = await mountPrices(html`<hm-pricing daemon="/captured"></hm-pricing>`);
    const points = rows(element).map((row) => {
      const cell = row.children[4]!;
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const point = text.nodeValue!.indexOf('.');
        if (point < 0) continue;
        range.setStart(text, point);
        range.setEnd(text, point + 1);
        return Math.round(range.getBoundingClientRect().left);
      }
      throw new Error(`There is no point in ${readText(cell)}.`);
    });
    expect(points[0]).to.equal(points[1]);
  });

  it('tells whose figure a rate is and since when', async () => {
    const element = await mountDemo();
    expect(cells(rowOf(element, 'claude-sonnet-4-6'))[7]).to.equal('set by you');
    expect(cells(rowOf(element, 'claude-sonnet-4-6'))[8]).to.match(/^\d+ \w+/);
    expect(cells(rowOf(element, 'claude-haiku-4-5'))[7]).to.equal('updated automatically');
    expect(cells(rowOf(element, 'claude-haiku-4-5'))[9]).to.match(/^\d+ \w+/);
    expect(cells(rowOf(element, 'claude-opus-4-6'))[7]).to.equal('shipped with the daemon');
    expect(readText(find(element, 'section'))).to.contain('List shipped with the daemon: 13 July 2026');
  });

  it('names models without a published rate, and who knew their price', async () => {
    const element = await mountPrices(html`<hm-pricing daemon="/captured"></hm-pricing>`);
    expect(readText(find(element, 'h3'))).to.equal('Models without a published rate');
    expect(cells(rowOf(element, 'gpt-5.4'))).to.deep.equal([
      'gpt-5.4',
      'openai',
      '5',
      '≥ $0.01',
      '≈ $3.18232',
      'inside the daemon, 1 of 5 calls not priced',
    ]);
    expect(cells(rowOf(element, 'claude-unheard-of-9')).slice(2)).to.deep.equal([
      '1',
      'not priced',
      '–',
      'none known, 1 of 1 call not priced',
    ]);
    expect(cells(rowOf(element, 'text-embedding-3-small')).at(-1)).to.equal('inside the daemon');
  });

  it('shows the models that were used, those with the most calls first, and all on demand', async () => {
    const element = await mountDemo();
    const calls = rows(element).map((row) => Number(cells(row).at(-1)!.replace(',', '')));
    expect(calls.every((count) => count > 0)).to.equal(true);
    expect(calls).to.deep.equal([...calls].sort((a, b) => b - a));
    expect(names(element)).not.to.include('claude-opus-4-5');
    expect(button(element, /^Used/).getAttribute('aria-pressed')).to.equal('true');

    button(element, /^All/).click();
    await element.updateComplete;
    expect(names(element).some((name) => name.startsWith('claude-opus-4-5'))).to.equal(true);
    expect(readText(button(element, /^All/))).to.equal(`All ${rows(element).length}`);
    expect(cells(rowOf(element, 'claude-opus-4-5')).at(-1)).to.equal('0');
    expect(element.show).to.equal('all');
  });

  it('takes sort, order, show and search from its attributes', async () => {
    const element = await mountPrices(
      html`<hm-pricing show="all" sort="input" order="asc" search="claude"></hm-pricing>`,
    );
    expect(find(element, 'th[aria-sort]').textContent.trim()).to.equal('Input');
    const inputs = rows(element).map((row) => Number(cells(row)[2]!.slice(1)));
    expect(inputs.length).to.be.greaterThan(3);
    expect(inputs).to.deep.equal([...inputs].sort((a, b) => a - b));
    expect(names(element).every((name) => name.startsWith('claude'))).to.equal(true);
    expect(find<HTMLInputElement>(element, 'input').value).to.equal('claude');
  });

  it('sorts by the head that is pressed, and turns round when it is pressed again', async () => {
    const element = await mountDemo();
    button(element, /^Model$/).click();
    await element.updateComplete;
    const rising = names(element);
    expect(rising).to.deep.equal([...rising].sort());
    expect(find(element, 'th[aria-sort]').getAttribute('aria-sort')).to.equal('ascending');
    button(element, /^Model$/).click();
    await element.updateComplete;
    expect(names(element)).to.deep.equal(rising.reverse());
  });

  it('finds words in model or provider, also among the models without a rate', async () => {
    const element = await mountDemo();
    await search(element, 'Anthropic OPUS');
    expect(names(element)).to.include('claude-opus-4-6');
    expect(rows(element).every((row) => readText(row).includes('opus'))).to.equal(true);
    expect(unlisted(element)).to.have.length(0);
    expect(readText(find(element, 'section'))).to.contain('None matches “Anthropic OPUS”.');
    await search(element, 'grok');
    expect(unlisted(element).length).to.be.greaterThan(0);
    expect(unlisted(element).every((row) => readText(row).includes('grok'))).to.equal(true);
  });

  it('says when nothing matches and leads back', async () => {
    const element = await mountDemo();
    await search(element, '<b>nothing</b>');
    expect(readText(find(element, '[part="empty"]'))).to.contain('No rate matches “<b>nothing</b>” here.');
    find<HTMLButtonElement>(element, '[part="empty"] button').click();
    await element.updateComplete;
    expect(rows(element).length).to.be.greaterThan(0);
    expect(find<HTMLInputElement>(element, 'input').value).to.equal('');
  });

  it('offers models that were not used where only those match', async () => {
    const element = await mountDemo();
    await search(element, 'opus-4-5');
    find<HTMLButtonElement>(element, '[part="empty"] button').click();
    await element.updateComplete;
    expect(names(element)).to.deep.equal(['claude-opus-4-5']);
  });

  it('says what is missing in an empty database', async () => {
    const element = await mountPrices(html`<hm-pricing daemon="/empty"></hm-pricing>`);
    expect(readText(find(element, '[part="empty"]'))).to.equal('The daemon has no price list yet, and no calls.');
    expect(findAll(element, 'input')).to.have.length(0);
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmPricing>(html`<hm-pricing daemon=${prefix}></hm-pricing>`);
      await nextEvent(element, 'hm-error');
      const error = find(element, '[part="error"]');
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error)).to.contain('Could not read prices.').and.to.contain(words).and.to.contain(location.host);
    });
  }

  it('says that it is reading until the first answer', async () => {
    const element = mount<HmPricing>(html`<hm-pricing daemon="/hold/prices/captured"></hm-pricing>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading prices…');
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/prices');
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
  });

  it('keeps its rows while it reads again and when that fails, and tries again', async () => {
    const element = await mountPrices(html`<hm-pricing daemon="/captured"></hm-pricing>`);
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    expect(rows(element)).to.have.length(2);
    await failed;
    expect(rows(element)).to.have.length(2);
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
    const element = await mountPrices(html`<hm-pricing daemon="/captured"></hm-pricing>`);
    const shelf = document.createElement('div');
    element.parentElement!.append(shelf);
    shelf.append(element);
    expect(rows(element)).to.have.length(2);
    element.remove();
    await new Promise(requestAnimationFrame);
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    expect(rows(element)).to.have.length(2);
  });

  it('asks the daemon of its scope', async () => {
    const scope = mount(html`<hm-scope daemon="/captured"><hm-pricing></hm-pricing></hm-scope>`);
    const element = scope.querySelector<HmPricing>('hm-pricing')!;
    await nextEvent(element, 'hm-load');
    expect(rows(element)).to.have.length(2);
  });

  it('is worked by keyboard: search, unit, switch, heads', async () => {
    const element = await mountDemo();
    find(element, 'input').focus();
    await sendKeys({ type: 'gemini' });
    expect(names(element).every((name) => name.includes('gemini'))).to.equal(true);
    for (let presses = 0; presses < 3; presses++) await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    expect(element.unit).to.equal('thousand');
    for (let presses = 0; presses < 3; presses++) await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    expect(element.show).to.equal('all');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    expect(element.sort).to.equal('model');
  });

  it('drops columns in a narrow place instead of squeezing them, and keeps the provider in words', async () => {
    const element = await mountDemo();
    element.style.width = '358px';
    await new Promise(requestAnimationFrame);
    const shown = findAll(element, '[part="table"] thead th').filter((head) => head.offsetWidth > 0);
    expect(shown.map(readText)).to.deep.equal(['Model', 'Input', 'Output', 'Calls']);
    expect(rows(element)[0]!.querySelector<HTMLElement>('.under')!.offsetWidth).to.be.greaterThan(0);
    const scroller = find(element, '.scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountPrices(html`<hm-pricing show="all"></hm-pricing>`);
      expect(readText(find(element, `#${find(element, 'table').getAttribute('aria-labelledby')}`))).to.equal('Prices');
      await expectAccessible(element);
    });
  }
});
