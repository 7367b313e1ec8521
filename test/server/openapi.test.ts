import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import * as z from 'zod';
import { createApp, type AppParts } from '../../src/server/app.js';
import type { Source } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { startApp, type AppServer } from './app-server.js';
import { QUESTIONS, STORED_ID, type Document } from './api-questions.js';
import { ask } from './ask.js';
import { loadCaptured } from './fixture-database.js';

let folder: string;
let source: Source;
let server: AppServer;
let document: Document;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'db.sqlite');
  loadCaptured(path).close();
  source = await openDatabaseSource(path);
  server = await startApp(source, folder);
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

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    assert.deepEqual([valid, errors], [true, undefined]);
  });

  it('has every route of the app, by its own table, and the app has every route of it', () => {
    const { routes } = createApp({ source, files: new Map() } as unknown as AppParts);
    const served = routes.filter(({ method, path }) => method === 'GET' && /^\/api\/(?!\*)/.test(path));
    const paths = served.map(({ path }) => path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}'));
    assert.deepEqual(paths.sort(), Object.keys(document.paths).sort());
  });

  it('names every parameter: a name that it has for another route alone is refused', async () => {
    const named = (path: string): string[] => (document.paths[path]!.get.parameters ?? []).map(({ name }) => name);
    const all = new Set(Object.keys(document.paths).flatMap(named));
    for (const path of Object.keys(document.paths)) {
      for (const name of all) {
        if (named(path).includes(name)) continue;
        const filled = path.replace('{id}', STORED_ID).replace('{side}', 'request');
        const { status, text } = await ask(server.port, `${filled}?${name}=x`);
        assert.equal(status, 400, `${filled} ${name}`);
        assert.match(text, /There is no parameter/);
      }
    }
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
      call: STORED_ID,
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
        const address = `${path.replace('{id}', STORED_ID).replace('{side}', 'request')}?${name}=${encodeURIComponent(value)}${path.endsWith('/groups') && name !== 'by' ? '&by=model' : ''}${path.endsWith('/search') && name !== 'text' ? '&text=x' : ''}${beside[name] ?? ''}`;
        const answer = await ask(server.port, address);
        assert.equal(answer.status, 200, `${address}: ${answer.text}`);
        assert.equal(required, name === 'call' || name === 'text' || (name === 'by' && path.endsWith('/groups')));
      }
    }
  });
});
