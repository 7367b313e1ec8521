import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { StartError } from '../../src/server/find-database.js';
import { listFolder } from '../../src/server/list-folder.js';
import { OwnPages } from '../../src/server/own-pages.js';
import { makeFolder, removeFolder, runBuilt } from '../built-server.js';
import { startApp, type AppServer } from './app-server.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { ask, type Answer } from './ask.js';
import { loadCaptured } from './fixture-database.js';

const PAGE = '<!doctype html><html lang="en"><title>mine</title><h1>Mine</h1>';
const SECRET = 'secret of somebody else';

let outer: string;
let folder: string;
let server: AppServer;

before(async () => {
  outer = await makeFolder();
  folder = join(outer, 'pages');
  await mkdir(join(folder, 'sub'), { recursive: true });
  await mkdir(join(folder, 'site'));
  await mkdir(join(folder, '.git'));
  await mkdir(join(outer, 'pages-of-others'));
  const files: Record<string, string> = {
    'mine.html': PAGE,
    'no-doctype.htm': '<p>old',
    'sub/a b.json': '{}',
    'site/index.html': PAGE,
    '.env': SECRET,
    '.git/config': SECRET,
    '../secret.txt': SECRET,
    '../pages-of-others/secret.txt': SECRET,
    'module.mjs': 'export {};',
    'style.css': 'p {}',
    'picture.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'module.wasm': '\0asm',
    'code.js.map': '{}',
    'font.woff2': 'wOF2',
    'what.xyz': '?',
    'empty.txt': '',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await symlink('../secret.txt', join(folder, 'out.txt'));
  await symlink('../pages-of-others', join(folder, 'others'));
  await symlink('/', join(folder, 'root'));
  await symlink('.git/config', join(folder, 'hidden.txt'));
  await symlink('mine.html', join(folder, 'inner.html'));
  await symlink('loop.html', join(folder, 'loop.html'));
  const path = join(outer, 'db.sqlite');
  loadCaptured(path).close();
  server = await startApp(await openDatabaseSource(path), join(outer, 'built'), {
    ownPages: await OwnPages.open(folder),
  });
});

after(async () => {
  await server.close();
  await removeFolder(outer);
});

const askPages = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> =>
  ask(server.port, path, { headers, method });

/** Asks as a browser does that has nothing yet. */
const answer = (pages: OwnPages, path: string): Promise<Response> =>
  pages.answer({ path, search: '', isHead: false, hasCopy: () => false, cut: () => undefined });

/** Reads events until one of them holds another version than this, and gives that. */
async function hearVersion(pages: OwnPages, other: string | null): Promise<string> {
  const { body } = await answer(pages, '/pages/.changes');
  let text = '';
  for await (const chunk of body!) {
    text += Buffer.from(chunk as Uint8Array).toString('utf8');
    const heard = [...text.matchAll(/^data: (.+)\n\n/gm)].map(([, version]) => version!).find((one) => one !== other);
    if (heard !== undefined) return heard;
  }
  throw new Error('The stream ended.');
}

describe('the folder of own pages', () => {
  it('has each file at its path, of the type that its name says', async () => {
    for (const [path, type] of [
      ['/pages/mine.html', 'text/html; charset=utf-8'],
      ['/pages/no-doctype.htm', 'text/html; charset=utf-8'],
      ['/pages/module.mjs', 'text/javascript; charset=utf-8'],
      ['/pages/style.css', 'text/css; charset=utf-8'],
      ['/pages/sub/a%20b.json', 'application/json'],
      ['/pages/code.js.map', 'application/json'],
      ['/pages/picture.svg', 'image/svg+xml; charset=utf-8'],
      ['/pages/module.wasm', 'application/wasm'],
      ['/pages/font.woff2', 'font/woff2'],
      ['/pages/what.xyz', 'application/octet-stream'],
      ['/pages/inner.html', 'text/html; charset=utf-8'],
      ['/pages/site/', 'text/html; charset=utf-8'],
    ] as const) {
      const { status, headers } = await askPages(path);
      assert.equal(status, 200, path);
      assert.equal(headers['content-type'], type, path);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
    assert.equal((await askPages('/pages/empty.txt')).text, '');
    assert.equal((await askPages('/pages/style.css')).text, 'p {}');
  });

  it('gives pages as they are, but for one script behind their doctype', async () => {
    const { text } = await askPages('/pages/mine.html');
    const script = /<script type="module" async src="\/elements\/follow-pages\.js" data-version="[\w.-]+"><\/script>/;
    assert.match(text, new RegExp(`^<!doctype html>${script.source}<html`));
    assert.equal(text.replace(script, ''), PAGE);
    assert.match((await askPages('/pages/no-doctype.htm')).text, new RegExp(`^<p>old${script.source}$`));
  });

  it('lets its pages do what they like, but for having or sending anything elsewhere', async () => {
    const policy = (await askPages('/pages/mine.html')).headers['content-security-policy']!.toString();
    assert.match(policy, /^default-src 'self'; script-src 'self' 'unsafe-inline' /);
    assert.match(policy, /frame-ancestors 'self'$/);
    assert.doesNotMatch(policy, /https?:|\*/);
    assert.equal((await askPages('/pages/what.xyz')).headers['content-security-policy'], policy);
  });

  it('is read anew for each request, and not sent again where nothing changed', async () => {
    for (const name of ['fresh.html', 'fresh.txt']) {
      await writeFile(join(folder, name), 'one');
      const first = await askPages(`/pages/${name}`);
      const { etag } = first.headers;
      assert.equal(first.headers['cache-control'], 'no-cache');
      const again = await askPages(`/pages/${name}`, { 'If-None-Match': etag! });
      assert.equal(again.status, 304);
      assert.equal(again.text, '');
      await writeFile(join(folder, name), 'two');
      const changed = await askPages(`/pages/${name}`, { 'If-None-Match': etag! });
      assert.equal(changed.status, 200);
      assert.match(changed.text, /^two/);
    }
  });

  it('answers HEAD with the headers alone', async () => {
    for (const path of ['/pages/', '/pages/mine.html', '/pages/style.css', '/pages/.changes']) {
      const { status, text, headers } = await askPages(path, {}, 'HEAD');
      assert.equal(status, 200);
      assert.equal(text, '');
      assert.ok(headers['content-type']);
    }
  });

  it('sends a folder without its slash to the folder, and nowhere else', async () => {
    const { status, headers } = await askPages('/pages/sub?a=b');
    assert.equal(status, 307);
    assert.equal(headers.location, '/pages/sub/?a=b');
    assert.equal((await askPages('/pages')).headers.location, '/pages/');
  });

  for (const path of [
    '/pages/../secret.txt',
    '/pages/%2e%2e/secret.txt',
    '/pages/.%2e/secret.txt',
    '/pages/..%2fsecret.txt',
    '/pages/..%5csecret.txt',
    '/pages/..\\secret.txt',
    '/pages/%252e%252e/secret.txt',
    '/pages/%c0%ae%c0%ae/secret.txt',
    '/pages/sub/..%2f..%2fsecret.txt',
    '/pages/sub%2fa%20b.json',
    '/pages//mine.html',
    '/pages//',
    '/pages/mine.html/',
    '/pages/mine.html%00.css',
    '/pages/%00',
    '/pages/%',
    '/pages/%ff',
    '/pages/./mine.html',
    '/pages/%2emine.html',
    '/pages-of-others/secret.txt',
    '/pages/..-of-others/secret.txt',
    '/pages/../pages-of-others/secret.txt',
    '/pages/.env',
    '/pages/%2eenv',
    '/pages/.git/config',
    '/pages/out.txt',
    '/pages/others/secret.txt',
    '/pages/others/',
    '/pages/root/etc/passwd',
    '/pages/hidden.txt',
    '/pages/loop.html',
    `/pages/${'a'.repeat(5000)}`,
    `/pages/${'sub/'.repeat(2000)}`,
    '/pages/missing.html',
    '/%70ages/mine.html',
  ]) {
    it(`has nothing at ${path.slice(0, 60)}`, async () => {
      const { status, text } = await askPages(path);
      assert.ok(status === 404 || status === 400, String(status));
      assert.ok(!text.includes(SECRET) && !text.includes('root:') && !text.includes('Mine'));
    });
  }

  it('does not wait for a pipe, and reads no socket and no device', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
    const socket = createSocket().listen(join(folder, 'socket.txt'));
    await once(socket, 'listening');
    await symlink('/dev/zero', join(folder, 'zero.txt'));
    for (const name of ['pipe.txt', 'socket.txt', 'zero.txt']) {
      assert.equal((await askPages(`/pages/${name}`)).status, 404, name);
    }
    const { text } = await askPages('/pages/');
    assert.doesNotMatch(text, /pipe|socket|zero/);
    socket.close();
  });

  it('sends a huge file piece by piece, and breaks off where it has become shorter', async () => {
    const path = join(folder, 'huge.bin');
    const file = await open(path, 'w');
    await file.truncate(3_000_000_000);
    await file.close();
    const before = process.memoryUsage().rss;
    const headers = { Host: `localhost:${server.port}` };
    const request = get({ host: '127.0.0.1', port: server.port, path: '/pages/huge.bin', headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    assert.equal(response.headers['content-length'], '3000000000');
    await once(response, 'data');
    await truncate(path, 10);
    const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      response.on('data', () => undefined);
      response.once('error', resolve);
      response.once('end', () => resolve(null));
    });
    assert.equal(failure?.code, 'ECONNRESET');
    assert.ok(process.memoryUsage().rss - before < 300_000_000);
    await rm(path);
  });

  it('has no page while it is gone, and its pages again when it is made again', async () => {
    await rename(folder, `${folder}-away`);
    assert.equal((await askPages('/pages/mine.html')).status, 404);
    assert.equal((await askPages('/pages/')).status, 404);
    await rename(`${folder}-away`, folder);
    assert.equal((await askPages('/pages/mine.html')).status, 200);
  });
});

describe('the listing of a folder', () => {
  it('names folders, then files, with size and time, and what is hidden not at all', async () => {
    const list = join(folder, 'list');
    await mkdir(join(list, 'zoo'), { recursive: true });
    for (const [name, bytes] of [
      ['page 10.html', 1],
      ['page 2.html', 12_345],
      ['.hidden', 1],
    ] as const) {
      await writeFile(join(list, name), 'x'.repeat(bytes));
    }
    await symlink('../../secret.txt', join(list, 'out.txt'));
    await utimes(join(list, 'page 2.html'), 1e9, 1e9);
    const { text } = await askPages('/pages/list/');
    const names = [...text.matchAll(/<th scope="row"><a href="([^"]*)">/g)].map(([, href]) => href);
    assert.deepEqual(names, ['../', './zoo/', './page%202.html', './page%2010.html']);
    assert.match(text, /<td class="number">12,345<\/td><td><time datetime="2001-09-09T01:46:40\.000Z">/);
    assert.match(text, /<title>list · hm-elements<\/title>/);
    assert.doesNotMatch(text, /hidden|out\.txt/);
  });

  it('shows the names of files as text, whatever they are, and leads to each', async () => {
    const odd = join(folder, 'odd');
    await mkdir(odd);
    const names = [
      '<img src=x onerror=alert(1)>',
      '"onmouseover="x',
      "it's & <b>",
      '\u202egpj.exe',
      'javascript:x',
      'a\nb',
      '100%',
      '#?;',
    ];
    for (const name of names) await writeFile(join(odd, name), name);
    const { text } = await askPages('/pages/odd/');
    assert.doesNotMatch(text, /<img|<b>|\u202e|onmouseover="x"/);
    assert.match(text, /\\u\{202e\}gpj\.exe/);
    const links = [...text.matchAll(/href="(\.\/[^"]*)"/g)].map(([, href]) => href!.replaceAll('&#39;', "'"));
    assert.equal(links.length, names.length);
    for (const link of links) {
      const path = new URL(link, `http://localhost:${server.port}/pages/odd/`).pathname;
      const found = await askPages(path);
      assert.equal(found.status, 200, path);
      assert.ok(names.includes(found.text), path);
    }
  });

  it('is none of a folder that can not be read, or has gone since it was found', async () => {
    assert.equal(await listFolder(folder, ['gone'], join(folder, 'gone')), null);
  });

  it('says that a folder is empty, and where a long one ends', async () => {
    const many = join(folder, 'many');
    await mkdir(many);
    assert.match((await askPages('/pages/many/')).text, /Nothing here yet/);
    for (let index = 0; index < 1005; index++) await writeFile(join(many, `${index}.txt`), '');
    assert.match((await askPages('/pages/many/')).text, /The first 1000 of 1005 are listed\./);
  });
});

describe('open pages', () => {
  /** Changes something after it was asked for, and hears of it. */
  async function hearChange(paths: readonly string[], change: () => Promise<unknown>): Promise<void> {
    const pages = await OwnPages.open(folder);
    for (const path of paths) await answer(pages, path);
    const known = await hearVersion(pages, null);
    const heard = hearVersion(pages, known);
    await change();
    assert.notEqual(await heard, known);
    assert.match(await (await answer(pages, '/pages/mine.html')).text(), new RegExp(`data-version="${await heard}"`));
    pages.close();
  }

  it('hear of a file that is written', () =>
    hearChange(['/pages/style.css'], () => writeFile(join(folder, 'style.css'), 'p { color: red }')));

  it('hear of a file that an editor replaces by another', () =>
    hearChange(['/pages/style.css'], async () => {
      await writeFile(join(folder, 'style.css~'), 'p { color: tan }');
      await rename(join(folder, 'style.css~'), join(folder, 'style.css'));
    }));

  it('hear of a file that was asked for and comes to be', () =>
    hearChange(['/pages/sub/late.js'], () => writeFile(join(folder, 'sub/late.js'), 'x')));

  it('hear of a file that goes', () => hearChange(['/pages/sub/late.js'], () => rm(join(folder, 'sub/late.js'))));

  it('hear of another file in a folder that is listed', () =>
    hearChange(['/pages/sub/'], () => writeFile(join(folder, 'sub/more.txt'), 'x')));

  it('hear of a folder that is removed and made again', () =>
    hearChange(['/pages/site/'], async () => {
      await rm(join(folder, 'site'), { recursive: true });
      await mkdir(join(folder, 'site'));
      await writeFile(join(folder, 'site/index.html'), PAGE);
    }));

  it('hear at once of what changed before they listened', async () => {
    const pages = await OwnPages.open(folder);
    const [, version] = /data-version="([^"]+)"/.exec(await (await answer(pages, '/pages/mine.html')).text())!;
    await answer(pages, '/pages/style.css');
    await writeFile(join(folder, 'style.css'), 'p { color: navy }');
    assert.notEqual(await hearVersion(pages, version!), version);
    pages.close();
  });

  it('are not told of what was asked for and is refused', async () => {
    const pages = await OwnPages.open(folder);
    const refused = ['/pages/out.txt', '/pages/others/secret.txt', '/pages/.env'];
    for (const path of [...refused, '/pages/style.css']) await answer(pages, path);
    const known = await hearVersion(pages, null);
    const heard = hearVersion(pages, known);
    await writeFile(join(outer, 'secret.txt'), `${SECRET}!`);
    await writeFile(join(folder, 'style.css'), 'p { color: teal }');
    // One step on: for the stylesheet alone.
    const count = (version: string): number => Number(version.split('.')[1]);
    assert.equal(count(await heard), count(known) + 1);
    pages.close();
  });
});

describe('--pages', () => {
  it('that names no folder ends the start and says so', async () => {
    await assert.rejects(OwnPages.open(join(outer, 'none')), StartError);
    const { code, stderr } = await runBuilt(['--port', '0', '--demo', '--pages', join(outer, 'none')], outer);
    assert.equal(code, 1);
    assert.equal(stderr, `hm-elements: There is no folder ${join(outer, 'none')} (given with --pages).\n`);
    const file = join(folder, 'mine.html');
    await assert.rejects(OwnPages.open(file), new StartError(`${file} is not a folder (given with --pages).`));
  });
});
