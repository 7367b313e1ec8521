import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runBuilt } from '../built-server.js';
import { ask } from './ask.js';
import { createDatabase, loadCaptured } from './fixture-database.js';
import { Machine, readStatus, withServer } from './machine.js';

let machine: Machine;

before(async () => {
  machine = await Machine.make();
});

after(() => machine.remove());

describe('the database', () => {
  it('named with --db is shown, and the first lines say so', async () => {
    const home = await machine.makeHome();
    await withServer(['--db', machine.captured], home, async (server) => {
      const [first, second] = server.output().split('\n');
      assert.match(first!, new RegExp(`^hm-elements \\d+\\.\\d+\\.\\d+ at http://localhost:${server.port}$`));
      assert.equal(
        second,
        `Showing the database ${machine.captured} (given with --db) (schema 19, 18 calls), read only.`,
      );
      const status = await readStatus(server);
      assert.equal(status.source, 'database');
      assert.equal(status.reason, `Showing the database ${machine.captured} (given with --db), read only.`);
      assert.equal(status.database!.calls, 18);
    });
  });

  it('named with --db that is not there ends the start and names it', async () => {
    const missing = join(machine.folder, 'missing.sqlite');
    const { code, stdout, stderr } = await runBuilt(['--port', '0', '--db', missing], await machine.makeHome());
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.equal(stderr, `hm-elements: There is no file ${missing} (given with --db).\n`);
    assert.ok(!(await readdir(machine.folder)).includes('missing.sqlite'));
  });

  it('of the daemon is found in the home folder', async () => {
    const home = await machine.makeHome();
    loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
    await withServer([], home, (server) => {
      assert.match(
        server.output(),
        /^Showing the daemon's database ~\/\.halton-meter\/db\.sqlite \(schema 19, 18 calls\), read only\.$/m,
      );
    });
  });

  it('of the daemon is found where config.toml says', async () => {
    const home = await machine.makeHome({ 'config.toml': '[storage]\ndb_path = "~/elsewhere/meter.sqlite"\n' });
    await mkdir(join(home, 'elsewhere'));
    createDatabase(join(home, 'elsewhere/meter.sqlite')).close();
    await withServer([], home, (server) => {
      assert.match(
        server.output(),
        /^Showing the daemon's database ~\/elsewhere\/meter\.sqlite \(schema 19, 0 calls\), read only\.$/m,
      );
    });
  });

  it('is looked for in its usual place when config.toml is broken, and the place in that file is told', async () => {
    const home = await machine.makeHome({ 'config.toml': '[storage]\ndb_path = \n' });
    loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
    await withServer([], home, async (server) => {
      assert.match(server.output(), /Showing the daemon's database ~\/\.halton-meter\/db\.sqlite/);
      await server.printed(
        /^~\/\.halton-meter\/config\.toml, line 2, column \d+, is not valid TOML; going on with the daemon's defaults\.$/m,
      );
      const { capture } = await readStatus(server);
      assert.deepEqual([capture!.enabled, capture!.max_body_bytes, capture!.retention_days], [null, null, null]);
    });
  });

  it('that is none is told at the start and at each question, and is shown once it is one', async () => {
    const home = await machine.makeHome();
    const path = join(home, 'later.sqlite');
    await writeFile(path, 'this is a text and not a database, though it is long enough to be taken for one');
    await withServer(['--db', path], home, async (server) => {
      assert.match(server.output(), /It can not be read just now: /);
      const refused = await ask(server.port, '/api/calls');
      assert.equal(refused.status, 503);
      assert.equal((JSON.parse(refused.text) as { title: string }).title, 'Not a database');
      await rm(path);
      loadCaptured(path).close();
      assert.equal((await ask(server.port, '/api/calls')).status, 200);
    });
  });

  it('that is missing brings demo data, and where it was looked for', async () => {
    await withServer([], await machine.makeHome({ 'config.toml': '[daemon]\napi_port = 9\n' }), async (server) => {
      const told =
        'No Halton Meter found here (looked for ~/.halton-meter/db.sqlite and http://127.0.0.1:9): showing demo data.';
      assert.ok(server.output().includes(`${told}\n`));
      const status = await readStatus(server);
      assert.equal(status.source, 'demo');
      assert.equal(status.reason, told);
      assert.ok(status.database!.calls > 10_000);
    });
  });

  it('that is missing beside a running daemon is told as that', async () => {
    const health = await machine.startHealth();
    const home = await machine.makeHome({ 'effective-ports.json': JSON.stringify({ api_port: health.port }) });
    await withServer([], home, (server) => {
      assert.ok(
        server
          .output()
          .includes(
            `A Halton Meter daemon answers at http://127.0.0.1:${health.port}, but its database is not at ~/.halton-meter/db.sqlite: showing demo data. Pass its file with --db FILE.\n`,
          ),
      );
    });
  });

  it('is made up with --demo, whatever there is', async () => {
    const home = await machine.makeHome();
    loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
    await withServer(['--demo'], home, async (server) => {
      assert.match(server.output(), /^Showing demo data, as asked: made-up calls\.$/m);
      assert.equal((await readStatus(server)).source, 'demo');
    });
  });

  it('with control characters in its path can not steer the terminal', async () => {
    const home = await machine.makeHome();
    const path = join(home, 'a\u001b[31m\u009b\u202eb.sqlite');
    loadCaptured(path).close();
    await withServer(['--db', path], home, async (server) => {
      assert.ok(server.output().includes('a\\u{1b}[31m\\u{9b}\\u{202e}b.sqlite'));
      await ask(server.port, '/api/calls', { host: 'evil\u0080.example' });
      assert.doesNotMatch(server.output().replaceAll('\n', ''), /\p{Cc}/u);
    });
  });
});

describe('the daemon', () => {
  it('is asked for its health only, at most once in ten seconds, and told in the status', async () => {
    const health = await machine.startHealth();
    const home = await machine.makeHome({ 'config.toml': `[daemon]\napi_port = ${health.port}\n` });
    await withServer(['--db', machine.captured], home, async (server) => {
      assert.deepEqual(health.asked, []);
      const statuses = await Promise.all([readStatus(server), readStatus(server), readStatus(server)]);
      for (const { daemon } of statuses) {
        const url = `http://127.0.0.1:${health.port}`;
        assert.deepEqual(daemon, {
          url,
          reachable: true,
          unreachable_since: null,
          version: '0.6.4',
          active_requests: 2,
        });
      }
      assert.deepEqual(health.asked, ['GET /health']);
    });
  });

  it('is not taken for there when something else has its port', async () => {
    const port = await machine.takePort('127.0.0.1');
    const home = await machine.makeHome({ 'config.toml': `[daemon]\napi_port = ${port}\n` });
    await withServer(['--db', machine.captured], home, async (server) => {
      assert.equal((await readStatus(server)).daemon.reachable, false);
    });
  });

  it('has its capture settings read again when its config.toml changes', async () => {
    const home = await machine.makeHome();
    await withServer(['--db', machine.captured], home, async (server) => {
      const first = (await readStatus(server)).capture!;
      assert.deepEqual([first.enabled, first.max_body_bytes, first.retention_days], [true, 524_288, 90]);
      const config = '[bodies]\nenabled = false\nmax_body_bytes = 1000\nretention_days = "many"\n';
      await writeFile(join(home, '.halton-meter/config.toml'), config);
      const second = (await readStatus(server)).capture!;
      assert.deepEqual([second.enabled, second.max_body_bytes, second.retention_days], [false, 1000, 90]);
    });
  });

  it('sends bodies to its cloud only where its config.toml says so, and nobody knows where that can not be read', async () => {
    const home = await machine.makeHome();
    await withServer(['--db', machine.captured], home, async (server) => {
      const readUploads = async (): Promise<unknown> => (await readStatus(server)).cloud?.uploads_bodies;
      assert.equal(await readUploads(), false);
      const path = join(home, '.halton-meter/config.toml');
      await writeFile(path, '[cloud]\nenabled = true\n');
      assert.equal(await readUploads(), false);
      await writeFile(path, '[cloud.bodies]\nenabled = true\n');
      assert.equal(await readUploads(), true);
      await writeFile(path, '[cloud]\nbodies = "yes"\n');
      assert.equal(await readUploads(), false);
      await writeFile(path, '[cloud.bodies');
      assert.equal(await readUploads(), null);
    });
  });
});
