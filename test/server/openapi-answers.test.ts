import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Database from 'libsql';
import * as z from 'zod';
import { openApiDocument } from '../../src/api/openapi.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { generateDemo } from '../../src/server/sources/demo/generate.js';
import { SourceError, type Source } from '../../src/server/source.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { QUESTIONS, STORED_ID, type Document, type JsonSchema } from './api-questions.js';
import { startApp, type AppServer } from './app-server.js';
import { ask, type Answer, type Asked } from './ask.js';
import { loadCaptured } from './fixture-database.js';
import { listenEvents } from './listen-events.js';

// Every status that the document names for a route, brought about on a real server, and what it answers then held to the
// document's own schemas. The routes and their statuses are the document's: a new one fails here until it is provoked.

const document = JSON.parse(JSON.stringify(openApiDocument())) as Document;

type ServerName = 'captured' | 'demo' | 'faulty' | 'broken' | 'bodiless' | 'full';
const servers = new Map<ServerName, AppServer>();
let folder: string;
let demoId: string;

/** A source whose every answer is this one. */
function replaceAnswers(source: Source, answer: (verb: string) => unknown): Source {
  return new Proxy(source, {
    get: (real, name) => {
      if (name === 'close') return () => Promise.resolve();
      const value: unknown = Reflect.get(real, name);
      if (typeof value !== 'function') return value;
      return (...words: unknown[]) => {
        const verb = name === 'json' ? String(words[0]) : String(name);
        return answer(verb) ?? (Reflect.apply(value, real, words) as unknown);
      };
    },
  });
}

before(async () => {
  folder = await makeFolder();
  const captured = join(folder, 'captured.sqlite');
  loadCaptured(captured).close();
  const demo = join(folder, 'demo.sqlite');
  const db = new Database(demo);
  generateDemo(db, { seed: 3, now: new Date(), calls: 300, days: 12 });
  const stored = 'SELECT request_id AS id FROM request_bodies WHERE request_body IS NOT NULL LIMIT 1';
  demoId = (db.prepare(stored).get() as { id: string }).id;
  db.close();
  const source = await openDatabaseSource(captured);
  const start = async (name: ServerName, shown: Source): Promise<void> => {
    servers.set(name, await startApp(shown, folder));
  };
  await start('captured', source);
  await start('demo', await openDatabaseSource(demo));
  await start(
    'faulty',
    replaceAnswers(source, () => Promise.reject(new SourceError('missing', 'It is gone.'))),
  );
  await start(
    'broken',
    replaceAnswers(source, () => Promise.reject(new TypeError('a fault of ours'))),
  );
  await start(
    'bodiless',
    replaceAnswers(source, (verb) => (/^(searchBodies|bodySummary)$/.test(verb) ? Promise.resolve(null) : undefined)),
  );
  await start(
    'full',
    replaceAnswers(source, () => undefined),
  );
});

after(async () => {
  for (const server of servers.values()) await server.close();
  await removeFolder(folder);
});

const portOf = (name: ServerName): number => servers.get(name)!.port;

const NAVIGATION = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Site': 'none' };
const MISSING: Readonly<Record<string, string>> = {
  '/api/calls/{id}': '/api/calls/nobody',
  '/api/bodies/{id}/{side}': '/api/bodies/nobody/response',
};

/** Brings a status about at a route; `question` is one that it would say yes to. */
const PROVOKED: Readonly<Record<string, (question: string, path: string) => Promise<Answer>>> = {
  304: async (question) => {
    const { etag } = (await ask(portOf('captured'), question)).headers;
    return ask(portOf('captured'), question, { headers: { 'If-None-Match': etag! } });
  },
  307: (question) => askCaptured(question, { host: `127.0.0.1:${portOf('captured')}`, headers: NAVIGATION }),
  400: (question) => askCaptured(`${question}${question.includes('?') ? '&' : '?'}nobody=1`),
  403: (question) => askCaptured(question, { headers: { Origin: 'http://localhost:1' } }),
  404: (question, path) =>
    MISSING[path] === undefined ? ask(portOf('bodiless'), question) : askCaptured(MISSING[path]),
  405: (question) => askCaptured(question, { method: 'DELETE' }),
  421: (question) => askCaptured(question, { host: 'evil.example' }),
  500: (question) => ask(portOf('broken'), question),
  503: (question, path) => {
    if (path !== '/api/events') return ask(portOf('faulty'), question);
    const { events, port } = servers.get('full')!;
    for (let count = 0; count < 200; count++) void events.open(null).getReader().read();
    return ask(port, question);
  },
};

