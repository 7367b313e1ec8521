import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import type { HmPricing } from '../../components/hm-pricing.js';
import { expectAccessible, find, findAll, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';
import { mountPrices } from './prices.js';

const rows = (element: HmPricing): HTMLElement[] => findAll(element, '[part="table"] > tbody > tr:not(.detail)');
const names = (element: HmPricing): string[] => rows(element).map((row) => readText(row.querySelector('.name')!));
const opener = (element: HmPricing, model: string): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, 'button.opens').find((button) => readText(button).startsWith(model))!;
const button = (element: HmPricing, words: string): HTMLButtonElement =>
  findAll<HTMLButtonElement>(element, 'button').find((candidate) => readText(candidate) === words)!;
const opened = (element: HmPricing): HTMLElement => find(element, '.detail .opened');
const rate = (element: HmPricing, model: string, column: number): string =>
  readText(rows(element).find((row) => readText(row).startsWith(model))!.children[column]!);

const mountDemo = (): Promise<HmPricing> => mountPrices(html`<hm-pricing filter="tz=UTC"></hm-pricing>`);
const mountCaptured = (): Promise<HmPricing> => mountPrices(html`<hm-pricing daemon="/captured"></hm-pricing>`);

async function open(element: HmPricing, model: string): Promise<HTMLElement> {
  const pressed = opener(element, model);
  pressed.click();
  const row = pressed.closest('tr')!;
  return until(
    () =>
      row.matches(':has(+ .detail)') &&
      element.shadowRoot!.querySelector<HTMLElement>('.detail .opened:not(:has([part="loading"]))'),
  );
}

const realClipboard = Object.getOwnPropertyDescriptor(navigator, 'clipboard');

