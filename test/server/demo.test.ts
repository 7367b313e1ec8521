import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import Database from 'libsql';
import { priceTokens } from '../../src/api/price-tokens.js';
import { startDemo } from '../../src/server/sources/demo/demo.js';
import { generateDemo, type DemoOptions } from '../../src/server/sources/demo/generate.js';
import { LiveCalls } from '../../src/server/sources/demo/live.js';
import { removeStaleFolders } from '../../src/server/sources/private-folder.js';
import { parseResponse, readUsage } from './usage.js';

const NOW = new Date('2026-11-24T14:02:30Z');
const WORKER = new URL('demo-worker.mjs', import.meta.url);
const TABLES = ['projects', 'requests', 'request_bodies', 'project_settings', 'pricing_rates', 'cloud_state'];

type Values = Record<string, string | number | null>;

/** Rows with numbers and texts only, as plain objects. */
function select(db: Database.Database, sql: string): Values[] {
  return db.prepare(sql).all() as Values[];
}

/** The only value of the only row. */
function selectOne(db: Database.Database, sql: string): unknown {
  return (db.prepare(sql).raw().get() as unknown[])[0];
}

function selectList(db: Database.Database, sql: string): unknown[] {
  return db
    .prepare(sql)
    .raw()
    .all()
    .map((row) => (row as unknown[])[0]);
}

function generate(options: Partial<DemoOptions> = {}): Database.Database {
  const db = new Database(':memory:');
  generateDemo(db, { seed: 1, now: NOW, ...options });
  return db;
}

