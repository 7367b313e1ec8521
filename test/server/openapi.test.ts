import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { startApp, type AppServer } from './app-server.js';
import { ask } from './ask.js';
import { loadCaptured, readCaptured } from './fixture-database.js';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Record<string, unknown> }[];
  readonly responses: Readonly<
    Record<string, { content?: Record<string, { schema: { $ref?: string; type?: string } }> }>
  >;
}

const id = String(readCaptured().request_bodies[0]!.request_id);

/** One question for each path of the document, with parameters that it names. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  '/api/status': ['/api/status'],
  '/api/projects': ['/api/projects', '/api/projects?provider=openai&priced=true&tz=Asia/Kathmandu'],
  '/api/calls': ['/api/calls', '/api/calls?sort=tokens&order=asc&limit=2&offset=3', '/api/calls?q=nothing+has+this'],
  '/api/calls/facets': ['/api/calls/facets', '/api/calls/facets?provider=openai'],
  '/api/calls/series': ['/api/calls/series', '/api/calls/series?bucket=week&by=model&tz=Asia/Kathmandu'],
  '/api/calls/groups': ['/api/calls/groups?by=day', '/api/calls/groups?by=workdir', '/api/calls/groups'],
  '/api/calls/strip': ['/api/calls/strip', '/api/calls/strip?columns=10&rows=5', '/api/calls/strip?q=nothing+has+this'],
  '/api/calls/reprice': [
    '/api/calls/reprice',
    '/api/calls/reprice?to_provider=gemini&to_model=gemini-2.5-pro&caching=none',
    '/api/calls/reprice?rates=1,2,3,4,5&q=nothing+has+this',
    '/api/calls/reprice?to_provider=gemini&to_model=nothing',
    '/api/calls/reprice?to_model=gemini-2.5-pro',
  ],
  '/api/calls.csv': ['/api/calls.csv', '/api/calls.csv?columns=id,model&sort=cost', '/api/calls.csv?columns=nothing'],
  '/api/calls.jsonl': ['/api/calls.jsonl', '/api/calls.jsonl?q=nothing+has+this', '/api/calls.jsonl?limit=2'],
  '/api/events': ['/api/events?since=2026-01-01'],
  '/api/calls/{id}': [`/api/calls/${id}`, '/api/calls/nobody'],
  '/api/bodies': [`/api/bodies?call=${id}`, '/api/bodies'],
  '/api/bodies/search': [
    '/api/bodies/search?text=a',
    '/api/bodies/search?text=a&q=nothing+has+this',
    '/api/bodies/search',
  ],
  '/api/bodies/summary': ['/api/bodies/summary', '/api/bodies/summary?provider=openai&last=30d'],
  '/api/bodies/{id}/{side}': [`/api/bodies/${id}/request`, '/api/bodies/nobody/response'],
  '/api/pricing': [
    '/api/pricing',
    '/api/pricing?history=true',
    '/api/pricing?implied=true',
    '/api/pricing?at=2026-01-01',
  ],
  '/api/openapi.json': ['/api/openapi.json', '/api/openapi.json?unknown=1'],
};

let folder: string;
let server: AppServer;
let document: Document;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'db.sqlite');
  loadCaptured(path).close();
  server = await startApp(await openDatabaseSource(path), folder);
  document = JSON.parse((await ask(server.port, '/api/openapi.json')).text) as Document;
});

after(async () => {
  await server.close();
  await removeFolder(folder);
});

describe('the OpenAPI document', () => {
  it('describes every route, and no other', () => {
    assert.equal(document.openapi, '3.1.0');
    assert.deepEqual(Object.keys(document.paths).sort(), Object.keys(QUESTIONS).sort());
    const ids = Object.values(document.paths).map(({ get }) => get.operationId);
    assert.equal(new Set(ids).size, ids.length);
  });

  for (const [path, questions] of Object.entries(QUESTIONS)) {
    for (const question of questions) {
      it(`is true of what ${question} answers`, async () => {
        const answer = await ask(server.port, question);
        const type = String(answer.headers['content-type']).split(';', 1)[0]!;
        const content = document.paths[path]!.get.responses[answer.status]?.content?.[type];
        assert.ok(content, `${answer.status} ${type} is not described`);
        const name = content.schema.$ref?.replace('#/components/schemas/', '');
        if (name === undefined) {
          assert.equal(content.schema.type, type.startsWith('text/') ? 'string' : 'object');
          return;
        }
        const shape = z.fromJSONSchema(document.components.schemas[name]!);
        const documents = ['application/jsonl', 'application/x-ndjson'].includes(type)
          ? answer.text.trimEnd().split('\n')
          : [answer.text];
        for (const text of documents) if (text !== '') assert.doesNotThrow(() => shape.parse(JSON.parse(text)));
      });
    }
  }

  it('names parameters as the server takes them', async () => {
    const examples: Readonly<Record<string, string>> = { integer: '20', boolean: 'true' };
    const special: Readonly<Record<string, string>> = {
      call: id,
      since: '2026-01-01',
      until: '2026-12-01',
      at: '2026-01-01',
      last: '30d',
      repeated_within: '10m',
      tz: 'Europe/London',
      cursor: '',
      like: 'model:x*',
      not: 'model:x',
      not_like: 'model:x*',
      body_state: 'stored',
      to_provider: 'gemini',
      to_model: 'gemini-2.5-pro',
      rates: '1,2,3,4,5',
    };
    const beside: Readonly<Record<string, string>> = {
      to_provider: '&to_model=gemini-2.5-pro',
      to_model: '&to_provider=gemini',
    };
    for (const [path, { get }] of Object.entries(document.paths)) {
      for (const { name, required, schema, ...rest } of get.parameters ?? []) {
        if (rest.in === 'path' || name === 'cursor') continue;
        const value =
          (name === 'columns' && schema.type === 'string' ? 'id,cost_millicents' : special[name]) ??
          (schema.enum as string[] | undefined)?.[0] ??
          examples[String(schema.type)] ??
          'x';
        const address = `${path.replace('{id}', id).replace('{side}', 'request')}?${name}=${encodeURIComponent(value)}${path.endsWith('/groups') && name !== 'by' ? '&by=model' : ''}${path.endsWith('/search') && name !== 'text' ? '&text=x' : ''}${beside[name] ?? ''}`;
        const answer = await ask(server.port, address);
        assert.equal(answer.status, 200, `${address}: ${answer.text}`);
        assert.equal(required, name === 'call' || name === 'text' || (name === 'by' && path.endsWith('/groups')));
      }
    }
  });
});
