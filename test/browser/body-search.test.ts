import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html, LitElement, type TemplateResult } from 'lit';
import '../../components/hm-scope.js';
import type { HmScope } from '../../components/hm-scope.js';
import { ScopeController } from '../../src/controllers/scope.js';
import { BodySearchPanel, type FoundPlace } from '../../src/parts/body-search.js';
import { base } from '../../src/styles/base.js';
import { expectAccessible, find, findAll, mount, readText, unmount, until } from './mount.js';

/** The least that the search can be drawn in. */
class SearchHost extends LitElement {
  static override properties = { daemon: {}, filter: {} };
  static override styles = [base];
  daemon = '';
  filter = '';
  readonly places: FoundPlace[] = [];
  readonly scope = new ScopeController(this, import.meta.url);
  panel: BodySearchPanel | undefined;
  closed = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.panel ??= new BodySearchPanel({
      host: this,
      scope: this.scope,
      isOpen: () => true,
      close: () => this.closed++,
      chosen: () => this.scope.selection,
      choose: (ids) => this.scope.select(ids),
      showRange: (place) => this.places.push(place),
    });
  }

  protected override render(): TemplateResult {
    return html`<section>${this.panel?.render()}</section>`;
  }
}
customElements.define('search-host', SearchHost);

const realFetch = window.fetch;

afterEach(() => {
  window.fetch = realFetch;
  unmount();
});

async function mountHost(daemon: string, filter = ''): Promise<SearchHost> {
  const scope = mount<HmScope>(
    html`<hm-scope daemon=${daemon}><search-host filter=${filter}></search-host></hm-scope>`,
  );
  const host = scope.querySelector<SearchHost>('search-host')!;
  await until(() => host.shadowRoot?.querySelector('.body-search'));
  return host;
}

function submit(host: SearchHost, text: string): void {
  find<HTMLInputElement>(host, 'input').value = text;
  find<HTMLFormElement>(host, 'form').requestSubmit();
}

const heard = (host: SearchHost): string => readText(find(host, '[role=status]'));
const untilHeard = (host: SearchHost, words: RegExp): Promise<string | false> =>
  until(() => words.test(heard(host)) && heard(host));

async function search(host: SearchHost, text: string): Promise<void> {
  submit(host, text);
  await untilHeard(host, /searched/);
}

/** A server whose search says these lines, and goes on only when it is told to. */
function answerSearch(): {
  send: (...lines: object[]) => void;
  close: () => void;
  fail: () => void;
  isLeft: () => boolean;
} {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let isLeft = false;
  const body = new ReadableStream<Uint8Array>({
    start: (given) => void (controller = given),
    cancel: () => void (isLeft = true),
  });
  window.fetch = (input, init) => {
    if (!String(input).includes('/api/bodies/search')) return realFetch(input, init);
    init?.signal?.addEventListener('abort', () => {
      isLeft = true;
      controller.error(init.signal?.reason);
    });
    return Promise.resolve(new Response(body));
  };
  const bytes = new TextEncoder();
  return {
    send: (...lines) => lines.forEach((line) => controller.enqueue(bytes.encode(`${JSON.stringify(line)}\n`))),
    close: () => controller.close(),
    fail: () => controller.error(new TypeError('network error')),
    isLeft: () => isLeft,
  };
}

/** What the server says of itself, changed on its way. */
function alterStatus(change: (status: Readonly<Record<string, unknown>>) => object): void {
  window.fetch = async (input, init) => {
    const answer = await realFetch(input, init);
    if (!String(input).endsWith('/api/status')) return answer;
    const status = (await answer.json()) as Record<string, unknown>;
    return Response.json({ ...status, ...change(status) });
  };
}

const hit = (place: number): object => ({
  call_id: `call-${place}`,
  side: 'request',
  count: 1,
  excerpt: 'a \u202eneedle <b>here</b>',
  at: 90,
  length: 6,
  excerpt_at: 3,
  project: 'checkout',
  provider: 'openai',
  model: 'gpt-5',
  requested_at: '2026-11-24T08:00:00.000000Z',
});

