import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { body as bodyShape, type WireBody } from '../../src/api/body.js';
import { QueryError } from '../../src/api/query-error.js';
import type { Circumstances, DatabaseReader } from '../../src/server/sources/database/database-reader.js';
import { bodyRow, CIRCUMSTANCES, openContents, projectRow, requestRow, type Contents } from './database-rows.js';
import type { Row } from './fixture-database.js';

function readBody(reader: DatabaseReader, id: string, circumstances: Circumstances = CIRCUMSTANCES): WireBody {
  const [body] = reader.bodies(circumstances, [id]).bodies;
  return bodyShape.parse(body);
}

/** The stored text in one piece, or why there is none. */
function readText(
  reader: DatabaseReader,
  id: string,
  side: 'request' | 'response',
  circumstances = CIRCUMSTANCES,
): unknown {
  const piece = reader.bodyPiece(circumstances, id, side, { start: 0, most: 1_000_000 });
  return piece.found === 'text' ? Buffer.from(piece.bytes).toString('utf8') : piece;
}

/** A call `a` and its body's row, if it has one. */
function openBody(test: TestContext, row: Row | null, contents: Contents = {}, call: Row = {}): DatabaseReader {
  return openContents(test, {
    requests: [requestRow({ id: 'a', ...call })],
    request_bodies: row === null ? [] : [bodyRow({ request_id: 'a', ...row })],
    ...contents,
  }).reader;
}

