import assert from 'node:assert/strict';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { statusAnswer, type WireStatus } from '../../src/api/status.js';
import { DaemonProbe, type DaemonView } from '../../src/server/daemon-probe.js';
import type { BuiltServer } from '../built-server.js';
import { startStandIn } from '../stand-in-daemon.js';
import { ask } from './ask.js';
import { FakeV1 } from './fake-v1.js';
import { insertRows, loadCaptured, readCaptured } from './fixture-database.js';
import { listenEvents } from './listen-events.js';
import { Machine, readStatus, withServer } from './machine.js';

let machine: Machine;

before(async () => {
  machine = await Machine.make();
});

after(() => machine.remove());

/** Waits until the status is the one expected; the runner's own limit ends a wait in vain. */
async function waitFor(server: BuiltServer, isIt: (status: WireStatus) => boolean): Promise<WireStatus> {
  for (;;) {
    const answer = await ask(server.port, '/api/status');
    if (answer.status === 200) {
      const status = z.parse(statusAnswer, JSON.parse(answer.text));
      if (isIt(status)) return status;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A port that nobody listens on just now. */
async function findFreePort(): Promise<number> {
  const daemon = await startStandIn({ path: machine.captured, pageOrigin: 'http://localhost:1' });
  await daemon.stop();
  return daemon.port;
}

describe('a daemon that serves /api, asked for', () => {
  it('is waited for in words, shown once it is there, missed when it goes, and nothing takes its place', async () => {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const home = await machine.makeHome();
    loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
    await withServer(['--source', 'api', '--daemon', url], home, async (server) => {
      const words = `Waiting for a daemon that serves /api at ${url}: it does not answer.`;
      assert.ok(server.output().includes(`${words}\n`));
      const status = await readStatus(server);
      assert.deepEqual(
        [status.source, status.waiting, status.reason, status.database, status.daemon.reachable],
        ['api', true, words, null, false],
      );
      const refused = await ask(server.port, '/api/calls');
      assert.equal(refused.status, 503);
      assert.match(refused.headers['content-type']!, /^application\/problem\+json/);
      assert.equal((JSON.parse(refused.text) as { detail: string }).detail, words);

      const pageOrigin = `http://localhost:${server.port}`;
      let daemon = await startStandIn({ path: machine.captured, pageOrigin, port });
      const shown = await waitFor(server, ({ waiting }) => waiting !== true);
      assert.deepEqual(
        [shown.source, shown.database!.calls, shown.daemon.version, shown.reason],
        ['api', 18, '0.7.0', `Showing what the daemon at ${url} serves: this page asks it directly.`],
      );
      await server.printed(shown.reason!);

      await daemon.stop();
      await waitFor(server, ({ waiting }) => waiting === true);
      assert.equal((await ask(server.port, '/api/calls')).status, 503);
      daemon = await startStandIn({ path: machine.captured, pageOrigin, port });
      await waitFor(server, ({ database }) => database?.calls === 18);
      await daemon.stop();
    });
  });

  it('is where the page of this server is sent, and nobody else', async () => {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    await withServer(['--source', 'api', '--daemon', url], await machine.makeHome(), async (server) => {
      const pageOrigin = `http://localhost:${server.port}`;
      const daemon = await startStandIn({ path: machine.captured, pageOrigin, port, isPlain: true });
      await waitFor(server, ({ database }) => database !== null);
      const target = '/api/calls?limit=3&q=%C3%BC%20%22';
      const askers: readonly Record<string, string>[] = [{}, { Origin: pageOrigin, 'Sec-Fetch-Mode': 'cors' }];
      for (const headers of askers) {
        const sent = await ask(server.port, target, { headers });
        assert.deepEqual([sent.status, sent.headers.location], [307, url + target]);
        assert.equal(sent.headers['cache-control'], 'no-store');
      }
      const before = daemon.asked.length;
      const own = await ask(server.port, '/api/calls?limit=3', { headers: { 'Sec-Fetch-Mode': 'same-origin' } });
      const direct = await ask(port, '/api/calls?limit=3');
      assert.deepEqual([own.status, own.text], [200, direct.text]);
      assert.equal(own.headers.etag, direct.headers.etag);
      assert.deepEqual(
        daemon.asked.slice(before).map(({ origin }) => origin),
        [undefined, undefined],
      );
      const same = { 'Sec-Fetch-Mode': 'same-origin' };
      const again = await ask(server.port, '/api/calls?limit=3', {
        headers: { ...same, 'If-None-Match': own.headers.etag! },
      });
      assert.equal(again.status, 304);
      const head = await ask(server.port, '/api/calls', { method: 'HEAD', headers: same });
      assert.deepEqual([head.status, head.text], [200, '']);
      assert.equal((await ask(server.port, '/api/calls/groups?by=model', { headers: same })).status, 404);
      const csv = await ask(server.port, '/api/calls.csv', { headers: same });
      assert.equal(csv.text.split('\r\n').length, 20);
      assert.match(csv.headers['content-disposition']!, /^attachment; filename="calls-/);
      assert.equal((await ask(server.port, '/api/../v1/projects')).headers.location, undefined);
      await daemon.stop();
    });
  });

  it('that does not let our pages in is asked by this server, which says so', async () => {
    const daemon = await startStandIn({ path: machine.captured, pageOrigin: 'http://localhost:3' });
    await withServer(['--daemon', daemon.url], await machine.makeHome(), async (server) => {
      const status = await waitFor(server, ({ source }) => source === 'api');
      assert.match(status.reason!, /it does not let this page ask it, so this server passes its answers on\.$/);
      const answer = await ask(server.port, '/api/calls?limit=1');
      assert.equal(answer.status, 200);
      assert.equal((JSON.parse(answer.text) as { total: number }).total, 18);
    });
    await daemon.stop();
  });

  it('has its events told on', async () => {
    const home = await machine.makeHome();
    const path = join(home, 'db.sqlite');
    const db = loadCaptured(path);
    const daemon = await startStandIn({ path, pageOrigin: 'http://localhost:3' });
    await withServer(['--daemon', daemon.url], home, async (server) => {
      const listener = await listenEvents(server.port);
      await listener.nextOf('greeting');
      while (daemon.asked.every((one) => one.path !== '/api/events')) await new Promise((next) => setTimeout(next, 20));
      insertRows(db, 'requests', [{ ...readCaptured().requests[0]!, id: 'one more' }]);
      for (let calls = 18; calls !== 19;) calls = ((await listener.nextOf('calls')).data as { calls: number }).calls;
      listener.close();
    });
    await daemon.stop();
    db.close();
  });
});

describe('with auto, what is shown', () => {
  it('follows: made-up calls, then a database, a daemon that serves /api, and the database again', async () => {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const home = await machine.makeHome();
    const temporary = join(home, 'tmp');
    await mkdir(temporary);
    await withServer(
      ['--daemon', url],
      home,
      async (server) => {
        assert.equal((await readStatus(server)).source, 'demo');
        assert.equal((await readdir(temporary)).length, 1);
        const listener = await listenEvents(server.port);
        await listener.nextOf('greeting');
        const path = join(home, '.halton-meter/db.sqlite');
        const made = loadCaptured(join(home, 'made.sqlite'));
        // Into the one file that is moved.
        made.pragma('wal_checkpoint(TRUNCATE)');
        made.close();
        await rename(join(home, 'made.sqlite'), path);
        const database = await waitFor(server, ({ source }) => source === 'database');
        assert.equal(database.database!.calls, 18);
        for (let changed: readonly string[] = []; !changed.includes('file');) {
          changed = ((await listener.nextOf('calls')).data as { changed: string[] }).changed;
        }
        listener.close();
        while ((await readdir(temporary)).length > 0) await new Promise((next) => setTimeout(next, 50));
        await server.printed(/^Showing the daemon's database ~\/\.halton-meter\/db\.sqlite \(schema 19, 18 calls\)/m);

        const daemon = await startStandIn({
          path: machine.captured,
          pageOrigin: `http://localhost:${server.port}`,
          port,
        });
        await waitFor(server, ({ source }) => source === 'api');
        await daemon.stop();
        assert.equal((await waitFor(server, ({ source }) => source === 'database')).database!.calls, 18);
        await rm(path);
        await new Promise((resolve) => setTimeout(resolve, 100));
        assert.equal((await ask(server.port, '/api/calls')).status, 503);
      },
      { TMPDIR: temporary },
    );
  });

  it('is what a daemon tells over /v1 where its database is not here, and what it serves after an upgrade', async () => {
    const v1 = new FakeV1();
    v1.add({ id: 'one', project: 'alpha', micros: Date.now() * 1000 });
    await v1.start();
    await withServer(['--daemon', v1.url], await machine.makeHome(), async (server) => {
      const status = await readStatus(server);
      assert.deepEqual(
        [status.source, status.reason],
        [
          'daemon',
          `Showing what the daemon at ${v1.url} tells over /v1: its database is not at ~/.halton-meter/db.sqlite.`,
        ],
      );
      const calls = await ask(server.port, '/api/calls');
      assert.deepEqual([calls.status, (JSON.parse(calls.text) as { total: number }).total], [200, 1]);
      await v1.stop();
      const silent = await waitFor(server, ({ daemon }) => !daemon.reachable);
      assert.equal(silent.source, 'daemon');
      const port = Number(new URL(v1.url).port);
      const pageOrigin = `http://localhost:${server.port}`;
      const daemon = await startStandIn({ path: machine.captured, pageOrigin, port });
      assert.equal((await waitFor(server, ({ source }) => source === 'api')).database!.calls, 18);
      await daemon.stop();
    });
  });

  it('is neither this server itself nor another that sends on to a daemon', async () => {
    const daemon = await startStandIn({ path: machine.captured, pageOrigin: 'http://localhost:3' });
    const look = (isOwn: boolean): Promise<DaemonView> =>
      new DaemonProbe(() => Promise.resolve(daemon.url), { isOwn: () => isOwn }).look();
    assert.equal((await look(false)).serves?.kind, 'api');
    assert.equal((await look(true)).serves, null);
    await withServer(['--source', 'api', '--daemon', daemon.url], await machine.makeHome(), async (server) => {
      await waitFor(server, ({ database }) => database !== null);
      const other = new DaemonProbe(() => Promise.resolve(server.url));
      assert.equal((await other.look()).serves, null);
    });
    await daemon.stop();
  });
});

describe('a database that was asked for', () => {
  it('is waited for where it is not there yet, and shown once it is', async () => {
    const home = await machine.makeHome({ 'config.toml': '[daemon]\napi_port = 9\n' });
    await withServer(['--source', 'database'], home, async (server) => {
      const words = 'Waiting for the database ~/.halton-meter/db.sqlite: there is no such file.';
      assert.ok(server.output().includes(`${words}\n`));
      const status = await readStatus(server);
      assert.deepEqual([status.source, status.waiting, status.database], ['database', true, null]);
      loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
      assert.equal((await waitFor(server, ({ waiting }) => waiting !== true)).database!.calls, 18);
    });
  });

  it('moves with the setting in config.toml', async () => {
    const home = await machine.makeHome();
    loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
    const db = loadCaptured(join(home, 'moved.sqlite'));
    db.exec('delete from requests where id = (select id from requests limit 1)');
    db.close();
    await withServer(['--source', 'database'], home, async (server) => {
      assert.equal((await readStatus(server)).database!.calls, 18);
      await writeFile(join(home, '.halton-meter/config.toml'), '[storage]\ndb_path = "~/moved.sqlite"\n');
      assert.equal((await waitFor(server, ({ database }) => database?.calls === 17)).source, 'database');
    });
  });
});

describe('the policy of pages', () => {
  for (const [words, allowed] of [
    [['--source', 'api', '--daemon', 'http://127.0.0.1:9'], "connect-src 'self' http://127.0.0.1:9;"],
    [['--source', 'database'], "connect-src 'self';"],
  ] as const) {
    it(`lets them ask ${allowed} with ${words.join(' ')}`, async () => {
      await withServer(words, await machine.makeHome(), async (server) => {
        for (const path of ['/', '/elements/body-worker.js']) {
          const { headers } = await ask(server.port, path);
          assert.ok(headers['content-security-policy']!.includes(allowed), path);
        }
        const { headers } = await ask(server.port, '/api/status');
        assert.ok(!headers['content-security-policy']!.includes('connect-src'));
      });
    });
  }
});
