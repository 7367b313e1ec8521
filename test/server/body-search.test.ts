import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod';
import { searchLine, type WireSearchHit, type WireSearchProgress } from '../../src/api/body-search.js';
import type { Source } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { streamBodySearch } from '../../src/server/search-bodies.js';
import { startApp, type AppServer } from './app-server.js';
import { ask } from './ask.js';
import {
  bodyRow,
  NOW_MS,
  openContents,
  projectRow,
  requestRow,
  temporaryFolder,
  type Contents,
} from './database-rows.js';
import { insertRows, type Row } from './fixture-database.js';

interface Searched {
  readonly hits: WireSearchHit[];
  readonly progress: WireSearchProgress[];
}

async function openSearched(test: TestContext, contents: Contents) {
  const { path, db } = openContents(test, contents);
  const source = await openDatabaseSource(path, { now: () => NOW_MS });
  const server = await startApp(source, temporaryFolder(test));
  test.after(() => server.close());
  return { path, db, source, server };
}

async function search(server: AppServer, query: Record<string, string>): Promise<Searched> {
  const { status, headers, text } = await ask(server.port, `/api/bodies/search?${new URLSearchParams(query)}`);
  assert.equal(status, 200, text);
  assert.equal(headers['content-type'], 'application/x-ndjson; charset=utf-8');
  const hits: WireSearchHit[] = [];
  const progress: WireSearchProgress[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const parsed = z.parse(searchLine, JSON.parse(line));
    if ('scanned' in parsed) progress.push(parsed);
    else hits.push(parsed);
  }
  return { hits, progress };
}

/** One call each, the later in the list the newer, with these requests and responses. */
function withBodies(bodies: readonly Row[]): Contents {
  const time = (place: number): string =>
    `2026-11-24 08:${String(Math.floor(place / 60)).padStart(2, '0')}:${String(place % 60).padStart(2, '0')}.000000`;
  return {
    requests: bodies.map((_, place) => requestRow({ id: `call-${place}`, requested_at: time(place) })),
    request_bodies: bodies.map((row, place) => bodyRow({ request_id: `call-${place}`, ...row })),
  };
}

const place = ({ call_id, side, count, at }: WireSearchHit): string => `${call_id} ${side} ${count}x at ${at}`;

