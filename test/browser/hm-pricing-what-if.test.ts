import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-scope.js';
import type { HmPricing } from '../../components/hm-pricing.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { WireRepriceAnswer } from '../../src/api/reprice.js';
import { expectAccessible, find, findAll, mount, nextEvent, readText, unmount, until } from './mount.js';
import { mountPrices } from './prices.js';

const realFetch = window.fetch;

const told = (element: HmPricing): string => readText(find(element, '.told'));
const table = (element: HmPricing): string[][] =>
  findAll(element, '[part="repriced"] tbody tr, [part="repriced"] tfoot tr').map((row) =>
    [...row.children].map(readText),
  );
const input = (element: HmPricing, label: string): HTMLInputElement =>
  findAll(element, '.rates label')
    .find((candidate) => readText(candidate) === label)!
    .querySelector('input')!;

/** Opens the question, and waits for the answer that the panel begins with. */
async function ask(element: HmPricing): Promise<void> {
  const heading = await until(() =>
    findAll<HTMLButtonElement>(element, 'h3 button').find((button) => readText(button) === 'What if'),
  );
  heading.click();
  await until(() => element.shadowRoot!.querySelector('.told'));
}

/** Waits until what is told has these words. */
const hear = (element: HmPricing, words: string | RegExp): Promise<true> =>
  until(() => {
    const sentence = element.shadowRoot!.querySelector('.told');
    return sentence !== null && new RegExp(words).test(readText(sentence));
  });

async function choose(element: HmPricing, target: string | readonly [string, string]): Promise<void> {
  const select = find<HTMLSelectElement>(element, '.question select');
  select.value = typeof target === 'string' ? target : JSON.stringify(target);
  select.dispatchEvent(new Event('change'));
  await element.updateComplete;
}

async function setCaching(element: HmPricing, isKept: boolean): Promise<void> {
  const box = find<HTMLInputElement>(element, '.check input');
  if (box.checked === isKept) box.click();
  await element.updateComplete;
}

async function type(element: HmPricing, label: string, text: string): Promise<void> {
  input(element, label).value = text;
  input(element, label).dispatchEvent(new InputEvent('input'));
  await element.updateComplete;
}

const mountCaptured = (filter = 'tz=UTC'): Promise<HmPricing> =>
  mountPrices(html`<hm-pricing daemon="/captured" filter=${filter}></hm-pricing>`);

const reprice = async (search: string): Promise<WireRepriceAnswer> =>
  (await (await realFetch(`/captured/api/calls/reprice?${search}`)).json()) as WireRepriceAnswer;