describe('the search across bodies', () => {
  it('finds stored bodies of the filter’s calls, each with an excerpt that marks the text', async () => {
    const host = await mountHost('/captured');
    await search(host, 'MODEL');
    const hits = findAll(host, '.hit');
    expect(hits.length).to.be.greaterThan(5);
    for (const each of hits) expect(readText(each.querySelector('mark')!).toLowerCase()).to.equal('model');
    expect(readText(find(host, '.progress'))).to.match(/^(\d+) of \1 bodies found in \d+ calls$/);
    await expectAccessible(host);
  });

  it('looks only where the filter of the page looks, and again when that changes', async () => {
    const host = await mountHost('/captured');
    await search(host, 'model');
    const all = findAll(host, '.hit').length;
    host.filter = 'provider=anthropic';
    await until(() => /searched/.test(heard(host)) && findAll(host, '.hit').length !== all);
    expect(findAll(host, '.hit').length).to.be.within(1, all - 1);
    expect(findAll(host, '.hit [data-provider]').every((mark) => mark.dataset.provider === 'anthropic')).to.equal(true);
  });

  it('chooses the call of a hit, adds another with Ctrl, and leads to the place', async () => {
    const host = await mountHost('/captured');
    await search(host, 'model');
    const [first, ...others] = findAll(host, '.hit');
    first!.click();
    const chosen = await until(() => host.scope.selection[0]);
    expect(host.places).to.have.length(1);
    const { callId, side, start, end } = host.places[0]!;
    expect(callId).to.equal(chosen);
    const text = await (await realFetch(`/captured/api/bodies/${callId}/${side}`)).text();
    expect(text.slice(start, end).toLowerCase()).to.equal('model');
    const another = others.at(-1)!;
    another.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true }));
    await until(() => host.scope.selection.length === 2);
    expect(host.scope.selection).to.deep.equal([chosen, host.places[1]!.callId]);
    await until(() => first!.getAttribute('aria-pressed') === 'true');
  });

  it('is reached by keys: from the field down the hits and back', async () => {
    const host = await mountHost('/captured');
    await search(host, 'model');
    const root = host.shadowRoot!;
    const press = (key: string): boolean =>
      root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    const hits = findAll(host, '.hit');
    host.panel!.focus();
    press('ArrowDown');
    expect(root.activeElement).to.equal(hits[0]);
    press('ArrowDown');
    expect(root.activeElement).to.equal(hits[1]);
    await until(() => hits[1]!.tabIndex === 0 && hits[0]!.tabIndex === -1);
    press('End');
    expect(root.activeElement).to.equal(hits.at(-1));
    press('Home');
    press('ArrowUp');
    expect(root.activeElement).to.equal(find(host, 'input'));
  });

  it('says how far it is, and stops when it is cancelled, keeping what it found', async () => {
    const answer = answerSearch();
    const host = await mountHost('/captured');
    submit(host, 'needle');
    answer.send({ scanned: 0, of: 8340, calls: 9000 }, hit(1), { scanned: 1200, of: 8340, calls: 9000 });
    await until(() => host.shadowRoot!.querySelector('.progress')?.textContent.includes('1,200 of 8,340 bodies'));
    expect(heard(host)).to.equal('Searching 8,340 bodies.');
    expect(find<HTMLProgressElement>(host, 'progress').value).to.equal(1200);
    find(host, 'input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(await untilHeard(host, /cancelled/)).to.equal(
      '1,200 of 8,340 bodies searched, found in 1 call before it was cancelled.',
    );
    expect(answer.isLeft()).to.equal(true);
    expect(findAll(host, '.hit')).to.have.length(1);
  });

  it('ends when its element leaves the page', async () => {
    const answer = answerSearch();
    const host = await mountHost('/captured');
    submit(host, 'needle');
    answer.send({ scanned: 0, of: 10, calls: 10 });
    await untilHeard(host, /Searching/);
    unmount();
    await until(answer.isLeft);
  });

  it('waits after 200 hits until it is told to go on', async () => {
    const answer = answerSearch();
    const host = await mountHost('/captured');
    submit(host, 'needle');
    answer.send({ scanned: 0, of: 300, calls: 300 }, ...Array.from({ length: 250 }, (_, place) => hit(place)));
    answer.send({ scanned: 300, of: 300, calls: 300 });
    answer.close();
    await untilHeard(host, /paused here/);
    expect(findAll(host, '.hit')).to.have.length(200);
    find(host, '.more').click();
    await untilHeard(host, /300 of 300 bodies searched, found in 250 calls\.$/);
    expect(findAll(host, '.hit')).to.have.length(250);
  });

  it('says that it broke off, keeps what it found, and begins again when asked to', async () => {
    const answer = answerSearch();
    const host = await mountHost('/captured');
    submit(host, 'model');
    answer.send({ scanned: 0, of: 10, calls: 10 }, hit(1));
    await until(() => findAll(host, '.hit').length === 1);
    answer.fail();
    const alert = await until(() => host.shadowRoot!.querySelector('[part=error]'));
    expect(readText(alert)).to.contain('broke off the search').and.to.contain('was found before');
    window.fetch = realFetch;
    alert.querySelector('button')!.click();
    await untilHeard(host, /searched/);
    expect(host.shadowRoot!.querySelector('[part=error]')).to.equal(null);
  });

  it('takes an answer that merely ends for one that broke off', async () => {
    const answer = answerSearch();
    const host = await mountHost('/captured');
    submit(host, 'needle');
    answer.send({ scanned: 3, of: 10, calls: 10 });
    answer.close();
    await until(() => host.shadowRoot!.querySelector('[part=error]'));
  });

  it('says in words when nothing holds the text, no call passes, or no body is kept', async () => {
    alterStatus((status) => ({ capture: { ...(status['capture'] as object), enabled: false } }));
    const host = await mountHost('/captured');
    await until(() => readText(host.shadowRoot!).includes('What was kept before is searched.'));
    await search(host, 'no body holds this');
    expect(readText(host.shadowRoot!)).to.contain('No stored body of the filter’s calls holds no body holds this.');
    host.filter = 'q=nobody';
    await until(() => readText(host.shadowRoot!).includes('No call passes the filter'));
    const answer = answerSearch();
    submit(host, 'x');
    answer.send({ scanned: 0, of: 0, calls: 312 });
    answer.close();
    await until(() => readText(host.shadowRoot!).includes('None of the 312 calls of the filter has a stored body.'));
    expect(readText(host.shadowRoot!)).to.contain('Capture is off');
  });

  it('says that there is nothing to search where the daemon serves no bodies', async () => {
    alterStatus(() => ({ features: ['sort'] }));
    const host = await mountHost('/captured');
    await until(() => host.shadowRoot!.querySelector('form') === null);
    expect(readText(host.shadowRoot!)).to.contain('This daemon does not serve bodies over HTTP');
  });

  it('asks to be closed with Esc once nothing is under way', async () => {
    const host = await mountHost('/captured');
    await search(host, 'model');
    find(host, 'input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(host.closed).to.equal(1);
  });

  it('draws what it found as text, and fits a narrow page', async () => {
    const answer = answerSearch();
    await setViewport({ width: 390, height: 800 });
    const host = await mountHost('/captured');
    submit(host, 'needle');
    answer.send({ scanned: 1, of: 1, calls: 1 }, { ...hit(1), excerpt: `a ${'needle'.repeat(100)}<b>`, excerpt_at: 2 });
    answer.send({ scanned: 1, of: 1, calls: 1 });
    answer.close();
    await until(() => findAll(host, '.hit').length === 1);
    expect(find(host, '.hit').querySelector('b')).to.equal(null);
    expect(host.scrollWidth).to.be.at.most(host.clientWidth);
    await setViewport({ width: 1280, height: 800 });
  });
});
