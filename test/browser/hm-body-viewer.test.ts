import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-cost.js';
import '../../components/hm-projects.js';
import '../../components/hm-scope.js';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { WireBody } from '../../src/api/body.js';
import type { WireCall, WireCallDetail } from '../../src/api/call.js';
import {
  alter,
  alterBody,
  alterCall,
  button,
  catchCopies,
  CUT,
  mountDrawn,
  pane,
  PRICED,
  realFetch,
  restore,
  storeBodies,
  STREAMED,
  textRows,
  untilDrawn,
  untilTree,
} from './bodies.js';
import { expectAccessible, find, findAll, mount, nextEvent, readText, until } from './mount.js';

async function ask<T>(path: string): Promise<T> {
  return (await realFetch(path)).json() as Promise<T>;
}

const nothingStored = (body: WireBody): object => ({
  request: { ...body.request, stored_bytes: null },
  response: { ...body.response, stored_bytes: null },
});

/** What stands under a head in the row that begins so; undefined: there is no such column. */
const cell = (element: HmBodyViewer, row: RegExp, label: string): string | undefined => {
  const heads = findAll(element, '.differs thead th').map(readText);
  const found = findAll(element, '.differs tbody tr').find((line) => row.test(readText(line.firstElementChild!)));
  const place = heads.indexOf(label);
  return found === undefined || place === -1 ? undefined : readText(found.children[place]!);
};

