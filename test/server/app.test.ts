import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { bodiesAnswer } from '../../src/api/body.js';
import { callDetail, callsAnswer } from '../../src/api/call.js';
import { problem, type Problem } from '../../src/api/problem.js';
import { ODD_ID, startCapturedApp, STORED, type CapturedApp } from './app-server.js';
import { ask, type Answer, type Asked } from './ask.js';
import { insertRows, readCaptured } from './fixture-database.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

let app: CapturedApp;

before(async () => {
  app = await startCapturedApp();
});

after(() => app.close());

const get = (target: string, asked?: Asked): Promise<Answer> => ask(app.port, target, asked);
const parse = <S extends z.core.$ZodType>(shape: S, answer: Answer): z.output<S> =>
  z.parse(shape, JSON.parse(answer.text));

describe('the API', () => {
  it('lists the calls that the daemon recorded', async () => {
    const answer = await get('/api/calls?limit=5');
    const { calls, total } = parse(callsAnswer, answer);
    assert.equal(answer.headers['content-type'], JSON_TYPE);
    assert.equal(calls.length, 5);
    assert.equal(total, readCaptured().requests.length + 1);
  });

  it('finds a call whose id needs percent-encoding', async () => {
    const answer = await get(`/api/calls/${encodeURIComponent(ODD_ID)}`);
    assert.equal(parse(callDetail, answer).id, ODD_ID);
  });

  it('answers bodies exactly as they are stored', async () => {
    for (const side of ['request', 'response'] as const) {
      const { headers, text } = await get(`/api/bodies/${String(STORED.request_id)}/${side}`);
      assert.equal(text, STORED[`${side}_body`]);
      assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'; sandbox");
    }
    assert.equal(
      parse(bodiesAnswer, await get(`/api/bodies?call=${String(STORED.request_id)}`)).bodies[0]!.state,
      'stored',
    );
  });

  it('says which state explains that there is no body', async () => {
    const answer = await get(`/api/bodies/${encodeURIComponent(ODD_ID)}/request`);
    assert.equal(answer.status, 404);
    const { bodies } = parse(bodiesAnswer, await get(`/api/bodies?call=${encodeURIComponent(ODD_ID)}`));
    assert.ok(parse(problem, answer).detail.includes(`state "${bodies[0]!.state}"`));
  });

  for (const [target, status, parameter] of [
    ['/api/calls?nonsense=1', 400, 'nonsense'],
    ['/api/calls?limit=0', 400, 'limit'],
    ['/api/calls?limit=5&limit=6', 400, 'limit'],
    ['/api/calls?last=30d&since=2026-01-01', 400, 'last'],
    ['/api/calls?tz=Mars/Olympus', 400, 'tz'],
    ['/api/calls?cursor=zzz', 400, 'cursor'],
    ['/api/projects?limit=5', 400, 'limit'],
    ['/api/status?x=1', 400, 'x'],
    ['/api/openapi.json?x=1', 400, 'x'],
    ['/api/pricing?at=yesterday', 400, 'at'],
    ['/api/bodies', 400, 'call'],
    ['/api/bodies?call=nobody', 400, 'call'],
    ['/api/calls/%ff', 400, 'id'],
    ['/api/calls/nobody', 404, undefined],
    ['/api/bodies/nobody/request', 404, undefined],
    ['/api/bodies/nobody/headers', 404, undefined],
    ['/api/nothing', 404, undefined],
    ['/api', 404, undefined],
    ['/%61pi/status', 404, undefined],
  ] as const) {
    it(`answers ${status} ${parameter === undefined ? '' : `naming ${parameter} `}to ${target}`, async () => {
      const answer = await get(target);
      assert.equal(answer.status, status);
      if (target.startsWith('/%')) return;
      assert.equal(answer.headers['content-type'], PROBLEM_TYPE);
      const told: Problem = parse(problem, answer);
      assert.equal(told.status, status);
      assert.equal(told.parameter, parameter);
    });
  }
});

describe('a tag', () => {
  it('is not current any more once the daemon has written, for any route that tells of it', async () => {
    const routes = ['/api/calls', '/api/projects', '/api/status', `/api/calls/${encodeURIComponent(ODD_ID)}`];
    const before = await Promise.all(routes.map((route) => get(route)));
    app.db.prepare('UPDATE requests SET cost_usd_minor_units = cost_usd_minor_units + 1 WHERE id = ?').run(ODD_ID);
    const [first] = readCaptured().requests;
    insertRows(app.db, 'requests', [{ ...first!, id: 'added-later' }]);
    for (const [index, route] of routes.entries()) {
      const answer = await get(route, { headers: { 'If-None-Match': before[index]!.headers.etag! } });
      assert.equal(answer.status, 200, route);
      assert.notEqual(answer.headers.etag, before[index]!.headers.etag);
    }
  });
});
