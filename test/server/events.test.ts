import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type Database from 'libsql';
import { callsEvent, statusEvent, type WireCallsEvent } from '../../src/api/events.js';
import type { WireStatus } from '../../src/api/status.js';
import { EventStreams, TooManyStreamsError } from '../../src/server/event-streams.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import type { Source } from '../../src/server/source.js';
import { startApp, type AppServer } from './app-server.js';
import { ask } from './ask.js';
import { bodyRow, openContents, projectRow, requestRow, temporaryFolder } from './database-rows.js';
import { insertRows } from './fixture-database.js';
import { listenEvents } from './listen-events.js';

type Daemon = WireStatus['daemon'];

const DAEMON: Daemon = { url: 'http://127.0.0.1:8765', reachable: true, version: '0.6.4', active_requests: 0 };

interface Live {
  readonly db: Database.Database;
  readonly source: Source;
  readonly server: AppServer;
}

async function openLive(test: TestContext): Promise<Live> {
  const { db, path } = openContents(test, {
    projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
    requests: [requestRow({ id: 'a' })],
  });
  const source = await openDatabaseSource(path);
  const server = await startApp(source, temporaryFolder(test));
  test.after(() => server.close());
  return { db, source, server };
}

const dataOf = (event: { readonly data: unknown }): WireCallsEvent => callsEvent.parse(event.data);

