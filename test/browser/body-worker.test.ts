import { expect } from 'chai';
import type { BodyMeta, Params } from '../../src/bodies/worker/protocol.js';
import { BodyConnection } from '../../src/parts/body-connection.js';
import { ProblemError, UnreachableError } from '../../src/daemon/errors.js';
import { FindError } from '../../src/bodies/find-error.js';

/** A call of test/fixtures/captured.json, and one without bodies. */
const PRICED = '3c4fa084-db68-46f6-9126-efb05759b208';
const WORKER = new URL('/components/body-worker.js', location.href);

const realWorker = window.Worker;
let connection: BodyConnection | undefined;

let metas: BodyMeta[];

function connect(workerUrl = WORKER): BodyConnection {
  metas = [];
  connection = new BodyConnection(workerUrl, (news) => {
    if (news.kind === 'body') metas.push(news.meta);
  });
  return connection;
}

const opened = (source: Params<'open'>['source'], key = 'a'): Params<'open'> => ({
  key,
  source,
  side: 'request',
  provider: 'anthropic',
  contentType: null,
  endsEarly: false,
  columns: 80,
});
const stored = (daemon: string, callId: string): Params<'open'>['source'] => ({
  origin: location.origin + daemon,
  callId,
});

/** The same answers, with a worker and without. */
function itHoldsBodies(start: () => BodyConnection, isInWorker: boolean): void {
  it('fetches a stored body and shows it as it is', async () => {
    const bodies = start();
    const meta = await bodies.ask('open', opened(stored('/captured', PRICED)));
    expect(bodies.isInWorker).to.equal(isInWorker);
    const text = await (await fetch(`/captured/api/bodies/${PRICED}/request`)).text();
    expect(await bodies.ask('text', { key: 'a', start: 0, end: meta.characters })).to.equal(text);
    expect(meta).to.include({ isRead: true, format: 'json', bytes: new Blob([text]).size });
    const head = await bodies.ask('conversation', { key: 'a' });
    expect(head?.form).to.equal('anthropic-messages');
    expect(meta.marks.map(({ category }) => category)).to.include('anthropic_key');
  });

  it('says what the server says when there is no body, and when there is no server', async () => {
    const bodies = start();
    const fails = (daemon: string): Promise<unknown> =>
      bodies.ask('open', opened(stored(daemon, 'nobody'))).catch((error: unknown) => error);
    const missing = await fails('/captured');
    expect(missing).to.be.instanceOf(ProblemError);
    expect(missing).to.include({ status: 404 });
    expect(await fails('/down')).to.be.instanceOf(UnreachableError);
  });

  it('gives up a request that was cancelled, and forgets its body', async () => {
    const bodies = start();
    const controller = new AbortController();
    const opening = bodies
      .ask('open', opened(stored('/hang', 'x')), controller.signal)
      .catch((error: unknown) => error);
    // Whatever was asked before has been asked by the time that this is answered.
    await bodies.ask('matches', { from: 0, to: 1 });
    controller.abort();
    expect(await opening).to.include({ name: 'AbortError' });
    const asked = await bodies.ask('textRows', { key: 'a', from: 0, to: 1 }).catch((error: unknown) => error);
    expect(asked).to.include({ name: 'RangeError' });
  });

  it('shows first rows of a long body before it is read, then all of it', async () => {
    const bodies = start();
    const line = `${'x'.repeat(50)} \u202e\u0000\ud800😀\n`;
    const text = line.repeat(40_000);
    const meta = await bodies.ask('open', opened({ text }));
    expect(metas[0]).to.include({ isRead: false });
    expect(metas[0]!.textRows).to.be.greaterThan(100);
    expect(meta.textRows).to.equal(40_001);
    const { rows } = await bodies.ask('textRows', { key: 'a', from: 39_999, to: 40_001 });
    expect(rows.map((row) => row.text)).to.deep.equal([line.trimEnd(), '']);
    expect(rows[0]!.line).to.equal(40_000);
  });
}

describe('the worker that holds bodies', () => {
  afterEach(() => {
    window.Worker = realWorker;
    connection?.end();
  });

  itHoldsBodies(() => connect(), true);

  it('ends a regular expression that would run for ever, and goes on answering meanwhile', async () => {
    const bodies = connect();
    await bodies.ask('open', opened({ text: `${'a'.repeat(40)}!` }));
    const find = (text: string): Promise<{ total: number }> =>
      bodies.ask('find', {
        targets: [{ key: 'a', in: 'stored' }],
        query: { text, isRegExp: true, matchesCase: true, wholeWord: false },
      });
    const endless = find('(a+)+$').catch((error: unknown) => error);
    expect((await bodies.ask('textRows', { key: 'a', from: 0, to: 9 })).total).to.equal(1);
    const error = await endless;
    expect(error).to.be.instanceOf(FindError);
    expect((error as Error).message).to.contain('took longer than 2 s');
    expect((await find('a{20}')).total).to.equal(2);
  });
});

describe('bodies on a page that may have no worker', () => {
  afterEach(() => connection?.end());

  itHoldsBodies(() => connect(new URL('/components/missing-worker.js', location.href)), false);

  it('are held in the page too when the policy forbids a worker at once', async () => {
    window.Worker = new Proxy(realWorker, {
      construct() {
        throw new TypeError('forbidden');
      },
    });
    const bodies = connect();
    window.Worker = realWorker;
    expect((await bodies.ask('open', opened({ text: '[1]' }))).format).to.equal('json');
    expect(bodies.isInWorker).to.equal(false);
  });

  it('searches texts, and says why it runs no regular expression', async () => {
    const bodies = connect(new URL('/components/missing-worker.js', location.href));
    await bodies.ask('open', opened({ text: 'one two one' }));
    const find = (isRegExp: boolean): Promise<{ total: number }> =>
      bodies.ask('find', {
        targets: [{ key: 'a', in: 'stored' }],
        query: { text: 'one', isRegExp, matchesCase: false, wholeWord: false },
      });
    expect((await find(false)).total).to.equal(2);
    const refused = await find(true).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(FindError);
    expect((refused as Error).message).to.contain('worker');
  });
});

describe('the worker of an element from another origin', () => {
  afterEach(() => connection?.end());

  it('is started through a script of the page’s own', async () => {
    const other = new URL(WORKER);
    other.hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    const bodies = connect(other);
    expect((await bodies.ask('open', opened(stored('/captured', PRICED)))).format).to.equal('json');
    expect(bodies.isInWorker).to.equal(true);
  });
});
