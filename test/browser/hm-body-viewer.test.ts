import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-body-viewer.js';
import '../../components/hm-scope.js';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import type { WireBody } from '../../src/api/body.js';
import type { WireCall, WireCallDetail } from '../../src/api/call.js';
import { expectAccessible, find, findAll, mount, nextEvent, readText, unmount, until } from './mount.js';

/** Calls of test/fixtures/captured.json. */
const PRICED = '3c4fa084-db68-46f6-9126-efb05759b208';
const STREAMED = 'c40432ba-510e-4e47-be39-2fcf9a491194';
const CUT = '9e391664-8d9c-4d3d-9c97-7ec6c8b50e00';

const realFetch = window.fetch;
const realClipboard = Object.getOwnPropertyDescriptor(navigator, 'clipboard');

async function ask<T>(path: string): Promise<T> {
  return (await realFetch(path)).json() as Promise<T>;
}

/** Lets what the real server answers on a path be changed on its way, for what its databases do not hold. */
function alter(path: RegExp, change: (answer: Response) => Promise<Response> | Response): void {
  const before = window.fetch;
  window.fetch = async (input, init) => {
    const answer = await before(input, init);
    return path.test(new URL(String(input), location.href).pathname) ? change(answer) : answer;
  };
}

function alterBody(change: (body: WireBody) => object): void {
  alter(/\/api\/bodies$/, async (answer) => {
    const { bodies } = (await answer.json()) as { bodies: WireBody[] };
    return Response.json({ bodies: bodies.map((body) => ({ ...body, ...change(body) })) });
  });
}

function alterCall(change: Partial<WireCallDetail>): void {
  alter(/\/api\/calls\/[^/]+$/, async (answer) => Response.json({ ...((await answer.json()) as object), ...change }));
}

const nothingStored = (body: WireBody): object => ({
  request: { ...body.request, stored_bytes: null },
  response: { ...body.response, stored_bytes: null },
});

/** Waits until all that was asked for is drawn. */
async function untilDrawn(element: HmBodyViewer): Promise<void> {
  await until(() => {
    const section = element.shadowRoot!.querySelector('section');
    return section?.getAttribute('aria-busy') === 'false' && section.querySelector('.detail, .differs');
  });
}

async function mountDrawn(daemon: string, ...ids: string[]): Promise<HmBodyViewer> {
  const element = mount<HmBodyViewer>(html`<hm-body-viewer daemon=${daemon} calls=${ids.join(',')}></hm-body-viewer>`);
  await untilDrawn(element);
  return element;
}

const pane = (element: HmBodyViewer, label: string): HTMLElement => find(element, `.pane[aria-label="${label}"]`);
const rows = (within: HTMLElement): HTMLElement[] => [...within.querySelectorAll<HTMLElement>('[role="treeitem"]')];
const rowTexts = (within: HTMLElement): string[] => rows(within).map((row) => readText(row).replace(/^[▸▾] ?/, ''));
const storedText = (within: HTMLElement): string =>
  [...within.querySelectorAll('.chunk')].map((chunk) => chunk.textContent).join('');
const press = async (element: HmBodyViewer, within: HTMLElement, key: string): Promise<HTMLElement> => {
  const tree = within.querySelector('[role="tree"]')!;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  tree.querySelector('[tabindex="0"]')!.dispatchEvent(event);
  expect(event.defaultPrevented).to.equal(true);
  await element.updateComplete;
  await until(() => element.shadowRoot!.activeElement === tree.querySelector('[tabindex="0"]'));
  return tree.querySelector<HTMLElement>('[tabindex="0"]')!;
};
const cell = (element: HmBodyViewer, row: number, label: string): string => {
  const heads = findAll(element, '.differs thead th').map(readText);
  return readText(findAll(element, '.differs tbody tr')[row]!.children[heads.indexOf(label)]!);
};