describe('a body', () => {
  it('comes back to the character, with nothing read into it', (test) => {
    const text = '{"n":12345678901234567890,"r":1.10,"nul":"a\\u0000b"}\r\n\uFEFF\u0000 é 🦊 \u2028 end';
    const reader = openBody(test, { request_body: `\uFEFF${text}`, response_body: '', response_body_bytes: 0 });
    assert.deepEqual(readText(reader, 'a', 'request'), `\uFEFF${text}`);
    assert.deepEqual(readText(reader, 'a', 'response'), '');
    const body = readBody(reader, 'a');
    assert.equal(body.state, 'stored');
    assert.equal(body.request.stored_bytes, Buffer.byteLength(`\uFEFF${text}`));
    assert.equal(body.response.stored_bytes, 0);
    assert.equal(body.response.bytes, 0);
  });

  it('that is no valid text does not end the server', (test) => {
    const { reader, db } = openContents(test, {
      requests: [requestRow({ id: 'a' })],
      request_bodies: [bodyRow({ request_id: 'a' })],
    });
    db.exec(`update request_bodies set request_body = cast(x'61ff62' as text), capture_error = cast(x'ff' as text),
      request_content_type = cast(x'fe' as text), redaction_summary = cast(x'ff' as text)`);
    db.exec(`update requests set model = cast(x'ff' as text), source_workdir = cast(x'c3' as text), status = cast(x'ff' as text),
      requested_at = cast(x'ff' as text), cost_usd_minor_units = cast(x'ff' as text), attribution_method = cast(x'ff' as text)`);
    db.exec(`update projects set name = cast(x'ff' as text), slug = cast(x'ff' as text)`);
    assert.deepEqual(readText(reader, 'a', 'request'), 'a\uFFFDb');
    assert.equal(readBody(reader, 'a').request.content_type, '\uFFFD');
    const [call] = reader.calls(CIRCUMSTANCES, { sort: 'cost' }).calls;
    assert.equal(call?.model, '\uFFFD');
    assert.equal(call.cost_millicents, null);
    assert.equal(reader.projects(CIRCUMSTANCES, { q: 'a' }).projects[0]?.name, '\uFFFD');
    assert.equal(reader.pricing(CIRCUMSTANCES, {}).unlisted[0]?.model, '\uFFFD');
    assert.equal(reader.status(CIRCUMSTANCES).database?.newest_call_at, null);
  });

  it('says how much was cut, of what type it is, and when it was captured and uploaded', (test) => {
    const reader = openBody(test, {
      request_body: 'abc',
      request_body_bytes: 900_088,
      request_truncated: 1,
      request_content_type: 'application/json',
      response_content_type: 'text/event-stream; charset=utf-8',
      streaming_incomplete: 1,
      uploaded_at: '2026-11-24 09:00:00.000000',
    });
    const body = readBody(reader, 'a');
    assert.deepEqual(body.request, {
      bytes: 900_088,
      stored_bytes: 3,
      truncated: true,
      content_type: 'application/json',
      error: null,
    });
    assert.equal(body.response.incomplete, true);
    assert.equal(body.response.truncated, false);
    assert.equal(body.captured_at, '2026-11-24T08:00:01.000000Z');
    assert.equal(body.uploaded_at, '2026-11-24T09:00:00.000000Z');
    assert.equal(reader.calls(CIRCUMSTANCES, {}).calls[0]?.body, 'truncated');
    assert.equal(reader.status(CIRCUMSTANCES).cloud?.uploaded_bodies, 1);
  });

  it('that could not be captured is failed, with the code, and no made-up size', (test) => {
    const reader = openBody(test, { request_body: null, response_body: null, capture_error: 'binary_body_skipped' });
    const body = readBody(reader, 'a');
    assert.equal(body.state, 'failed');
    assert.equal(body.reason, 'binary_body_skipped');
    assert.equal(body.request.bytes, null);
    assert.equal(body.request.error, 'binary_body_skipped');
    const failed = { found: 'nothing', state: 'failed', reason: 'binary_body_skipped' };
    assert.deepEqual(readText(reader, 'a', 'response'), failed);
    assert.equal(reader.calls(CIRCUMSTANCES, {}).calls[0]?.body, 'failed');
    assert.equal(reader.calls(CIRCUMSTANCES, { body: true }).total, 0);
  });

  it('of which one side failed has the other, and says which is which', (test) => {
    const reader = openBody(test, { request_body: 'ok', response_body: null, capture_error: 'response_decode_failed' });
    const body = readBody(reader, 'a');
    assert.equal(body.state, 'stored');
    assert.equal(body.request.error, null);
    assert.equal(body.response.error, 'response_decode_failed');
    assert.deepEqual(readText(reader, 'a', 'response'), {
      found: 'nothing',
      state: 'failed',
      reason: 'response_decode_failed',
    });
  });

  it('counts redactions as far as the note can be read', (test) => {
    const notes: [string | null, Record<string, number>][] = [
      ['{"jwt": 2, "brand_new": 1}', { jwt: 2, brand_new: 1 }],
      ['{"jwt": -1, "x": 1.5, "y": "3", "z": 0}', { z: 0 }],
      [
        '{"__proto__": 3, "constructor": 1}',
        JSON.parse('{"__proto__": 3, "constructor": 1}') as Record<string, number>,
      ],
      ['[1, 2]', {}],
      ['{"cut', {}],
      ['', {}],
      [null, {}],
    ];
    for (const [note, expected] of notes) {
      const reader = openBody(test, { redaction_summary: note });
      const { redactions } = reader.bodies(CIRCUMSTANCES, ['a']).bodies[0]!;
      assert.deepEqual(Object.entries(redactions), Object.entries(expected), String(note));
      const categories = reader.status(CIRCUMSTANCES).capture!.categories;
      assert.deepEqual(Object.entries(categories).sort(), Object.entries(expected).sort());
    }
  });

  it('of a call nobody knows is refused by name', (test) => {
    const reader = openBody(test, {});
    assert.throws(
      () => reader.bodies(CIRCUMSTANCES, ['a', 'nobody']),
      (error) => error instanceof QueryError && error.parameter === 'call' && error.message.includes('nobody'),
    );
    assert.deepEqual(readText(reader, 'nobody', 'request'), { found: 'no-call' });
  });
});

