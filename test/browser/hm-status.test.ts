import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-scope.js';
import '../../components/hm-status.js';
import type { HmStatus } from '../../components/hm-status.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const line = (element: HmStatus): string => readText(find(element, '[part="line"]'));
const requests = (element: HmStatus): HTMLElement => find(element, '[part="requests"]');
const opener = (element: HmStatus): HTMLButtonElement => find<HTMLButtonElement>(element, '[popovertarget]');
const requestRows = (element: HmStatus): HTMLElement[] => findAll(element, '[part="requests"] tbody tr');
const counted = (element: HmStatus): number =>
  Number(/(?:of )?([\d,]+) requests/.exec(line(element))![1]!.replace(',', ''));

/** The beat of the status is five seconds; a tab that comes back asks at once. */
const askNow = (): boolean => document.dispatchEvent(new Event('visibilitychange'));

const mountCaptured = (): Promise<HmStatus> =>
  mountLoaded<HmStatus>(html`<hm-status daemon="/captured" filter="tz=Europe/London"></hm-status>`);

/** Opens the table of requests and waits for its rows. */
async function openRequests(element: HmStatus): Promise<void> {
  opener(element).click();
  await until(() => requestRows(element).length > 0);
}

interface StatusAnswer {
  readonly daemon: { readonly url: string; readonly reachable: boolean; readonly version: string };
  readonly database: { readonly path: string };
}