describe('<hm-body-viewer>', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(() => {
    unmount();
    window.fetch = realFetch;
    if (realClipboard) Object.defineProperty(navigator, 'clipboard', realClipboard);
    else Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('shows request and response as trees with every value as it was written', async () => {
    const element = await mountDrawn('/captured', PRICED);
    expect(readText(find(element, 'h2'))).to.equal('Bodies of A');
    expect(rowTexts(pane(element, 'Request of A'))).to.include.members(['"max_tokens": 100', '"role": "user"']);
    expect(rowTexts(pane(element, 'Response of A')).join('\n')).to.contain('\\u00dcn\\u00efc\\u00f6d\\u00e9');
    expect(readText(pane(element, 'Request of A').querySelector('.bar')!)).to.contain('154 bytes application/json');
  });

  it('draws redacted keys as chips, counts them by category, and keeps the stored characters', async () => {
    const element = await mountDrawn('/captured', PRICED);
    const chip = pane(element, 'Request of A').querySelector<HTMLElement>('.redacted')!;
    expect(chip.textContent).to.equal('[REDACTED:anthropic_key]');
    expect(getComputedStyle(chip, '::after').content).to.equal('" redacted"');
    expect(readText(find(element, '.of-call'))).to.contain('up to 2 anthropic_key and 2 openai_key redacted');
  });

  it('shows what one call cost, kind by kind, and that it was recorded rightly', async () => {
    const element = await mountDrawn('/captured', PRICED);
    const lines = findAll(element, '.price tbody tr').map(readText);
    expect(lines[0]).to.equal('Input, uncached 1,234 $3.00 $0.00370');
    expect(lines[1]).to.equal('Cache read 4,096 $0.30 $0.00123');
    expect(readText(find(element, '.price tfoot'))).to.equal('Recorded $0.01376');
    expect(readText(find(element, '.facts'))).to.contain('equal to the millicent');
  });

  it('sets two calls against each other in tokens and in money at the rates of each', async () => {
    const { calls } = await ask<{ calls: WireCall[] }>(
      '/api/calls?provider=anthropic&priced=true&status=success&limit=50',
    );
    // Two that differ by sums that are drawn as figures: less than a step is drawn as "less than".
    const complete = calls.filter((call) => call.complete);
    const [a, b] = complete
      .flatMap((one) => complete.map((other) => [one, other] as const))
      .find(
        ([one, other]) =>
          Math.abs(one.cache_read_tokens - other.cache_read_tokens) > 2_000 &&
          Math.abs(one.cost_millicents! - other.cost_millicents!) > 20,
      )!;
    const details = await Promise.all([a, b].map(({ id }) => ask<WireCallDetail>(`/api/calls/${id}`)));
    const element = await mountDrawn('', a.id, b.id);
    expect(readText(find(element, 'h2'))).to.equal('Bodies of A and B');
    expect(findAll(element, '.differs .letter').map(readText)).to.deep.equal(['A', 'B']);
    const sign = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '');
    const tokens = b.cache_read_tokens - a.cache_read_tokens;
    expect(cell(element, 2, 'Cache read')).to.equal(sign(tokens) + Math.abs(tokens).toLocaleString('en-US'));
    const parts = details.map((detail) => detail.cache_read_tokens * detail.price!.cache_read);
    const tenths = Math.round(Math.abs(parts[1]! - parts[0]!) / 1e6 / 10);
    expect(cell(element, 3, 'Cache read')).to.contain(`${sign(parts[1]! - parts[0]!)}$${(tenths / 1e4).toFixed(4)}`);
    const cost = b.cost_millicents! - a.cost_millicents!;
    const costTenths = Math.floor((Math.abs(cost) + 5) / 10);
    expect(cell(element, 3, 'Cost')).to.contain(`${sign(cost)}$${(costTenths / 1e4).toFixed(4)}`);
  });

  it('leaves open what cannot be told: no price, no difference in money', async () => {
    const { calls } = await ask<{ calls: WireCall[] }>('/captured/api/calls');
    const unpriced = calls.find((call) => call.model === 'claude-unheard-of-9')!;
    const unknown = calls.find((call) => !call.complete)!;
    const element = await mountDrawn('/captured', PRICED, unpriced.id);
    expect(cell(element, 1, 'Cost')).to.equal('not priced');
    expect(cell(element, 3, 'Cost')).to.equal('–');
    expect(cell(element, 3, 'Output')).to.equal('–');
    expect(cell(element, 2, 'Output')).to.equal('0');
    element.calls = [unknown.id];
    await until(() => element.shadowRoot!.querySelector('.price'));
    await untilDrawn(element);
    expect(readText(find(element, '.price'))).to.contain('No usage was sent: tokens are unknown.');
    expect(readText(find(element, '.price tfoot'))).to.equal('Recorded not priced');
    expect(readText(find(element, '.facts'))).to.contain('no cost was recorded');
  });

  it('shows a cut body up to its cut, and how much there was', async () => {
    const element = await mountDrawn('/captured', CUT);
    const request = pane(element, 'Request of A');
    expect(readText(request.querySelector('.bar')!)).to.contain('cut, 524,288 of 900,088 bytes');
    expect(rowTexts(request).at(-1)).to.equal('cut here');
    expect(readText(request.querySelector('.end')!)).to.equal(
      'Cut here: 524,288 of 900,088 bytes stored. The rest was never kept.',
    );
    expect(pane(element, 'Response of A').querySelector('.end')).to.equal(null);
  });

  it('shows the stored characters, and not one more, as text', async () => {
    const element = await mountDrawn('/captured', CUT);
    findAll(element, '.tabs button')[1]!.click();
    await element.updateComplete;
    expect(element.view).to.equal('text');
    const stored = await (await realFetch(`/captured/api/bodies/${CUT}/request`)).text();
    expect(stored).to.have.length(524_288);
    expect(storedText(pane(element, 'Request of A')) === stored).to.equal(true);
  });

  it('shows an event stream as text, and as numbered events when asked for a tree', async () => {
    const element = await mountDrawn('/captured', STREAMED);
    const response = pane(element, 'Response of A');
    expect(storedText(response)).to.match(/^event: message_start\n/);
    expect(findAll(element, '.tabs button').map((tab) => tab.ariaPressed)).to.deep.equal(['mixed', 'mixed']);
    element.view = 'tree';
    await element.updateComplete;
    expect(rowTexts(response)[0]).to.match(/^1 message_start \{"type": "message_start"/);
    rows(response)[0]!.click();
    await until(() => rowTexts(response)[1] === '"type": "message_start"');
  });

  it('keeps the chosen view when another call is chosen', async () => {
    const element = await mountDrawn('/captured', PRICED);
    element.view = 'text';
    element.calls = [STREAMED];
    await until(() => readText(find(element, '.facts')).includes(STREAMED));
    expect(element.shadowRoot!.querySelector('[role="tree"]')).to.equal(null);
  });

  it('asks to choose a call while none is chosen', async () => {
    const element = mount<HmBodyViewer>(html`<hm-body-viewer daemon="/captured"></hm-body-viewer>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="empty"]'))).to.contain('Choose a call to read its bodies.');
  });

  it('shows the calls that were chosen in its scope, and says how many more there are', async () => {
    const selection = [PRICED, STREAMED, CUT];
    const scope = mount(
      html`<hm-scope daemon="/captured" .selection=${selection}><hm-body-viewer></hm-body-viewer></hm-scope>`,
    );
    const element = scope.querySelector('hm-body-viewer')!;
    await untilDrawn(element);
    expect(readText(find(element, '.context'))).to.match(/^cap, \d+ ms apart · 1 more chosen call not shown$/);
    expect(findAll(element, '.pane').map((part) => part.ariaLabel)).to.deep.equal([
      'Request of A',
      'Request of B',
      'Response of A',
      'Response of B',
    ]);
  });

  it('says that capture is off, with the command that turns it on, for any slug', async () => {
    alterBody((body) => ({ ...nothingStored(body), state: 'off', reason: null }));
    alterCall({ project: `it's "q"` });
    let copied = '';
    const clipboard = { writeText: (text: string) => Promise.resolve(void (copied = text)) };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    const element = await mountDrawn('/captured', PRICED);
    expect(readText(find(element, '.state'))).to.contain(
      `Bodies of it's "q" are not captured. To keep them from now on:`,
    );
    find(element, '.command button').click();
    await until(() => readText(find(element, '.command button')) === 'Copied');
    expect(copied).to.equal(`halton-meter project set 'it'\\''s "q"' body-capture on`);
  });

  it('says of each other state what it is and what to do', async () => {
    const states: [change: object, words: string][] = [
      [{ state: 'expired' }, 'the daemon removes them after 90 days'],
      [{ state: 'none' }, 'Nothing is stored of these bodies'],
      [{ state: 'unavailable' }, 'This daemon does not serve bodies over HTTP.'],
      [{ state: 'failed', reason: 'binary_body_skipped' }, 'The body is binary'],
      [{ state: 'failed', reason: 'redaction_failed' }, 'could not redact this body'],
      [{ state: 'failed', reason: 'moon_phase' }, 'could not: moon_phase.'],
    ];
    for (const [change, words] of states) {
      window.fetch = realFetch;
      alterBody((body) => ({ ...nothingStored(body), reason: null, ...change }));
      const element = await mountDrawn('', (await ask<{ calls: WireCall[] }>('/api/calls?limit=1')).calls[0]!.id);
      await until(() => readText(find(element, '.state')).includes(words));
      expect(element.shadowRoot!.querySelector('.pane')).to.equal(null);
    }
  });

  it('tells a side that could not be kept from the other, and an empty body from none', async () => {
    alterBody((body) => ({
      request: { ...body.request, stored_bytes: null, error: 'request_decode_failed' },
      response: { ...body.response, stored_bytes: 0 },
    }));
    const element = await mountDrawn('/captured', PRICED);
    expect(readText(pane(element, 'Request of A'))).to.contain('could not decode the request');
    expect(readText(pane(element, 'Response of A'))).to.contain('Empty body');
  });

  it('says that a stream ended before its last event', async () => {
    alterBody((body) => ({ response: { ...body.response, incomplete: true } }));
    const element = await mountDrawn('/captured', STREAMED);
    expect(readText(pane(element, 'Response of A'))).to.contain('The stream ended before its last event.');
  });

  it('says that there is no call of an unknown id, beside one that there is', async () => {
    const element = await mountDrawn('/captured', PRICED, 'no-such-id');
    expect(readText(find(element, '.whole.b'))).to.contain('There is no call no-such-id.');
    expect(rowTexts(pane(element, 'Request of A'))).to.include('"max_tokens": 100');
  });

  for (const [daemon, words] of [
    ['/problem', 'answered 503: Another program holds a lock on the database.'],
    ['/down', 'does not answer'],
    ['/wrong', 'in a form this page does not know'],
  ] as const) {
    it(`says what failed and offers to try again at ${daemon}`, async () => {
      const element = mount<HmBodyViewer>(html`<hm-body-viewer daemon=${daemon} calls=${PRICED}></hm-body-viewer>`);
      await nextEvent(element, 'hm-error');
      const alert = await until(() => element.shadowRoot!.querySelector<HTMLElement>('[part="error"]'));
      expect(readText(alert)).to.contain('Could not read call A.').and.to.contain(words);
      expect(readText(alert.querySelector('button')!)).to.equal('Try again');
    });
  }

  it('shows the failure of one text in its pane alone, until trying again helps', async () => {
    let isBroken = true;
    alter(/\/response$/, (answer) => (isBroken ? new Response('{}', { status: 500 }) : answer));
    const element = await mountDrawn('/captured', PRICED);
    const response = pane(element, 'Response of A');
    expect(readText(response.querySelector('[role="alert"]')!)).to.contain('Could not read the response of A.');
    expect(rowTexts(pane(element, 'Request of A'))).to.include('"max_tokens": 100');
    isBroken = false;
    response.querySelector<HTMLElement>('[role="alert"] button')!.click();
    await until(() => rows(pane(element, 'Response of A')).length > 0);
    expect(response.querySelector('[role="alert"]')).to.equal(null);
  });

  it('keeps one call in sight until all of the next is there', async () => {
    const element = await mountDrawn('/captured', PRICED);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    alter(/\/request$/, async (answer) => (await held, answer));
    element.calls = [CUT];
    await until(() => find(element, 'section').ariaBusy === 'true');
    // The figures of the new call come at once, but are not drawn over the bodies of the old one.
    await nextEvent(element, 'hm-load');
    expect(readText(find(element, '.facts'))).to.contain(PRICED);
    expect(rowTexts(pane(element, 'Request of A'))).to.have.length(7);
    release();
    await until(() => readText(find(element, '.facts')).includes(CUT));
    expect(pane(element, 'Request of A').querySelector('.end')).to.not.equal(null);
  });

  it('keeps what was opened when it is moved, and asks no more once it is removed', async () => {
    const element = await mountDrawn('/captured', CUT);
    rows(pane(element, 'Request of A'))
      .find((row) => row.ariaExpanded === 'false')!
      .click();
    await until(() => pane(element, 'Request of A').querySelector('.chunk'));
    element.parentElement!.prepend(element);
    await element.updateComplete;
    expect(pane(element, 'Request of A').querySelector('.chunk')).to.not.equal(null);
    let asked = 0;
    window.fetch = (input, init) => (asked++, realFetch(input, init));
    element.remove();
    element.calls = [PRICED];
    await element.updateComplete;
    expect(asked).to.equal(0);
  });

  it('is walked, opened and closed by the keys of a tree, one row in the tab order', async () => {
    const element = await mountDrawn('/captured', PRICED);
    const request = pane(element, 'Request of A');
    const label = (row: HTMLElement): string => readText(row).replace(/^[▸▾] ?/, '');
    expect(request.querySelectorAll('[tabindex="0"]')).to.have.length(1);
    expect(label(await press(element, request, 'ArrowDown'))).to.equal('"max_tokens": 100');
    const messages = await press(element, request, 'ArrowDown');
    expect(messages.ariaExpanded).to.equal('true');
    expect((await press(element, request, 'ArrowLeft')).ariaExpanded).to.equal('false');
    expect(rows(request)).to.have.length(4);
    await press(element, request, 'Enter');
    expect(label(await press(element, request, 'ArrowRight'))).to.match(/^0: 2 keys/);
    expect(label(await press(element, request, 'End'))).to.equal('"model": "claude-sonnet-4-6"');
    expect(label(await press(element, request, 'Home'))).to.equal('3 keys');
    expect(request.querySelectorAll('[tabindex="0"]')).to.have.length(1);
  });

  it('opens a text that is too long for its row', async () => {
    const element = await mountDrawn('/captured', CUT);
    const request = pane(element, 'Request of A');
    const row = rows(request).find((candidate) => readText(candidate).includes('524,'))!;
    expect(row.ariaExpanded).to.equal('false');
    row.click();
    await until(() => storedText(request).length > 500_000);
  });

  it('copies a body as it is stored and says so, or says that the browser refused', async () => {
    let copied = '';
    const copy = (writeText: (text: string) => Promise<void>): void => {
      Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    };
    const element = await mountDrawn('/captured', STREAMED);
    const button = pane(element, 'Response of A').querySelector<HTMLElement>('.bar button')!;
    expect(button.ariaLabel).to.equal('Copy the response of A');
    copy((text) => Promise.resolve(void (copied = text)));
    button.click();
    await until(() => readText(button) === 'Copied');
    expect(copied).to.equal(await (await realFetch(`/captured/api/bodies/${STREAMED}/response`)).text());
    copy(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    button.click();
    await until(() => readText(button) === 'The browser refused to copy');
    expect(readText(find(element, '[role="status"]'))).to.equal('The browser refused to copy');
  });

  it('gives a selection to the clipboard as it is stored, marks and long lines included', async () => {
    const element = await mountDrawn('/captured', CUT);
    element.view = 'text';
    await element.updateComplete;
    const box = pane(element, 'Request of A').querySelector<HTMLElement>('.box')!;
    const chunks = [...box.querySelectorAll('.chunk')];
    const text = (chunk: Element): Node => [...chunk.childNodes].find((node) => node.nodeType === Node.TEXT_NODE)!;
    getSelection()!.setBaseAndExtent(text(chunks[0]!), 10, text(chunks[2]!), 20);
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    chunks[0]!.dispatchEvent(event);
    const length = chunks[0]!.textContent.length + chunks[1]!.textContent.length + 10;
    const stored = await (await realFetch(`/captured/api/bodies/${CUT}/request`)).text();
    expect(event.clipboardData!.getData('text/plain') === stored.slice(10, 10 + length)).to.equal(true);
  });

  it('shows the first two million characters of a longer body and the rest when asked', async () => {
    const long = JSON.stringify({ a: 'lorem ipsum '.repeat(200_000) });
    alter(/\/request$/, () => new Response(long));
    const element = await mountDrawn('/captured', PRICED);
    element.view = 'text';
    await element.updateComplete;
    const request = pane(element, 'Request of A');
    expect(storedText(request)).to.have.length(2_000_000);
    expect(readText(request.querySelector('.gate')!)).to.contain(
      'The first 2,000,000 of 2,400,008 characters are shown.',
    );
    request.querySelector<HTMLElement>('.gate button')!.click();
    await until(() => storedText(request).length === long.length);
  });

  it('treats whatever stands in bodies, slugs and models as text', async () => {
    const attack = '<img src=x onerror="document.title=\'hacked\'">\u202e\u0000[REDACTED:<b>]';
    alter(/\/request$/, () => new Response(attack));
    alter(/\/response$/, () => new Response(JSON.stringify({ [attack]: [attack, attack.repeat(20)] })));
    alterCall({ project: attack, model: attack, workdir: attack, machine: attack, error_code: attack });
    const element = await mountDrawn('/captured', PRICED);
    expect(storedText(pane(element, 'Request of A'))).to.equal(attack);
    expect(element.shadowRoot!.querySelector('img, b:not(.of-call b, .end b)')).to.equal(null);
    expect(readText(find(element, '.context'))).to.contain('<img src=x');
  });

  it('stacks the bodies of A and B in a narrow place, without a sideways scroll', async () => {
    await setViewport({ width: 390, height: 844 });
    const element = await mountDrawn('/captured', STREAMED, CUT);
    const [first, second] = findAll(element, '.pane').map((part) => part.getBoundingClientRect());
    expect(second!.top).to.be.at.least(first!.bottom);
    expect(document.documentElement.scrollWidth).to.be.at.most(390);
    expect(getComputedStyle(pane(element, 'Request of B').querySelector('.letter')!).display).to.not.equal('none');
    await setViewport({ width: 1366, height: 900 });
  });

  it('has a name for every part and no accessibility fault, as tree, as text and in its states', async () => {
    const element = await mountDrawn('/captured', STREAMED, CUT);
    expect(pane(element, 'Request of A').querySelector('[role="tree"]')!.ariaLabel).to.equal('Request of A, tree');
    await expectAccessible(element);
    element.view = 'text';
    await element.updateComplete;
    await expectAccessible(element);
    element.calls = [PRICED, 'no-such-id'];
    await until(() => element.shadowRoot!.querySelector('.whole'));
    await expectAccessible(element);
  });
});
