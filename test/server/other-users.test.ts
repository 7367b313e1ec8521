import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { endianness } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { onlyForOwnUser } from '../../src/server/own-user.js';
import { findPeerUser, findUser } from '../../src/server/peer-user.js';
import { startBuilt, type BuiltServer } from '../built-server.js';
import { Machine } from './machine.js';

const run = promisify(execFile);

/** Debian's nobody: any user without rights would do. */
const NOBODY = 65_534;

const isLinux = process.platform === 'linux';
const mayBecomeOther = isLinux && process.getuid?.() === 0;
const skip = mayBecomeOther ? false : 'only root can ask as another user';

interface Asked {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** Asks from a program of another user. */
async function askAs(uid: number, url: string, accept: string): Promise<Asked> {
  const program = `const answer = await fetch(${JSON.stringify(url)}, { headers: { accept: ${JSON.stringify(accept)} } });
    console.log(JSON.stringify({ status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }));`;
  const words = ['--input-type=module', '-e', program];
  const { stdout } = await run(process.execPath, words, { uid, gid: uid, cwd: '/', env: {} });
  return JSON.parse(stdout) as Asked;
}

describe('a line of the sockets of Linux', { skip: endianness() === 'BE' && 'its numbers read otherwise here' }, () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const line = (local: string, remote: string, user: number, inode: number): string =>
    `${head}   1: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000 ${user} 0 ${inode} 1 0000000000000000 20 4 30 10 -1\n`;
  const ends = { from: { address: '127.0.0.1', port: 50_000 }, to: { address: '127.0.0.1', port: 3000 } };

  it('tells the user of the end that asks, not of the end that answers', () => {
    const table = line('0100007F:0BB8', '0100007F:C350', 1, 77) + line('0100007F:C350', '0100007F:0BB8', 1000, 78);
    assert.equal(findUser(table, ends), 1000);
  });

  it('is found for addresses of IPv6, and for those of IPv4 in its clothes', () => {
    const [client, server] = ['00000000000000000000000001000000:C350', '00000000000000000000000001000000:0BB8'];
    const six = { from: { address: '::1', port: 50_000 }, to: { address: '::1', port: 3000 } };
    assert.equal(findUser(line(client, server, 1000, 78), six), 1000);
    const mapped = line('0000000000000000FFFF00000100007F:C350', '0000000000000000FFFF00000100007F:0BB8', 1001, 78);
    assert.equal(findUser(mapped, ends), 1001);
    assert.equal(findUser(line(client, server, 1000, 78), ends), null);
  });

  it('without a program that holds the socket tells nobody: its user reads as root', () => {
    assert.equal(findUser(line('0100007F:C350', '0100007F:0BB8', 0, 0), ends), null);
  });

  it('of another port, and a table of anything else, tells nobody', () => {
    assert.equal(findUser(line('0100007F:C351', '0100007F:0BB8', 1000, 78), ends), null);
    assert.equal(findUser('', ends), null);
    assert.equal(findUser('a\nb c d e f g h i j k l', ends), null);
  });
});

describe('the user at the other end of a connection', { skip: !isLinux && 'Linux alone tells' }, () => {
  for (const host of ['127.0.0.1', '::1']) {
    it(`is found on ${host}`, async (test) => {
      const server = createServer().listen(0, host);
      test.after(() => server.close());
      await Promise.race([once(server, 'listening'), once(server, 'error')]);
      const address = server.address();
      if (address === null || typeof address === 'string') return test.skip(`there is no ${host} here`);
      const client = connect(address.port, host);
      test.after(() => client.destroy());
      const [socket] = (await once(server, 'connection')) as [Parameters<typeof findPeerUser>[0]];
      assert.equal(await findPeerUser(socket), process.getuid!());
    });
  }

  it('is asked for nothing where the tables can not be read, and that is said', async () => {
    const listener = (): void => undefined;
    const guarded = await onlyForOwnUser(listener, () => Promise.reject(new Error('EACCES')));
    assert.deepEqual(guarded, { listener, isGuarded: false });
  });
});

describe('another user of this machine', { skip }, () => {
  let machine: Machine;
  let server: BuiltServer;

  before(async () => {
    machine = await Machine.make();
    server = await startBuilt(['--demo'], machine.folder);
  });

  after(async () => {
    await server.stop();
    await machine.remove();
  });

  it('gets a page that says whose this is, and none of ours', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const { status, type, text } = await askAs(NOBODY, `http://${host}:${server.port}/`, 'text/html');
      assert.equal(status, 403, host);
      assert.match(type!, /^text\/html/);
      assert.match(text, /another user's hm-elements/);
      assert.doesNotMatch(text, /hm-calls|acme/);
    }
  });

  it('gets a problem from every route, also one that there is not', async () => {
    for (const path of ['/api/status', '/api/calls', '/api/events', '/elements/hm-calls.js', '/nowhere']) {
      const { status, type, text } = await askAs(NOBODY, server.url + path, '*/*');
      assert.equal(status, 403, path);
      assert.equal(type, 'application/problem+json; charset=utf-8');
      assert.match(text, /only to the user who started it/);
    }
  });

  it('does not keep the user whose server it is from reading on', async () => {
    const [other, own] = await Promise.all([
      askAs(NOBODY, `${server.url}/api/calls`, '*/*'),
      askAs(process.getuid!(), `${server.url}/api/calls`, '*/*'),
    ]);
    assert.deepEqual([other.status, own.status], [403, 200]);
  });
});
