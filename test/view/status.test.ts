import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Status } from '../../src/daemon/status.js';
import { describeFreshness } from '../../src/view/status-line.js';
import { describeRequests, type Requests } from '../../src/view/status-requests.js';

const NOW = Date.parse('2026-11-24T14:02:14Z');

function makeStatus(newestCallAt: string | null, facts: Partial<Status> = {}): Status {
  return {
    source: 'database',
    daemon: { url: 'http://127.0.0.1:8765', reachable: true, version: '0.6.4' },
    database: {
      path: '~/.halton-meter/db.sqlite',
      schemaVersion: 19,
      calls: newestCallAt === null ? 0 : 1,
      newestCallAt,
    },
    capture: null,
    features: [],
    ...facts,
  };
}

const silent: Partial<Status> = {
  daemon: { url: 'http://127.0.0.1:8765', reachable: false, version: null },
};

describe('how fresh the data are', () => {
  it('is live while calls come in', () => {
    assert.deepEqual(describeFreshness(makeStatus('2026-11-24T14:02:11Z'), NOW), {
      word: 'Live',
      age: 'newest call 3 s ago',
    });
  });

  it('is idle after five minutes without a call', () => {
    assert.equal(describeFreshness(makeStatus('2026-11-24T13:57:15Z'), NOW).word, 'Live');
    assert.deepEqual(describeFreshness(makeStatus('2026-11-24T13:57:14Z'), NOW), {
      word: 'Idle',
      age: 'newest call 5 min ago',
    });
  });

  it('is neither where the daemon does not answer', () => {
    assert.deepEqual(describeFreshness(makeStatus('2026-11-24T14:02:11Z', silent), NOW), {
      word: '',
      age: 'Newest call 3 s ago',
    });
  });

  it('is live for a demo, which is its own daemon', () => {
    assert.equal(
      describeFreshness(makeStatus('2026-11-24T14:02:11Z', { ...silent, source: 'demo' }), NOW).word,
      'Live',
    );
  });

  it('is not known of calls that are not there, or not told of', () => {
    assert.deepEqual(describeFreshness(makeStatus(null), NOW), { word: '', age: 'No calls recorded yet' });
    assert.deepEqual(describeFreshness(makeStatus(null, { database: null }), NOW), { word: '', age: '' });
  });
});

const HOME = 'http://localhost:3000';
const own = new Set([HOME, 'http://127.0.0.1:8765']);

function makeRequests(origins: Record<string, number>, forgotten = 0): Requests {
  const total = Object.values(origins).reduce((sum, count) => sum + count, forgotten);
  return { total, forgotten, origins: new Map(Object.entries(origins)), lines: new Map() };
}

const say = (requests: Requests): string => {
  const { count, whom, elsewhere } = describeRequests(requests, own);
  return `${elsewhere ? '! ' : ''}[${count}]${whom}`;
};

describe('whom the page has asked', () => {
  it('is told in one phrase', () => {
    assert.equal(say(makeRequests({ [HOME]: 14 })), '[14 requests], all to localhost:3000');
    assert.equal(say(makeRequests({ [HOME]: 1 })), '[1 request] to localhost:3000');
    assert.equal(say(makeRequests({})), '[0 requests]');
  });

  it('names page and daemon where they are two', () => {
    assert.equal(
      say(makeRequests({ [HOME]: 12, 'http://127.0.0.1:8765': 2 })),
      '[14 requests] to localhost:3000 and 127.0.0.1:8765',
    );
  });

  it('warns of anybody else, by name', () => {
    assert.equal(
      say(makeRequests({ [HOME]: 12, 'https://example.com': 2 })),
      '! [2 of 14 requests] went elsewhere: example.com',
    );
    assert.equal(
      say(
        makeRequests({ [HOME]: 1, 'https://a.test': 1, 'https://b.test': 1, 'https://c.test': 1, 'https://d.test': 1 }),
      ),
      '! [4 of 5 requests] went elsewhere: a.test, b.test and 2 more',
    );
  });

  it('takes another port of this machine for somebody else', () => {
    assert.equal(
      say(makeRequests({ [HOME]: 1, 'http://localhost:4000': 1 })),
      '! [1 of 2 requests] went elsewhere: localhost:4000',
    );
  });

  it('does not claim to know requests that the browser has forgotten', () => {
    assert.equal(
      say(makeRequests({ [HOME]: 250 }, 62)),
      '[312 requests] to localhost:3000, and 62 the browser no longer tells of',
    );
  });
});
