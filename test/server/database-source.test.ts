import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { QueryError } from '../../src/api/query-error.js';
import { SourceError, type Source } from '../../src/server/source.js';
import { openDatabaseSource, type DatabaseSourceOptions } from '../../src/server/sources/database/database-source.js';
import { startWorker } from '../../src/server/sources/database/start-worker.js';
import { CIRCUMSTANCES, NOW_MS, openContents, requestRow, temporaryFolder } from './database-rows.js';
import { insertRows } from './fixture-database.js';
import { readAnswer } from './read-answer.js';

async function openSource(test: TestContext, path: string, options: DatabaseSourceOptions = {}): Promise<Source> {
  const source = await openDatabaseSource(path, { now: () => NOW_MS, ...options });
  test.after(() => source.close());
  return source;
}

const isBroken = (error: unknown): boolean => error instanceof SourceError && error.fault === 'broken';

/** Every database is large. */
const IN_THREAD: DatabaseSourceOptions = { largeBytes: 0 };

for (const { where, options } of [
  { where: 'in the server’s own thread', options: {} },
  { where: 'in a thread of its own', options: IN_THREAD },
]) {
  describe(`a database that is read ${where}`, () => {
    it('answers questions that were asked at once, each with its own answer', async (test) => {
      const requests = Array.from({ length: 20 }, (_, place) => requestRow({ id: `call-${place}` }));
      const { path } = openContents(test, { requests });
      const source = await openSource(test, path, options);
      const calls = await Promise.all(requests.map(({ id }) => readAnswer(source, 'call', String(id))));
      assert.deepEqual(
        calls.map((call) => call?.id),
        requests.map(({ id }) => id),
      );
    });

    it('hands errors over as what they are', async (test) => {
      const { path } = openContents(test, { requests: [requestRow({ id: 'a' })] });
      const source = await openSource(test, path, options);
      await assert.rejects(source.calls({ since: '2026-02-31' }), (error) => {
        return error instanceof QueryError && error.parameter === 'since' && error.message.includes('2026-02-31');
      });
      await assert.rejects(
        source.bodies(['nobody']),
        (error) => error instanceof QueryError && error.parameter === 'call',
      );
      const missing = join(temporaryFolder(test), 'db.sqlite');
      const nothing = await openSource(test, missing, options);
      for (const ask of [() => nothing.version(), () => nothing.status(), () => nothing.calls({})]) {
        await assert.rejects(ask, (error) => {
          return error instanceof SourceError && error.fault === 'missing' && error.message.includes(missing);
        });
      }
    });

    it('has another version when the calls or the daemon’s settings are others, and only then', async (test) => {
      const { path, db } = openContents(test, { requests: [requestRow({ id: 'a' })] });
      let config = CIRCUMSTANCES.config;
      const source = await openSource(test, path, { ...options, config: () => Promise.resolve(config) });
      const first = await source.version();
      await readAnswer(source, 'projects', {});
      assert.equal(await source.version(), first);
      insertRows(db, 'requests', [requestRow({ id: 'b' })]);
      const second = await source.version();
      assert.notEqual(second, first);
      config = { ...config!, enabled: false };
      assert.notEqual(await source.version(), second);
      assert.equal((await source.status()).capture?.enabled, false);
      assert.equal((await source.bodies(['b'])).bodies[0]?.state, 'off');
    });

    it('keeps up with a writer, and gives each answer of one moment', async (test) => {
      const { path, db } = openContents(test, {});
      const source = await openSource(test, path, options);
      let written = 0;
      while (written < 100) {
        const asked = Promise.all([readAnswer(source, 'projects', {}), source.calls({ limit: 1000 })]);
        for (let more = 0; more < 5; more++) insertRows(db, 'requests', [requestRow({ id: `call-${written++}` })]);
        const [projects, calls] = await asked;
        for (const { totals, listed } of [
          { totals: projects.totals, listed: projects.projects.reduce((sum, project) => sum + project.calls, 0) },
          { totals: calls.totals, listed: calls.calls.length },
        ]) {
          assert.equal(totals.calls, listed);
          assert.equal(totals.cost_millicents, listed * 45);
        }
      }
      assert.equal((await source.calls({})).total, 100);
      assert.equal((db.pragma('wal_checkpoint(truncate)') as { busy: number }[])[0]?.busy, 0);
    });

    it('shows a database that comes, goes and comes back, without being opened again', async (test) => {
      const { path: made } = openContents(test, { requests: [requestRow({ id: 'a' })] });
      const path = join(temporaryFolder(test), 'db.sqlite');
      const source = await openSource(test, path, options);
      await assert.rejects(source.calls({}), SourceError);
      for (const suffix of ['', '-wal']) copyFileSync(`${made}${suffix}`, `${path}${suffix}`);
      assert.equal((await source.calls({})).total, 1);
      rmSync(path);
      await assert.rejects(source.calls({}), (error) => error instanceof SourceError && error.fault === 'missing');
    });

    it('answers nothing more once it is closed', async (test) => {
      const { path } = openContents(test, { requests: [requestRow({ id: 'a' })] });
      const source = await openSource(test, path, options);
      await source.status();
      const unanswered = assert.rejects(source.calls({}), isBroken);
      await source.close();
      await unanswered;
      await assert.rejects(source.calls({}), isBroken);
      await source.close();
    });
  });
}

