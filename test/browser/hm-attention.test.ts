import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-attention.js';
import '../../components/hm-scope.js';
import type { HmAttention } from '../../components/hm-attention.js';
import type { HmScope } from '../../components/hm-scope.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const items = (element: HmAttention): HTMLElement[] => findAll(element, '[part="item"]');
const unread = (element: HmAttention): string[] => findAll(element, '[part="unread"]').map(readText);
const itemOf = (element: HmAttention, words: RegExp): HTMLElement =>
  items(element).find((item) => words.test(readText(item)))!;
const linkOf = (element: HmAttention, words: RegExp): HTMLAnchorElement => itemOf(element, words).querySelector('a')!;
/** Whether a daemon answers depends on the machine. */
const texts = (element: HmAttention): string[] =>
  items(element)
    .map(readText)
    .filter((text) => !text.startsWith('Daemon not answering'));

const EVER = 'since=2020-01-01&tz=UTC';

interface Sums {
  readonly calls: number;
  readonly failed_calls: number;
  readonly unpriced_calls: number;
}

/** Plain questions to the same server. */
const ask = async (search: string): Promise<Sums> => {
  const answer = (await (await fetch(`/api/calls?limit=1&${search}`)).json()) as { totals: Sums };
  return answer.totals;
};

const mountCaptured = (): Promise<HmAttention> =>
  mountLoaded<HmAttention>(html`<hm-attention daemon="/captured" filter=${EVER}></hm-attention>`);

/** In a scope that keeps the element's window, with something to go to. */
async function mountScoped(): Promise<{ scope: HmScope; element: HmAttention; calls: HTMLElement }> {
  const scope = mount<HmScope>(
    html`<hm-scope daemon="/captured" .filter=${{ since: '2020-01-01', tz: 'UTC' }}
      ><hm-attention></hm-attention><hm-calls>Calls</hm-calls><hm-pricing>Prices</hm-pricing></hm-scope
    >`,
  );
  const element = scope.querySelector<HmAttention>('hm-attention')!;
  await nextEvent(element, 'hm-load');
  return { scope, element, calls: scope.querySelector<HTMLElement>('hm-calls')! };
}

