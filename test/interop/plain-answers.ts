import { BUCKETS } from '../../src/api/query.js';
import type { HaltonMeter } from './find-halton-meter.js';
import { databasePath, runPython } from './halton-cli.js';
import { PROJECTS } from './call-plan.js';

/** A question about calls, for our server as a query and for `plain_answers.py` as what it is made of. */
export interface PlainQuestion {
  readonly zone: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly bucket: (typeof BUCKETS)[number];
  readonly lists: Readonly<Record<string, readonly (string | null)[]>>;
  readonly bounds: readonly (readonly [column: string, sign: '>=' | '<=', bound: number])[];
  readonly flags: readonly string[];
  /** The same for our server. */
  readonly query: URLSearchParams;
}

/** Sums as SQL has them. A cost of null: none of the calls has one. */
export interface PlainSums {
  readonly calls: number;
  readonly failed: number;
  readonly unpriced: number;
  readonly incomplete: number;
  readonly cost: number | null;
  readonly imputed: number;
  readonly input: number;
  readonly output: number;
  readonly thinking: number;
  readonly read: number;
  readonly write: number;
}

export interface PlainAnswer {
  /** Without any field where there is no call. */
  readonly totals: Partial<PlainSums>;
  readonly projects: Readonly<Record<string, PlainSums>>;
  readonly models: Readonly<Record<string, PlainSums>>;
  /** By provider, then by the bucket's first instant as the database writes it. */
  readonly series: Readonly<Record<string, Readonly<Record<string, PlainSums>>>>;
}

/** Zones of which the clocks changed in the last weeks or never, by an hour or by half of one, or are off by odd minutes. */
const ZONES = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
];

/** A filter's name, its column, and values it may ask for. */
const LISTS: ReadonlyArray<readonly [name: string, column: string, values: readonly (string | null)[]]> = [
  ['project', 'p.slug', PROJECTS],
  ['provider', 'r.provider', ['anthropic', 'openai', 'gemini', 'xai', 'groq', 'nobody']],
  ['model', 'r.model', ['claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'gpt-5.4', 'gemini-2.5-pro', 'grok-4']],
  ['status', 'r.status', ['success', 'error', 'blocked_by_policy']],
  ['kind', 'r.request_kind', ['chat', 'tool', 'embedding', null]],
  ['attribution', 'r.attribution_method', ['env', 'git', 'smart_default', null]],
  ['error_class', 'r.error_class', ['rate_limit', 'auth', null]],
];

const FLAGS: ReadonlyArray<readonly [name: string, value: string, condition: string]> = [
  ['priced', 'true', 'r.cost_usd_minor_units IS NOT NULL'],
  ['priced', 'false', 'r.cost_usd_minor_units IS NULL'],
  ['complete', 'true', 'r.tokens_complete = 1'],
  ['complete', 'false', 'r.tokens_complete = 0'],
];

const TOKENS = 'r.input_tokens + r.output_tokens + r.thinking_tokens + r.cache_read_tokens + r.cache_write_tokens';

const DAY_MS = 86_400_000;

/** A question with a window in the days before `now`, a zone and some filters; what it is follows from `random` alone. */
export function planQuestion(random: () => number, now: Date): PlainQuestion {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const query = new URLSearchParams();
  const day = (daysAgo: number): string => new Date(now.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const daysAgo = 1 + Math.floor(random() * 64);
  const since = random() < 0.8 ? day(daysAgo) : null;
  const until = random() < 0.8 ? day(Math.floor(random() * daysAgo)) : null;
  const zone = pick(ZONES);
  query.set('tz', zone);
  if (since !== null) query.set('since', since);
  if (until !== null) query.set('until', until);
  const lists: Record<string, (string | null)[]> = {};
  for (const [name, column, values] of LISTS) {
    if (random() < 0.7) continue;
    const wanted = [...new Set([pick(values), pick(values), pick(values)])];
    lists[column] = wanted;
    for (const value of wanted) query.append(name, value ?? '');
  }
  const flags: string[] = [];
  if (random() < 0.25) {
    const [name, value, flag] = pick(FLAGS);
    query.set(name, value);
    flags.push(flag);
  }
  const bounds: [string, '>=' | '<=', number][] = [];
  const bound = (name: string, column: string, sign: '>=' | '<=', most: number): void => {
    if (random() < 0.85) return;
    const value = Math.floor(random() * most);
    query.set(name, String(value));
    bounds.push([column, sign, value]);
  };
  bound('min_cost', 'r.cost_usd_minor_units', '>=', 20_000);
  bound('max_cost', 'r.cost_usd_minor_units', '<=', 40_000);
  bound('min_latency', 'r.latency_ms', '>=', 20_000);
  bound('max_tokens', TOKENS, '<=', 80_000);
  // Where clocks go back by half an hour, two stretches of one hour on the wall clock are not told apart by its name.
  const bucket = pick(zone === 'Australia/Lord_Howe' ? (['day', 'week', 'month'] as const) : BUCKETS);
  return { zone, since, until, bucket, lists, bounds, flags, query };
}

export async function readPlainAnswers(
  meter: HaltonMeter,
  home: string,
  questions: readonly PlainQuestion[],
): Promise<PlainAnswer[]> {
  const asked = JSON.stringify(questions.map(({ query: _, ...question }) => question));
  return JSON.parse(await runPython(meter, home, 'plain_answers.py', [databasePath(home)], asked)) as PlainAnswer[];
}