describe('<hm-body-viewer>', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('asks for nothing while no call is chosen, whatever arrives, and reads a call anew that is chosen again', async function () {
    // The demo adds a call every few seconds, and the page asks for news every five.
    this.timeout(40_000);
    const { calls } = await ask<{ calls: WireCall[] }>('/api/calls?limit=2');
    const chosen = calls.map(({ id }) => id);
    const scope = mount<HmScope>(
      html`<hm-scope .selection=${chosen}>
        <hm-cost></hm-cost><hm-body-viewer></hm-body-viewer><hm-projects></hm-projects>
      </hm-scope>`,
    );
    const [cost, viewer, projects] = ['hm-cost', 'hm-body-viewer', 'hm-projects'].map((name) =>
      scope.querySelector<HTMLElement>(name)!,
    );
    await Promise.all([nextEvent(cost!, 'hm-load'), untilDrawn(viewer as HmBodyViewer)]);
    scope.selection = [];
    await until(() => cost!.shadowRoot!.querySelector('[part="empty"]'));
    const asked: string[] = [];
    const real = window.fetch;
    window.fetch = (input, init) => {
      asked.push(new URL(String(input), location.href).pathname);
      return real(input, init);
    };
    await nextEvent(projects!, 'hm-load');
    await nextEvent(projects!, 'hm-load');
    const ofCalls = (): string[] => asked.filter((path) => /\/api\/(calls|bodies)/.test(path));
    expect(ofCalls()).to.deep.equal([]);
    scope.selection = [chosen[0]!];
    await until(() => ofCalls().includes(`/api/calls/${chosen[0]}`) && ofCalls().includes('/api/bodies'));
  });

  it('draws redacted keys as chips, counts them by category, steps to them, and keeps the stored characters', async () => {
    const element = await mountDrawn('/captured', [PRICED]);
    const request = pane(element, 'Request of A');
    const chip = await until(() => request.querySelector<HTMLElement>('.redacted'));
    expect(chip.textContent).to.equal('[REDACTED:anthropic_key]');
    expect(getComputedStyle(chip, '::after').content).to.equal('" redacted"');
    expect(readText(find(element, '.of-call'))).to.contain('up to 2 anthropic_key and 2 openai_key redacted');
    const steps = await until(() => request.querySelector('.mark-steps'));
    expect(readText(steps)).to.contain('1 anthropic_key redacted');
    button(request, 'Next redaction').click();
    await until(() => request.querySelector('.redacted.now'));
    await until(() => readText(steps).includes('1 of 1'));
  });

  it('shows what one call cost, kind by kind, and that it was recorded rightly', async () => {
    const element = await mountDrawn('/captured', [PRICED]);
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
    const element = await mountDrawn('', [a.id, b.id]);
    expect(readText(find(element, 'h2'))).to.equal('Bodies of A and B');
    expect(findAll(element, '.differs .letter').map(readText)).to.deep.equal(['A', 'B']);
    const sign = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '');
    const tokens = b.cache_read_tokens - a.cache_read_tokens;
    expect(cell(element, /less/, 'Cache read')).to.equal(sign(tokens) + Math.abs(tokens).toLocaleString('en-US'));
    const parts = details.map((detail) => detail.cache_read_tokens * detail.price!.cache_read);
    const tenths = Math.round(Math.abs(parts[1]! - parts[0]!) / 1e6 / 10);
    expect(cell(element, /money/, 'Cache read')).to.contain(
      `${sign(parts[1]! - parts[0]!)}$${(tenths / 1e4).toFixed(4)}`,
    );
    const cost = b.cost_millicents! - a.cost_millicents!;
    const costTenths = Math.floor((Math.abs(cost) + 5) / 10);
    expect(cell(element, /money/, 'Cost')).to.contain(`${sign(cost)}$${(costTenths / 1e4).toFixed(4)}`);
  });

  it('leaves open what cannot be told: no price, no difference in money', async () => {
    const { calls } = await ask<{ calls: WireCall[] }>('/captured/api/calls');
    const unpriced = calls.find((call) => call.model === 'claude-unheard-of-9')!;
    const unknown = calls.find((call) => !call.complete)!;
    const element = await mountDrawn('/captured', [PRICED, unpriced.id]);
    expect(cell(element, /^B/, 'Cost')).to.equal('not priced');
    for (const row of [/less/, /ratio/, /money/]) expect(cell(element, row, 'Cost')).to.be.oneOf(['–', '']);
    expect(cell(element, /money/, 'Cost')).to.equal('–');
    expect(readText(find(element, '.same'))).to.match(/cache read 4,096, .*output \d/);
    element.calls = [unknown.id];
    await until(() => element.shadowRoot!.querySelector('.price'));
    await untilDrawn(element);
    expect(readText(find(element, '.price'))).to.contain('No usage was sent: tokens are unknown.');
    expect(readText(find(element, '.price tfoot'))).to.equal('Recorded not priced');
    expect(readText(find(element, '.facts'))).to.contain('no cost was recorded');
  });

  it('shows a cut body up to its cut, and how much there was', async () => {
    for (const view of ['conversation', 'tree', 'text']) {
      const element = await mountDrawn('/captured', [CUT], view);
      const request = pane(element, 'Request of A');
      const end = await until(() => request.querySelector('.end'));
      expect(readText(end)).to.match(/^Cut here: 524,288 of [\d,]+ bytes stored\. The rest was never kept\.$/);
      expect(readText(request.querySelector('.bar')!)).to.match(/cut, 524,288 of [\d,]+ bytes/);
    }
  });

  it('shows the stored characters, and not one more, as text', async () => {
    for (const id of [PRICED, STREAMED]) {
      const element = await mountDrawn('/captured', [id], 'text');
      for (const side of ['request', 'response'] as const) {
        const stored = await (await realFetch(`/captured/api/bodies/${id}/${side}`)).text();
        const box = pane(element, `${side === 'request' ? 'Request' : 'Response'} of A`);
        const isWhole = (): boolean => textRows(box).join('').length === stored.replace(/[\r\n]/g, '').length;
        await until(() => box.querySelector('.text-row') && (isWhole() || textRows(box).length > 30));
        const shown = textRows(box).join('');
        expect(stored.replace(/[\r\n]/g, '').startsWith(shown)).to.equal(true);
      }
    }
  });

  it('asks to choose a call while none is chosen', async () => {
    const element = mount<HmBodyViewer>(html`<hm-body-viewer daemon="/captured"></hm-body-viewer>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="empty"]'))).to.contain('Choose a call to read its bodies.');
  });

  it('shows the calls that were chosen in its scope, up to four beside each other', async () => {
    const selection = [PRICED, STREAMED, CUT];
    const scope = mount(
      html`<hm-scope daemon="/captured" .selection=${selection}><hm-body-viewer></hm-body-viewer></hm-scope>`,
    );
    const element = scope.querySelector('hm-body-viewer')!;
    await untilDrawn(element);
    expect(readText(find(element, '.context'))).to.match(/^cap, [\d.]+ (ms|s) apart$/);
    expect(findAll(element, '.pane').map((part) => part.ariaLabel)).to.deep.equal([
      'Request of A',
      'Request of B',
      'Request of C',
      'Response of A',
      'Response of B',
      'Response of C',
    ]);
  });

  it('says that capture is off, with the command that turns it on, for any slug', async () => {
    alterBody((body) => ({ ...nothingStored(body), state: 'off', reason: null }));
    alterCall({ project: `it's "q"` });
    const copied = catchCopies();
    const element = await mountDrawn('/captured', [PRICED]);
    expect(readText(find(element, '.state'))).to.contain(
      `Bodies of it's "q" are not captured. To keep them from now on:`,
    );
    find(element, '.command button').click();
    await until(() => copied.length === 1);
    expect(copied[0]).to.equal(`halton-meter project set 'it'\\''s "q"' body-capture on`);
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
      const element = await mountDrawn('', [(await ask<{ calls: WireCall[] }>('/api/calls?limit=1')).calls[0]!.id]);
      await until(() => readText(find(element, '.state')).includes(words));
      expect(element.shadowRoot!.querySelector('.pane')).to.equal(null);
    }
  });

  it('tells a side that could not be kept from the other, and an empty body from none', async () => {
    alterBody((body) => ({
      request: { ...body.request, stored_bytes: null, error: 'request_decode_failed' },
      response: { ...body.response, stored_bytes: 0 },
    }));
    const element = await mountDrawn('/captured', [PRICED]);
    expect(readText(pane(element, 'Request of A'))).to.contain('could not decode the request');
    expect(readText(pane(element, 'Response of A'))).to.contain('Empty body');
  });

  it('says that a stream ended before its last event', async () => {
    alterBody((body) => ({ response: { ...body.response, incomplete: true } }));
    const element = await mountDrawn('/captured', [STREAMED]);
    const end = await until(() => pane(element, 'Response of A').querySelector('.end'));
    expect(readText(end)).to.contain('The stream ended before its last event.');
  });

  it('says that there is no call of an unknown id, beside one that there is', async () => {
    const element = await mountDrawn('/captured', [PRICED, 'no-such-id']);
    expect(readText(find(element, '.whole.place-b'))).to.contain('There is no call no-such-id.');
    await until(() => readText(pane(element, 'Request of A')).includes('max_tokens 100'));
  });

  for (const [daemon, words] of [
    ['/problem', 'answered 503: Another program holds a lock on the database.'],
    ['/down', 'does not answer'],
    ['/wrong', 'in an unknown form'],
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
    storeBodies({});
    alter(/\/response$/, (answer) => (isBroken ? new Response('{}', { status: 500 }) : answer));
    const element = await mountDrawn('/captured', [PRICED]);
    const response = pane(element, 'Response of A');
    const fault = await until(() => response.querySelector('[role="alert"]'));
    expect(readText(fault)).to.contain('Could not read the response of A.');
    await until(() => readText(pane(element, 'Request of A')).includes('max_tokens 100'));
    isBroken = false;
    response.querySelector<HTMLElement>('[role="alert"] button')!.click();
    await until(() => readText(pane(element, 'Response of A')).includes('assistant'));
    expect(response.querySelector('[role="alert"]')).to.equal(null);
  });

  it('keeps one call in sight until what is known of the next is there', async () => {
    const element = await mountDrawn('/captured', [PRICED]);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    alter(/\/api\/bodies$/, async (answer) => (await held, answer));
    const loaded = nextEvent(element, 'hm-load');
    element.calls = [CUT];
    await until(() => find(element, 'section').ariaBusy === 'true');
    // The figures of the new call come at once, but are not drawn over the bodies of the old one.
    await loaded;
    expect(readText(find(element, '.facts'))).to.contain(PRICED);
    expect(readText(pane(element, 'Request of A'))).to.contain('max_tokens 100');
    release();
    await until(() => readText(find(element, '.facts')).includes(CUT));
    await until(() => pane(element, 'Request of A').querySelector('.end'));
  });

  it('keeps what was opened when it is moved, and asks no more once it is removed', async () => {
    const element = await mountDrawn('/captured', [STREAMED], 'tree');
    const response = pane(element, 'Response of A');
    await untilTree(response, /^1 message_start/);
    response.querySelector<HTMLElement>('[role="treeitem"] .indent')!.click();
    await untilTree(response, /^"type": "message_start"/);
    element.parentElement!.prepend(element);
    await element.updateComplete;
    await untilTree(pane(element, 'Response of A'), /^"type": "message_start"/);
    let asked = 0;
    window.fetch = (input, init) => (asked++, realFetch(input, init));
    element.remove();
    element.calls = [PRICED];
    await element.updateComplete;
    expect(asked).to.equal(0);
  });

  it('stacks the bodies of A and B in a narrow place, without a sideways scroll', async () => {
    await setViewport({ width: 390, height: 844 });
    const element = await mountDrawn('/captured', [STREAMED, CUT]);
    const [first, second] = findAll(element, '.pane').map((part) => part.getBoundingClientRect());
    expect(second!.top).to.be.at.least(first!.bottom);
    expect(document.documentElement.scrollWidth).to.be.at.most(390);
    expect(getComputedStyle(pane(element, 'Request of B').querySelector('.letter')!).display).to.not.equal('none');
    await setViewport({ width: 1366, height: 900 });
  });

  it('has a name for every part and no accessibility fault in any view and in its states', async () => {
    const element = await mountDrawn('/captured', [STREAMED, CUT]);
    await until(() => element.shadowRoot!.querySelector('.aligned .turn'));
    await expectAccessible(element);
    for (const view of ['tree', 'text', 'events']) {
      element.view = view;
      await untilDrawn(element);
      await until(() => pane(element, 'Response of A').querySelector('.row, .text-row'));
      await expectAccessible(element);
    }
    element.calls = [PRICED, 'no-such-id'];
    await until(() => element.shadowRoot!.querySelector('.whole'));
    await expectAccessible(element);
  });
});
