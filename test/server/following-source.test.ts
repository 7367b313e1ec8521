import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FollowingSource } from '../../src/server/following-source.js';
import { SourceError, type Source } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { makeWaitingSource } from '../../src/server/sources/waiting-source.js';
import { openContents, projectRow, requestRow } from './database-rows.js';

async function openCalls(test: TestContext, ids: readonly string[]): Promise<Source> {
  const { path } = openContents(test, {
    projects: [projectRow({ id: 'p1' })],
    requests: ids.map((id) => requestRow({ id })),
  });
  return openDatabaseSource(path);
}

function isFault(fault: string): (error: unknown) => boolean {
  return (error) => error instanceof SourceError && error.fault === fault;
}

describe('a source that another takes the place of', () => {
  it('answers from the one that is shown, under another version, and has all read anew', async (test) => {
    const following = new FollowingSource(await openCalls(test, ['a']));
    test.after(() => following.close());
    const before = await following.changes();
    const version = await following.version();
    following.show(await openCalls(test, ['b', 'c']));
    const after = await following.changes();
    assert.deepEqual([before.calls, after.calls], [1, 2]);
    assert.ok(after.marks.file > before.marks.file);
    assert.notEqual(await following.version(), version);
    following.show(makeWaitingSource('Waiting for it.'));
    await assert.rejects(following.changes(), isFault('waiting'));
    assert.equal((await following.status()).database, null);
    following.show(await openCalls(test, ['d']));
    assert.ok((await following.changes()).marks.file > after.marks.file);
  });

  it('lets what was asked of it end before it is closed', async (test) => {
    const first = await openCalls(test, ['a']);
    let isClosed = false;
    let answer!: () => void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const slow: Source = {
      ...makeWaitingSource(''),
      status: async () => {
        await held;
        assert.ok(!isClosed);
        return first.status();
      },
    };
    const following = new FollowingSource(slow, async () => {
      isClosed = true;
      await first.close();
    });
    test.after(() => following.close());
    const asked = following.status();
    following.show(makeWaitingSource('Waiting for it.'));
    await turn();
    assert.ok(!isClosed);
    assert.equal((await following.status()).database, null);
    answer();
    assert.equal((await asked).database!.calls, 1);
    while (!isClosed) await turn();
  });

  it('goes on with no list and no search that was begun with another', async (test) => {
    const following = new FollowingSource(await openCalls(test, ['a', 'b', 'c']));
    test.after(() => following.close());
    const { next_cursor: cursor } = await following.calls({ limit: 2 });
    assert.equal((await following.calls({ limit: 2, cursor } as never)).calls.length, 1);
    following.show(await openCalls(test, ['d', 'e', 'f']));
    await assert.rejects(following.calls({ limit: 2, cursor } as never), isFault('replaced'));
    assert.equal((await following.calls({ limit: 2 })).calls.length, 2);
  });

  it('is closed at once when the server ends, and those before it', async (test) => {
    const closed: string[] = [];
    const never: Source = { ...makeWaitingSource(''), status: () => new Promise(() => undefined) };
    const following = new FollowingSource(never, () => Promise.resolve(void closed.push('first')));
    void following.status();
    following.show(await openCalls(test, ['a']));
    await following.close();
    assert.deepEqual(closed, ['first']);
  });
});
