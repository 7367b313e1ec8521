import { priceTokens, type Rates, type TokenCounts } from '../../../api/price-tokens.js';
import { DAY_MS, formatStored } from './clock.js';
import { type Random } from './random.js';

/** What the daemon stamps on calls that it priced from the rates it ships. */
const BUNDLED_RATES = 'bundled-2026-07-13';
const MODES = ['standard', 'thinking'] as const;

/** US dollars per million tokens: input, output (thinking costs the same), cache read, cache write. */
type Dollars = readonly [input: number, output: number, cacheRead: number, cacheWrite: number];

/** A rate that replaced another inside the window. */
interface Change {
  readonly daysAgo: number;
  readonly source: 'operator' | 'auto';
  readonly dollars: Dollars;
}

interface PricedModel {
  readonly provider: 'anthropic' | 'google';
  readonly model: string;
  readonly dollars: Dollars;
  readonly changes?: readonly Change[];
}

const PUBLISHED: readonly PricedModel[] = [
  { provider: 'anthropic', model: 'claude-opus-4-5', dollars: [5, 25, 0.5, 6.25] },
  { provider: 'anthropic', model: 'claude-opus-4-6', dollars: [5, 25, 0.5, 6.25] },
  { provider: 'anthropic', model: 'claude-opus-4-8', dollars: [5, 25, 0.5, 6.25] },
  { provider: 'anthropic', model: 'claude-sonnet-4-5', dollars: [3, 15, 0.3, 3.75] },
  {
    provider: 'anthropic',
    model: 'claude-sonnet-4-6',
    dollars: [3, 15, 0.3, 3.75],
    // A negotiated discount, and its renewal.
    changes: [
      { daysAgo: 58, source: 'operator', dollars: [2.85, 14.25, 0.285, 3.5625] },
      { daysAgo: 12, source: 'operator', dollars: [2.7, 13.5, 0.27, 3.375] },
    ],
  },
  { provider: 'anthropic', model: 'claude-sonnet-5', dollars: [3, 15, 0.3, 3.75] },
  {
    provider: 'anthropic',
    model: 'claude-haiku-4-5',
    dollars: [1, 5, 0.1, 1.25],
    changes: [{ daysAgo: 30, source: 'auto', dollars: [0.9, 4.5, 0.09, 1.125] }],
  },
  { provider: 'anthropic', model: 'claude-haiku-4-5-20251001', dollars: [1, 5, 0.1, 1.25] },
  { provider: 'anthropic', model: 'claude-3-5-haiku-latest', dollars: [0.8, 4, 0.08, 1] },
  { provider: 'google', model: 'gemini-2.5-pro', dollars: [1.25, 10, 0.125, 0] },
  { provider: 'google', model: 'gemini-2.5-flash', dollars: [0.3, 2.5, 0.03, 0] },
  { provider: 'google', model: 'gemini-2.5-flash-lite', dollars: [0.1, 0.4, 0.01, 0] },
  { provider: 'google', model: 'gemini-3-flash-preview', dollars: [0.5, 3, 0.05, 0] },
  {
    provider: 'google',
    model: 'gemini-3.1-pro-preview',
    dollars: [2, 12, 0.2, 0],
    changes: [{ daysAgo: 23, source: 'auto', dollars: [1.8, 10.8, 0.18, 0] }],
  },
  { provider: 'google', model: 'gemini-3.5-flash', dollars: [1.5, 9, 0.15, 0] },
];

/** What the daemon knows without publishing a row for it. */
const INSIDE: ReadonlyMap<string, Dollars> = new Map([
  ['openai gpt-5.4', [2.5, 15, 0.25, 0]],
  ['openai gpt-5.4-mini', [0.75, 4.5, 0.075, 0]],
  ['openai gpt-5.4-nano', [0.2, 1.25, 0.02, 0]],
  ['openai gpt-5.3-codex', [1.75, 14, 0.175, 0]],
  ['openai gpt-4.1-mini', [0.4, 1.6, 0.1, 0]],
  ['openai gpt-4o-mini', [0.15, 0.6, 0.075, 0]],
  ['openai text-embedding-3-small', [0.02, 0, 0, 0]],
  ['openai text-embedding-3-large', [0.13, 0, 0, 0]],
  ['xai grok-4', [1.25, 2.5, 0.2, 0]],
  ['xai grok-4.5', [2, 6, 0.5, 0]],
  ['groq llama-3.3-70b-versatile', [0.59, 0.79, 0, 0]],
]);

