import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { Filter } from '../../src/api/filter.js';
import { untilFilter } from './calls.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

async function mountCalls(): Promise<HmCalls> {
  const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
  await untilFilter(element);
  return element;
}
const total = (element: HmCalls): number => Number(find(element, '.grid').getAttribute('aria-rowcount')) - 1;
const field = (element: HmCalls): HTMLInputElement => find<HTMLInputElement>(element, '.query input');
const options = (element: HmCalls): HTMLElement[] => findAll(element, '[role="option"]');
const chips = (element: HmCalls): string[] =>
  findAll(element, '.chip').map((chip) => readText(chip).replace(/ ?×$/, ''));
const control = <T extends HTMLElement = HTMLInputElement>(element: HmCalls, name: string): T =>
  find<T>(element, `.form [name="${name}"]`);
const listOf = (element: HmCalls, legend: string): HTMLElement =>
  findAll(element, '.lists fieldset').find((list) => readText(list.querySelector('legend')!) === legend)!;
const rowOf = (element: HmCalls, legend: string, value: string): HTMLElement =>
  [...listOf(element, legend).querySelectorAll('li')].find((row) => row.querySelector('.text')!.textContent === value)!;

/** Types into the field as a user does. */
async function type(element: HmCalls, text: string): Promise<void> {
  field(element).focus();
  await sendKeys({ type: text });
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key });
}

/** Writes a text and applies it with Enter. */
async function apply(element: HmCalls, text: string): Promise<void> {
  const drawn = nextEvent(element, 'hm-load');
  field(element).select();
  await type(element, text);
  await press('Enter');
  await drawn;
}

