import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { callsAnswer } from '../../src/api/call.js';
import { problem, type Problem } from '../../src/api/problem.js';
import { writeJson } from '../../src/server/contract.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { packError, unpackError } from '../../src/server/sources/database/messages.js';
import { SourceError, type Source, type SourceFault } from '../../src/server/source.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { startApp } from './app-server.js';
import { ask, type Answer } from './ask.js';
import { loadCaptured } from './fixture-database.js';

let folder: string;
let source: Source;

before(async () => {
  folder = await makeFolder();
  const path = join(folder, 'db.sqlite');
  loadCaptured(path).close();
  source = await openDatabaseSource(path);
});

after(async () => {
  await source.close();
  await removeFolder(folder);
});

/** What a server answers to `/api/calls`, and logs, when its real source answers in this way. */
async function askWith(json: () => Promise<never>): Promise<{ answer: Answer; told: Problem; log: string }> {
  const changed = new Proxy(source, {
    get: (real, name) => {
      if (name === 'json') return json;
      if (name === 'close') return () => Promise.resolve();
      const value: unknown = Reflect.get(real, name);
      return typeof value === 'function' ? (value.bind(real) as unknown) : value;
    },
  });
  const server = await startApp(changed, folder);
  const answer = await ask(server.port, '/api/calls');
  await server.close();
  return { answer, told: z.parse(problem, JSON.parse(answer.text)), log: server.log.join('\n') };
}

describe('a database that can not be read', () => {
  const TITLES: Readonly<Record<SourceFault, string>> = {
    missing: 'Database missing',
    unreadable: 'Database unreadable',
    locked: 'Database locked',
    'not-a-database': 'Not a database',
    damaged: 'Database damaged',
    'wrong-schema': 'Database of another kind',
    broken: 'Database reader broken',
    silent: 'Daemon silent',
    unusable: 'Daemon answers otherwise',
    copying: 'Still copying',
    waiting: 'Source not there',
    replaced: 'Source replaced',
  };

  for (const [fault, title] of Object.entries(TITLES) as [SourceFault, string][]) {
    it(`is told as 503, ${title}, in the words of the source`, async () => {
      const { answer, told, log } = await askWith(() => Promise.reject(new SourceError(fault, 'What is wrong.')));
      assert.equal(answer.status, 503);
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
      assert.equal(answer.headers.etag, undefined);
      assert.deepEqual(told, { type: 'about:blank', title, status: 503, detail: 'What is wrong.' });
      assert.equal(log, '');
    });
  }
});

describe('a fault of our own', () => {
  it('is told as 500 and logged by its place, without what was in it', async () => {
    const { answer, told, log } = await askWith(() => Promise.reject(new TypeError('secret value')));
    assert.equal(told.status, 500);
    assert.match(log, /^Unexpected fault: TypeError at .*app-faults/);
    assert.ok(!log.includes('secret') && !answer.text.includes('secret'));
  });

  it('that breaks the contract is not sent, and logged by its place, without the value', async () => {
    const whole = await source.calls({});
    const broken = { ...whole, calls: [{ ...whole.calls[0]!, input_tokens: 'secret' }] };
    const { answer, told, log } = await askWith(() => refuse(broken));
    assert.equal(told.status, 500);
    assert.match(told.detail, /broke the contract/);
    assert.equal(log, 'An answer broke the contract. calls.0.input_tokens: invalid_type');
    assert.ok(!answer.text.includes('secret'));
  });

  it('that breaks the contract inside recorded names does not log these names', async () => {
    const whole = await source.calls({});
    const { log } = await askWith(() => refuse({ ...whole, totals: { ...whole.totals, calls: -1 } }));
    assert.equal(log, 'An answer broke the contract. totals.calls: too_small');
  });
});

/** Rejects as a source does whose thread made this, which is no answer of the contract: through both threads. */
function refuse(broken: unknown): Promise<never> {
  try {
    writeJson(callsAnswer, broken);
  } catch (error) {
    return Promise.reject(unpackError(structuredClone(packError(error))));
  }
  throw new Error('It keeps the contract.');
}
