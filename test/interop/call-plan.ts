/** A field set of the daemon's log record, and `bundled`: whether the daemon's own price goes with it. */
export interface PlannedCall {
  readonly id: string;
  readonly project: string;
  readonly provider: string;
  readonly model: string;
  readonly bundled: boolean;
  readonly requested_at: string;
  readonly [field: string]: string | number | boolean | null;
}

export interface CallPlan {
  readonly calls: readonly PlannedCall[];
  readonly archived: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SPAN_DAYS = 62;
const SPREAD_CALLS = 900;
const SHARED_INSTANT_CALLS = 130;

/** The report and our server each count a span back from a moment of their own: no call may lie between the two. */
const CLEAR_OF_BORDERS_MS = 20 * MINUTE_MS;

export const ARCHIVED = 'old-lab';
export const SLASHED = 'team/billing "ünïts" 🧮';
export const PROJECTS = ['acme-site', 'docker:web', 'mac:ai.perplexity.mac', SLASHED, 'unattributed', ARCHIVED];

/** Priced in the daemon's table of rates, priced inside the daemon, or by nobody; dated names and plain ones. */
const MODELS: ReadonlyArray<readonly [provider: string, model: string]> = [
  ['anthropic', 'claude-sonnet-4-6'],
  ['anthropic', 'claude-haiku-4-5'],
  ['anthropic', 'claude-haiku-4-5-20251001'],
  ['anthropic', 'claude-opus-4-8-20260219'],
  ['anthropic', 'claude-unheard-of-9'],
  ['openai', 'gpt-5.4'],
  ['openai', 'gpt-5.4-20260301'],
  ['openai', 'text-embedding-3-small'],
  ['gemini', 'gemini-2.5-pro'],
  ['gemini', 'gemini-2.5-flash'],
  ['xai', 'grok-4'],
  ['groq', 'llama-3.3-70b-versatile'],
];

const ERRORS: ReadonlyArray<readonly [status: number, code: string, errorClass: string, retryable: boolean]> = [
  [429, 'rate_limit_error', 'rate_limit', true],
  [401, 'authentication_error', 'auth', false],
  [529, 'overloaded_error', 'server_error', true],
];

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The month before the one that `now` is in, as UTC days, both inclusive. */
export function lastMonth(now: Date): { readonly first: string; readonly last: string } {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  return { first: day(new Date(Date.UTC(year, month - 1, 1))), last: day(new Date(Date.UTC(year, month, 0))) };
}

/** Calls of the 62 days before `now`: all over them, at the borders of what is asked for, and many at one instant. */
export function planCalls(now: Date): CallPlan {
  const random = seededRandom(20_261_124);
  const micros = (): string => String(Math.floor(random() * 1e6)).padStart(6, '0');
  const at = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.${micros()}+00:00`;
  const borders = [now.getTime(), now.getTime() - 7 * DAY_MS, now.getTime() - 30 * DAY_MS];
  const { first, last } = lastMonth(now);
  const monthEnd = Date.parse(last) + DAY_MS;

  const times: string[] = [];
  while (times.length < SPREAD_CALLS) {
    const ms = now.getTime() - random() * SPAN_DAYS * DAY_MS;
    // The report ends a day at its 59th second: what is called in the fraction after it is in no day of its.
    const isLastSecond = Math.floor(ms / 1000) === monthEnd / 1000 - 1;
    if (!isLastSecond && borders.every((border) => Math.abs(ms - border) > CLEAR_OF_BORDERS_MS)) times.push(at(ms));
  }
  for (const border of borders.slice(1)) {
    times.push(at(border - CLEAR_OF_BORDERS_MS), at(border + CLEAR_OF_BORDERS_MS));
  }
  times.push(`${first}T00:00:00+00:00`, at(Date.parse(first) - 1000), at(monthEnd - 2000), `${last}T23:59:59+00:00`);
  times.push(`${new Date(monthEnd).toISOString().slice(0, 10)}T00:00:00+00:00`);
  const shared = at(now.getTime() - 3 * DAY_MS);
  times.push(...Array.from({ length: SHARED_INSTANT_CALLS }, () => shared));
  return { calls: times.map((time) => planCall(random, time)), archived: [ARCHIVED] };
}

/** A stretch of time and perhaps a project, in the report's words and as a query of ours; `random` alone decides. */
export function planWindow(
  random: () => number,
  { calls }: CallPlan,
  now: Date,
): { readonly words: readonly string[]; readonly query: string } {
  const upTo = (most: number): number => Math.floor(random() * most);
  const project = random() < 0.4 ? PROJECTS[upTo(PROJECTS.length)]! : null;
  const words = project === null ? [] : ['--project', project];
  const query = new URLSearchParams(project === null ? {} : { project });
  const times = calls.map((call) => Date.parse(call.requested_at));
  if (random() < 0.3) {
    let days = 1 + upTo(SPAN_DAYS);
    const isOnBorder = (): boolean =>
      times.some((ms) => Math.abs(now.getTime() - days * DAY_MS - ms) < CLEAR_OF_BORDERS_MS);
    while (isOnBorder()) days++;
    query.set('last', `${days}d`);
    return { words: ['--since', `${days}d`, ...words], query: String(query) };
  }
  // Only days whose last second has no call: the report ends a day at its 59th second.
  const isWhole = (day: number): boolean =>
    !times.some((ms) => Math.floor(ms / 1000) === ((day + 1) * DAY_MS) / 1000 - 1);
  const today = Math.floor(now.getTime() / DAY_MS);
  const first = today - upTo(SPAN_DAYS);
  let last = first + upTo(today - first + 1);
  while (!isWhole(last)) last++;
  const toText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
  for (const [name, day] of [
    ['since', first],
    ['until', last],
  ] as const)
    query.set(name, toText(day));
  query.set('tz', 'UTC');
  return { words: ['--from', toText(first), '--to', toText(last), ...words], query: String(query) };
}

/** One call at an instant; what it is made of follows from `random` alone. */
export function planCall(random: () => number, requestedAt: string): PlannedCall {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const upTo = (most: number): number => Math.floor(random() * most);
  const [provider, model] = pick(MODELS);
  const fate = random();
  const isFailed = fate < 0.08;
  const isCut = fate > 0.95;
  const hasTokens = !isFailed && fate < 0.98;
  const isEmbedding = model.includes('embedding');
  const [httpStatus, code, errorClass, retryable] = pick(ERRORS);
  const tokens = {
    input_tokens: hasTokens ? upTo(isEmbedding ? 400 : 60_000) : 0,
    output_tokens: hasTokens && !isEmbedding ? upTo(4_000) : 0,
    thinking_tokens: hasTokens && !isEmbedding && random() < 0.2 ? upTo(9_000) : 0,
    cache_read_tokens: hasTokens && !isEmbedding && random() < 0.4 ? upTo(90_000) : 0,
    cache_write_tokens: hasTokens && provider === 'anthropic' && random() < 0.3 ? upTo(20_000) : 0,
  };
  const isBlocked = isFailed && random() < 0.2;
  return {
    id: makeUuid(random),
    project: pick(PROJECTS),
    provider,
    model,
    ...tokens,
    bundled: hasTokens || isFailed,
    tokens_complete: !isCut,
    latency_ms: 20 + random() * 30_000,
    time_to_first_token_ms: random() < 0.5 ? upTo(2_000) : null,
    requested_at: requestedAt,
    recorded_at: requestedAt,
    status: isBlocked ? 'blocked_by_policy' : isFailed ? 'error' : 'success',
    request_kind: isEmbedding ? 'embedding' : pick(['chat', 'tool', 'unknown', null]),
    prompt_hash: random() < 0.9 ? makeHex(random, 64) : null,
    source_machine: 'studio.local',
    source_workdir: random() < 0.5 ? '/home/someone/src/acme site' : null,
    attribution_method: pick(['env', 'git', 'container', 'smart_default', 'parent_git', null]),
    http_status_code: isFailed && !isBlocked ? httpStatus : hasTokens ? 200 : null,
    provider_error_code: isFailed && !isBlocked ? code : null,
    error_class: isFailed && !isBlocked ? errorClass : null,
    retryable: isFailed && !isBlocked ? retryable : null,
    billing_basis: pick([null, null, null, 'subscription_imputed', 'imported']),
  };
}

function makeHex(random: () => number, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
}

function makeUuid(random: () => number): string {
  const hex = makeHex(random, 30);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}