describe('a database that is read in a thread of its own', () => {
  it('says that it broke off when its thread dies, and answers again at the next question', async (test) => {
    const { path } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    const workers: Worker[] = [];
    const start = (file: string): Worker => {
      const worker = startWorker(file);
      workers.push(worker);
      return worker;
    };
    const source = await openSource(test, path, { ...IN_THREAD, start });
    assert.equal((await source.calls({})).total, 1);
    const version = await source.version();
    // No question is undefined, and the thread dies of it. Ended from outside while SQLite works, it would take us with it.
    workers[0]!.postMessage(undefined);
    const outcomes = await Promise.allSettled([source.calls({}), source.status()]);
    assert.ok(outcomes.every((outcome) => outcome.status === 'rejected' && isBroken(outcome.reason)));
    assert.equal((await source.calls({})).total, 1);
    assert.equal(workers.length, 2);
    assert.notEqual(await source.version(), version);
  });

  it('rejects what its thread never answered, with the reason', async (test) => {
    const { path } = openContents(test, {});
    const start = (): Worker =>
      new Worker(
        `require('node:worker_threads').parentPort.once('message', () => { throw new Error('out of luck'); })`,
        {
          eval: true,
        },
      );
    const source = await openSource(test, path, { ...IN_THREAD, start });
    await assert.rejects(source.calls({}), (error) => {
      return isBroken(error) && (error as Error).message.includes('out of luck');
    });
  });

  it('answers nothing more once it is closed, and ends its thread', async (test) => {
    const { path } = openContents(test, {});
    let worker: Worker | undefined;
    const source = await openSource(test, path, { ...IN_THREAD, start: (file) => (worker = startWorker(file)) });
    await source.status();
    const ended = once(worker!, 'exit');
    const unanswered = assert.rejects(source.calls({}), isBroken);
    await source.close();
    await unanswered;
    // Ended from outside it would be another: and while SQLite works, the end of the whole program.
    assert.deepEqual(await ended, [0]);
    await assert.rejects(source.calls({}), isBroken);
    await source.close();
  });
});

describe('a small database', () => {
  it('has no thread, until it is no longer small', async (test) => {
    const { path, db } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    const workers: Worker[] = [];
    const start = (file: string): Worker => {
      workers.push(startWorker(file));
      return workers.at(-1)!;
    };
    const source = await openSource(test, path, { start, largeBytes: 6_000_000 });
    const asked: Promise<{ total: number }>[] = [];
    for (let calls = 1; calls < 15_000; calls += 1500) {
      db.exec('begin');
      insertRows(
        db,
        'requests',
        Array.from({ length: 1500 }, (_, place) => requestRow({ id: `call-${calls + place}` })),
      );
      db.exec('commit');
      asked.push(source.calls({}));
      if (calls % 3000 === 1) await asked.at(-1);
      if (calls === 1) assert.equal(workers.length, 0);
    }
    const totals = (await Promise.all(asked)).map(({ total }) => total);
    assert.deepEqual(
      totals,
      totals.toSorted((a, b) => a - b),
    );
    assert.equal((await source.calls({})).total, 15_001);
    assert.equal(workers.length, 1);
  });

  it('goes to a thread while another program keeps it locked, and nobody else waits for that', async (test) => {
    const { path, db } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    db.pragma('journal_mode = delete');
    const workers: Worker[] = [];
    const start = (file: string): Worker => {
      workers.push(startWorker(file));
      return workers.at(-1)!;
    };
    const source = await openSource(test, path, { start });
    assert.equal((await source.calls({})).total, 1);
    assert.equal(workers.length, 0);
    db.exec('begin exclusive');
    const asked = Promise.all([source.calls({}), readAnswer(source, 'projects', {})]);
    void asked.catch(() => undefined);
    let turns = 0;
    const turning = setInterval(() => turns++, 10);
    await delay(600);
    clearInterval(turning);
    db.exec('rollback');
    const [calls] = await asked;
    assert.equal(calls.total, 1);
    assert.equal(workers.length, 1);
    // Two seconds of standing still would leave none of them.
    assert.ok(turns > 10, `${turns} turns`);
  });
});