describe('a body that is not there', () => {
  const off = {
    project_settings: [{ project_id: 'p1', body_capture_enabled: 0, updated_at: '2026-11-24T07:00:00+00:00' }],
  };
  const withConfig = (change: Partial<NonNullable<Circumstances['config']>>): Circumstances => ({
    ...CIRCUMSTANCES,
    config: { ...CIRCUMSTANCES.config!, ...change },
  });

  function assertState(
    reader: DatabaseReader,
    state: string,
    reason: RegExp | null,
    circumstances = CIRCUMSTANCES,
  ): void {
    const body = readBody(reader, 'a', circumstances);
    assert.equal(body.state, state);
    if (reason === null) assert.equal(body.reason, null);
    else assert.match(body.reason ?? '', reason);
    assert.equal(body.request.stored_bytes, null);
    assert.deepEqual(readText(reader, 'a', 'request', circumstances), { found: 'nothing', state, reason: body.reason });
  }

  it('is off where the project was switched off before the call', (test) => {
    assertState(openBody(test, null, off), 'off', /for this project/);
  });

  it('is not off where the project was switched off only later', (test) => {
    assertState(openBody(test, null, off, { requested_at: '2026-11-24 06:59:59.000000' }), 'none', null);
  });

  it('is off where the daemon captures nothing', (test) => {
    assertState(openBody(test, null), 'off', /config\.toml/, withConfig({ enabled: false }));
  });

  it('is expired where the call is older than bodies are kept', (test) => {
    const reader = openBody(test, null, {}, { requested_at: '2026-11-16 11:59:59.000000' });
    assertState(reader, 'expired', /8 days/, withConfig({ retentionDays: 8 }));
    assertState(reader, 'none', null, withConfig({ retentionDays: 9 }));
    assertState(reader, 'none', null, { ...CIRCUMSTANCES, config: null });
  });

  it('is unavailable in a database that has no table for bodies, which shows all else', (test) => {
    const { reader, db } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    for (const table of ['request_bodies', 'project_settings', 'pricing_rates', 'cloud_state']) {
      db.exec(`drop table ${table}`);
    }
    assertState(reader, 'unavailable', /no table/);
    const status = reader.status(CIRCUMSTANCES);
    assert.equal(status.capture, null);
    assert.equal(status.cloud, null);
    assert.equal(status.features.includes('bodies'), false);
    assert.equal(reader.calls(CIRCUMSTANCES, {}).calls[0]?.body, 'none');
    assert.equal(reader.calls(CIRCUMSTANCES, { body: true }).total, 0);
    assert.equal(reader.calls(CIRCUMSTANCES, { body: false }).total, 1);
    assert.equal(reader.projects(CIRCUMSTANCES, {}).projects[0]?.capture, null);
    assert.deepEqual(reader.pricing(CIRCUMSTANCES, {}).rates, []);
    assert.equal(reader.call(CIRCUMSTANCES, 'a')?.audit, 'cannot');
  });
});

describe('an older database', () => {
  it('shows what it has, and null for what it never noted', (test) => {
    const { reader, db } = openContents(test, {
      projects: [projectRow({ id: 'p1' })],
      requests: [requestRow({ id: 'a', request_kind: 'chat', idempotency_key: 'key', billing_basis: 'imported' })],
      request_bodies: [bodyRow({ request_id: 'a' })],
    });
    db.exec('drop index if exists idx_requests_cloud_cursor');
    const newer = [
      'mode',
      'latency_ms',
      'tokens_complete',
      'recorded_at',
      'source_machine',
      'source_workdir',
      'attribution_method',
      'time_to_first_token_ms',
      'request_kind',
      'prompt_hash',
      'idempotency_key',
      'rates_source',
      'http_status_code',
      'provider_error_code',
      'error_class',
      'retryable',
      'billing_basis',
    ];
    for (const column of newer) db.exec(`alter table requests drop column ${column}`);
    for (const column of ['redaction_applied', 'redaction_summary', 'capture_error', 'streaming_incomplete']) {
      db.exec(`alter table request_bodies drop column ${column}`);
    }
    const [call] = reader.calls(CIRCUMSTANCES, {}).calls;
    assert.equal(call?.cost_millicents, 45);
    assert.equal(call.complete, true);
    assert.equal(call.billing, 'api');
    assert.equal(call.body, 'stored');
    for (const field of ['mode', 'kind', 'latency_ms', 'recorded_at', 'machine', 'prompt_hash', 'retryable'] as const) {
      assert.equal(call[field], null, field);
    }
    for (const sort of ['latency', 'ttft'] as const) assert.equal(reader.calls(CIRCUMSTANCES, { sort }).total, 1);
    assert.equal(reader.calls(CIRCUMSTANCES, { kind: [null], repeated: false, q: 'sonnet' }).total, 1);
    assert.equal(reader.calls(CIRCUMSTANCES, { prompt: 'h', min_latency: 0 }).total, 0);
    assert.equal(reader.projects(CIRCUMSTANCES, {}).projects[0]?.p95_latency_ms, null);
    assert.equal(reader.pricing(CIRCUMSTANCES, {}).bundled_date, null);
    assert.equal(readBody(reader, 'a').state, 'stored');
    assert.equal(reader.status(CIRCUMSTANCES).capture?.bodies, 1);
  });

  it('that is empty shows zeros and no averages', (test) => {
    const { reader } = openContents(test, { projects: [] });
    const { calls, totals, next_cursor } = reader.calls(CIRCUMSTANCES, {});
    assert.deepEqual([calls, next_cursor, totals.calls, totals.cost_millicents], [[], null, 0, 0]);
    assert.deepEqual(reader.projects(CIRCUMSTANCES, {}).projects, []);
    assert.deepEqual(reader.pricing(CIRCUMSTANCES, {}).unlisted, []);
    assert.equal(reader.status(CIRCUMSTANCES).database?.oldest_call_at, null);
  });
});