describe('<hm-attention>', () => {
  let fetchAsIs: typeof fetch;
  beforeEach(() => (fetchAsIs = window.fetch));
  afterEach(() => {
    window.fetch = fetchAsIs;
    unmount();
  });

  it("names what is wrong in the real daemon's calls, most important first", async () => {
    const element = await mountCaptured();
    expect(texts(element).map((text) => text.replace(/\d+ days/g, 'N days'))).to.deep.equal([
      '2 calls failed 1 is “rate limit” from anthropic, the last on 24 Nov',
      'The same prompts sent again 1 call sent a prompt again within 10 minutes, most in cap; 1 not priced',
      '5 calls not priced claude-unheard-of-9, gemini-embedding-001, gpt-5.4 and 1 more have no rate; sums they touch read “at least”',
      'Rates N days old List shipped with the daemon N days ago, and never verified since',
      '1 body cut at the size cap All in cap, 5.6 % of the calls',
    ]);
    expect(readText(find(element, '.head'))).to.match(/^Needs attention [56] · from 1 Jan 2020$/);
  });

  it('tells the same figures as the calls behind each link', async () => {
    const element = await mountLoaded<HmAttention>(html`<hm-attention filter="tz=UTC"></hm-attention>`);
    expect(readText(find(element, '.head'))).to.contain('last 7 days');
    for (const [words, filter] of [
      [/failed/, 'not=status:success'],
      [/streams? cut/, 'complete=false&priced=true&status=success'],
      [/bod(y|ies) cut/, 'body_state=truncated'],
    ] as const) {
      const link = linkOf(element, words);
      const { search, hash } = new URL(link.href);
      expect(hash).to.equal('#calls');
      const told = Number(/^[\d,]+/.exec(readText(link))![0].replace(',', ''));
      expect(told).to.be.greaterThan(0);
      expect((await ask(search.slice(1))).calls).to.equal(told);
      expect((await ask(`last=7d&${filter}`)).calls).to.equal(told);
    }
    const repeats = new URL(linkOf(element, /paid again/).href).searchParams;
    expect(repeats.get('repeated_within')).to.equal('10m');
    const { calls } = await ask(repeats.toString());
    expect(readText(itemOf(element, /paid again/))).to.contain(`${calls} call`);
  });

  it('looks at the calls of its filter', async () => {
    const element = await mountCaptured();
    const loaded = nextEvent(element, 'hm-load');
    element.filter = `${EVER}&provider=openai`;
    await loaded;
    expect(texts(element).some((text) => text.startsWith('1 call not priced gpt-5.4'))).to.equal(true);
    expect(itemOf(element, /failed/)).to.equal(undefined);
  });

  it('says what it checked where nothing is wrong', async () => {
    window.fetch = async (...words) => {
      const answer = await fetchAsIs(...words);
      if (!String(words[0]).endsWith('/api/status')) return answer;
      const status = (await answer.json()) as { daemon: object };
      return Response.json({ ...status, daemon: { ...status.daemon, reachable: true, unreachable_since: null } });
    };
    const element = await mountLoaded<HmAttention>(html`<hm-attention daemon="/empty" filter="tz=UTC"></hm-attention>`);
    const said = await until(() => element.shadowRoot!.querySelector('[part="empty"]'));
    expect(readText(said)).to.match(/^No calls: last 7 days\. Checked: failed calls, prices, repeated prompts/);
    expect(items(element)).to.have.length(0);
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmAttention>(html`<hm-attention daemon=${prefix}></hm-attention>`);
      await nextEvent(element, 'hm-error');
      const error = find(element, '[part="error"]');
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error))
        .to.contain('Could not read what needs attention.')
        .and.to.contain(words)
        .and.to.contain(location.host);
      expect(findAll(element, '[part="empty"]')).to.have.length(0);
    });
  }

  it('says which part could not be checked, keeps the others, and checks it on "Try again"', async () => {
    window.fetch = (...words) =>
      /repeated_within|\/pricing/.test(String(words[0])) ? Promise.reject(new TypeError('cut')) : fetchAsIs(...words);
    const element = await mountCaptured();
    expect(unread(element)).to.have.length(2);
    expect(unread(element)[0]).to.match(/^Repeated prompts could not be checked .* does not answer/);
    expect(unread(element)[1]).to.contain('The age of the rates could not be checked');
    expect(itemOf(element, /2 calls failed/)).not.to.equal(undefined);
    expect(itemOf(element, /5 calls not priced/)).not.to.equal(undefined);
    window.fetch = fetchAsIs;
    const loaded = nextEvent(element, 'hm-load');
    find<HTMLButtonElement>(element, 'ol + button').click();
    await loaded;
    expect(unread(element)).to.have.length(0);
    expect(itemOf(element, /Rates \d+ days old/)).not.to.equal(undefined);
  });

  it('does not call all well what it could not check', async () => {
    window.fetch = (...words) =>
      String(words[0]).includes('/projects') ? Promise.reject(new TypeError('cut')) : fetchAsIs(...words);
    const element = await mountLoaded<HmAttention>(html`<hm-attention daemon="/empty" filter="tz=UTC"></hm-attention>`);
    expect(unread(element)[0]).to.contain('Failed, unpriced and unattributed calls could not be checked');
    expect(findAll(element, '[part="empty"]')).to.have.length(0);
  });

  it('says that it is reading until the first answer', async () => {
    const element = mount<HmAttention>(html`<hm-attention daemon="/hold/attention/captured"></hm-attention>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading what needs attention…');
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/attention');
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
  });

  it('keeps its list while it reads again and when that fails', async () => {
    const element = await mountCaptured();
    const before = items(element).length;
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    await failed;
    expect(texts(element).length).to.be.within(before - 1, before);
    expect(readText(find(element, '[part="error"]'))).to.match(/What stands below is from \d\d:\d\d:\d\d\./);
  });

  it('survives being moved, and reads again after it was away', async () => {
    const element = await mountCaptured();
    const before = texts(element);
    const shelf = document.createElement('div');
    element.parentElement!.append(shelf);
    shelf.append(element);
    expect(texts(element)).to.deep.equal(before);
    element.remove();
    await new Promise(requestAnimationFrame);
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    expect(texts(element)).to.deep.equal(before);
  });

  it('reads again when the daemon has recorded more, and follows its coming and going', async () => {
    let isReachable = true;
    let more = 0;
    window.fetch = async (...words) => {
      const answer = await fetchAsIs(...words);
      if (!String(words[0]).endsWith('/api/status')) return answer;
      const { daemon, database, ...status } = (await answer.json()) as { daemon: object; database: { calls: number } };
      return Response.json({
        ...{ ...status, features: [] },
        daemon: { ...daemon, reachable: isReachable, unreachable_since: isReachable ? null : '2026-11-24T13:58:00Z' },
        database: { ...database, calls: database.calls + more },
      });
    };
    const element = await mountCaptured();
    await until(() => itemOf(element, /Daemon/) === undefined);
    // The beat of the status is five seconds; a tab that comes back asks at once.
    const askNow = (): boolean => document.dispatchEvent(new Event('visibilitychange'));
    isReachable = false;
    askNow();
    await until(() => itemOf(element, /Daemon not answering since/) !== undefined);
    more = 1;
    const loaded = nextEvent(element, 'hm-load');
    askNow();
    await loaded;
  });

  it('leads to the page of its server where it stands alone', async () => {
    const element = await mountCaptured();
    const link = linkOf(element, /2 calls failed/);
    expect(link.href).to.equal(`${location.origin}/captured/?not=status%3Asuccess&since=2020-01-01&tz=UTC#calls`);
    let isLeft = false;
    element.addEventListener('click', (event) => {
      isLeft = !event.defaultPrevented;
      event.preventDefault();
    });
    link.click();
    expect(isLeft).to.equal(true);
  });

  it('shows the calls of an item in its scope, leads to them, and stays the same list', async () => {
    const { scope, element, calls } = await mountScoped();
    const before = texts(element);
    linkOf(element, /2 calls failed/).click();
    expect(scope.filter).to.deep.equal({ not: ['status:success'], since: '2020-01-01', tz: 'UTC' });
    expect(document.activeElement).to.equal(calls);
    await scope.updateComplete;
    linkOf(element, /body cut/).click();
    expect(scope.filter).to.deep.equal({ body_state: ['truncated'], since: '2020-01-01', tz: 'UTC' });
    await scope.updateComplete;
    await element.updateComplete;
    expect(texts(element)).to.deep.equal(before);
  });

  it('leads to the prices without changing the filter, by keyboard too', async () => {
    const { scope, element } = await mountScoped();
    linkOf(element, /Rates/).focus();
    await sendKeys({ press: 'Enter' });
    expect(document.activeElement).to.equal(scope.querySelector('hm-pricing'));
    expect(scope.filter).to.deep.equal({ since: '2020-01-01', tz: 'UTC' });
  });

  it('leaves a click with a key held to the browser', async () => {
    const { scope, element } = await mountScoped();
    let isLeft = false;
    element.addEventListener('click', (event) => {
      isLeft = !event.defaultPrevented;
      event.preventDefault();
    });
    linkOf(element, /2 calls failed/).dispatchEvent(
      new MouseEvent('click', { ctrlKey: true, bubbles: true, composed: true, cancelable: true }),
    );
    expect(isLeft).to.equal(true);
    expect(scope.filter).to.deep.equal({ since: '2020-01-01', tz: 'UTC' });
  });

  it('keeps the focus on an item when it reads again', async () => {
    const element = await mountCaptured();
    linkOf(element, /calls not priced/).focus();
    const loaded = nextEvent(element, 'hm-load');
    element.filter = `${EVER}&provider=openai&provider=anthropic&provider=xai`;
    await loaded;
    expect(readText(element.shadowRoot!.activeElement!)).to.match(/calls not priced/);
  });

  it('asks nothing of the kind that there is nothing of', async () => {
    const asked: string[] = [];
    window.fetch = (...words) => {
      asked.push(new URL(String(words[0]), location.href).pathname.replace('/empty/api/', ''));
      return fetchAsIs(...words);
    };
    await mountLoaded<HmAttention>(html`<hm-attention daemon="/empty" filter="tz=UTC"></hm-attention>`);
    expect(asked.filter((path) => path !== 'status').sort()).to.deep.equal([
      'calls/groups',
      'calls/groups',
      'pricing',
      'projects',
    ]);
  });

  it('stands in a narrow place without cutting anything', async () => {
    const element = await mountLoaded<HmAttention>(html`<hm-attention filter="tz=UTC"></hm-attention>`);
    element.style.width = '288px';
    await new Promise(requestAnimationFrame);
    for (const item of items(element)) expect(item.scrollWidth).to.equal(item.clientWidth);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountCaptured();
      const name = find(element, 'section').getAttribute('aria-labelledby');
      expect(readText(find(element, `#${name}`))).to.equal('Needs attention');
      await expectAccessible(element);
    });
  }
});