function enter(input: HTMLInputElement | HTMLSelectElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

async function openForm(element: HmCalls): Promise<void> {
  find(element, '.filter > .button').click();
  await until(() => findAll(element, '.lists li').length > 5);
}

async function mountScoped(filter: Filter): Promise<{ scope: HmScope; element: HmCalls }> {
  const scope = mount<HmScope>(html`<hm-scope daemon="/captured" .filter=${filter}><hm-calls></hm-calls></hm-scope>`);
  const element = scope.querySelector('hm-calls')!;
  await nextEvent(element, 'hm-load');
  await untilFilter(element);
  await until(() => Object.keys(filter).length === 0 || chips(element).length > 0);
  return { scope, element };
}

/** Where the parts of the filter stand that are there from the first, and where it ends. */
function readRoom(element: HmCalls): unknown {
  const parts = findAll(
    element,
    '.query, .query input, select[aria-label="Time"], .filter > .button, .chips:not([hidden])',
  );
  const places = parts.map((part) => part.getBoundingClientRect().toJSON() as Record<string, number>);
  return places.map(({ x, y, width, height }) => [x, y, width, height]);
}

describe('<hm-calls> filter', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(unmount);

  it('filters by what is written, and shows each part of it as a chip', async () => {
    const element = await mountCalls();
    await apply(element, 'provider:anthropic -model:*haiku* tokens>=10 cost>0.001');
    expect(chips(element)).to.deep.equal([
      'provider anthropic',
      'model is not like *haiku*',
      'cost above $0.001',
      'tokens from 10',
    ]);
    expect(field(element).value).to.equal('provider:anthropic -model:*haiku* tokens>=10 cost>0.001');
    expect(total(element)).to.be.lessThan(18);
  });

  it('shows an example while nothing is written, under nothing that would catch a click', async () => {
    const element = await mountCalls();
    const { left, top, width, height } = field(element).getBoundingClientRect();
    expect(field(element).placeholder).to.equal('project:acme model:claude-* cost>0.05 or words');
    expect(element.shadowRoot!.elementFromPoint(left + width / 2, top + height / 2)).to.equal(field(element));
  });

  it('takes a chip away by a click', async () => {
    const { scope, element } = await mountScoped({ provider: ['xai', 'gemini'] });
    const drawn = nextEvent(element, 'hm-load');
    findAll(element, '.chip button')[0]!.click();
    await drawn;
    expect(scope.filter).to.deep.equal({ provider: ['gemini'] });
    expect(total(element)).to.equal(3);
  });

  it('finds words, and says how to get back when nothing matches', async () => {
    const element = await mountCalls();
    await apply(element, 'no such words <b>');
    expect(readText(find(element, '[part="empty"]'))).to.contain('No calls match this filter.');
    expect(chips(element)).to.deep.equal(['words no such words <b>']);
    const back = nextEvent(element, 'hm-load');
    find<HTMLButtonElement>(element, '[part="empty"] button').click();
    await back;
    expect(total(element)).to.equal(18);
    expect(field(element).value).to.equal('');
  });

  it('applies a text once typing pauses', async () => {
    const element = await mountCalls();
    const asked = nextEvent(element, 'hm-filter');
    await type(element, 'provider:xai');
    expect((await asked).change).to.deep.equal({ provider: ['xai'] });
    expect(document.activeElement).to.equal(element);
  });

  it('applies a text when the field is left', async () => {
    const element = await mountCalls();
    await type(element, 'provider:xai ');
    const asked = nextEvent(element, 'hm-filter');
    await press('Tab');
    expect((await asked).change).to.deep.equal({ provider: ['xai'] });
  });

  it('underlines a mistake, explains it, and keeps showing the last good filter', async () => {
    const element = await mountCalls();
    await apply(element, 'provider:xai');
    field(element).select();
    await type(element, 'provider:xai latency>10x');
    await press('Enter');
    await until(() => findAll(element, '.marks .bad').length > 0);
    expect(findAll(element, '.marks .bad').map(readText)).to.deep.equal(['10x']);
    expect(getComputedStyle(find(element, '.marks .bad')).textDecorationStyle).to.equal('wavy');
    expect(field(element).getAttribute('aria-invalid')).to.equal('true');
    const described = find(element, `#${field(element).getAttribute('aria-describedby')}`);
    expect(readText(described)).to.equal(
      '“10x” is not a duration. Write 500ms, 10s or 2m. Showing the last good filter.',
    );
    expect(total(element)).to.equal(2);
    expect(chips(element)).to.deep.equal(['provider xai']);

    await press('Escape');
    await until(() => field(element).value === 'provider:xai');
    expect(field(element).getAttribute('aria-invalid')).to.equal('false');
  });

  it('explains each mistake that it underlines in a line of its own, and counts what is more than a few', async () => {
    const element = await mountCalls();
    await type(element, 'latency>10x priced:maybe provider:xai');
    await press('Enter');
    await until(() => findAll(element, '.marks .bad').length === 2);
    const lines = (): string[] => findAll(element, '.mistake span').map(readText);
    expect(lines()).to.deep.equal([
      '“10x” is not a duration. Write 500ms, 10s or 2m.',
      '“maybe” is neither yes nor no. Showing the last good filter.',
    ]);
    const tops = findAll(element, '.mistake span').map((line) => line.getBoundingClientRect().top);
    expect(tops[1]).to.be.greaterThan(tops[0]!);
    field(element).select();
    await type(element, 'cost>a cost>b cost>c cost>d cost>e cost>f ');
    await press('Enter');
    await until(() => lines().length === 5);
    expect(lines()[4]).to.equal('2 more mistakes in this text. Showing the last good filter.');
    await press('Escape');
    await until(() => lines().length === 0);
    expect(find(element, '.mistake').getBoundingClientRect().height).to.equal(0);
  });

  it('draws the underlined text exactly over the text of the field', async () => {
    const element = await mountCalls();
    await type(element, 'latency>10x');
    await press('Enter');
    await until(() => findAll(element, '.marks .bad').length > 0);
    const [input, marks] = [getComputedStyle(field(element)), getComputedStyle(find(element, '.marks'))];
    for (const name of ['font', 'letterSpacing', 'paddingLeft', 'borderLeftWidth', 'width', 'height'] as const) {
      expect(marks[name], name).to.equal(input[name]);
    }
    expect(find(element, '.marks').textContent).to.equal('latency>10x');
  });

  it('says nothing of a term that is still being typed', async () => {
    const element = await mountCalls();
    await type(element, 'model:');
    await until(() => options(element).length > 0);
    expect(findAll(element, '.marks .bad')).to.have.length(0);
    expect(readText(find(element, '.mistake'))).to.equal('');
  });

  it('completes names and values by keyboard, with how many calls each value has', async () => {
    const element = await mountCalls();
    await type(element, 'vider');
    await until(() => options(element).length === 1);
    expect(readText(options(element)[0]!)).to.equal('provider: who answered');
    await press('ArrowDown', 'Enter');
    await until(() => options(element).some((option) => readText(option).startsWith('gemini')));
    expect(field(element).value).to.equal('provider:');
    expect(options(element).map(readText)).to.include('gemini 3');
    await type(element, 'em');
    await until(() => options(element).length === 1);
    const filtered = nextEvent(element, 'hm-load');
    await press('ArrowDown');
    const active = field(element).getAttribute('aria-activedescendant')!;
    expect(readText(find(element, `#${active}`))).to.equal('gemini 3');
    expect(find(element, `#${active}`).getAttribute('aria-selected')).to.equal('true');
    await press('Tab');
    await filtered;
    expect(field(element).value).to.equal('provider:gemini ');
    expect(total(element)).to.equal(3);
    expect(options(element)).to.have.length(0);
    expect(field(element).getAttribute('aria-expanded')).to.equal('false');
  });

  it('keeps the suggestion in view that the keys have reached', async () => {
    const element = await mountCalls();
    await type(element, ' ');
    const list = await until(() => options(element).length > 15 && find(element, '[role="listbox"]'));
    await press(...Array.from({ length: 16 }, () => 'ArrowDown'));
    const isInView = (): boolean => {
      const [option, box] = [find(element, '[aria-selected="true"]'), list].map((part) => part.getBoundingClientRect());
      return option!.top >= box!.top && option!.bottom <= box!.bottom;
    };
    await until(isInView);
    expect(list.scrollTop).to.be.greaterThan(0);
    await press('ArrowDown', 'ArrowUp');
    await until(isInView);
  });

  it('lets a completion be undone like typing', async () => {
    const element = await mountCalls();
    await type(element, 'prov');
    await until(() => options(element).length > 0);
    await press('ArrowDown', 'Enter');
    expect(field(element).value).to.equal('provider:');
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'z' });
    await sendKeys({ up: 'Control' });
    expect(field(element).value).to.equal('prov');
  });

  it('completes a value by a click, also when its name was not typed', async () => {
    const element = await mountCalls();
    await type(element, 'grok');
    const option = await until(() => options(element).find((row) => readText(row).startsWith('model:grok-4')));
    const asked = nextEvent(element, 'hm-filter');
    option.click();
    expect((await asked).change).to.deep.equal({ model: ['grok-4'] });
  });

  it('closes the list with Escape, and keeps what was typed', async () => {
    const element = await mountCalls();
    await type(element, 'mo');
    await until(() => options(element).length > 0);
    await press('Escape');
    await until(() => options(element).length === 0);
    expect(field(element).value).to.equal('mo');
  });

  it('shows hostile values as text, in the field, in chips and in the form', async () => {
    const filter = { project: ['<img src=x>"\\ é👩‍💻:* '], workdir: ['a\nb\u202ec'], model: ['e'.repeat(255)] };
    const { scope, element } = await mountScoped(filter);
    expect(chips(element).slice(0, 2)).to.deep.equal(['project <img src=x>"\\ é👩‍💻:*', `model ${'e'.repeat(255)}`]);
    expect(field(element).value).to.contain('project:"<img src=x>\\"\\\\ é👩‍💻:* "');
    expect(field(element).value).to.contain('folder:"a\\u{a}b\\u{202e}c"');
    expect(chips(element)[2]).to.equal('folder a\\u{a}b\\u{202e}c');
    expect(document.documentElement.scrollWidth).to.be.at.most(1366);
    await type(element, ' status:error');
    const filtered = nextEvent(element, 'hm-load');
    await press('Enter');
    await filtered;
    expect(scope.filter).to.deep.equal({ ...filter, status: ['error'] });
  });

  it('edits one filter by text and by form, live both ways', async () => {
    const element = await mountCalls();
    await openForm(element);
    const filtered = nextEvent(element, 'hm-load');
    rowOf(element, 'Provider', 'gemini').querySelector('input')!.click();
    await filtered;
    expect(field(element).value).to.equal('provider:gemini');
    expect(total(element)).to.equal(3);
    await apply(element, 'provider:gemini provider:xai');
    expect(rowOf(element, 'Provider', 'xai').querySelector('input')!.checked).to.equal(true);
    expect(readText(rowOf(element, 'Provider', 'xai').querySelector('.calls')!)).to.equal('2');
    await apply(element, '-provider:xai');
    const leave = rowOf(element, 'Provider', 'xai').querySelector('button')!;
    expect(leave.getAttribute('aria-pressed')).to.equal('true');
    expect(total(element)).to.equal(16);
  });

  it('names every list of the form as the columns are named', async () => {
    const element = await mountCalls();
    await openForm(element);
    const names = findAll(element, '.lists legend').map(readText);
    for (const name of ['Error class', 'Error code', 'HTTP status', 'Project by', 'Folder', 'Rates']) {
      expect(names).to.include(name);
    }
    expect(names.join()).not.to.match(/_|\bCode,/);
  });

  it('leaves a value out from the form', async () => {
    const { scope, element } = await mountScoped({ provider: ['xai'] });
    await openForm(element);
    rowOf(element, 'Provider', 'xai').querySelector('button')!.click();
    await until(() => scope.filter.not !== undefined);
    expect(scope.filter).to.deep.equal({ not: ['provider:xai'] });
  });

  it('finds values within a list of the form, and takes all that are alike', async () => {
    const { scope, element } = await mountScoped({});
    await openForm(element);
    const search = control(element, 'search-model');
    search.value = 'sonnet';
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await element.updateComplete;
    const list = listOf(element, 'Model');
    expect([...list.querySelectorAll('.text')].every((text) => readText(text).includes('sonnet'))).to.equal(true);
    list.querySelector<HTMLButtonElement>('.link')!.click();
    await until(() => scope.filter.like !== undefined);
    expect(scope.filter).to.deep.equal({ like: ['model:*sonnet*'] });
  });

  it('takes amounts with units in the form, and says where one is none', async () => {
    const { scope, element } = await mountScoped({});
    await openForm(element);
    enter(control(element, 'min_cost'), '5c');
    await element.updateComplete;
    enter(control(element, 'max_latency'), '1.5s');
    await until(() => scope.filter.max_latency !== undefined);
    expect(scope.filter).to.deep.equal({ min_cost: '5000', max_latency: '1500' });
    enter(control(element, 'min_tokens'), 'many');
    await until(() => control(element, 'min_tokens').getAttribute('aria-invalid') === 'true');
    expect(readText(find(element, '#filter-wrong-min_tokens'))).to.equal(
      '“many” is not a number of tokens. Write 800, 100k or 2M.',
    );
    enter(control(element, 'max_cost'), '0.01');
    await until(() => control(element, 'max_cost').getAttribute('aria-invalid') === 'true');
    expect(scope.filter).to.deep.equal({ min_cost: '5000', max_latency: '1500' });
    expect(field(element).value).to.equal('cost>=0.05 latency<=1.5s');
  });

  it('asks in the form for price, counts, prompt, bodies, words and exact words', async () => {
    const { scope, element } = await mountScoped({});
    await openForm(element);
    enter(control<HTMLSelectElement>(element, 'priced'), 'false');
    enter(control<HTMLSelectElement>(element, 'complete'), 'true');
    enter(control<HTMLSelectElement>(element, 'repeated'), 'true');
    enter(control(element, 'q'), 'claude fr');
    enter(control(element, 'phrase'), ' exact words ');
    await until(() => scope.filter.phrase !== undefined);
    await until(() => field(element).value.includes('exact'));
    findAll<HTMLInputElement>(element, '.form [name="body"]')[1]!.click();
    await until(() => scope.filter.body_state !== undefined);
    expect(scope.filter).to.deep.equal({
      body_state: ['truncated'],
      phrase: [' exact words '],
      priced: 'false',
      complete: 'true',
      repeated: 'true',
      q: 'claude fr',
    });
    await until(
      () => field(element).value === 'body:truncated priced:no complete:yes repeated:yes " exact words " claude fr',
    );
  });

  it('goes by the clocks of the zone that is chosen, in rows, chips and text', async () => {
    const { scope, element } = await mountScoped({ since: '2020-01-01T12:00:00Z', tz: 'UTC' });
    const clock = (): string => readText(findAll(element, '.layer time')[0]!);
    const before = clock();
    expect(chips(element)).to.deep.equal(['from 1 Jan 2020, 12:00', 'times in UTC']);
    await openForm(element);
    enter(control(element, 'tz'), 'Asia/Kathmandu');
    await until(() => field(element).value === 'since:2020-01-01T17:45 tz:Asia/Kathmandu');
    await until(() => clock() !== before);
    expect(chips(element)).to.deep.equal(['from 1 Jan 2020, 17:45', 'times in Asia/Kathmandu']);
    expect(control(element, 'since-time').value).to.equal('17:45');
    enter(control(element, 'since-time'), '18:00');
    await until(() => scope.filter.since === '2020-01-01T12:15:00Z');
    enter(control(element, 'tz'), 'Mars/Olympus');
    await until(() => control(element, 'tz').getAttribute('aria-invalid') === 'true');
    expect(scope.filter.tz).to.equal('Asia/Kathmandu');
    const zones = [...find<HTMLDataListElement>(element, '#filter-zones').options].map(({ value }) => value);
    expect(zones[0]).to.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(zones).to.include.members(['UTC', 'Europe/London']);
  });

  it('offers the usual times, by the calendar of the zone', async () => {
    const { scope, element } = await mountScoped({ tz: 'Asia/Kathmandu' });
    const menu = find<HTMLSelectElement>(element, 'select[aria-label="Time"]');
    expect([...menu.options].map((option) => readText(option))).to.deep.equal([
      'Any time',
      'Today',
      'Last 24 hours',
      'Last 7 days',
      'This month',
      'Last 30 days',
      'Last 90 days',
      'From, until, zone…',
    ]);
    const today = new Date(Date.now() + 345 * 60_000).toISOString().slice(0, 10);
    for (const [index, filter] of [
      [1, { since: today }],
      [3, { last: '7d' }],
      [4, { since: `${today.slice(0, 8)}01` }],
      [0, {}],
    ] as const) {
      menu.selectedIndex = index;
      menu.dispatchEvent(new Event('change'));
      expect(scope.filter).to.deep.equal({ tz: 'Asia/Kathmandu', ...filter });
    }
  });

  it('leads from the times to a time of one’s own', async () => {
    const { scope, element } = await mountScoped({});
    const menu = find<HTMLSelectElement>(element, 'select[aria-label="Time"]');
    menu.selectedIndex = menu.options.length - 1;
    menu.dispatchEvent(new Event('change'));
    const day = await until(
      () =>
        (element.shadowRoot!.activeElement as HTMLInputElement | null)?.name === 'since' &&
        control<HTMLInputElement>(element, 'since'),
    );
    expect(readText(menu.selectedOptions[0]!)).to.equal('Any time');
    enter(day, '2026-11-01');
    await until(() => scope.filter.since === '2026-11-01');
    enter(control(element, 'until'), '2026-11-18');
    await until(() => scope.filter.until === '2026-11-18');
    await until(() => /^1 Nov( 2026)? – 18 Nov( 2026)?$/.test(readText(menu.selectedOptions[0]!)));
    enter(control(element, 'until'), '2026-10-01');
    await until(() => control(element, 'until').getAttribute('aria-invalid') === 'true');
    expect(scope.filter).to.deep.equal({ since: '2026-11-01', until: '2026-11-18' });
  });

  it('waits for the last digit of a year that is typed, and says so where it never comes', async () => {
    const { scope, element } = await mountScoped({});
    await openForm(element);
    const asked: Filter[] = [];
    scope.addEventListener('hm-filter', ({ change }) => asked.push(change));
    control(element, 'since').focus();
    // The same day in every order of its parts.
    await sendKeys({ type: '11112026' });
    await until(() => scope.filter.since === '2026-11-11');
    expect(asked).to.deep.equal([{ last: undefined, since: '2026-11-11' }]);
    control(element, 'until').focus();
    await sendKeys({ type: '111120' });
    control(element, 'q').focus();
    await until(() => control(element, 'until').getAttribute('aria-invalid') === 'true');
    expect(readText(find(element, '#filter-wrong-until'))).to.equal('Write a year from 1970 on.');
    expect(asked).to.have.length(1);
  });

  it('closes the form with Escape, back to the field', async () => {
    const element = await mountCalls();
    await openForm(element);
    control(element, 'min_cost').focus();
    await press('Escape');
    await until(() => findAll(element, '.form').length === 0);
    expect(element.shadowRoot!.activeElement).to.equal(field(element));
    expect(find(element, '.filter > .button').getAttribute('aria-expanded')).to.equal('false');
  });

  it('says every part of a filter in words', async () => {
    const { element } = await mountScoped({
      like: ['model:claude-*'],
      not: ['kind:embedding', 'error_class:'],
      not_like: ['workdir:*/tmp*'],
      body_state: ['truncated'],
      phrase: ['a b'],
      machine: [''],
      priced: 'false',
      min_latency: '10001',
      max_latency: '12345',
      min_tokens: '100000',
      max_cost: '4999',
      repeated: 'true',
      repeated_within: '10m',
      on: undefined,
    } as unknown as Filter);
    expect(chips(element).map((chip) => chip.replace('\u00a0', ' '))).to.deep.equal([
      'machine none',
      'body cut',
      'model is like claude-*',
      'kind is not embedding',
      'error is not none',
      'folder is not like */tmp*',
      'exact words a b',
      'priced no',
      'cost below $0.05',
      'latency above 10 s',
      'latency up to 12.345 s',
      'tokens from 100 k',
      'repeated prompt yes',
      'repeated within 10 minutes',
    ]);
  });

  it('says a day, an exact amount and a single hour as what they are', async () => {
    const { scope, element } = await mountScoped({
      since: '2026-11-01',
      until: '2026-11-01',
      min_cost: '5000',
      max_cost: '5000',
    });
    expect(chips(element).map((chip) => chip.replace(' 2026', ''))).to.deep.equal(['on 1 Nov', 'cost $0.05']);
    findAll(element, '.chip button')[1]!.click();
    await until(() => scope.filter.max_cost === undefined);
    expect(scope.filter).to.deep.equal({ since: '2026-11-01', until: '2026-11-01' });
    scope.filter = { last: '1h', kind: ['none', ''] };
    await until(() => chips(element).includes('last hour'));
    expect(chips(element)).to.deep.equal(['kind “none”', 'kind none', 'last hour']);
  });

  it('takes chips away by keyboard, and keeps the focus near', async () => {
    const { scope, element } = await mountScoped({ provider: ['xai', 'gemini'], priced: 'true' });
    const focused = (): string => element.shadowRoot!.activeElement?.getAttribute('aria-label') ?? '';
    findAll(element, '.chip button')[1]!.focus();
    await press('Delete');
    await until(() => focused() === 'Remove priced yes');
    expect(scope.filter).to.deep.equal({ provider: ['xai'], priced: 'true' });
    await press('Backspace');
    await until(() => focused() === 'Remove provider xai');
    await press('Enter');
    await until(() => element.shadowRoot!.activeElement === field(element));
    expect(scope.filter).to.deep.equal({});
    expect(field(element).value).to.equal('');
  });

  it('clears everything but the zone at once', async () => {
    const { scope, element } = await mountScoped({ provider: ['xai'], last: '90d', tz: 'UTC' });
    findAll<HTMLButtonElement>(element, '.chips > button')
      .find((button) => readText(button) === 'Clear')!
      .click();
    await until(() => chips(element).length === 1);
    expect(scope.filter).to.deep.equal({ tz: 'UTC' });
    expect(element.shadowRoot!.activeElement).to.equal(field(element));
  });

  it('follows what changes the filter elsewhere', async () => {
    const { scope, element } = await mountScoped({ provider: ['xai'] });
    await type(element, ' latency>10x');
    scope.filter = { provider: ['gemini'] };
    await until(() => field(element).value === 'provider:gemini');
    expect(field(element).getAttribute('aria-invalid')).to.equal('false');
  });

  it('keeps the user’s own wording of the filter it stands for', async () => {
    const { scope, element } = await mountScoped({});
    await apply(element, 'cost>5c  PROVIDER:anthropic');
    expect(scope.filter).to.deep.equal({ provider: ['anthropic'], min_cost: '5001' });
    expect(field(element).value).to.equal('cost>5c  PROVIDER:anthropic');
  });

  it('offers nothing that the page’s author fixed, and says so to who writes it', async () => {
    const element = await mountLoaded<HmCalls>(
      html`<hm-calls daemon="/captured" filter="provider=xai&last=9999d"></hm-calls>`,
    );
    expect(field(element).value).to.equal('');
    await untilFilter(element);
    expect(findAll(element, 'select[aria-label="Time"]')).to.have.length(0);
    find(element, '.filter > .button').click();
    await until(() => findAll(element, '.lists li').length > 0);
    expect(listOf(element, 'Provider')).to.equal(undefined);
    expect(findAll(element, '[name="since"]')).to.have.length(0);
    await type(element, 'provider:gemini ');
    await press('Enter');
    await until(() => readText(find(element, '.mistake')).includes('This page fixes that part of the filter'));
    expect(total(element)).to.equal(2);
  });

  it('shows the mistake that came with the address', async () => {
    const { element } = await mountScoped({ provider: ['xai'] });
    const scope = element.closest('hm-scope')!;
    const failed = nextEvent(element, 'hm-error');
    scope.filter = { provider: ['xai'], last: 'ever' };
    await failed;
    field(element).focus();
    await until(() => findAll(element, '.marks .bad').length > 0);
    expect(readText(find(element, '.marks .bad'))).to.equal('ever');
    const again = nextEvent(element, 'hm-error');
    scope.filter = { tz: 'Mars/Olympus' };
    await again;
    // There was no good filter before it that could be shown.
    await until(
      () => readText(find(element, '.mistake')) === '“Mars/Olympus” is no time zone. Write UTC or Europe/London.',
    );
  });

  it('keeps the reading of a screen reader simple: one field, its list, its mistake', async () => {
    const element = await mountCalls();
    const input = field(element);
    expect(input.getAttribute('role')).to.equal('combobox');
    input.click();
    await until(() => options(element).length > 0);
    expect(find(element, '.marks').getAttribute('aria-hidden')).to.equal('true');
    expect(input.getAttribute('aria-controls')).to.equal(find(element, '[role="listbox"]').id);
  });

  it('fits a narrow page, with list and form open', async () => {
    await setViewport({ width: 390, height: 800 });
    const { element } = await mountScoped({
      not: ['project:a-rather-long-project-name-that-goes-on-and-on'],
      provider: ['xai'],
    });
    await openForm(element);
    await type(element, ' m');
    await until(() => options(element).length > 0);
    expect(document.documentElement.scrollWidth).to.be.at.most(390);
    await setViewport({ width: 1366, height: 900 });
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`has no accessibility fault with list, form, chips and a mistake, ${scheme}`, async () => {
      await emulateMedia({ colorScheme: scheme });
      document.documentElement.style.cssText = `color-scheme: ${scheme}; background: ${scheme === 'dark' ? '#161615' : '#fff'}`;
      const { element } = await mountScoped({ provider: ['xai'], not: ['kind:tool'] });
      await openForm(element);
      enter(control(element, 'min_tokens'), 'many');
      await type(element, ' latency>10x ');
      await until(() => options(element).length > 0 && findAll(element, '.marks .bad').length > 0);
      await press('ArrowDown');
      await expectAccessible(element);
      document.documentElement.style.cssText = '';
      await emulateMedia({ colorScheme: 'light' });
    });
  }

  it('keeps what was written before its bar was there, and the caret', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    const early = field(element);
    expect(early.role).to.equal(null);
    early.focus();
    early.value = 'provider:xai';
    early.setSelectionRange(3, 3);
    await untilFilter(element);
    expect([field(element).role, field(element).value, field(element).selectionStart]).to.deep.equal([
      'combobox',
      'provider:xai',
      3,
    ]);
    expect(element.shadowRoot!.activeElement).to.equal(field(element));
    await until(() => chips(element).length > 0);
    expect(chips(element)).to.deep.equal(['provider xai']);
  });

  for (const width of [1366, 768, 390]) {
    for (const filter of [{}, { provider: ['xai'] }, { provider: ['xai'], last: '24h' }] as Filter[]) {
      it(`moves nothing when its bar comes in ${width} pixels, with ${JSON.stringify(filter)}`, async () => {
        await setViewport({ width, height: 900 });
        const scope = mount<HmScope>(
          html`<hm-scope daemon="/captured" .filter=${filter}><hm-calls></hm-calls></hm-scope>`,
        );
        const element = scope.querySelector('hm-calls')!;
        const frame = await new Promise((resolve) => {
          new MutationObserver((_, observer) => {
            if (element.shadowRoot!.querySelector('.filter') === null) return;
            observer.disconnect();
            resolve(readRoom(element));
          }).observe(element.shadowRoot!, { childList: true, subtree: true });
        });
        expect(field(element).role).to.equal(null);
        await untilFilter(element);
        await until(() => Object.keys(filter).length === 0 || chips(element).length > 0);
        expect(readRoom(element)).to.deep.equal(frame);
      });
    }
  }
});
