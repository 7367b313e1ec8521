import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import type { Source } from '../../src/server/source.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { startApp, type AppServer } from './app-server.js';
import { ask, type Answer } from './ask.js';
import { insertRows, loadCaptured, readCaptured } from './fixture-database.js';

const HOSTILE = `</template></div><script>alert("1")</script>'&\u202e`;
const ESCAPED = '&lt;/template&gt;&lt;/div&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;\u202e';

const PAGE = `<!doctype html>
<link rel="stylesheet" href="/page.css" />
<link rel="modulepreload" href="/elements/chunks/core.js" />
<script type="module" src="/elements/hm-calls.js"></script>
<hm-projects></hm-projects>
<hm-calls id="calls"></hm-calls>`;

const OPENED = { 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Site': 'none' };

let folder: string;
let source: Source;
let app: AppServer;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'db.sqlite');
  const db = loadCaptured(path);
  const captured = readCaptured();
  insertRows(db, 'projects', [{ ...captured.projects[0]!, id: 'p', slug: HOSTILE, name: HOSTILE }]);
  const call = { ...captured.requests[0]!, id: 'hostile', project_id: 'p', model: HOSTILE, provider: HOSTILE };
  insertRows(db, 'requests', [{ ...call, requested_at: '2026-11-24 09:00:00.000000' }]);
  db.close();
  for (const [name, content] of Object.entries({
    'demo/rows.html': PAGE,
    'demo/bare.html': PAGE.replace(/<hm-.*/g, ''),
    'elements/first-frame.js': 'document.title;',
  })) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  source = await openDatabaseSource(path);
  app = await startApp(source, folder);
});

after(async () => {
  await app.close();
  await removeFolder(folder);
});

const open = (target: string, headers: Record<string, string> = {}, port = app.port): Promise<Answer> =>
  ask(port, target, { headers: { ...OPENED, ...headers } });

/** Opens a page until the source was quick enough, which no busy machine can promise at once. */
async function openWithRows(target: string): Promise<Answer> {
  for (;;) {
    const answer = await open(target);
    if (hasRows(answer)) return answer;
  }
}

const hasRows = ({ text }: Answer): boolean => text.includes('class="first-rows"');

/** Opens the page on a server whose source is this one but for how it lists calls. */
async function openWith(calls: Source['calls']): Promise<Answer> {
  const changed = new Proxy(source, {
    get: (real, name) => {
      if (name === 'calls') return calls;
      if (name === 'close') return () => Promise.resolve();
      const value: unknown = Reflect.get(real, name);
      return typeof value === 'function' ? (value.bind(real) as unknown) : value;
    },
  });
  const server = await startApp(changed, folder);
  const answer = await open('/rows', {}, server.port);
  await server.close();
  return answer;
}

/** Whether a directive of the answer's policy names the hash of exactly this text. */
function isAllowed({ headers }: Answer, directive: string, text: string): boolean {
  const policy = String(headers['content-security-policy']).split('; ');
  const hash = createHash('sha256').update(text).digest('base64');
  return policy.find((part) => part.startsWith(directive))!.includes(`'sha256-${hash}'`);
}

describe('a page with calls that is opened', () => {
  it('holds the newest calls and the projects, and nothing of them stays in a cache', async () => {
    const answer = await openWithRows('/rows');
    assert.equal(answer.text.match(/<time role="gridcell"/g)!.length, readCaptured().requests.length + 1);
    assert.ok(answer.text.includes('2 projects'));
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers.etag, undefined);
  });

  it('holds the names that were recorded as text', async () => {
    const { text } = await openWithRows('/rows');
    assert.equal(text.split(HOSTILE).length, 1);
    assert.ok(text.includes(`>${ESCAPED}</span>`));
    assert.ok(text.includes(`title="${ESCAPED}"`));
  });

  it('runs no script and has no style but those that its policy names', async () => {
    const answer = await openWithRows('/rows');
    const styles = [...answer.text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text]) => text!);
    const scripts = [...answer.text.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text!);
    assert.ok(styles.length >= 4 && scripts.length === 1);
    assert.equal(answer.text.match(/<script src="\/elements\/first-frame\.js"/g)!.length, 1);
    for (const style of styles) assert.ok(isAllowed(answer, 'style-src', style), style.slice(0, 80));
    assert.ok(isAllowed(answer, 'script-src', scripts[0]!));
    assert.doesNotMatch(String(answer.headers['content-security-policy']), /unsafe/);
    assert.doesNotMatch(answer.text, / style=| on\w+=/);
  });

  it('fetches no module before its script does', async () => {
    const { text } = await openWithRows('/rows');
    assert.doesNotMatch(text, /modulepreload|type="module"/);
    assert.ok(text.includes('<link rel="later" href="/elements/hm-calls.js" />'));
  });

  for (const [what, headers] of [
    [
      'is no page being opened',
      { 'Sec-Fetch-Dest': 'empty', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Site': 'same-origin' },
    ],
    [
      'is loaded as a script',
      { 'Sec-Fetch-Dest': 'script', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Site': 'same-origin' },
    ],
    ['is put into a frame', { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'same-origin' }],
    ['is opened by another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['is opened by another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
  ] as const) {
    it(`holds no calls where it ${what}`, async () => {
      await openWithRows('/rows');
      const answer = await open('/rows', headers);
      assert.equal(answer.status, 200);
      assert.equal(answer.text, PAGE);
    });
  }

  it('holds no calls where whoever asks for it does not say why', async () => {
    await openWithRows('/rows');
    assert.equal((await ask(app.port, '/rows')).text, PAGE);
  });

  it('holds none where its address asks for something', async () => {
    await openWithRows('/rows');
    assert.equal((await open('/rows?project=acme')).text, PAGE);
  });

  it('holds none where it has no table of calls', async () => {
    await openWithRows('/rows');
    assert.equal(hasRows(await open('/bare')), false);
  });

  it('comes without them where the source does not answer, and starts its elements all the same', async () => {
    const { status, text } = await openWith(() => new Promise(() => undefined));
    assert.equal(status, 200);
    assert.equal(text.replace(/<style>.*?<\/style>/gs, '').includes('first-rows'), false);
    assert.match(text, /<hm-calls id="calls"><\/hm-calls><script>.+<\/script>/s);
  });

  it('comes without them where the source fails, and where there are none', async () => {
    const broken = await openWith(() => Promise.reject(new Error('broken')));
    const none = await openWith(async (query) => ({ ...(await source.calls(query)), calls: [] }));
    for (const answer of [broken, none]) assert.deepEqual([answer.status, hasRows(answer)], [200, false]);
  });
});