describe('a search in bodies', () => {
  it('finds each body that holds the text, newest call first, and says where and how often', async (test) => {
    const { server } = await openSearched(
      test,
      withBodies([
        { request_body: 'an Apple and an apple', response_body: 'none' },
        { request_body: 'pears', response_body: 'APPLE' },
        { request_body: 'apple', response_body: 'pineapple' },
      ]),
    );
    const { hits, progress } = await search(server, { text: 'apple' });
    assert.deepEqual(hits.map(place), [
      'call-2 request 1x at 0',
      'call-2 response 1x at 4',
      'call-1 response 1x at 0',
      'call-0 request 2x at 3',
    ]);
    assert.deepEqual(progress[0], { scanned: 0, of: 3, calls: 3 });
    assert.deepEqual(progress.at(-1), { scanned: 3, of: 3, calls: 3 });
    const { project, provider, model, requested_at, excerpt } = hits[3]!;
    assert.deepEqual(
      [project, provider, model, requested_at, excerpt],
      ['slug-of-p1', 'anthropic', 'claude-sonnet-4-6', '2026-11-24T08:00:00.000000Z', 'an Apple and an apple'],
    );
  });

  it('looks only through calls of the filter', async (test) => {
    const { server } = await openSearched(test, {
      projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
      requests: [
        requestRow({ id: 'a' }),
        requestRow({ id: 'b', project_id: 'p2' }),
        requestRow({ id: 'c', project_id: 'p2' }),
      ],
      request_bodies: ['a', 'b'].map((id) => bodyRow({ request_id: id, request_body: 'here' })),
    });
    const { hits, progress } = await search(server, { text: 'here', project: 'slug-of-p2' });
    assert.deepEqual(hits.map(place), ['b request 1x at 0']);
    assert.deepEqual(progress.at(-1), { scanned: 1, of: 1, calls: 2 });
  });

  it('takes every character of the text for itself', async (test) => {
    const bodies = ['100% of_it', '100x ofxit', 'a.b', 'axb', 'a\u0000needle', 'C:\\path'];
    const { server } = await openSearched(test, withBodies(bodies.map((request_body) => ({ request_body }))));
    for (const [text, expected] of [
      ['0% of_', 'call-0 request 1x at 2'],
      ['a.b', 'call-2 request 1x at 0'],
      ['needle', 'call-4 request 1x at 2'],
      [':\\p', 'call-5 request 1x at 1'],
    ] as const) {
      assert.deepEqual((await search(server, { text })).hits.map(place), [expected], text);
    }
  });

  it('finds what JSON escapes, as it would be written in a prompt', async (test) => {
    const bodies = [
      JSON.stringify({ content: 'she said "no"\nand left' }),
      '{"content": "caf\\u00e9 in \\u041C\\u043e\\u0441\\u043a\\u0432\\u0430"}',
    ];
    const { server } = await openSearched(test, withBodies(bodies.map((request_body) => ({ request_body }))));
    for (const [text, call] of [
      ['"no"\nAND', 'call-0'],
      ['CAFÉ', 'call-1'],
      ['Café', 'call-1'],
    ] as const) {
      const { hits } = await search(server, { text });
      assert.deepEqual(
        hits.map(({ call_id }) => call_id),
        [call],
        text,
      );
    }
  });

  it('shows an excerpt around the place, which holds what was found where it says', async (test) => {
    const body = `${'🦊'.repeat(300)}Straße und STRASSE ${'🦊'.repeat(300)}`;
    const { server } = await openSearched(test, withBodies([{ request_body: body }]));
    const [hit] = (await search(server, { text: 'strasse' })).hits;
    assert.equal(hit?.count, 2);
    assert.equal(body.slice(hit.at, hit.at + hit.length), 'Straße');
    assert.equal(hit.excerpt.slice(hit.excerpt_at, hit.excerpt_at + hit.length), 'Straße');
    assert.doesNotThrow(() => encodeURIComponent(hit.excerpt), 'half a character');
    assert.ok(hit.excerpt.length < 400);
    assert.ok(body.includes(hit.excerpt));
  });

  it('finds what plain SQL and folded texts find, whatever is stored and asked for', async (test) => {
    const letters = fc.constantFrom(...'abkKſßSsiİıI\u212a\ufb01fé\u00c9Σςσ%_"\\\n\u0000🦊 .'.split(/(?:)/u));
    const texts = fc.string({ unit: letters, maxLength: 24 });
    const { server, db } = await openSearched(test, withBodies([]));
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ request_body: fc.option(texts), response_body: fc.option(texts) }), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.string({ unit: letters, minLength: 1, maxLength: 3 }),
        async (bodies, text) => {
          const project = `round-${round++}`;
          insertRows(db, 'projects', [projectRow({ id: project })]);
          for (const [at, row] of bodies.entries()) {
            const id = `${project}-${at}`;
            insertRows(db, 'requests', [requestRow({ id, project_id: project })]);
            insertRows(db, 'request_bodies', [bodyRow({ request_id: id, ...row })]);
          }
          const { hits, progress } = await search(server, { text, project: `slug-of-${project}` });
          const found = new Set(hits.map(({ call_id, side }) => `${call_id} ${side}`));
          const fold = (whole: string): string => whole.toLowerCase().toUpperCase();
          for (const [at, row] of bodies.entries()) {
            for (const side of ['request', 'response'] as const) {
              const body = row[`${side}_body`] ?? '';
              const isThere = fold(body).includes(fold(text));
              // Nothing stored here is an escape but a backslash before a quote, a backslash or what follows it.
              const isEscaped = fold(body).includes(fold(JSON.stringify(text).slice(1, -1)));
              assert.equal(found.has(`${project}-${at} ${side}`), isThere || isEscaped, JSON.stringify([body, text]));
            }
          }
          for (const { call_id, side, at, length, count } of hits) {
            const body = bodies[Number(call_id.split('-')[2])]![`${side}_body`]!;
            assert.ok(
              fold(body.slice(at, at + length)).includes(fold(text)) || text !== JSON.stringify(text).slice(1, -1),
            );
            if (text === JSON.stringify(text).slice(1, -1))
              assert.equal(count, fold(body).split(fold(text)).length - 1);
          }
          if (/^[abé🦊 .]+$/u.test(text) === false || text.includes('é')) return;
          const rows = db
            .prepare(
              `select count(*) from request_bodies b where request_id like ? and (instr(lower(request_body), ?) or instr(lower(response_body), ?))`,
            )
            .raw()
            .get([`${project}-%`, text, text]) as [number];
          assert.equal(new Set(hits.map(({ call_id }) => call_id)).size, rows[0]);
          assert.equal(progress.at(-1)?.scanned, progress.at(-1)?.of);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads bodies that are no valid text, that were cut and that failed', async (test) => {
    const { server, db } = await openSearched(
      test,
      withBodies([
        { request_body: 'x' },
        { request_body: '{"cut": "needle', request_truncated: 1 },
        { request_body: null, response_body: null, capture_error: 'binary_body_skipped' },
        { request_body: null, response_body: 'needle', capture_error: 'request_decode_failed' },
      ]),
    );
    db.exec(`update request_bodies set request_body = cast(x'ff6e6565646c65fe' as text) where request_id = 'call-0'`);
    db.exec(`update request_bodies set response_body = x'1f8b08006e6565646c65' where request_id = 'call-1'`);
    const { hits, progress } = await search(server, { text: 'needle' });
    assert.deepEqual(hits.map(place), [
      'call-3 response 1x at 0',
      'call-1 request 1x at 9',
      'call-1 response 1x at 4',
      'call-0 request 1x at 1',
    ]);
    assert.equal(hits.at(-1)?.excerpt, '\uFFFDneedle\uFFFD');
    assert.deepEqual(progress.at(-1), { scanned: 3, of: 3, calls: 4 });
  });

  it('has nothing to look through where capture is off, and says of how many calls', async (test) => {
    const { server } = await openSearched(test, { requests: [requestRow({ id: 'a' })] });
    assert.deepEqual(await search(server, { text: 'x' }), { hits: [], progress: [{ scanned: 0, of: 0, calls: 1 }] });
  });

  it('is told 404 by a database that has no table for bodies', async (test) => {
    const { server, db } = await openSearched(test, {});
    db.exec('drop table request_bodies');
    assert.equal((await ask(server.port, '/api/bodies/search?text=x')).status, 404);
  });

  it('is refused by name without a text, with one too long, and with what is no filter', async (test) => {
    const { server } = await openSearched(test, {});
    for (const [query, parameter] of [
      ['', 'text'],
      ['text=', 'text'],
      [`text=${'x'.repeat(1025)}`, 'text'],
      ['text=a&text=b', 'text'],
      ['text=a&since=2026-02-31', 'since'],
      ['text=a&limit=3', 'limit'],
    ] as const) {
      const answer = await ask(server.port, `/api/bodies/search?${query}`);
      assert.equal(answer.status, 400, query);
      assert.equal((JSON.parse(answer.text) as { parameter: string }).parameter, parameter);
    }
  });
});

