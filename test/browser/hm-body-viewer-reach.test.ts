import { sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import type { HmCalls } from '../../components/hm-calls.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { SelectEvent } from '../../src/events.js';
import { alterBody, button, mountDrawn, press, PRICED, restore, STREAMED, untilDrawn } from './bodies.js';
import { rowOf } from './calls.js';
import { expectAccessible, find, findAll, mount, readText, until } from './mount.js';

const COMPARE = 'Compare with previous call of this project';

function mountScope(selection: readonly string[], more: unknown = ''): { scope: HmScope; element: HmBodyViewer } {
  const scope = mount<HmScope>(
    html`<hm-scope daemon="/captured" .selection=${selection}><hm-body-viewer></hm-body-viewer>${more}</hm-scope>`,
  );
  return { scope, element: scope.querySelector('hm-body-viewer')! };
}

const searchField = (element: HmBodyViewer): Promise<HTMLInputElement> =>
  until(() => element.shadowRoot!.querySelector<HTMLInputElement>('.body-search input'));

async function searchFor(element: HmBodyViewer, text: string): Promise<HTMLElement[]> {
  const field = await searchField(element);
  field.value = text;
  field.form!.requestSubmit();
  return until(() => {
    const hits = findAll(element, '.hit');
    const isOfThis = hits.every((hit) => hit.querySelector('mark')?.textContent.toLowerCase() === text.toLowerCase());
    return /searched/.test(readText(find(element, '.body-search [role="status"]'))) && isOfThis && hits;
  });
}

describe('<hm-body-viewer> and the call before', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('shows a call beside the newest earlier one of its project, for the whole scope', async () => {
    const { scope, element } = mountScope([STREAMED]);
    await untilDrawn(element);
    button(element.shadowRoot!, COMPARE).click();
    await until(() => scope.selection.length === 2);
    expect(scope.selection).to.deep.equal([PRICED, STREAMED]);
    await until(() => readText(find(element, 'h2')) === 'Bodies of A and B');
  });

  it('passes over earlier calls whose request is not stored, and says so where there is no other', async () => {
    alterBody((body) => ({ request: { ...body.request, stored_bytes: null } }));
    const { scope, element } = mountScope([STREAMED]);
    await untilDrawn(element);
    button(element.shadowRoot!, COMPARE).click();
    await until(() =>
      readText(element.shadowRoot!).includes('No call of cap before this one has a stored request to compare with.'),
    );
    expect(scope.selection).to.deep.equal([STREAMED]);
  });

  it('says of the first call of a project that there is none before it', async () => {
    const { element } = mountScope([PRICED]);
    await untilDrawn(element);
    button(element.shadowRoot!, COMPARE).click();
    await until(() =>
      readText(element.shadowRoot!).includes('This is the first call of cap: there is none before it.'),
    );
  });

  it('shows both also where the page’s author named the call, until he names another', async () => {
    const element = await mountDrawn('/captured', [STREAMED]);
    const told: (readonly string[])[] = [];
    element.addEventListener('hm-select', (event: SelectEvent) => told.push(event.calls));
    button(element.shadowRoot!, COMPARE).click();
    await until(() => readText(find(element, 'h2')) === 'Bodies of A and B');
    expect(told).to.deep.equal([[PRICED, STREAMED]]);
    element.calls = [PRICED];
    await until(() => readText(find(element, 'h2')) === 'Bodies of A');
  });

  it('is reached from an open row of the calls as well', async () => {
    const { scope } = mountScope([], html`<hm-calls></hm-calls>`);
    const calls = scope.querySelector<HmCalls>('hm-calls')!;
    await until(() => calls.shadowRoot!.querySelector('.layer > [aria-rowindex]'));
    rowOf(calls, 'claude-unheard-of-9').querySelector<HTMLElement>('.arrow')!.click();
    const detail = await until(() => calls.shadowRoot!.querySelector('.opened .detail'));
    button(detail, COMPARE).click();
    await until(() => scope.selection.length === 2);
    await until(() => findAll(calls, '.layer .letter').length === 2);
  });
});

