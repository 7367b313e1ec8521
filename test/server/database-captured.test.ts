import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, after, describe, it } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { body } from '../../src/api/body.js';
import { call, callDetail, callsAnswer } from '../../src/api/call.js';
import { pricingAnswer } from '../../src/api/pricing.js';
import { projectsAnswer } from '../../src/api/project.js';
import type { Source } from '../../src/server/source.js';
import { openDatabaseSource } from '../../src/server/sources/database/database-source.js';
import { CIRCUMSTANCES, NOW_MS } from './database-rows.js';
import { loadCaptured, readCaptured, type Row } from './fixture-database.js';
import { readAnswer } from './read-answer.js';

describe('the calls that the published daemon recorded', () => {
  const captured = readCaptured();
  const rowOf = (id: string): Row => captured.requests.find((row) => row.id === id)!;
  const bodyOf = (id: string): Row => captured.request_bodies.find((row) => row.request_id === id)!;
  let folder: string;
  let source: Source;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hm-captured-'));
    loadCaptured(join(folder, 'db.sqlite')).close();
    source = await openDatabaseSource(join(folder, 'db.sqlite'), {
      config: () => Promise.resolve(CIRCUMSTANCES.config),
      now: () => NOW_MS,
    });
  });

  after(async () => {
    await source.close();
    rmSync(folder, { recursive: true });
  });

  it('are all listed, newest first, with the figures as they were stored', async () => {
    const answer = await source.calls({});
    callsAnswer.parse(answer);
    const newestFirst = [...captured.requests].sort((a, b) =>
      String(a.requested_at) < String(b.requested_at) ? 1 : -1,
    );
    assert.deepEqual(
      answer.calls.map(({ id }) => id),
      newestFirst.map(({ id }) => id),
    );
    for (const listed of answer.calls) {
      const row = rowOf(listed.id);
      assert.equal(listed.project, 'cap');
      assert.equal(listed.cost_millicents, row.cost_usd_minor_units);
      assert.equal(listed.latency_ms, row.latency_ms);
      assert.equal(listed.ttft_ms, row.time_to_first_token_ms);
      assert.equal(listed.input_tokens, row.input_tokens);
      assert.equal(listed.thinking_tokens, row.thinking_tokens);
      assert.equal(listed.complete, row.tokens_complete === 1);
      assert.equal(listed.requested_at, `${String(row.requested_at).replace(' ', 'T')}Z`);
      assert.equal(listed.prompt_hash, row.prompt_hash);
      assert.equal(listed.retryable, row.retryable === null ? null : row.retryable === 1);
      assert.equal(listed.body, bodyOf(listed.id).request_truncated === 1 ? 'truncated' : 'stored');
    }
  });

  it('keep unknown apart from free, and less than a millicent apart from both', async () => {
    const cut = (await source.calls({ complete: false, priced: false })).calls;
    assert.equal(cut.length, 4);
    for (const unknown of cut) {
      assert.equal(unknown.status, 'success');
      assert.equal(unknown.cost_millicents, null);
    }
    const [embedding] = (await source.calls({ model: ['text-embedding-3-small'] })).calls;
    assert.equal(embedding?.cost_millicents, 0);
    assert.equal(embedding.input_tokens, 12);
  });

  it('add up to sums that say how many calls have no price', async () => {
    const { totals, total } = await source.calls({ limit: 1 });
    const cost = captured.requests.reduce((sum, row) => sum + Number(row.cost_usd_minor_units ?? 0), 0);
    assert.equal(total, 18);
    assert.equal(totals.cost_millicents, cost);
    assert.equal(totals.unpriced_calls, 5);
    assert.equal(totals.incomplete_calls, 4);
    assert.equal(totals.failed_calls, 2);
    const unpriced = await source.calls({ priced: false });
    assert.equal(unpriced.totals.cost_millicents, null);
    assert.equal((await source.calls({ model: ['nobody-knows'] })).totals.cost_millicents, 0);
  });

  it('agree with the published rates wherever there is one, and say so where there is none', async () => {
    const audits = new Map<string, string[]>();
    for (const { id, provider, model } of (await source.calls({})).calls) {
      const detail = (await readAnswer(source, 'call', id))!;
      callDetail.parse(detail);
      const name = `${provider} ${model}`;
      audits.set(name, [...(audits.get(name) ?? []), detail.audit]);
      if (detail.audit === 'equal') assert.equal(detail.recomputed_millicents, detail.cost_millicents);
      else assert.equal(detail.recomputed_millicents, null);
    }
    assert.deepEqual(new Set(audits.get('anthropic claude-sonnet-4-6')), new Set(['equal']));
    assert.deepEqual(audits.get('gemini gemini-2.5-pro')?.sort(), ['cannot', 'equal']);
    assert.deepEqual(new Set(audits.get('openai gpt-5.4')), new Set(['cannot']));
    assert.equal(await readAnswer(source, 'call', 'no-such-call'), null);
  });

  it('give back every body to the character, and how much of it is kept', async () => {
    const ids = captured.requests.map(({ id }) => String(id));
    const { bodies } = await source.bodies(ids);
    assert.deepEqual(
      bodies.map(({ call_id }) => call_id),
      ids,
    );
    for (const known of bodies) {
      body.parse(known);
      const row = bodyOf(known.call_id);
      assert.equal(known.state, 'stored');
      for (const side of ['request', 'response'] as const) {
        const text = await source.bodyText(known.call_id, side);
        assert.equal(text.found, 'text');
        const pieces: Uint8Array[] = [];
        for await (const piece of text.pieces) pieces.push(piece);
        assert.equal(Buffer.concat(pieces).toString('utf8'), row[`${side}_body`]);
        assert.equal(known[side].bytes, row[`${side}_body_bytes`]);
        assert.equal(known[side].stored_bytes, Buffer.byteLength(String(row[`${side}_body`])));
        assert.equal(known[side].truncated, row[`${side}_truncated`] === 1);
      }
      assert.deepEqual(known.redactions, JSON.parse(String(row.redaction_summary ?? '{}')));
    }
  });

  it('stand in one project with its sums and the day they were made on', async () => {
    const answer = await readAnswer(source, 'projects', { tz: 'Pacific/Auckland' });
    projectsAnswer.parse(answer);
    const [project] = answer.projects;
    assert.equal(project?.slug, 'cap');
    assert.deepEqual(project.tags, [{ method: 'workdir', calls: 18 }]);
    assert.equal(project.top_model, 'claude-sonnet-4-6');
    assert.deepEqual(project.capture, { enabled: true, changed_at: null, bodies: 18, redacted: 14 });
    assert.deepEqual(project.daily, [{ date: '2026-11-24', calls: 18, cost_millicents: 6990 }]);
    assert.equal(answer.totals.cost_millicents, project.cost_millicents);
  });

  it('show the price list under the names that calls use, and the models that are not on it', async () => {
    const answer = await readAnswer(source, 'pricing', {});
    pricingAnswer.parse(answer);
    assert.deepEqual(
      answer.rates.map(({ provider, model, mode, calls }) => [provider, model, mode, calls]),
      [
        ['anthropic', 'claude-sonnet-4-6', 'standard', 6],
        ['anthropic', 'claude-sonnet-4-6', 'thinking', 0],
        ['gemini', 'gemini-2.5-pro', 'standard', 1],
        ['gemini', 'gemini-2.5-pro', 'thinking', 1],
      ],
    );
    const unlisted = new Map(answer.unlisted.map((model) => [model.model, model]));
    assert.equal(unlisted.get('claude-unheard-of-9')?.cost_millicents, null);
    assert.equal(unlisted.get('text-embedding-3-small')?.cost_millicents, 0);
    assert.equal(unlisted.has('gemini-2.5-pro'), false);
    assert.equal(answer.bundled_date, '2026-07-13');
  });

  it('are counted in the status, with what was captured and redacted', async () => {
    const status = await source.status();
    assert.equal(status.database?.calls, 18);
    assert.equal(status.database.schema_version, 19);
    assert.equal(status.database.newest_call_at, '2026-11-24T07:53:32.642884Z');
    assert.equal(status.capture?.truncated, 1);
    assert.equal(status.capture.retention_days, 90);
    assert.deepEqual(status.capture.categories, { anthropic_key: 20, openai_key: 20 });
    const stored = captured.request_bodies.reduce(
      (sum, row) => sum + Buffer.byteLength(String(row.request_body)) + Buffer.byteLength(String(row.response_body)),
      0,
    );
    assert.equal(status.capture.stored_bytes, stored);
  });

  it('have the shape of the contract, each of them', async () => {
    for (const listed of (await source.calls({})).calls) assert.deepEqual(call.parse(listed), listed);
  });
});