describe('a long search', () => {
  const many = (calls: number, characters: number): Contents =>
    withBodies(Array.from({ length: calls }, () => ({ request_body: 'x'.repeat(characters), response_body: 'y' })));

  it('lets others be answered between its steps', async (test) => {
    const { source } = await openSearched(test, many(300, 200_000));
    const one = (await source.searchBodies({ text: 'nothing' }))!;
    const two = (await source.searchBodies({ text: 'nobody' }))!;
    const order: string[] = [];
    const steps = [one, two, one, two].map((each) => each.advance().then(() => order.push('step')));
    await source.version().then(() => order.push('version'));
    await Promise.all(steps);
    assert.equal(order.indexOf('version') <= 1, true, order.join(' '));
    assert.ok((await one.advance()).scanned < 300);
  });

  it('reads no more than is taken from it', async (test) => {
    const { source } = await openSearched(test, many(300, 200_000));
    let asked = 0;
    const counting: Pick<Source, 'searchBodies'> = {
      searchBodies: async (query) => {
        const begun = (await source.searchBodies(query))!;
        return { ...begun, advance: () => (asked++, begun.advance()) };
      },
    };
    const stream = await streamBodySearch(counting, { text: 'nothing' }, (fault) => assert.fail(String(fault)));
    const reader = stream!.getReader();
    for (let taken = 0; taken < 3; taken++) {
      await reader.read();
      for (let turns = 0; turns < 20; turns++) await source.version();
      assert.equal(asked, taken);
    }
    await reader.cancel();
    assert.equal(asked, 2);
  });

  it('ends when the one who reads it goes', async (test) => {
    const { source } = await openSearched(test, many(300, 200_000));
    let asked = 0;
    const counting = new Proxy(source, {
      get: (real, name) => {
        if (name === 'close') return () => Promise.resolve();
        if (name === 'searchBodies') {
          return async (query: Parameters<Source['searchBodies']>[0]) => {
            const begun = (await source.searchBodies(query))!;
            return { ...begun, advance: () => (asked++, begun.advance().then((step) => ({ ...step, scanned: 1 }))) };
          };
        }
        const value: unknown = Reflect.get(real, name);
        return typeof value === 'function' ? (value.bind(real) as unknown) : value;
      },
    });
    const server = await startApp(counting, temporaryFolder(test));
    test.after(() => server.close());
    const headers = { Host: `localhost:${server.port}` };
    const outgoing = request({ port: server.port, path: '/api/bodies/search?text=x', agent: false, headers });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(response, 'readable');
    response.on('error', () => undefined);
    outgoing.destroy();
    for (let times = 0; times < 2; times++) await ask(server.port, '/api/status');
    const known = asked;
    for (let times = 0; times < 5; times++) await ask(server.port, '/api/status');
    assert.equal(asked, known);
  });

  it('is cut off, not ended, when the tables change in its midst', async (test) => {
    const { source, db } = await openSearched(test, many(300, 200_000));
    const begun = (await source.searchBodies({ text: 'nothing' }))!;
    await begun.advance();
    db.exec('create table another (id integer)');
    await assert.rejects(begun.advance(), /replaced while it was being searched/);
  });
});
