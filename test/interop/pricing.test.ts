import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { priceTokens, type Rates, type TokenCounts } from '../../src/api/price-tokens.js';
import { DatabaseReader } from '../../src/server/sources/database/database-reader.js';
import { listCommands } from '../../src/view/pricing-implied.js';
import { makeFolder, removeFolder } from '../built-server.js';
import { requestRow } from '../server/database-rows.js';
import { createDatabase, insertRows, type Row } from '../server/fixture-database.js';
import { seededRandom } from './call-plan.js';
import { findHaltonMeter, type HaltonMeter } from './find-halton-meter.js';
import { databasePath, runHaltonMeter } from './halton-cli.js';

const CALLS_OF_A_MODEL = 40;

/** What somebody who reads a provider's price list puts into the command. */
const TYPED: Readonly<Record<string, string>> = {
  INPUT: '1.25',
  OUTPUT: '10',
  THINKING: '11.5',
  CACHE_READ: '0.125',
  CACHE_WRITE: '0',
};
const TYPED_RATES: Rates = { input: 125_000, output: 1_000_000, thinking: 0, cacheRead: 12_500, cacheWrite: 0 };

/** What the published program knows of this model without publishing it. */
const INSIDE = { input: 250_000, output: 1_500_000, thinking: 1_500_000, cache_read: 25_000, cache_write: null };

interface Planned {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly tokens: TokenCounts;
}

function planCalls(): Planned[] {
  const random = seededRandom(5);
  const upTo = (most: number): number => Math.floor(random() * most);
  return [
    ['gemini', 'gemini-unpublished-9'],
    ['openai', 'gpt-5.4'],
  ].flatMap(([provider, model], kind) =>
    Array.from({ length: CALLS_OF_A_MODEL }, (_, place) => ({
      id: `${model}-${place}`,
      provider: provider!,
      model: model!,
      tokens: {
        input: upTo(60_000),
        output: upTo(4000),
        thinking: place % 2 === 0 ? upTo(3000) : 0,
        cacheRead: upTo(40_000),
        cacheWrite: kind === 0 ? upTo(100) : 0,
      },
    })),
  );
}

const rowOf = ({ id, provider, model, tokens }: Planned): Row =>
  requestRow({
    id,
    provider,
    model,
    mode: tokens.thinking > 0 ? 'thinking' : 'standard',
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    thinking_tokens: tokens.thinking,
    cache_read_tokens: tokens.cacheRead,
    cache_write_tokens: tokens.cacheWrite,
    cost_usd_minor_units: null,
  });

function beside(meter: HaltonMeter): void {
  const calls = planCalls();
  let home: string;
  let reader: DatabaseReader;

  const run = (command: string): Promise<string> => runHaltonMeter(meter, home, command.split(' ').slice(1));
  const readUnlisted = (implied = false) =>
    reader.pricing({ nowMs: Date.now(), config: null }, { implied }).unlisted.map((model) => ({
      ...{ provider: model.provider, model: model.model, calls: model.calls, costMillicents: model.cost_millicents },
      ...{ unpricedCalls: model.unpriced_calls, unpricedModes: model.unpriced_modes!, implied: model.implied },
    }));
  const commandsOf = (name: string): string[][] =>
    listCommands(
      readUnlisted()
        .map(({ implied: _, ...model }) => model)
        .find(({ model }) => model === name)!,
    ).map((words) => words.map(({ text }) => text));
  const costOf = (id: string): number | null => reader.call({ nowMs: 0, config: null }, id)!.cost_millicents;

  before(async () => {
    home = await makeFolder();
    const path = databasePath(home);
    await mkdir(dirname(path), { recursive: true });
    const db = createDatabase(path);
    insertRows(db, 'projects', [{ id: 'p1', name: 'p1', slug: 'p1', created_at: '2026-11-01 00:00:00.000000' }]);
    insertRows(db, 'requests', calls.map(rowOf));
    db.close();
    reader = new DatabaseReader(path);
  });

  after(async () => {
    reader.close();
    await removeFolder(home);
  });

  it('refuses the command that sets a rate as it is shown, and records nothing', async () => {
    const commands = commandsOf('gemini-unpublished-9');
    assert.equal(commands.length, 2);
    for (const words of commands) await assert.rejects(run(words.join(' ')), /is not a valid float/);
    assert.equal(readUnlisted().length, 2);
  });

  it('takes it with rates in place of its words, and prices the calls of each mode with them', async () => {
    for (const words of commandsOf('gemini-unpublished-9')) {
      await run(words.map((word) => TYPED[word] ?? word).join(' '));
    }
    await run('halton-meter recompute-costs --include-null');
    for (const { id, model, tokens } of calls) {
      if (model === 'gpt-5.4') continue;
      const rates = tokens.thinking > 0 ? { ...TYPED_RATES, thinking: 1_150_000 } : TYPED_RATES;
      assert.equal(costOf(id), priceTokens(tokens, rates), id);
    }
    assert.deepEqual(
      readUnlisted().map(({ model }) => model),
      ['gpt-5.4'],
    );
  });

  it('has inside the very rates that its calls imply', () => {
    const [openai] = readUnlisted(true);
    assert.equal(openai!.unpricedCalls, 0);
    const { step: _, calls: count, ...rates } = openai!.implied!;
    assert.deepEqual(rates, INSIDE);
    assert.equal(count, CALLS_OF_A_MODEL);
  });
}

const meter = await findHaltonMeter();
if ('missing' in meter) {
  console.log(`interop: skipped, ${meter.missing}`);
  it('prices calls by the commands that are shown', { skip: meter.missing });
} else {
  describe(`the prices beside halton-meter ${meter.version}`, () => beside(meter));
}
