import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { statusAnswer, type WireStatus } from '../../src/api/status.js';
import { makeFolder, removeFolder, runBuilt, spawnBuilt, startBuilt, type BuiltServer } from '../built-server.js';
import { ask } from './ask.js';
import { createDatabase, loadCaptured } from './fixture-database.js';

let folder: string;
let captured: string;
let homes = 0;
const others: Server[] = [];

before(async () => {
  folder = await makeFolder();
  captured = join(folder, 'captured.sqlite');
  loadCaptured(captured).close();
});

after(async () => {
  for (const server of others) server.close();
  await removeFolder(folder);
});

/** A home folder of a user of their own, with these files of the daemon in it. */
async function makeHome(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const home = join(folder, `home-${++homes}`);
  await mkdir(join(home, '.halton-meter'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(home, '.halton-meter', name), content);
  return home;
}

async function readStatus(server: BuiltServer): Promise<WireStatus> {
  const { text } = await ask(server.port, '/api/status');
  return z.parse(statusAnswer, JSON.parse(text));
}

async function withServer(
  words: readonly string[],
  home: string,
  use: (server: BuiltServer) => Promise<void> | void,
): Promise<void> {
  const server = await startBuilt(words, home);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

/** Takes a free port on one address, and keeps it until closed. */
async function takePort(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => response.end('{"status":"other"}'));
  others.push(server);
  server.listen({ host, port: 0 });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** A stand-in for a running daemon's `/health`. */
async function startHealth(): Promise<{ server: Server; port: number; asked: string[] }> {
  const asked: string[] = [];
  const { server, port } = await takePort('127.0.0.1');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{"status": "ok", "version": "0.6.4", "active_requests": 2}');
  });
  return { server, port, asked };
}

/** Addresses of this machine that are not to be served: those of its network, and on Linux another of loopback. */
function otherAddresses(): string[] {
  const known = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const outer = known.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
  return process.platform === 'linux' ? ['127.0.0.2', ...outer] : outer;
}

const demoFolders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('hm-elements-demo-')).sort();

/** The demo's folder of one process, by the process id that stands in it. */
async function findDemoFolders(pid: number): Promise<string[]> {
  const owned: string[] = [];
  for (const name of await demoFolders()) {
    const owner = await readFile(join(tmpdir(), name, 'pid'), 'utf8').catch(() => '');
    if (owner === String(pid)) owned.push(name);
  }
  return owned;
}