describe('<hm-pricing>, What if', () => {
  afterEach(() => {
    window.fetch = realFetch;
    unmount();
  });

  it('asks nothing until it is opened, then says what the calls would have cost without caching', async () => {
    const asked: string[] = [];
    window.fetch = (address, init) => {
      asked.push(new URL(address as string, location.href).pathname);
      return realFetch(address, init);
    };
    const element = await mountCaptured();
    expect(asked.filter((path) => path.includes('reprice'))).to.have.length(0);
    await ask(element);
    // Sonnet: four calls of 1,234 + 4,096 + 2,048 input and 77 output tokens, two failed; Gemini one of 500 + 300.
    expect(told(element)).to.equal(
      '7 of the 18 calls recorded would have cost $0.10 without caching, instead of $0.06: $0.04 more, +67.8 %.',
    );
    const { totals } = await reprice('caching=none');
    expect([totals.recorded_millicents, totals.repriced_millicents]).to.deep.equal([5670, 9512]);
    expect(readText(find(element, '.caveats'))).to.contain('2 calls failed. Where no token was used, they cost 0');
  });

  it('prices them on another model, project by project, with what stands in neither sum', async () => {
    const element = await mountCaptured();
    await ask(element);
    await setCaching(element, true);
    await choose(element, ['gemini', 'gemini-2.5-pro']);
    await hear(element, 'on gemini-2.5-pro, instead of');
    const { projects, totals } = await reprice('to_provider=gemini&to_model=gemini-2.5-pro');
    const dollars = (millicents: number): string => `≥ $${(millicents / 100_000).toFixed(2)}`;
    const shown = table(element);
    expect(shown.slice(0, -1).map(([name]) => name)).to.deep.equal(projects.map(({ project }) => project));
    expect(shown.at(-1)!.slice(0, 4)).to.deep.equal([
      `${projects.length} project${projects.length === 1 ? '' : 's'}`,
      '18',
      dollars(totals.recorded_millicents),
      dollars(totals.repriced_millicents),
    ]);
    expect(shown.at(-1)!.at(-1)).to.equal('1 not priced, 4 with unknown tokens');
    const caveats = readText(find(element, '.caveats'));
    expect(caveats)
      .to.contain('1 call not priced so far would have cost $0.00282.')
      .and.to.contain('it is in neither sum');
    expect(caveats).to.contain('Of 4 calls no token was counted: nobody can price them.');
    expect(caveats).to.contain('Another model counts tokens in its own way and answers at its own length');
    expect(caveats).to.contain('Nothing is stored.');
    await expectAccessible(element);
  });

  it('prices them at rates that are typed, beginning with those of a model, and names what is no rate', async () => {
    const element = await mountCaptured();
    await ask(element);
    await setCaching(element, true);
    await choose(element, ['gemini', 'gemini-2.5-pro']);
    await choose(element, 'rates');
    expect(
      ['Input', 'Output', 'Cache read', 'Cache write', 'Thinking'].map((label) => input(element, label).value),
    ).to.deep.equal(['1.25', '10', '0.125', '0', '10']);
    for (const label of ['Output', 'Cache read', 'Cache write', 'Thinking']) await type(element, label, '0');
    await type(element, 'Input', '1e3');
    expect(readText(find(element, '[role="alert"]'))).to.equal('Input is not a number of dollars.');
    expect(input(element, 'Input').getAttribute('aria-invalid')).to.equal('true');
    expect(findAll(element, '.told')).to.have.length(0);
    await type(element, 'Input', '0.000001');
    expect(readText(find(element, '[role="alert"]'))).to.equal('Input has more than 5 digits behind the point.');
    await type(element, 'Input', '10001');
    expect(readText(find(element, '[role="alert"]'))).to.equal('Input is above $10,000.00.');
    await type(element, 'Input', '$1000.5');
    expect(findAll(element, '[role="alert"]')).to.have.length(0);
    const { totals } = await reprice('rates=100050000,0,0,0,0');
    await hear(element, `would have cost \\$${(totals.repriced_millicents / 100_000).toFixed(2)} at these rates`);
  });

  it('writes typed rates anew when the unit changes', async () => {
    const element = await mountCaptured();
    await ask(element);
    await choose(element, 'rates');
    element.unit = 'token';
    await element.updateComplete;
    expect(input(element, 'Input').value).to.equal('0.000003');
    await type(element, 'Input', '0.00000000001');
    expect(findAll(element, '[role="alert"]')).to.have.length(0);
    await type(element, 'Input', '0.000000000001');
    expect(readText(find(element, '[role="alert"]'))).to.equal('Input has more than 11 digits behind the point.');
  });

  it('is of the calls of its scope, and follows its filter', async () => {
    const scope = mount<HmScope>(html`<hm-scope daemon="/captured"><hm-pricing></hm-pricing></hm-scope>`);
    const element = scope.querySelector<HmPricing>('hm-pricing')!;
    await nextEvent(element, 'hm-load');
    await ask(element);
    scope.filter = { provider: ['gemini'], priced: 'true' };
    await hear(element, 'The 1 call of this filter would have cost');
    expect(told(element)).to.equal(
      'The 1 call of this filter would have cost $0.002 without caching, instead of $0.00166: $0.00034 more, +20.5 %.',
    );
    scope.filter = { q: 'nobody-has-this' };
    await hear(element, 'This filter has no calls.');
    expect(findAll(element, '[part="repriced"]')).to.have.length(0);
    scope.filter = { provider: ['xai'] };
    await hear(element, 'None of the 2 calls of this filter can be compared without caching.');
  });

  it('says why it could not be asked, keeps what it told, and tries again', async () => {
    const element = await mountCaptured();
    await ask(element);
    window.fetch = (address, init) =>
      realFetch(String(address).includes('reprice') ? '/problem/api/calls' : address, init);
    await setCaching(element, true);
    const error = await until(() => element.shadowRoot!.querySelector<HTMLElement>('[part="error"]'));
    expect(readText(error)).to.contain('Could not read what the calls would have cost.').and.to.contain('holds a lock');
    expect(told(element)).to.contain('without caching');
    window.fetch = realFetch;
    error.querySelector('button')!.click();
    await hear(element, 'at the rates of then, instead of');
    expect(findAll(element, '[part="error"]')).to.have.length(0);
  });

  it('says so where the server can not price calls anew', async () => {
    window.fetch = async (address, init) => {
      if (!String(address).endsWith('/api/status')) return realFetch(address, init);
      const status = (await (await realFetch(address, init)).json()) as { features: string[] };
      return Response.json({ ...status, features: status.features.filter((feature) => feature !== 'reprice') });
    };
    const element = await mountCaptured();
    findAll<HTMLButtonElement>(element, 'h3 button').at(-1)!.click();
    await until(() => /can not price calls anew/.test(readText(find(element, '[part="what-if"]'))));
    expect(findAll(element, '.question')).to.have.length(0);
  });

  it('closes again, and fits a narrow place', async () => {
    const element = await mountCaptured();
    await ask(element);
    element.style.width = '358px';
    await new Promise(requestAnimationFrame);
    for (const scroller of findAll(element, '[part="what-if"] .scroller')) {
      expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
    }
    const button = findAll<HTMLButtonElement>(element, 'h3 button').at(-1)!;
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    button.click();
    await element.updateComplete;
    expect(find(element, '[part="what-if"]').hidden).to.equal(true);
  });
});