const askCaptured = (question: string, asked?: Asked): Promise<Answer> => ask(portOf('captured'), question, asked);

const shapes = new Map<string, z.ZodType>();

/** Fails where a value is not what a schema of the document says. */
function conform(schema: { $ref?: string } & Record<string, unknown>, value: unknown): void {
  const key = JSON.stringify(schema);
  let shape = shapes.get(key);
  if (shape === undefined) {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    const named = name === undefined ? (schema as JsonSchema) : document.components.schemas[name]!;
    shapes.set(key, (shape = z.fromJSONSchema(named)));
  }
  assert.doesNotThrow(() => shape.parse(value));
}

/** Holds an answer to what the document says of it. */
function holdToDocument(path: string, { status, headers, text }: Answer): void {
  const described = document.paths[path]!.get.responses[status];
  assert.ok(described, `${status} is not named`);
  for (const name of Object.keys(described.headers ?? {})) assert.ok(headers[name.toLowerCase()], `no ${name}`);
  const type = headers['content-type']?.split(';', 1)[0];
  if (described.content === undefined) return assert.deepEqual([type, text], [undefined, '']);
  const content = described.content[type!];
  assert.ok(content, `${type} is not named`);
  if (type === 'text/csv') return holdCsv(text);
  if (type === 'text/plain') return;
  const isLines = type === 'application/jsonl' || type === 'application/x-ndjson';
  for (const piece of isLines ? text.split('\n').slice(0, -1) : [text]) conform(content.schema, JSON.parse(piece));
}

/** Its first line names fields of a call, and each other has as many values. */
function holdCsv(text: string): void {
  const [head, ...rows] = text.split('\r\n');
  const { properties } = document.components.schemas.Call as { properties: Record<string, unknown> };
  const names = head!.split(',');
  for (const name of names) assert.ok(Object.hasOwn(properties, name), name);
  assert.ok(rows.length > 1);
  for (const row of rows.slice(0, -1)) {
    const values = row.replace(/"(?:[^"]|"")*"/g, 'quoted').split(',');
    assert.equal(values.length, names.length, row);
  }
}

describe('each status that the OpenAPI document names', () => {
  for (const [path, { get }] of Object.entries(document.paths)) {
    const question = QUESTIONS[path]![0]!;
    const asked = question === '/api/events?since=2026-01-01' ? '/api/events' : question;
    for (const status of Object.keys(get.responses)) {
      if (status === '200') continue;
      it(`is answered by ${path}, as it is described: ${status}`, async () => {
        const provoke = PROVOKED[status];
        assert.ok(provoke, `no test brings ${status} about`);
        const answer = await provoke(asked, path);
        assert.equal(answer.status, Number(status), answer.text);
        holdToDocument(path, answer);
      });
    }
  }
});

describe('each answer of the API', () => {
  for (const name of ['captured', 'demo'] as const) {
    for (const [path, questions] of Object.entries(QUESTIONS)) {
      if (path === '/api/events') continue;
      it(`${path} is what the document says, over the ${name} database`, async () => {
        const statuses = new Set<number>();
        for (const question of questions) {
          const own = name === 'demo' ? question.replaceAll(STORED_ID, demoId) : question;
          const answer = await ask(portOf(name), own);
          statuses.add(answer.status);
          holdToDocument(path, answer);
          const { status, headers, text } = await ask(portOf(name), own, { method: 'HEAD' });
          assert.deepEqual(
            [status, headers['content-type'], text],
            [answer.status, answer.headers['content-type'], ''],
          );
        }
        assert.ok(statuses.has(200));
      });
    }
  }

  it('of events is what the document says, line by line', async () => {
    const { content } = document.paths['/api/events']!.get.responses['200']!;
    const listener = await listenEvents(portOf('captured'), { 'Last-Event-ID': 'of another run' });
    assert.equal(listener.response.headers['content-type'], 'text/event-stream; charset=utf-8');
    const schema = content!['text/event-stream']!.schema as { anyOf: { $ref: string }[] };
    conform(schema.anyOf[0]!, (await listener.nextOf('calls')).data);
    listener.close();
    const status = {
      url: 'http://127.0.0.1:8765',
      reachable: true,
      unreachable_since: null,
      version: '0.6.4',
      active_requests: 0,
    };
    conform(schema.anyOf[1]!, { daemon: status });
    conform(schema.anyOf[1]!, { daemon: null });
    assert.throws(() => conform(schema.anyOf[1]!, { daemon: {} }));
  });
});