function hashAll(db: Database.Database): string {
  const hash = createHash('sha256');
  for (const table of TABLES) {
    for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY rowid`).raw().all()) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}

describe('the demo data', () => {
  let db: Database.Database;
  before(() => {
    db = generate();
  });
  after(() => db.close());

  it('is 90 days of about 24,000 calls that end now, in a dozen projects and more', () => {
    const calls = Number(selectOne(db, 'SELECT count(*) FROM requests'));
    assert.ok(calls > 23_000 && calls < 25_500, `${calls} calls`);
    const first = String(selectOne(db, 'SELECT min(requested_at) FROM requests'));
    const last = String(selectOne(db, 'SELECT max(recorded_at) FROM requests'));
    assert.match(first, /^2026-08-2[67] \d\d:\d\d:\d\d\.\d{6}$/);
    assert.match(last, /^2026-11-24 14:0[12]:\d\d\.\d{6}$/);
    assert.ok(Number(selectOne(db, 'SELECT count(DISTINCT project_id) FROM requests')) >= 12);
    assert.equal(selectOne(db, 'PRAGMA user_version'), 19);
    assert.deepEqual(selectList(db, 'SELECT 1 FROM pragma_foreign_key_check'), []);
  });

  it('is the same for the same seed and time, and another for another seed', () => {
    const options = { calls: 1500 };
    const [first, second, other] = [generate(options), generate(options), generate({ ...options, seed: 2 })];
    assert.equal(hashAll(first), hashAll(second));
    assert.notEqual(hashAll(first), hashAll(other));
    for (const opened of [first, second, other]) opened.close();
  });

  it('has the same calls without bodies as with them', () => {
    const [bare, full] = [generate({ calls: 1500, bodies: false }), generate({ calls: 1500 })];
    const ids = (opened: Database.Database): unknown[] => selectList(opened, 'SELECT id FROM requests ORDER BY rowid');
    assert.deepEqual(ids(bare), ids(full));
    assert.equal(selectOne(bare, 'SELECT count(*) FROM request_bodies'), 0);
    bare.close();
    full.close();
  });

  it('has every error class, with what the daemon notes of a failed call', () => {
    assert.deepEqual(selectList(db, "SELECT DISTINCT error_class FROM requests WHERE status = 'error' ORDER BY 1"), [
      'auth',
      'bad_request',
      'context_length_exceeded',
      'network',
      'permission',
      'quota_exceeded',
      'rate_limit',
      'server_error',
      'timeout',
      'unknown',
    ]);
    for (const row of select(db, "SELECT * FROM requests WHERE status = 'error'")) {
      assert.ok(Number(row['http_status_code']) >= 400);
      assert.match(String(row['error_message_hash']), /^[0-9a-f]{64}$/);
      assert.equal(row['input_tokens'], 0);
      assert.equal(row['tokens_complete'], 1);
      assert.equal(row['retryable'] === null, row['error_class'] === 'unknown');
      if (row['provider'] === 'anthropic') {
        assert.equal(row['cost_usd_minor_units'], 0);
        assert.notEqual(row['rates_source'], null);
      }
    }
  });

  it('has blocked calls, streams that broke off, streams without usage, and calls too cheap to cost a millicent', () => {
    const blocked = select(db, "SELECT * FROM requests WHERE status = 'blocked_by_policy'");
    assert.ok(blocked.length > 0);
    for (const row of blocked) {
      assert.deepEqual([row['cost_usd_minor_units'], row['http_status_code'], row['latency_ms']], [null, null, 0]);
    }
    const cut = 'FROM requests JOIN request_bodies ON request_id = id WHERE tokens_complete = 0 AND output_tokens > 0';
    assert.ok(Number(selectOne(db, `SELECT count(*) ${cut} AND streaming_incomplete = 1`)) >= 5);
    assert.equal(selectOne(db, `SELECT count(*) ${cut} AND streaming_incomplete = 0`), 0);
    const silent = `FROM requests WHERE status = 'success' AND tokens_complete = 0
      AND input_tokens + output_tokens = 0 AND cost_usd_minor_units IS NULL`;
    const mute = selectList(db, `SELECT DISTINCT provider ${silent}`);
    for (const provider of ['gemini', 'openai', 'xai']) assert.ok(mute.includes(provider), provider);
    assert.ok(
      Number(
        selectOne(
          db,
          `SELECT count(*) FROM requests WHERE cost_usd_minor_units = 0 AND input_tokens > 0 AND status = 'success'`,
        ),
      ) > 0,
    );
  });

  it('has unpriced models, imputed calls, overrides and both modes', () => {
    assert.deepEqual(
      selectList(
        db,
        `SELECT model FROM requests WHERE status = 'success' GROUP BY provider, model
         HAVING count(cost_usd_minor_units) = 0 AND sum(tokens_complete) > 0 ORDER BY model`,
      ),
      ['grok-4-fast', 'kimi-k3', 'mistral-large-2512', 'qwen3-max'],
    );
    assert.deepEqual(selectList(db, 'SELECT DISTINCT billing_basis FROM requests ORDER BY 1'), [
      null,
      'api',
      'imported',
      'subscription_imputed',
    ]);
    assert.deepEqual(selectList(db, 'SELECT DISTINCT rates_source FROM requests ORDER BY 1'), [
      null,
      'bundled-2026-07-13',
      'override',
    ]);
    assert.equal(selectOne(db, "SELECT count(*) FROM requests WHERE (mode = 'thinking') <> (thinking_tokens > 0)"), 0);
    assert.ok(Number(selectOne(db, 'SELECT count(*) FROM requests WHERE cache_write_tokens > 0')) > 1000);
    const sources = selectList(
      db,
      "SELECT DISTINCT source FROM pricing_rates WHERE effective_from > '2026-01-01' ORDER BY 1",
    );
    assert.deepEqual(sources, ['auto', 'operator']);
    assert.equal(
      selectOne(db, "SELECT count(*) FROM pricing_rates WHERE source = 'auto' AND last_verified_at IS NULL"),
      0,
    );
  });

  it('prices every Anthropic and Gemini call exactly by the one rate that was in force', () => {
    const rows = select(
      db,
      `SELECT r.*, count(*) AS matches, p.source, input_rate_per_million_minor_units AS i,
         output_rate_per_million_minor_units AS o, thinking_rate_per_million_minor_units AS t,
         cache_read_rate_per_million_minor_units AS cr, cache_write_rate_per_million_minor_units AS cw
       FROM requests r JOIN pricing_rates p
         ON p.provider = replace(r.provider, 'gemini', 'google') AND p.model = r.model AND p.mode = r.mode
         AND p.effective_from <= r.requested_at AND (p.effective_to IS NULL OR p.effective_to > r.requested_at)
       WHERE r.cost_usd_minor_units IS NOT NULL GROUP BY r.id`,
    );
    const priced = `SELECT count(*) FROM requests WHERE provider IN ('anthropic', 'gemini') AND cost_usd_minor_units IS NOT NULL`;
    assert.equal(rows.length, selectOne(db, priced));
    for (const row of rows) {
      const value = (key: string): number => Number(row[key]);
      assert.equal(row['matches'], 1);
      const tokens = {
        input: value('input_tokens'),
        output: value('output_tokens'),
        thinking: value('thinking_tokens'),
        cacheRead: value('cache_read_tokens'),
        cacheWrite: value('cache_write_tokens'),
      };
      const rates = {
        input: value('i'),
        output: value('o'),
        thinking: value('t'),
        cacheRead: value('cr'),
        cacheWrite: value('cw'),
      };
      assert.equal(row['cost_usd_minor_units'], priceTokens(tokens, rates));
      if (row['provider'] === 'anthropic') {
        assert.equal(row['rates_source'] === 'override', row['source'] !== 'bundled');
      }
    }
  });

  it('keeps bodies whose model and usage agree with the call, in each provider’s own format', () => {
    const formats = new Map<string, number>();
    const rows = select(
      db,
      `SELECT r.*, b.* FROM requests r JOIN request_bodies b ON request_id = r.id
       WHERE capture_error IS NULL AND status = 'success' AND request_truncated + response_truncated = 0`,
    );
    for (const row of rows) {
      const provider = String(row['provider']);
      const type = String(row['response_content_type']);
      const text = String(row['response_body']);
      const request = JSON.parse(String(row['request_body'])) as Record<string, unknown>;
      if (provider !== 'gemini') assert.equal(request['model'], row['model']);
      if (row['streaming_incomplete'] === 1) continue;
      const usage = readUsage(provider, text, type);
      const endpoint = 'input' in request ? (row['request_kind'] === 'embedding' ? 'embeddings' : 'responses') : 'chat';
      const format = `${provider} ${endpoint} ${text.startsWith('[') ? 'array' : type.startsWith('text/') ? 'stream' : 'whole'}`;
      formats.set(format, (formats.get(format) ?? 0) + 1);
      if (row['tokens_complete'] === 0) continue;
      assert.deepEqual(usage, {
        model: row['model'],
        input: row['input_tokens'],
        output: row['output_tokens'],
        thinking: row['thinking_tokens'],
        cacheRead: row['cache_read_tokens'],
        cacheWrite: row['cache_write_tokens'],
      });
    }
    for (const format of [
      'anthropic chat whole',
      'anthropic chat stream',
      'openai chat whole',
      'openai chat stream',
      'openai responses whole',
      'openai responses stream',
      'openai embeddings whole',
      'gemini chat whole',
      'gemini chat array',
      'gemini chat stream',
      'xai chat whole',
      'xai chat stream',
      'groq chat whole',
    ]) {
      assert.ok((formats.get(format) ?? 0) > 0, `no ${format}`);
    }
  });

  it('keeps the refusals of each provider in its own form', () => {
    const rows = select(
      db,
      `SELECT provider, provider_error_code AS code, response_body AS body, response_content_type AS type
       FROM requests JOIN request_bodies ON request_id = id WHERE status = 'error' AND response_body IS NOT NULL`,
    );
    for (const { provider, code, body, type } of rows) {
      if (code === null) assert.match(String(body), /^<html>/);
      else assert.ok(JSON.stringify(parseResponse(String(body), String(type))).includes(String(code)));
      assert.ok(provider);
    }
    assert.ok(new Set(rows.map(({ provider }) => provider)).size >= 4);
  });

  it('has long bodies, and some that were cut at 524,288 bytes', () => {
    const long = 'length(request_body) > 100000 OR length(response_body) > 100000';
    assert.ok(Number(selectOne(db, `SELECT count(*) FROM request_bodies WHERE ${long}`)) >= 12);
    const cut = selectList(
      db,
      `SELECT length(CAST(request_body AS BLOB)) FROM request_bodies WHERE request_truncated AND request_body_bytes > 524288
       UNION ALL
       SELECT length(CAST(response_body AS BLOB)) FROM request_bodies WHERE response_truncated AND response_body_bytes > 524288`,
    );
    assert.ok(cut.filter((bytes) => bytes === 524_288).length >= 3);
    assert.ok(cut.every((bytes) => Number(bytes) <= 524_288));
    assert.ok(Number(selectOne(db, 'SELECT sum(response_truncated) FROM request_bodies')) > 0);
  });

  it('has failed captures of every kind, redactions and projects whose capture is off', () => {
    const errors = 'SELECT DISTINCT capture_error FROM request_bodies WHERE capture_error IS NOT NULL ORDER BY 1';
    assert.deepEqual(selectList(db, errors), [
      'binary_body_skipped',
      'redaction_failed',
      'request_decode_failed',
      'response_decode_failed',
    ]);
    const redacted = select(db, 'SELECT * FROM request_bodies WHERE redaction_applied = 1');
    const categories = new Set<string>();
    for (const row of redacted) {
      for (const [category, count] of Object.entries(
        JSON.parse(String(row['redaction_summary'])) as Record<string, number>,
      )) {
        categories.add(category);
        assert.ok(count > 0);
      }
      assert.match(`${row['request_body']}${row['response_body']}`, /\[REDACTED:\w+\]/);
    }
    for (const category of ['anthropic_key', 'openai_key', 'stripe_secret', 'jwt'])
      assert.ok(categories.has(category), category);
    assert.equal(
      selectOne(
        db,
        `SELECT count(*) FROM request_bodies b JOIN requests r ON r.id = request_id JOIN project_settings s USING (project_id)
         WHERE body_capture_enabled = 0 AND replace(substr(updated_at, 1, 19), 'T', ' ') < requested_at`,
      ),
      0,
    );
    assert.deepEqual(
      selectList(
        db,
        'SELECT slug FROM projects JOIN project_settings ON project_id = id WHERE body_capture_enabled = 0 ORDER BY 1',
      ),
      ['billing-export', 'mac:com.acme.notes'],
    );
    assert.match(String(selectOne(db, 'SELECT updated_at FROM project_settings')), /^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/);
  });

  it('says the same in calls with the same prompt hash', () => {
    const prompts = new Map<unknown, string>();
    const rows = select(
      db,
      `SELECT prompt_hash, provider, model, request_body FROM requests JOIN request_bodies ON request_id = id
       WHERE request_body IS NOT NULL AND request_truncated = 0 AND provider = 'anthropic'`,
    );
    let repeated = 0;
    for (const row of rows) {
      const { messages } = JSON.parse(String(row['request_body'])) as { messages?: unknown };
      const key = `${row['prompt_hash']} ${row['provider']}`;
      const said = JSON.stringify(messages ?? null);
      const before = prompts.get(key);
      if (before !== undefined) {
        repeated++;
        assert.equal(said, before);
      }
      prompts.set(key, said);
    }
    assert.ok(repeated > 20, `${repeated} repeated`);
  });

  it('shows how calls were attributed in many ways, who called and from where', () => {
    assert.ok(Number(selectOne(db, 'SELECT count(DISTINCT attribution_method) FROM requests')) >= 16);
    assert.ok(Number(selectOne(db, 'SELECT count(*) FROM requests WHERE attribution_method IS NULL')) > 0);
    assert.deepEqual(selectList(db, 'SELECT DISTINCT request_kind FROM requests ORDER BY 1'), [
      null,
      'chat',
      'embedding',
      'tool',
      'unknown',
    ]);
    assert.ok(selectList(db, 'SELECT DISTINCT source_machine FROM requests').includes('mbp-14'));
    assert.ok(Number(selectOne(db, 'SELECT count(idempotency_key) FROM requests')) > 100);
    assert.equal(selectOne(db, 'SELECT count(*) FROM projects WHERE archived_at IS NOT NULL'), 1);
    assert.equal(selectOne(db, 'SELECT count(*) FROM requests WHERE recorded_at <= requested_at'), 0);
  });

  it('goes on with calls that end at the time given', () => {
    const grown = generate({ calls: 600 });
    const known = Number(selectOne(grown, 'SELECT count(*) FROM requests'));
    const live = new LiveCalls(grown, { seed: 1, generatedAt: NOW });
    const ids = Array.from({ length: 60 }, (_, index) => live.addCall(new Date(NOW.getTime() + (index + 1) * 4000)));
    assert.equal(new Set(ids).size, 60);
    assert.equal(selectOne(grown, 'SELECT count(*) FROM requests'), known + 60);
    assert.match(String(selectOne(grown, 'SELECT max(recorded_at) FROM requests')), /^2026-11-24 14:06:/);
    grown.close();
  });
});

describe('startDemo', () => {
  it('makes a private folder with a database, adds calls to it and removes the folder when stopped', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'hm-elements-test-'));
    const demo = await startDemo({ seed: 1, now: NOW, directory, calls: 400, everyMs: [1, 5], worker: WORKER });
    const folder = dirname(demo.path);
    assert.match(folder, /hm-elements-demo-[A-Za-z0-9]{6}$/);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(statSync(demo.path).mode & 0o777, 0o600);
    const db = new Database(demo.path);
    assert.equal(selectOne(db, 'PRAGMA journal_mode'), 'wal');
    const count = (): number => Number(selectOne(db, 'SELECT count(*) FROM requests'));
    const first = count();
    // The state that ends the wait; the run's own time limit is the only other end.
    while (count() < first + 3) await pause(5);
    db.close();
    await demo.stop();
    assert.equal(existsSync(folder), false);
    rmSync(directory, { recursive: true });
  });

  it('leaves nothing behind when the database cannot be made', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'hm-elements-test-'));
    const worker = new URL('data:text/javascript,throw new Error("disk full")');
    await assert.rejects(startDemo({ seed: 1, now: NOW, directory, worker }), /disk full/);
    assert.deepEqual(readdirSync(directory), []);
    rmSync(directory, { recursive: true });
  });

  it('removes what killed demos left, and nothing that is alive or only looks like it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'hm-elements-test-'));
    const make = (name: string, pid: string | null): string => {
      const folder = join(directory, name);
      mkdirSync(folder);
      if (pid !== null) writeFileSync(join(folder, 'pid'), pid);
      return folder;
    };
    // No system has a process of this number.
    const dead = make('hm-elements-demo-Ab12Cd', '999999999');
    make('hm-elements-demo-Ef34Gh', String(process.pid));
    make('hm-elements-demo-Ij56Kl', null);
    make('hm-elements-demo-Mn78Op', '-1');
    make('hm-elements-demo-notes-of-mine', '999999999');
    assert.deepEqual(removeStaleFolders(directory), [dead]);
    assert.equal(readdirSync(directory).length, 4);
    rmSync(directory, { recursive: true });
  });
});