describe('the options', () => {
  for (const [words, told] of [
    [['--nonsense'], /^hm-elements: Unknown option --nonsense\. See hm-elements --help\.\n$/],
    [['-x'], /^hm-elements: Unknown option -x\./],
    [['db.sqlite'], /^hm-elements: Unexpected word "db\.sqlite"\./],
    [['--port', 'abc'], /^hm-elements: The option --port takes a number from 0 to 65535, not "abc"\./],
    [['--port', '65536'], /--port .* not "65536"/],
    [['--port=-1'], /--port .* not "-1"/],
    [['--port', '3e3'], /--port .* not "3e3"/],
    [['--port'], /^hm-elements: The option --port needs a value\./],
    [['--port', '--demo'], /^hm-elements: The option --port needs a value\./],
    [['--db='], /^hm-elements: The option --db needs a value\./],
    [['--demo=yes'], /^hm-elements: The option --demo takes no value\./],
    [['--demo', '--demo'], /^hm-elements: The option --demo is given twice\./],
    [['--db', 'x', '--demo'], /^hm-elements: The options --db and --demo can not stand together\./],
    [['--port', '\u001b[31m'], /not "\\u001b\[31m"/],
  ] as const) {
    it(`end with exit code 2 and one line for ${JSON.stringify(words)}`, async () => {
      const { code, stdout, stderr } = await runBuilt(words, folder);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, told);
      assert.equal(stderr.split('\n').length, 2);
    });
  }

  it('print help and version and end', async () => {
    const help = await runBuilt(['--help'], folder);
    assert.equal(help.code, 0);
    for (const option of ['--port', '--db', '--demo', '--open', '--help', '--version'])
      assert.ok(help.stdout.includes(option));
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.deepEqual(await runBuilt(['--version'], folder), { code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('the port', () => {
  for (const [host, shown] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
  ] as const) {
    it(`that another program has on ${shown} ends the start with exit code 1 and names port and option`, async () => {
      const { port } = await takePort(host);
      const { code, stdout, stderr } = await runBuilt(['--port', String(port), '--db', captured], await makeHome());
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.equal(
        stderr,
        `hm-elements: Port ${port} is already in use (on ${shown}). Choose another one with --port.\n`,
      );
    });
  }

  it('is served on both loopback addresses and on no other', async () => {
    await withServer(['--db', captured], await makeHome(), async ({ port }) => {
      for (const address of ['127.0.0.1', '::1'] as const) {
        assert.equal((await ask(port, '/api/status', { address })).status, 200, address);
      }
      for (const host of otherAddresses()) {
        const [error] = (await once(connect({ host, port }), 'error')) as [NodeJS.ErrnoException];
        assert.equal(error.code, 'ECONNREFUSED', host);
      }
    });
  });
});

describe('the end', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`comes with ${signal}, exit code 0, also while connections are kept open`, async () => {
      const server = await startBuilt(['--db', captured], await makeHome());
      const kept = connect({ host: '127.0.0.1', port: server.port });
      kept.write(`GET /api/status HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`);
      await once(kept, 'data');
      const closed = once(kept, 'close');
      assert.equal(await server.stop(signal), 0);
      await closed;
    });
  }

  it('removes the demo data', async () => {
    const server = await startBuilt(['--demo'], await makeHome());
    assert.equal((await findDemoFolders(server.process.pid!)).length, 1);
    assert.equal(await server.stop('SIGINT'), 0);
    assert.deepEqual(await findDemoFolders(server.process.pid!), []);
  });

  it('removes the demo data also when it comes while they are made', async () => {
    const child = spawnBuilt(['--demo', '--port', '0'], await makeHome());
    const ended = once(child, 'exit');
    while ((await findDemoFolders(child.pid!)).length === 0) assert.equal(child.exitCode, null);
    child.kill('SIGTERM');
    assert.equal((await ended)[0], 0);
    assert.deepEqual(await findDemoFolders(child.pid!), []);
  });
});

describe('the database', () => {
  it('named with --db is shown, and the first lines say so', async () => {
    const home = await makeHome();
    await withServer(['--db', captured], home, async (server) => {
      const [first, second] = server.output().split('\n');
      assert.match(first!, new RegExp(`^hm-elements \\d+\\.\\d+\\.\\d+ at http://localhost:${server.port}$`));
      assert.equal(second, `Showing the database ${captured} (given with --db) (schema 19, 18 calls), read only.`);
      const status = await readStatus(server);
      assert.equal(status.source, 'database');
      assert.equal(status.reason, `Showing the database ${captured} (given with --db), read only.`);
      assert.equal(status.database!.calls, 18);
    });
  });

  it('named with --db that is not there ends the start and names it', async () => {
    const missing = join(folder, 'missing.sqlite');
    const { code, stdout, stderr } = await runBuilt(['--port', '0', '--db', missing], await makeHome());
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.equal(stderr, `hm-elements: There is no file ${missing} (given with --db).\n`);
    assert.ok(!(await readdir(folder)).includes('missing.sqlite'));
  });

  it('of the daemon is found in the home folder', async () => {
    const home = await makeHome();
    loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
    await withServer([], home, (server) => {
      assert.match(
        server.output(),
        /^Showing the daemon's database ~\/\.halton-meter\/db\.sqlite \(schema 19, 18 calls\), read only\.$/m,
      );
    });
  });

  it('of the daemon is found where config.toml says', async () => {
    const home = await makeHome({ 'config.toml': '[storage]\ndb_path = "~/elsewhere/meter.sqlite"\n' });
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
    const home = await makeHome({ 'config.toml': '[storage]\ndb_path = \n' });
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
    const home = await makeHome();
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
    await withServer([], await makeHome({ 'config.toml': '[daemon]\napi_port = 9\n' }), async (server) => {
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
    const health = await startHealth();
    const home = await makeHome({ 'effective-ports.json': JSON.stringify({ api_port: health.port }) });
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
    const home = await makeHome();
    loadCaptured(join(home, '.halton-meter/db.sqlite')).close();
    await withServer(['--demo'], home, async (server) => {
      assert.match(server.output(), /^Showing demo data, as --demo asks: made-up calls\.$/m);
      assert.equal((await readStatus(server)).source, 'demo');
    });
  });

  it('with control characters in its path can not steer the terminal', async () => {
    const home = await makeHome();
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
    const health = await startHealth();
    const home = await makeHome({ 'config.toml': `[daemon]\napi_port = ${health.port}\n` });
    await withServer(['--db', captured], home, async (server) => {
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
    const other = await takePort('127.0.0.1');
    const home = await makeHome({ 'config.toml': `[daemon]\napi_port = ${other.port}\n` });
    await withServer(['--db', captured], home, async (server) => {
      assert.equal((await readStatus(server)).daemon.reachable, false);
    });
  });

  it('has its capture settings read again when its config.toml changes', async () => {
    const home = await makeHome();
    await withServer(['--db', captured], home, async (server) => {
      const first = (await readStatus(server)).capture!;
      assert.deepEqual([first.enabled, first.max_body_bytes, first.retention_days], [true, 524_288, 90]);
      const config = '[bodies]\nenabled = false\nmax_body_bytes = 1000\nretention_days = "many"\n';
      await writeFile(join(home, '.halton-meter/config.toml'), config);
      const second = (await readStatus(server)).capture!;
      assert.deepEqual([second.enabled, second.max_body_bytes, second.retention_days], [false, 1000, 90]);
    });
  });
});
