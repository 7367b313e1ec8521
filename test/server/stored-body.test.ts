import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { SourceError, type BodyText, type Source } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { startCapturedApp, STORED, type CapturedApp } from './app-server.js';
import { ask } from './ask.js';

const ID = String(STORED.request_id);
const ROUTE = `/api/bodies/${ID}/request`;
/** Several pieces long, and characters of two to four bytes stand across their ends. */
const LONG = 'größer, 中文 und 🦊;'.repeat(120_000);

let app: CapturedApp;

before(async () => {
  app = await startCapturedApp();
});

after(() => app.close());

function store(text: string): void {
  app.db.prepare('UPDATE request_bodies SET request_body = ? WHERE request_id = ?').run(text, ID);
}

async function openText(source: Source): Promise<Extract<BodyText, { found: 'text' }>> {
  const text = await source.bodyText(ID, 'request');
  assert.equal(text.found, 'text');
  return text;
}

const openSource = (): Promise<Source> =>
  openDatabaseSource(String((app.db.prepare('PRAGMA database_list').get() as { file: string }).file));

describe('a stored body', () => {
  it('of any length arrives to the byte, and says how long it is before', async () => {
    for (const text of ['', '🦊', 'x'.repeat(64 * 1024), LONG]) {
      store(text);
      const { headers, text: got } = await ask(app.port, ROUTE);
      assert.equal(got, text);
      assert.equal(headers['content-length'], String(Buffer.byteLength(text)));
    }
  });

  it('that is not valid UTF-8 is sent as it is stored', async () => {
    app.db.prepare(`UPDATE request_bodies SET request_body = cast(x'61ff62' as text) WHERE request_id = ?`).run(ID);
    const { headers, text } = await ask(app.port, ROUTE);
    assert.deepEqual([headers['content-length'], text], ['3', 'a\uFFFDb']);
  });

  it('is not sent again to who has it, and is after it was changed, be it as long as before', async () => {
    store('the key is abcdef');
    const { etag } = (await ask(app.port, ROUTE)).headers;
    const again = await ask(app.port, ROUTE, { headers: { 'If-None-Match': etag! } });
    assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', etag]);
    store('the key is ------');
    const changed = await ask(app.port, ROUTE, { headers: { 'If-None-Match': etag! } });
    assert.deepEqual([changed.status, changed.text], [200, 'the key is ------']);
    assert.notEqual(changed.headers.etag, etag);
  });

  it('goes on where others write to the database', async () => {
    store(LONG);
    const source = await openSource();
    const { pieces } = await openText(source);
    const read: Uint8Array[] = [];
    for await (const piece of pieces) {
      read.push(piece);
      app.db.prepare('UPDATE requests SET latency_ms = latency_ms + 1 WHERE id = ?').run(ID);
    }
    assert.equal(Buffer.concat(read).toString('utf8'), LONG);
    assert.ok(read.length > 2);
    await source.close();
  });

  it('that is changed or deleted in the midst of being read is never told as whole', async () => {
    for (const change of [
      () => store(`${LONG}!`),
      () => app.db.prepare('UPDATE request_bodies SET request_body = NULL WHERE request_id = ?').run(ID),
    ]) {
      store(LONG);
      const source = await openSource();
      const { pieces } = await openText(source);
      await pieces.next();
      change();
      await assert.rejects(pieces.next(), (error) => error instanceof SourceError && error.fault === 'broken');
      await source.close();
    }
  });

  it('is cut off where it changes while it is sent, so that no client takes it for whole', async () => {
    store(LONG);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ port: app.port, path: ROUTE, headers: { Host: `localhost:${app.port}` }, agent: false }, resolve)
        .once('error', reject)
        .end();
    });
    store('short');
    await assert.rejects(async () => {
      for await (const _ of answer);
    });
    assert.ok(!answer.complete);
  });

  it('is read no further for who has left', async () => {
    store(LONG);
    const source = await openSource();
    const { pieces } = await openText(source);
    await pieces.next();
    await pieces.return!();
    assert.deepEqual(await pieces.next(), { done: true, value: undefined });
    await source.close();
  });
});