describe('the stream of events', () => {
  it('tells of new calls, costs, projects and bodies, and how many calls there are', async (test) => {
    const { db, server } = await openLive(test);
    const listener = await listenEvents(server.port);
    assert.equal(listener.response.statusCode, 200);
    assert.equal(listener.response.headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.equal(listener.response.headers['cache-control'], 'no-store');
    assert.match((await listener.nextOf('greeting')).id!, /^[\w.-]+$/);
    insertRows(db, 'requests', [requestRow({ id: 'b', requested_at: '2026-11-24 09:00:00.000001' })]);
    assert.deepEqual(dataOf(await listener.nextOf('calls')), {
      newest_call_at: '2026-11-24T09:00:00.000001Z',
      calls: 2,
      changed: ['insert'],
    });
    db.exec("update requests set cost_usd_minor_units = 1000 where id = 'a'");
    assert.deepEqual(dataOf(await listener.nextOf('calls')).changed, ['cost']);
    db.exec("update requests set project_id = 'p2' where id = 'a'");
    assert.deepEqual(dataOf(await listener.nextOf('calls')).changed, ['project']);
    insertRows(db, 'request_bodies', [bodyRow({ request_id: 'a' })]);
    assert.deepEqual(dataOf(await listener.nextOf('calls')).changed, ['body']);
    listener.close();
  });

  it('tells one who comes back what he missed, and one with a foreign number to read all anew', async (test) => {
    const { db, server } = await openLive(test);
    const first = await listenEvents(server.port);
    const id = (await first.nextOf('greeting')).id!;
    first.close();
    while (server.events.size > 0) await turn();
    insertRows(db, 'requests', [requestRow({ id: 'b' })]);
    const again = await listenEvents(server.port, { 'Last-Event-ID': id });
    const missed = await again.nextOf('calls');
    assert.deepEqual(dataOf(missed), { newest_call_at: '2026-11-24T08:00:00.000000Z', calls: 2, changed: ['insert'] });
    again.close();
    for (const foreign of ['nobody.1.2.3.4.5', 'x', '', `${id}.7`, id.replace(/\d+$/, 'NaN')]) {
      const listener = await listenEvents(server.port, { 'Last-Event-ID': foreign });
      const expected = foreign === '' ? 'greeting' : 'calls';
      const event = await listener.nextOf(expected);
      if (expected === 'calls') assert.deepEqual(dataOf(event).changed, ['file'], foreign);
      listener.close();
    }
    const upToDate = await listenEvents(server.port, { 'Last-Event-ID': missed.id! });
    assert.equal((await upToDate.next())?.kind, 'greeting');
    insertRows(db, 'requests', [requestRow({ id: 'c' })]);
    assert.equal(dataOf((await upToDate.next())!).calls, 3);
    upToDate.close();
  });

  it('is open to seven tabs at once, which all hear the same and go on asking', async (test) => {
    const { db, server } = await openLive(test);
    const tabs = await Promise.all(Array.from({ length: 7 }, () => listenEvents(server.port)));
    await Promise.all(tabs.map((tab) => tab.nextOf('greeting')));
    assert.equal(server.events.size, 7);
    insertRows(db, 'requests', [requestRow({ id: 'b' })]);
    const heard = await Promise.all(tabs.map(async (tab) => dataOf(await tab.nextOf('calls')).calls));
    assert.deepEqual(heard, Array(7).fill(2));
    assert.equal((await ask(server.port, '/api/calls')).status, 200);
    tabs.forEach((tab) => tab.close());
    while (server.events.size > 0) await turn();
  });

  it('ends as it should when the server stops, and asks nothing more of the source when all have gone', async (test) => {
    const { server } = await openLive(test);
    const listener = await listenEvents(server.port);
    await listener.nextOf('greeting');
    server.events.close();
    assert.equal(await listener.next(), null);
    assert.equal(listener.response.complete, true);
    assert.equal(server.events.size, 0);
    const late = await listenEvents(server.port);
    assert.equal(await late.next(), null);
  });

  it('is not for pages of other origins, nor kept open by a question for its headers', async (test) => {
    const { server } = await openLive(test);
    const foreign: Record<string, string>[] = [{ Origin: 'http://localhost:5173' }, { 'Sec-Fetch-Site': 'cross-site' }];
    for (const headers of foreign) {
      assert.equal((await ask(server.port, '/api/events', { headers })).status, 403);
    }
    assert.equal((await ask(server.port, '/api/events', { host: 'evil.example' })).status, 421);
    assert.equal((await ask(server.port, '/api/events', { method: 'HEAD' })).status, 200);
    assert.equal((await ask(server.port, '/api/events?x=1')).status, 400);
    assert.equal(server.events.size, 0);
  });
});

describe('streams of events', () => {
  async function openStreams(
    test: TestContext,
  ): Promise<{ db: Database.Database; streams: EventStreams; daemon: { now: Daemon } }> {
    const { db, path } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    const source = await openDatabaseSource(path);
    const daemon = { now: DAEMON };
    const streams = new EventStreams({ source, readDaemon: () => Promise.resolve(daemon.now) });
    test.after(async () => {
      streams.close();
      await source.close();
    });
    return { db, streams, daemon };
  }

  const readText = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> =>
    Buffer.from((await reader.read()).value ?? []).toString('utf8');

  it('tell when the daemon comes and goes', async (test) => {
    const { streams, daemon } = await openStreams(test);
    const reader = streams.open(null).getReader();
    await readText(reader);
    for (const reachable of [false, true]) {
      daemon.now = { ...DAEMON, reachable };
      const [event, data] = (await readText(reader)).trimEnd().split('\n');
      assert.equal(event, 'event: status');
      assert.deepEqual(statusEvent.parse(JSON.parse(data!.slice('data: '.length))).daemon, daemon.now);
    }
    await reader.cancel();
    assert.equal(streams.size, 0);
  });

  it('keep one event for who reads nothing, whatever happens meanwhile', async (test) => {
    const { streams, db } = await openStreams(test);
    const [slow, quick] = [streams.open(null).getReader(), streams.open(null).getReader()];
    await Promise.all([readText(slow), readText(quick)]);
    for (let calls = 2; calls < 6; calls++) {
      insertRows(db, 'requests', [requestRow({ id: `call-${calls}` })]);
      assert.match(await readText(quick), new RegExp(`"calls":${calls},`));
    }
    db.exec('update requests set cost_usd_minor_units = 9000');
    assert.match(await readText(quick), /"changed":\["cost"\]/);
    const late = await readText(slow);
    assert.match(late, /"calls":5,"changed":\["insert","cost"\]/);
    assert.equal(late.split('event:').length, 2);
  });

  it('say a word that says nothing every fifteen seconds, so that nobody takes them for dead', async (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] });
    const { streams } = await openStreams(test);
    const reader = streams.open(null).getReader();
    await readText(reader);
    for (let times = 0; times < 3; times++) {
      const said = readText(reader);
      test.mock.timers.tick(15_000);
      assert.equal(await said, ':\n\n');
    }
  });

  it('are no more than two hundred', async (test) => {
    const { streams } = await openStreams(test);
    const readers = Array.from({ length: 200 }, () => streams.open(null).getReader());
    await Promise.all(readers.map(readText));
    assert.throws(() => streams.open(null), TooManyStreamsError);
    await readers[0]!.cancel();
    assert.match(await readText(streams.open(null).getReader()), /^retry:/);
  });
});
