import { sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import type { HmCalls } from '../../components/hm-calls.js';
import { listRows, rowOf, type } from './calls.js';
import { find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const captured = html`<hm-calls daemon="/captured"></hm-calls>`;

const detailOf = (element: HmCalls): Promise<HTMLElement> =>
  until(() => element.shadowRoot!.querySelector<HTMLElement>('.opened .detail'));

/** Opens the row with these words by its arrow. */
async function open(element: HmCalls, words: string): Promise<HTMLElement> {
  rowOf(element, words).querySelector<HTMLElement>('.arrow')!.click();
  return detailOf(element);
}

const fieldOf = (element: HmCalls, label: string): HTMLElement =>
  findAll(element, '.fields dt').find((term) => readText(term) === label)!.nextElementSibling as HTMLElement;

describe('<hm-calls> with an open row', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(unmount);

  it('opens a call with e, under its row, and closes it with e', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, 'j', 'e');
    await detailOf(element);
    const opened = find(element, '.opened');
    expect(opened.previousElementSibling!.id).to.equal('row-1');
    expect(find(element, '#row-1 [aria-expanded]').getAttribute('aria-expanded')).to.equal('true');
    expect(find(element, '#row-2').getBoundingClientRect().top).to.be.closeTo(
      opened.getBoundingClientRect().bottom,
      1.5,
    );
    await type(element, 'e');
    await until(() => element.shadowRoot!.querySelector('.opened') === null);
    expect(find(element, '#row-1 [aria-expanded]').getAttribute('aria-expanded')).to.equal('false');
  });

  it('shows the price line by line, what it adds up to and its audit', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const detail = await open(element, '$0.0138');
    const price = readText(detail.querySelector('.price')!);
    expect(price).to.match(/Input, uncached [\d,]+ \$3\.00/);
    expect(price).to.contain('Recorded $0.01376');
    expect(readText(detail.querySelector('.facts')!)).to.contain('equal to the millicent');
  });

  it('says "not priced" and "unknown" in an open row too, never 0', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const detail = await open(element, 'claude-unheard-of-9');
    const price = readText(detail.querySelector('.price')!);
    expect(price).to.contain('Recorded not priced');
    expect(price).not.to.contain('$0');
    expect(readText(detail)).to.contain('cannot be recomputed');
  });

  it('shows every field of the call, and what is kept of its bodies', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await open(element, 'grok-4');
    const labels = findAll(element, '.fields dt').map(readText);
    for (const label of ['Provider', 'Kind', 'HTTP', 'Error class', 'Billing', 'Project by', 'Machine', 'Folder']) {
      expect(labels).to.include(label);
    }
    await until(() => /request [\d,]+ bytes/.test(readText(fieldOf(element, 'Bodies'))));
  });

  it('shows each count of tokens, 0 too, and says "none" where a success has nothing to tell', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await open(element, '$0.0138');
    for (const [label, words] of [
      ['Input, uncached', /^[1-9][\d,]*$/],
      ['Cache read', /^4,096$/],
      ['Cache write', /^2,048$/],
      ['Output', /^77$/],
      ['Thinking', /^0$/],
      ['Error class', /^none$/],
      ['Error code', /^none$/],
      ['May be retried', /^none$/],
      ['Rates noted', /^bundled-/],
    ] as const) {
      expect(readText(fieldOf(element, label).firstElementChild!), label).to.match(words);
    }
  });

  it('says of a blocked call what its row says: tokens unknown, and no price that would mean anything', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls filter="status=blocked_by_policy"></hm-calls>`);
    const detail = await open(element, 'blocked by policy');
    for (const label of ['Input, uncached', 'Cache read', 'Cache write', 'Output', 'Thinking', 'Tokens']) {
      expect(readText(fieldOf(element, label)), label).to.equal('unknown');
    }
    expect(readText(detail.querySelector('.price')!)).to.match(/tokens are unknown\. Recorded –$/);
    expect(readText(fieldOf(element, 'Cost'))).to.equal('–');
    expect(readText(fieldOf(element, 'Rates noted').firstElementChild!)).to.equal('none');
  });

  it('says of a failed call that no tokens were recorded, and of a cut one that there were at least so many', async () => {
    const failed = await mountLoaded<HmCalls>(captured);
    await open(failed, 'rate limit 429');
    expect(readText(fieldOf(failed, 'Tokens'))).to.equal('none recorded');
    const filter = 'complete=false&min_tokens=1&max_cost=100000&kind=chat';
    const element = await mountLoaded<HmCalls>(html`<hm-calls filter=${filter}></hm-calls>`);
    await open(element, 'stream cut');
    expect(readText(fieldOf(element, 'Tokens'))).to.match(/^≥\s[1-9][\d,]*$/);
    expect(readText(fieldOf(element, 'Thinking'))).to.match(/^≥\s0$/);
    expect(readText(fieldOf(element, 'Cost'))).to.match(/^≥\s\$0\.\d+$/);
  });

  it('filters by a value of the call, or by its absence', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await open(element, 'grok-4');
    const asked = nextEvent(element, 'hm-filter');
    fieldOf(element, 'Provider').querySelector<HTMLButtonElement>('.value')!.click();
    expect((await asked).change).to.deep.equal({ provider: ['xai'] });
    await until(() => listRows(element).length === 2);

    await open(element, 'grok-4');
    const without = nextEvent(element, 'hm-filter');
    const not = fieldOf(element, 'Model').querySelector<HTMLButtonElement>('.without')!;
    expect(not.getAttribute('aria-label')).to.equal('not model grok-4');
    not.click();
    expect((await without).change).to.deep.equal({ not: ['model:grok-4'] });
  });

  it('filters by the day, the time it took, the tokens, the cost and the id of a call', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" filter="tz=UTC"></hm-calls>`);
    const day = rowOf(element, '$0.0138').querySelector('time')!.dateTime.slice(0, 10);
    for (const [label, change] of [
      ['Requested', new RegExp(`^{"since":"${day}","until":"${day}","last":""}$`)],
      ['Cost', /^{"min_cost":"1376","max_cost":""}$/],
      ['Latency', /^{"min_latency":"\d+","max_latency":""}$/],
      ['HTTP', /^{"http_status":\["200"\]}$/],
      ['Tokens', /^{"min_tokens":"\d+","max_tokens":""}$/],
      ['Id', /^{"phrase":\["[\w-]+"\]}$/],
    ] as const) {
      await open(element, '$0.0138');
      const [asked, loaded] = [nextEvent(element, 'hm-filter'), nextEvent(element, 'hm-load')];
      fieldOf(element, label).querySelector<HTMLButtonElement>('.value')!.click();
      expect(JSON.stringify((await asked).change)).to.match(change);
      await loaded;
      expect(rowOf(element, '$0.0138')).to.exist;
    }
    expect(listRows(element)).to.have.length(1);
  });

  it('shows what stands under a call that is opened in the last row in view', async () => {
    document.documentElement.style.setProperty('--hm-calls-height', '400px');
    const element = await mountLoaded<HmCalls>(captured);
    const grid = find(element, '.grid');
    const bottom = (): number => grid.getBoundingClientRect().bottom;
    const last = listRows(element).findLast((row) => row.getBoundingClientRect().bottom <= bottom())!;
    last.querySelector<HTMLElement>('.arrow')!.click();
    await detailOf(element);
    await until(() => find(element, '.opened').getBoundingClientRect().bottom <= bottom() + 1);
    expect(last.getBoundingClientRect().top).to.be.at.least(find(element, '.heads').getBoundingClientRect().bottom - 1);
    document.documentElement.style.removeProperty('--hm-calls-height');
  });

  it('leaves values alone that the page’s author fixed', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" filter="provider=xai"></hm-calls>`);
    await open(element, 'grok-4');
    expect(fieldOf(element, 'Provider').querySelectorAll('button')).to.have.length(0);
    expect(fieldOf(element, 'Model').querySelectorAll('button').length).to.be.greaterThan(0);
  });

  it('closes with Esc from within, and gives the focus back to the table', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const detail = await open(element, 'grok-4');
    detail.querySelector('button')!.focus();
    await sendKeys({ press: 'Escape' });
    await until(() => element.shadowRoot!.querySelector('.opened') === null);
    expect(element.shadowRoot!.activeElement).to.equal(find(element, '.grid'));
  });

  it('keeps a row open over scrolling away and back, and reaches the last row below it', async function () {
    this.timeout(30_000);
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    await type(element, 'j', 'j', 'e');
    await detailOf(element);
    const id = readText(find(element, '.facts dd:last-child'));
    const grid = find(element, '.grid');
    grid.scrollTop = 100_000;
    await until(() => element.shadowRoot!.querySelector('.opened') === null && listRows(element)[0]!.id !== 'row-0');
    grid.scrollTop = grid.scrollHeight;
    const last = await until(() => {
      const row = listRows(element).at(-1)!;
      return row.getAttribute('aria-rowindex') === grid.getAttribute('aria-rowcount') ? row : null;
    });
    expect(last.getBoundingClientRect().bottom).to.be.at.most(grid.getBoundingClientRect().bottom + 1);
    grid.scrollTop = 0;
    await detailOf(element);
    expect(readText(find(element, '.facts dd:last-child'))).to.equal(id);
  });

  it('leaves the rows where they are when Tab goes from them to the heads above', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, 'j', 'e');
    await detailOf(element);
    const grid = find(element, '.grid');
    grid.scrollTop = 300;
    await until(() => grid.scrollTop > 100);
    const before = grid.scrollTop;
    grid.focus();
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot!.activeElement?.closest('.heads')).not.to.equal(null);
    expect(grid.scrollTop).to.equal(before);
  });

  it('stays open on its call when calls arrive above it', async function () {
    this.timeout(60_000);
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    await type(element, 'j', 'j', 'e');
    await detailOf(element);
    const instant = find(element, '.open time').getAttribute('datetime');
    await until(() => Number(find(element, '.open').getAttribute('aria-rowindex')) > 4);
    expect(find(element, '.open time').getAttribute('datetime')).to.equal(instant);
    expect(find(element, '.opened').previousElementSibling).to.equal(find(element, '.open'));
  });

  it('says what failed when a call could not be read, and reads it on demand', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    element.daemon = '/problem';
    await nextEvent(element, 'hm-error');
    rowOf(element, 'grok-4').querySelector<HTMLElement>('.arrow')!.click();
    const error = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.opened [part="error"]'));
    expect(readText(error)).to.contain('Could not read this call.');
    element.daemon = '/captured';
    await detailOf(element);
  });

  it('draws at most 500 elements in the table, open or not', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls></hm-calls>`);
    const count = (): number => findAll(element, '.grid, .grid *').length;
    expect(listRows(element).length).to.be.greaterThan(20);
    expect(count()).to.be.at.most(500);
    find(element, '.grid').scrollTop = 50_000;
    await until(() => listRows(element).every((row) => row.querySelector('time[datetime]')));
    expect(count()).to.be.at.most(500);
    await type(element, 'Home', 'e');
    await detailOf(element);
    expect(count()).to.be.at.most(500);
  });

  it('shows one call after another without mixing them up', async () => {
    document.documentElement.style.setProperty('--hm-calls-height', '900px');
    const element = mount<HmCalls>(captured);
    await nextEvent(element, 'hm-load');
    await open(element, 'grok-4');
    rowOf(element, 'claude-sonnet-4-6').querySelector<HTMLElement>('.arrow')!.click();
    await until(() => findAll(element, '.fields .value').some((value) => readText(value) === 'claude-sonnet-4-6'));
    expect(findAll(element, '.opened')).to.have.length(1);
  });
});