describe('<hm-body-viewer> and the search across bodies', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('opens the search while no call is chosen, and a hit opens its call at the place', async () => {
    const { scope, element } = mountScope([]);
    await until(() => element.shadowRoot!.querySelector('[part="empty"]'));
    button(element.shadowRoot!, 'Search all').click();
    const field = await searchField(element);
    await until(() => element.shadowRoot!.activeElement === field);
    const [first] = await searchFor(element, 'max_tokens');
    await expectAccessible(element);
    first!.click();
    await until(() => scope.selection.length === 1);
    const shown = await until(() => element.shadowRoot!.querySelector('.spot, mark.current, .text-row mark'));
    expect(shown.getBoundingClientRect().top).to.be.within(0, innerHeight);
    // The search stays, for the next hit.
    expect(findAll(element, '.hit').length).to.be.greaterThan(1);
  });

  it('marks what it found in the conversation, and falls to the text for what is no part of one', async () => {
    const { element } = mountScope([]);
    await element.updateComplete;
    button(element.shadowRoot!, 'Search all').click();
    const hits = await searchFor(element, 'Read a.txt please');
    hits.at(-1)!.click();
    const spot = await until(() => element.shadowRoot!.querySelector('.spot'));
    expect(readText(spot)).to.contain('Read a.txt please');
    expect(findAll(element, '.text-row')).to.have.length(0);
    const others = await searchFor(element, '"max_tokens":100,');
    others.at(-1)!.click();
    const mark = await until(() => element.shadowRoot!.querySelector('.text-row mark'));
    expect(mark.textContent).to.equal('"max_tokens":100,');
  });

  it('leads to another place of a call that is shown already, and leaves the other calls beside it', async () => {
    const { scope, element } = mountScope([PRICED, STREAMED]);
    await untilDrawn(element);
    button(element.shadowRoot!, 'Search all').click();
    const hits = await searchFor(element, 'max_tokens');
    const places = hits.map((hit) => hit.getAttribute('aria-pressed'));
    expect(places.filter((pressed) => pressed === 'true').length).to.be.greaterThan(0);
    hits[places.indexOf('true')]!.click();
    await until(() => element.shadowRoot!.querySelector('.spot, .text-row mark'));
    expect(scope.selection).to.deep.equal([PRICED, STREAMED]);
  });

  it('opens with s from anywhere in its scope but a text field, and closes with Esc', async () => {
    const { scope, element } = mountScope([], html`<button>elsewhere</button><input aria-label="text" />`);
    await element.updateComplete;
    press(scope.querySelector('input')!, 's');
    expect(element.shadowRoot!.querySelector('.body-search')).to.equal(null);
    scope.querySelector('button')!.focus();
    await sendKeys({ press: 's' });
    const field = await searchField(element);
    await until(() => element.shadowRoot!.activeElement === field);
    expect(field.value).to.equal('');
    await sendKeys({ press: 'Escape' });
    await until(() => element.shadowRoot!.querySelector('.body-search') === null);
    expect(readText(element.shadowRoot!.activeElement!)).to.equal('Search all');
  });

  it('ends a search when it is closed', async () => {
    const realFetch = window.fetch;
    let isLeft = false;
    window.fetch = (input, init) => {
      if (!String(input).includes('/api/bodies/search')) return realFetch(input, init);
      init!.signal!.addEventListener('abort', () => (isLeft = true));
      return Promise.resolve(new Response(new ReadableStream()));
    };
    const { element } = mountScope([]);
    await element.updateComplete;
    button(element.shadowRoot!, 'Search all').click();
    const field = await searchField(element);
    field.value = 'x';
    field.form!.requestSubmit();
    await until(() => [...element.shadowRoot!.querySelectorAll('button')].some((each) => readText(each) === 'Cancel'));
    button(element.shadowRoot!, 'Search all').click();
    await until(() => isLeft);
  });

  it('names its keys with ?, and the calls name them too', async () => {
    const { scope, element } = mountScope([], html`<hm-calls></hm-calls>`);
    const calls = scope.querySelector<HmCalls>('hm-calls')!;
    await until(() => calls.shadowRoot!.querySelector('.layer > [aria-rowindex]'));
    press(find(element, '.to-search'), '?');
    const dialog = await until(() => element.shadowRoot!.querySelector<HTMLDialogElement>('dialog'));
    for (const words of ['search all bodies', 'next match', 'next difference'])
      expect(readText(dialog)).to.contain(words);
    expect(readText(dialog)).not.to.contain('next call');
    expect(calls.shadowRoot!.querySelector('dialog')).to.equal(null);
    dialog.close();
    await until(() => element.shadowRoot!.querySelector('dialog') === null);
    press(document.body, '?');
    const help = await until(() => calls.shadowRoot!.querySelector('dialog'));
    expect(readText(help)).to.contain('next call').and.to.contain('search all bodies');
    help.remove();
  });
});