describe('<hm-status>', () => {
  let fetchAsIs: typeof fetch;
  beforeEach(() => (fetchAsIs = window.fetch));
  afterEach(() => {
    window.fetch = fetchAsIs;
    unmount();
  });

  it('says which database is read, how many calls it holds and that it is only read', async () => {
    const element = await mountCaptured();
    const { database } = (await (await fetch('/captured/api/status')).json()) as StatusAnswer;
    expect(line(element)).to.contain(`Database ${database.path}, read only`).and.to.contain('18 calls, schema 19');
    expect(line(element)).to.match(/[Nn]ewest call \d+ (s|min|h|days) ago/);
  });

  it('says whether the daemon answers, in words that are no alarm', async () => {
    const element = await mountCaptured();
    const { daemon } = (await (await fetch('/captured/api/status')).json()) as StatusAnswer;
    const address = new URL(daemon.url).host;
    const words = daemon.reachable ? `Daemon ${daemon.version} at ${address}` : 'Daemon not answering';
    expect(line(element)).to.contain(words);
    if (!daemon.reachable) expect(line(element)).to.contain('What it recorded before is shown.');
    expect(findAll(element, '[role="alert"]')).to.have.length(0);
  });

  it('says of a daemon that is read over HTTP what is missing, and how to let the file be read', async () => {
    window.fetch = async (input, init) => {
      const answer = await fetchAsIs.call(window, input, init);
      if (!String(input).includes('/api/status')) return answer;
      const status = (await answer.json()) as object;
      const notes = ['One project can not be read over HTTP.'];
      return new Response(JSON.stringify({ ...status, source: 'daemon', database: null, notes }), {
        headers: answer.headers,
      });
    };
    const element = await mountCaptured();
    expect(line(element)).to.contain('Read from the daemon over HTTP, without its database');
    await until(() => findAll(element, '[part="notes"] > p').length > 0);
    expect(readText(find(element, '[part="notes"] > p'))).to.equal('One project can not be read over HTTP.');
    find<HTMLElement>(element, '[part="notes"] summary').click();
    expect(readText(find(element, '[part="notes"] code'))).to.equal('hm-elements --db ~/.halton-meter/db.sqlite');
    await expectAccessible(element);
  });

  it('says in plain sight that demo data are made up, and is live while they come in', async () => {
    const element = await mountLoaded<HmStatus>(html`<hm-status></hm-status>`);
    expect(readText(find(element, '.demo'))).to.equal('Demo data');
    expect(line(element)).to.match(/made[- ]up/);
    expect(line(element)).to.contain('Live, newest call');
    expect(line(element)).not.to.contain('Database');
  });

  it('counts the age of the newest call on, and does not read that out', async () => {
    const element = await mountLoaded<HmStatus>(html`<hm-status></hm-status>`);
    const first = line(element);
    await until(() => line(element) !== first);
    const told = findAll(element, '[role="status"]').map(readText).join(' ');
    expect(told).to.contain('Live').and.not.to.contain('ago');
  });

  it('names the zone in which days are counted', async () => {
    const element = await mountLoaded<HmStatus>(html`<hm-status filter="tz=Pacific/Auckland"></hm-status>`);
    expect(line(element)).to.contain('Days in Pacific/Auckland');
  });

  it('asks the daemon of its scope, and another one when that changes', async () => {
    const scope = mount(html`<hm-scope daemon="/captured"><hm-status></hm-status></hm-scope>`);
    const element = scope.querySelector<HmStatus>('hm-status')!;
    await nextEvent(element, 'hm-load');
    expect(line(element)).to.contain('18 calls');
    const loaded = nextEvent(element, 'hm-load');
    Object.assign(scope, { daemon: '/empty' });
    await loaded;
    expect(line(element)).to.contain('0 calls');
  });

  it('says that no call is recorded yet', async () => {
    const element = await mountLoaded<HmStatus>(html`<hm-status daemon="/empty"></hm-status>`);
    expect(readText(find(element, '[part="empty"]'))).to.equal('No calls recorded yet');
    expect(line(element)).not.to.contain('Live');
  });

  it('says that it is reading until the first answer', async () => {
    const element = mount<HmStatus>(html`<hm-status daemon="/hold/status/captured"></hm-status>`);
    await element.updateComplete;
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading status…');
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/status');
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmStatus>(html`<hm-status daemon=${prefix}></hm-status>`);
      const { error } = await nextEvent(element, 'hm-error');
      expect(error).to.be.instanceOf(Error);
      const alert = find(element, '[part="error"]');
      expect(alert.getAttribute('role')).to.equal('alert');
      expect(readText(alert)).to.contain('Could not read status.').and.to.contain(words).and.to.contain(location.host);
    });
  }

  it('says what still stands when its server falls silent, claims nothing newer, and recovers on "Try again"', async () => {
    const element = await mountCaptured();
    window.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const failed = nextEvent(element, 'hm-error');
    askNow();
    await failed;
    expect(readText(find(element, '[part="error"]'))).to.match(
      /What stands on this page is from \d\d:\d\d:\d\d or before\. Try again$/,
    );
    expect(line(element))
      .to.contain('Database')
      .and.not.to.match(/newest call|Live|Idle|Daemon/i);
    window.fetch = fetchAsIs;
    const recovered = nextEvent(element, 'hm-load');
    find<HTMLButtonElement>(element, '[part="error"] button').click();
    await recovered;
    expect(findAll(element, '[part="error"]')).to.have.length(0);
    expect(line(element)).to.match(/newest call/i);
  });

  it('shares one question among all elements that watch a daemon', async () => {
    const host = mount(
      html`<div>
        <hm-status daemon="/captured"></hm-status>
        <hm-status daemon="/captured"></hm-status>
      </div>`,
    );
    const [first, second] = host.querySelectorAll<HmStatus>('hm-status');
    await Promise.all([nextEvent(first!, 'hm-load'), nextEvent(second!, 'hm-load')]);
    let asked = 0;
    window.fetch = (...words) => {
      asked += 1;
      return fetchAsIs(...words);
    };
    const loaded = Promise.all([nextEvent(first!, 'hm-load'), nextEvent(second!, 'hm-load')]);
    askNow();
    await loaded;
    expect(asked).to.equal(1);
  });

  it('keeps its line when it is moved, asks nothing while it is away, and asks when it is back', async () => {
    const element = await mountCaptured();
    const shelf = document.createElement('div');
    element.parentElement!.append(shelf);
    shelf.append(element);
    await element.updateComplete;
    expect(line(element)).to.contain('18 calls');
    element.remove();
    await new Promise(requestAnimationFrame);
    let asked = 0;
    window.fetch = (...words) => {
      asked += 1;
      return fetchAsIs(...words);
    };
    askNow();
    expect(asked).to.equal(0);
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    expect(asked).to.equal(1);
  });

  it('counts every request of the page and says to whom', async () => {
    const element = await mountCaptured();
    await until(() => line(element).includes(`, all to ${location.host}`));
    for (const query of ['?a=1', '?a=2', '?a=3']) await fetch(`/release/counted${query}`);
    await openRequests(element);
    const row = await until(() =>
      requestRows(element).find(({ children }) =>
        /\/release\/counted 3$/.test(`${readText(children[0]!)} ${readText(children[2]!)}`),
      ),
    );
    expect(readText(row)).to.contain(`${location.host}/release/counted`).and.not.to.contain('a=1');
    const total = requestRows(element).reduce((sum, { children }) => sum + Number(readText(children[2]!)), 0);
    expect(readText(requests(element))).to.contain(`${location.host} ${total} requests`);
    expect(counted(element)).to.equal(total);
  });

  it('has the page itself among its requests', async () => {
    const element = await mountCaptured();
    await openRequests(element);
    const page = `${location.host}${location.pathname}`;
    await until(() => requestRows(element).some((row) => readText(row.children[0]!) === page));
  });

  it('opens the requests by keyboard, and Escape closes them and leads back', async () => {
    const element = await mountCaptured();
    expect(requests(element).matches(':popover-open')).to.equal(false);
    opener(element).focus();
    await sendKeys({ press: 'Enter' });
    expect(requests(element).matches(':popover-open')).to.equal(true);
    await until(() => requestRows(element).length > 0);
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot!.activeElement!.getAttribute('role')).to.equal('region');
    await sendKeys({ press: 'Escape' });
    expect(requests(element).matches(':popover-open')).to.equal(false);
    expect(element.shadowRoot!.activeElement?.getAttribute('popovertarget')).to.equal('requests');
    await until(() => requestRows(element).length === 0);
  });

  it('opens the requests inside the window, beside their button', async () => {
    const element = await mountCaptured();
    await openRequests(element);
    const box = requests(element).getBoundingClientRect();
    expect(box.left).to.be.at.least(0);
    expect(box.right).to.be.at.most(innerWidth);
    expect(box.top).to.be.at.least(opener(element).getBoundingClientRect().bottom);
    expect(box.bottom).to.be.at.most(innerHeight);
  });

  it('keeps the newest 200 addresses and an exact count of all', async () => {
    const element = await mountCaptured();
    await until(() => line(element).includes(', all to'));
    const before = counted(element);
    await Promise.all(Array.from({ length: 210 }, (_, index) => fetch(`/release/bounded-${index}`)));
    await until(() => counted(element) >= before + 210);
    await openRequests(element);
    expect(requestRows(element)).to.have.length(200);
    const kept = requestRows(element).reduce((sum, { children }) => sum + Number(readText(children[2]!)), 0);
    const rest = Number(/(\d+) requests? to addresses asked longer ago/.exec(readText(requests(element)))![1]);
    expect(kept + rest).to.equal(counted(element));
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}, also with its requests open`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountCaptured();
      expect(find(element, 'section').getAttribute('aria-label')).to.equal('Status');
      await expectAccessible(element);
      await openRequests(element);
      await expectAccessible(element);
    });
  }

  it('warns when the page asks somebody else, and names whom', async () => {
    const element = await mountCaptured();
    const elsewhere = `127.0.0.1:${location.port}`;
    await fetch(`http://${elsewhere}/release/elsewhere`, { mode: 'no-cors' });
    await until(() => line(element).includes('went elsewhere'));
    expect(line(element)).to.match(new RegExp(`1 of [\\d,]+ requests went elsewhere: ${elsewhere}`));
    expect(findAll(element, '.end .mark.warning')).to.have.length(1);
    await openRequests(element);
    expect(readText(requests(element))).to.contain(`${elsewhere} 1 request, neither this page nor its daemon`);
  });
});