/** One row of `pricing_rates`, columns in the table's order. */
export type RateRow = readonly [
  id: string,
  provider: string,
  model: string,
  mode: string,
  effectiveFrom: string,
  effectiveTo: string | null,
  input: number,
  output: number,
  thinking: number,
  cacheRead: number,
  cacheWrite: number,
  lastVerifiedAt: string | null,
  isSeedDefault: number,
  source: string,
];

interface Period {
  readonly fromMs: number;
  readonly source: 'bundled' | 'operator' | 'auto';
  readonly rates: Rates;
}

/** A price as the daemon would record it; null where nobody priced the model. */
export interface Price {
  readonly costMillicents: number | null;
  readonly ratesSource: string | null;
}

function toRates([input, output, cacheRead, cacheWrite]: Dollars): Rates {
  const millicents = (dollars: number): number => Math.round(dollars * 100_000);
  return {
    input: millicents(input),
    output: millicents(output),
    thinking: millicents(output),
    cacheRead: millicents(cacheRead),
    cacheWrite: millicents(cacheWrite),
  };
}

/** The prices of the demo: which rate was in force when, and what a call costs. Fixed once `now` is. */
export class PriceList {
  readonly #published = new Map<string, Period[]>();
  readonly #inside = new Map<string, Rates>();
  readonly #nowMs: number;

  constructor(now: Date) {
    this.#nowMs = now.getTime();
    for (const { provider, model, dollars, changes = [] } of PUBLISHED) {
      const periods: Period[] = [{ fromMs: 0, source: 'bundled', rates: toRates(dollars) }];
      for (const change of changes) {
        // Changes come in force at 09:00 UTC: somebody typed them in.
        const day = Math.floor(this.#nowMs / DAY_MS) - change.daysAgo;
        periods.push({ fromMs: day * DAY_MS + 9 * 3_600_000, source: change.source, rates: toRates(change.dollars) });
      }
      this.#published.set(`${provider} ${model}`, periods);
    }
    for (const [key, dollars] of INSIDE) this.#inside.set(key, toRates(dollars));
  }

  /** The rows of `pricing_rates`, both modes of every published model. */
  rows(random: Random): RateRow[] {
    const rows: RateRow[] = [];
    const verified = formatStored(this.#nowMs - 2 * DAY_MS - 5_000_000, 0);
    for (const [key, periods] of this.#published) {
      const [provider = '', model = ''] = key.split(' ');
      for (const mode of MODES) {
        for (const [index, { fromMs, source, rates }] of periods.entries()) {
          const next = periods[index + 1];
          rows.push([
            random.uuid(),
            provider,
            model,
            mode,
            formatStored(fromMs, 0),
            next ? formatStored(next.fromMs, 0) : null,
            rates.input,
            rates.output,
            rates.thinking,
            rates.cacheRead,
            rates.cacheWrite,
            source === 'auto' ? verified : null,
            source === 'bundled' ? 1 : 0,
            source,
          ]);
        }
      }
    }
    return rows;
  }

  /** Prices tokens as the daemon does, from the rate in force at that instant (Unix milliseconds). */
  price(provider: string, model: string, tokens: TokenCounts, atMs: number): Price {
    const periods = this.#published.get(`${provider === 'gemini' ? 'google' : provider} ${model}`);
    const period = periods?.findLast(({ fromMs }) => fromMs <= atMs);
    if (period) {
      // The daemon looks for a row under the call's own provider name, so a Gemini call gets its price without one.
      const named = period.source === 'bundled' ? BUNDLED_RATES : 'override';
      return { costMillicents: priceTokens(tokens, period.rates), ratesSource: provider === 'gemini' ? null : named };
    }
    const rates = this.#inside.get(`${provider} ${model}`);
    return { costMillicents: rates ? priceTokens(tokens, rates) : null, ratesSource: null };
  }
}
