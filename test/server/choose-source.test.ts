import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseSource, isSameChoice, type Choice, type Surroundings } from '../../src/server/choose-source.js';
import type { Served } from '../../src/server/daemon-probe.js';

const URL_OF_DAEMON = 'http://127.0.0.1:8765';
const PATH = '/home/a/.halton-meter/db.sqlite';
const SHOWN = '~/.halton-meter/db.sqlite';
const API: Served = { kind: 'api', isDirect: true };
const V1: Served = { kind: 'v1' };

/** `database`: true, false for none, or why it can not be read. `daemon`: what it serves, null for neither, false for none. */
function makeSurroundings(database: boolean | string, daemon: Served | null | false): Surroundings {
  const state = { url: URL_OF_DAEMON, reachable: daemon !== false, version: null, active_requests: null };
  return {
    found:
      database === false
        ? { kind: 'none', looked: SHOWN }
        : { kind: 'found', path: PATH, shown: SHOWN, described: `the daemon's database ${SHOWN}`, isReadable: true },
    unreadable: typeof database === 'string' ? database : null,
    daemon: { state, serves: daemon === false ? null : daemon },
  };
}

const choose = (database: boolean | string, daemon: Served | null | false, current: Choice | null = null): Choice =>
  chooseSource('auto', makeSurroundings(database, daemon), current);

describe('with auto, what is shown', () => {
  it('is a daemon that serves /api, whatever else there is', () => {
    assert.deepEqual(choose(true, API), {
      kind: 'api',
      url: URL_OF_DAEMON,
      isDirect: true,
      reason: `Showing what the daemon at ${URL_OF_DAEMON} serves: this page asks it directly.`,
    });
    assert.equal(choose(false, API).kind, 'api');
  });

  it('says where pages can not ask that daemon themselves', () => {
    const choice = choose(true, { kind: 'api', isDirect: false });
    assert.match(choice.reason, /does not let this page ask it, so this server passes its answers on\.$/);
  });

  it('is else the database, if it can be read', () => {
    assert.equal(choose(true, V1).kind, 'database');
    assert.equal(choose(true, false).reason, `Showing the daemon's database ${SHOWN}, read only.`);
  });

  it('is else a daemon that serves /v1, and says why not its database', () => {
    assert.equal(
      choose('this user may not open the file', V1).reason,
      `Showing what the daemon at ${URL_OF_DAEMON} tells over /v1: its database ${SHOWN} can not be read here (this user may not open the file).`,
    );
    assert.equal(
      choose(false, V1).reason,
      `Showing what the daemon at ${URL_OF_DAEMON} tells over /v1: its database is not at ${SHOWN}.`,
    );
  });

  it('is a database that can not be read where there is nothing else: it tells itself what is wrong', () => {
    assert.equal(choose('it is no database', false).kind, 'database');
  });

  it('is a demo where there is nothing, which says so', () => {
    assert.equal(
      choose(false, false).reason,
      `No Halton Meter found here (looked for ${SHOWN} and ${URL_OF_DAEMON}): showing demo data.`,
    );
    assert.match(choose(false, null).reason, /^A Halton Meter daemon answers at .*: showing demo data\./);
  });

  it('is the real thing as soon as there is one, and never again made up', () => {
    const demo = choose(false, false);
    for (const [database, daemon] of [
      [true, false],
      [false, V1],
      [false, API],
    ] as const) {
      const real = choose(database, daemon, demo);
      assert.notEqual(real.kind, 'demo');
      const later = choose(false, false, real);
      assert.notEqual(later.kind, 'demo');
      assert.notEqual(choose(false, null, later).kind, 'demo');
    }
  });

  it('is the database while a daemon that served /api is away, and else what is waited for', () => {
    const api = choose(true, API);
    assert.equal(choose(true, false, api).kind, 'database');
    const waiting = choose(false, false, api);
    assert.equal(waiting.reason, `Waiting for a daemon that serves /api at ${URL_OF_DAEMON}: it does not answer.`);
    assert.equal(choose(false, API, waiting).kind, 'api');
  });
});

describe('a source that was asked for', () => {
  const ask = (source: 'api' | 'database' | 'v1', around: Surroundings, current: Choice | null = null): Choice =>
    chooseSource(source, around, current);

  it('is waited for in words, and nothing else takes its place', () => {
    assert.equal(
      ask('api', makeSurroundings(true, V1)).reason,
      `Waiting for a daemon that serves /api at ${URL_OF_DAEMON}: it answers, and does not serve /api.`,
    );
    assert.equal(
      ask('v1', makeSurroundings(true, false)).reason,
      `Waiting for a daemon that serves /v1 at ${URL_OF_DAEMON}: it does not answer.`,
    );
    assert.equal(
      ask('database', makeSurroundings(false, API)).reason,
      `Waiting for the database ${SHOWN}: there is no such file.`,
    );
  });

  it('is shown once it is there', () => {
    assert.equal(ask('api', makeSurroundings(true, API)).kind, 'api');
    assert.equal(ask('v1', makeSurroundings(true, V1)).kind, 'daemon');
    assert.equal(ask('database', makeSurroundings(true, API)).kind, 'database');
  });

  it('stays when it is silent for a while and can tell so itself', () => {
    const v1 = ask('v1', makeSurroundings(false, V1));
    assert.ok(isSameChoice(ask('v1', makeSurroundings(false, false), v1), v1));
    const database = ask('database', makeSurroundings(true, false));
    assert.ok(isSameChoice(ask('database', makeSurroundings(false, false), database), database));
  });
});

describe('two choices', () => {
  it('are the same thing to show whatever words they come with, but for what is waited for', () => {
    const one: Choice = { kind: 'database', path: PATH, reason: 'one' };
    assert.ok(isSameChoice(one, { ...one, reason: 'other' }));
    assert.ok(!isSameChoice(one, { ...one, path: '/elsewhere' }));
    const waiting: Choice = { kind: 'waiting', for: 'api', reason: 'one' };
    assert.ok(!isSameChoice(waiting, { ...waiting, reason: 'other' }));
  });
});