describe('<hm-pricing>, its rows', () => {
  afterEach(() => {
    unmount();
    if (realClipboard) Object.defineProperty(navigator, 'clipboard', realClipboard);
    else Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('opens a row that is pressed as soon as the rates are drawn, before what opens rows is loaded', async () => {
    const element = await mountLoaded<HmPricing>(html`<hm-pricing daemon="/captured"></hm-pricing>`);
    const detail = await open(element, 'claude-sonnet-4-6');
    expect(readText(detail)).to.contain('This rate has been the same from the start.');
  });

  it('shows the same rates for a million, a thousand or one token, to their last digit', async () => {
    const element = await mountCaptured();
    const shown: Record<string, string[]> = {};
    for (const unit of ['million', 'thousand', 'token'] as const) {
      button(element, unit).click();
      await element.updateComplete;
      expect(element.unit).to.equal(unit);
      expect(button(element, unit).getAttribute('aria-pressed')).to.equal('true');
      shown[unit] = [2, 4, 5].map((column) => rate(element, 'claude-sonnet-4-6', column));
    }
    expect(shown).to.deep.equal({
      million: ['$3.00', '$0.30', '$3.75'],
      thousand: ['$0.003', '$0.0003', '$0.00375'],
      token: ['$0.000003', '$0.0000003', '$0.00000375'],
    });
    expect(readText(find(element, '.head'))).to.contain('US dollars per token');
  });

  it('takes unit and provider from its attributes, and an unknown unit for a million', async () => {
    const element = await mountPrices(
      html`<hm-pricing daemon="/captured" unit="token" provider="gemini"></hm-pricing>`,
    );
    expect(names(element)).to.deep.equal(['gemini-2.5-pro']);
    expect(rate(element, 'gemini-2.5-pro', 4)).to.equal('$0.000000125');
    expect(find<HTMLSelectElement>(element, 'select').value).to.equal('gemini');
    element.setAttribute('unit', 'dozen');
    await element.updateComplete;
    expect(rate(element, 'gemini-2.5-pro', 4)).to.equal('$0.125');
  });

  it('shows the models of one provider, listed or not, and says how many each has', async () => {
    const element = await mountCaptured();
    const select = find<HTMLSelectElement>(element, 'select');
    expect([...select.options].map(readText)).to.deep.equal([
      'All providers',
      'anthropic 2',
      'gemini 2',
      'openai 2',
      'xai 1',
    ]);
    select.value = 'anthropic';
    select.dispatchEvent(new Event('change'));
    await element.updateComplete;
    expect(element.provider).to.equal('anthropic');
    expect(names(element)).to.deep.equal(['claude-sonnet-4-6']);
    expect(readText(find(element, '[part="unlisted"] tbody'))).to.match(/^claude-unheard-of-9/);
    expect(readText(button(element, 'Used 1'))).to.equal('Used 1');

    select.value = 'xai';
    select.dispatchEvent(new Event('change'));
    await element.updateComplete;
    expect(readText(find(element, '[part="empty"]'))).to.contain('No rate is of a model of xai that was used.');
    find<HTMLButtonElement>(element, '[part="empty"] button').click();
    await element.updateComplete;
    expect(element.provider).to.equal('');
    expect(names(element)).to.have.length(2);
  });

  it('says how old the shipped list is, when a rate was last verified, and how newer ones are had', async () => {
    const element = await mountDemo();
    const [ages] = findAll(element, 'p.note');
    expect(readText(ages!)).to.match(
      /^List shipped with the daemon: 13 July 2026, \d+ (days|months|years) old, last verified [23] days ago\.$/,
    );
    expect(ages!.querySelectorAll('.mark.warning')).to.have.length(1);
    find<HTMLElement>(element, 'summary').click();
    const code = await until(() => element.shadowRoot!.querySelector('details code'));
    expect(readText(code)).to.equal('halton-meter pricing refresh');
  });

  it('shows under a rate set by the user what it replaced, all rates on a line of time and in a table', async () => {
    const element = await mountDemo();
    const detail = await open(element, 'claude-sonnet-4-6');
    expect(opener(element, 'claude-sonnet-4-6').getAttribute('aria-expanded')).to.equal('true');
    expect(readText(detail.querySelector('p')!))
      .to.match(/^Set by you on \d+ \w+: input \$2\.85 → \$2\.70 \(−5\.3 %\), output \$14\.25 → \$13\.50 \(−5\.3 %\), /)
      .and.to.match(/Before, the rate was set by you\.$/);
    const line = detail.querySelector('svg[role="img"]')!;
    expect(line.querySelectorAll('rect')).to.have.length(3);
    expect(line.getAttribute('aria-label')).to.contain('from the start input $3.00, output $15.00; from ');
    const periods = [...detail.querySelectorAll('.periods tbody tr')].map((row) => [...row.children].map(readText));
    expect(periods).to.have.length(3);
    expect(periods.map((cells) => cells.slice(2, 7))).to.deep.equal([
      ['$2.70', '$13.50', '$0.27', '$3.375', '$13.50'],
      ['$2.85', '$14.25', '$0.285', '$3.5625', '$14.25'],
      ['$3.00', '$15.00', '$0.30', '$3.75', '$15.00'],
    ]);
    expect(periods[0]![1]).to.equal('now');
    expect(periods[2]!.slice(0, 2)).to.deep.equal(['from the start', periods[1]![0]]);
    expect(readText(detail.querySelector('code')!)).to.equal(
      'halton-meter pricing reset --provider=anthropic --model=claude-sonnet-4-6',
    );
    await expectAccessible(element);
  });

  it('says where a rate never changed, and shows one row at a time', async () => {
    const element = await mountDemo();
    await open(element, 'claude-sonnet-4-6');
    const detail = await open(element, 'claude-opus-4-6');
    expect(findAll(element, '.detail')).to.have.length(1);
    expect(readText(detail)).to.contain('This rate has been the same from the start.');
    expect(detail.querySelector('svg[role="img"], code')).to.equal(null);
    opener(element, 'claude-opus-4-6').click();
    await until(() => findAll(element, '.detail').length === 0);
  });

  it('opens and closes a row by keyboard, and keeps the focus when rows change places', async () => {
    const element = await mountDemo();
    opener(element, 'claude-sonnet-4-6').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => element.shadowRoot!.querySelector('.periods'));
    element.sort = 'model';
    element.order = 'asc';
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement).to.equal(opener(element, 'claude-sonnet-4-6'));
    expect(opener(element, 'claude-sonnet-4-6').closest('tr')!.nextElementSibling!.className).to.equal('detail');
    await sendKeys({ press: 'Space' });
    expect(findAll(element, '.detail')).to.have.length(0);
  });

  it('says why the rates before can not be shown, and tries again', async () => {
    const element = await mountCaptured();
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await failed;
    opener(element, 'claude-sonnet-4-6').click();
    const error = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.opened [part="error"]'));
    expect(readText(error)).to.contain('Could not read the rates before.').and.to.contain('holds a lock');
    const loaded = nextEvent(element, 'hm-load');
    element.daemon = '/captured';
    await loaded;
    await until(() => opened(element).querySelector('.periods'));
    expect(opened(element).querySelector('[part="error"]')).to.equal(null);
  });

  it('shows the rates that explain every call of a model the daemon prices by figures of its own', async () => {
    const element = await mountDemo();
    await open(element, 'gpt-5.4-mini');
    const cells = await until(() => {
      const found = [...opened(element).querySelectorAll('.periods tbody td')];
      return found.length > 0 && found.map(readText);
    });
    expect(cells).to.deep.equal(['$0.75', '$4.50', '$0.075', 'not used', '$4.50']);
    expect(readText(opened(element))).to.match(
      /they give each of the [\d,]+ priced calls that used tokens its cost to the millicent, and none that are a step of \$0\.025 beside/,
    );
    await expectAccessible(element);
  });

  it('tells of a model without a rate what its calls imply, by what method, and the command that sets one', async () => {
    const copies: string[] = [];
    const clipboard = { writeText: (text: string) => Promise.resolve(void copies.push(text)) };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    const element = await mountCaptured();
    await open(element, 'claude-unheard-of-9');
    expect(readText(opened(element))).to.contain('None of its calls is priced, so nothing is known of its rates.');
    const codes = [...opened(element).querySelectorAll('.command code')].map(readText);
    expect(codes).to.deep.equal([
      'halton-meter pricing set anthropic claude-unheard-of-9 --mode standard --input INPUT --output OUTPUT --cache-read CACHE_READ --cache-write CACHE_WRITE',
      'halton-meter recompute-costs --include-null',
    ]);
    expect([...opened(element).querySelectorAll('mark')].map(readText)).to.deep.equal([
      'INPUT',
      'OUTPUT',
      'CACHE_READ',
      'CACHE_WRITE',
    ]);
    opened(element).querySelector<HTMLButtonElement>('.command button')!.click();
    expect(await until(() => opened(element).querySelector('output')!.value)).to.equal('Copied');
    expect(copies).to.deep.equal([codes[0]]);

    await open(element, 'gpt-5.4');
    expect(readText(opened(element))).to.contain(
      'Its 4 priced calls cost $0.01152 for 3,620 tokens: on average $3.18232 per million tokens, input, output and cached ones taken together.',
    );
    expect(readText(opened(element))).to.contain(
      '1 call is not priced, because the provider told no token counts: no rate would change that.',
    );
    expect(findAll(element, '.opened .command')).to.have.length(2);
    expect(opened(element).querySelector('table')).to.equal(null);
    await expectAccessible(element);
  });
});
