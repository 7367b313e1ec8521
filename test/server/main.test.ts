import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runBuilt, spawnBuilt, startBuilt } from '../built-server.js';
import { ask } from './ask.js';
import { Machine, withServer } from './machine.js';

let machine: Machine;

before(async () => {
  machine = await Machine.make();
});

after(() => machine.remove());

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
      const { code, stdout, stderr } = await runBuilt(words, machine.folder);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, told);
      assert.equal(stderr.split('\n').length, 2);
    });
  }

  it('print help and version and end', async () => {
    const help = await runBuilt(['--help'], machine.folder);
    assert.equal(help.code, 0);
    for (const option of [
      '--port',
      '--source',
      '--db',
      '--daemon',
      '--demo',
      '--pages',
      '--allow-origin',
      '--token',
      '--open',
    ])
      assert.ok(help.stdout.includes(option));
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.deepEqual(await runBuilt(['--version'], machine.folder), { code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('the port', () => {
  for (const [host, shown] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
  ] as const) {
    it(`that another program has on ${shown} ends the start with exit code 1 and names port and option`, async () => {
      const port = await machine.takePort(host);
      const { code, stdout, stderr } = await runBuilt(
        ['--port', String(port), '--db', machine.captured],
        await machine.makeHome(),
      );
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.equal(
        stderr,
        `hm-elements: Port ${port} is already in use (on ${shown}). Choose another one with --port.\n`,
      );
    });
  }

  it('is served on both loopback addresses and on no other', async () => {
    await withServer(['--db', machine.captured], await machine.makeHome(), async ({ port }) => {
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
      const server = await startBuilt(['--db', machine.captured], await machine.makeHome());
      const kept = connect({ host: '127.0.0.1', port: server.port });
      kept.write(`GET /api/status HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`);
      await once(kept, 'data');
      const closed = once(kept, 'close');
      assert.equal(await server.stop(signal), 0);
      await closed;
    });
  }

  it('removes the demo data', async () => {
    const server = await startBuilt(['--demo'], await machine.makeHome());
    assert.equal((await findDemoFolders(server.process.pid!)).length, 1);
    assert.equal(await server.stop('SIGINT'), 0);
    assert.deepEqual(await findDemoFolders(server.process.pid!), []);
  });

  it('removes the demo data also when it comes while they are made', async () => {
    const child = spawnBuilt(['--demo', '--port', '0'], await machine.makeHome());
    const ended = once(child, 'exit');
    while ((await findDemoFolders(child.pid!)).length === 0) assert.equal(child.exitCode, null);
    child.kill('SIGTERM');
    assert.equal((await ended)[0], 0);
    assert.deepEqual(await findDemoFolders(child.pid!), []);
  });
});

describe('--open', () => {
  const onLinux = { skip: process.platform !== 'linux' && 'the opener of this platform can not be replaced' };

  it('opens the page with the opener of the platform', onLinux, async () => {
    const home = await machine.makeHome();
    const bin = join(home, 'bin');
    const noted = join(home, 'opened');
    await mkdir(bin);
    await writeFile(
      join(bin, 'xdg-open'),
      `#!/bin/sh\nprintf '%s,' "$@" > '${noted}.part' && mv '${noted}.part' '${noted}'\n`,
    );
    await chmod(join(bin, 'xdg-open'), 0o755);
    const server = await startBuilt(['--open', '--db', machine.captured], home, { PATH: `${bin}:/usr/bin:/bin` });
    while (!(await readdir(home)).includes('opened')) assert.equal(server.process.exitCode, null);
    assert.equal(await readFile(noted, 'utf8'), `http://localhost:${server.port},`);
    await server.stop();
  });

  it('says so where there is no opener, and serves all the same', onLinux, async () => {
    const home = await machine.makeHome();
    const server = await startBuilt(['--open', '--db', machine.captured], home, { PATH: home });
    await server.printed(`There is no program here to open ${server.url} with.`);
    assert.equal((await ask(server.port, '/api/status')).status, 200);
    await server.stop();
  });
});
