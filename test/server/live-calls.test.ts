import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callsEvent } from '../../src/api/events.js';
import type { WireCallsAnswer } from '../../src/api/call.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { startApp } from './app-server.js';
import { ask } from './ask.js';
import { openContents, requestRow, temporaryFolder } from './database-rows.js';
import { insertRows } from './fixture-database.js';
import { listenEvents } from './listen-events.js';

/** A minute of it with HM_LIVE_SECONDS=60, as the benchmark has it; less where every test is to be quick. */
const SECONDS = Number(process.env.HM_LIVE_SECONDS ?? 6);
const PER_SECOND = 50;
const EARLIER = 3000;

describe('a writer of fifty calls a second', { timeout: (SECONDS + 60) * 1000 }, () => {
  it('is followed without a lost call, one seen twice, or an error', async (test) => {
    const earlier = Array.from({ length: EARLIER }, (_, place) => requestRow({ id: `earlier-${place}` }));
    const { db, path } = openContents(test, { requests: earlier });
    const server = await startApp(await openDatabaseSource(path), temporaryFolder(test));
    test.after(() => server.close());
    const read = async (target: string): Promise<WireCallsAnswer> => {
      const answer = await ask(server.port, target);
      assert.equal(answer.status, 200, answer.text);
      return JSON.parse(answer.text) as WireCallsAnswer;
    };

    const written: string[] = [];
    const startMs = Date.now();
    const writer = setInterval(() => {
      const second = Math.floor(written.length / PER_SECOND);
      // Some calls were made before others that were written earlier: they took longer.
      const at = new Date(startMs + second * 1000 - (written.length % 7) * 900).toISOString();
      const id = `live-${written.length}`;
      insertRows(db, 'requests', [requestRow({ id, requested_at: `${at.slice(0, 23).replace('T', ' ')}000` })]);
      if (written.push(id) === SECONDS * PER_SECOND) clearInterval(writer);
    }, 1000 / PER_SECOND);
    test.after(() => clearInterval(writer));

    const listener = await listenEvents(server.port);
    const seen = new Set<string>();
    const follow = async (): Promise<void> => {
      while (seen.size < SECONDS * PER_SECOND) {
        const event = callsEvent.parse((await listener.nextOf('calls')).data);
        assert.ok(event.calls <= EARLIER + written.length);
        const { calls } = await read('/api/calls?limit=400');
        assert.equal(new Set(calls.map(({ id }) => id)).size, calls.length);
        for (const { id } of calls) if (id.startsWith('live-')) seen.add(id);
      }
    };
    const scroll = async (): Promise<string[]> => {
      const ids: string[] = [];
      let page = await read('/api/calls?limit=37');
      for (;;) {
        ids.push(...page.calls.map(({ id }) => id));
        if (page.next_cursor === null) return ids;
        page = await read(`/api/calls?limit=37&cursor=${page.next_cursor}`);
      }
    };
    const [, ids] = await Promise.all([follow(), scroll()]);
    listener.close();
    assert.deepEqual([...seen].sort(), [...written].sort());
    assert.equal(new Set(ids).size, ids.length, 'no call was on two pages');
    assert.equal(ids.filter((id) => id.startsWith('earlier-')).length, EARLIER);
    const { total, totals } = await read('/api/calls?limit=1');
    assert.equal(total, EARLIER + written.length);
    assert.equal(totals.cost_millicents, total * 45);
  });
});
