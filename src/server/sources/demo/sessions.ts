import type { TokenCounts } from '../../../api/price-tokens.js';
import { troubleAt } from './calendar.js';
import { DAY_MS } from './clock.js';
import { isRetryable, pickFailure } from './failures.js';
import type { Outcome, Session, TurnSize } from './plan.js';
import type { Endpoint, ModelChoice, ProjectProfile } from './projects.js';
import { mixSeeds, Random } from './random.js';
import { countTokens, type CacheState } from './tokens.js';

/** What a session is asked to be, where chance should not decide. */
export interface Wish {
  readonly outcome?: Outcome;
  readonly fullBodies?: boolean;
  readonly stored?: boolean;
  /** Tokens of the first question or the last answer, where they must be large. */
  readonly asked?: number;
  readonly answered?: number;
  readonly streamed?: boolean;
  /** Turns at most. */
  readonly turns?: number;
}

const TOKENS_PER_SECOND: readonly (readonly [RegExp, number])[] = [
  [/opus/, 58],
  [/haiku|flash|nano/, 165],
  [/mini/, 130],
  [/llama/, 290],
  [/codex|pro|grok/, 88],
];

/** Plans one piece of work that begins at `startMs` (Unix milliseconds): all its calls with their tokens and times. */
export function planSession(
  profile: ProjectProfile,
  random: Random,
  startMs: number,
  nowMs: number,
  wish: Wish = {},
): Session {
  const { shape } = profile;
  // An asked-again prompt has its own stream of numbers, so that it is the same each time.
  const seed = profile.promptPool
    ? mixSeeds(random.integer(1, profile.promptPool), profile.slug.length)
    : random.bits();
  const asking = new Random(seed, 1);
  const choice = pickModel(profile.models, random, (nowMs - startMs) / DAY_MS);
  const endpoint = choice.endpoint ?? endpointOf(choice.provider);
  const turnCount = endpoint === 'embeddings' ? 1 : Math.min(wish.turns ?? Infinity, asking.integer(...shape.turns));
  const turns = Array.from({ length: turnCount }, (_, index): TurnSize => {
    const asked = asking.logNormal(index === 0 ? shape.firstAsk : shape.laterAsk, shape.spread);
    const small = endpoint === 'embeddings' ? asked / 60 : asked;
    return {
      asked: Math.max(3, Math.round(index === 0 ? (wish.asked ?? small) : small)),
      answered: Math.max(
        4,
        Math.round((index === 0 ? wish.answered : undefined) ?? random.logNormal(shape.answer, shape.spread)),
      ),
      thought: random.chance(shape.thinkingShare) ? Math.round(random.logNormal(shape.thinking, 0.7)) + 12 : 0,
    };
  });
  const session: Session = {
    profile,
    seed,
    machine: random.weighted(profile.machines),
    workdir: random.pick(profile.workdirs),
    attribution: random.weighted(profile.attributions),
    startedAtMs: startMs,
    clockInPrompt: random.chance(profile.clockInPrompt ?? 0),
    fullBodies: wish.fullBodies ?? false,
    stored: wish.stored ?? false,
    turns,
    calls: [],
  };
  planCalls(session, { choice, endpoint, random, nowMs, wish });
  return session;
}

interface Circumstances {
  readonly choice: ModelChoice;
  readonly endpoint: Endpoint;
  readonly random: Random;
  readonly nowMs: number;
  readonly wish: Wish;
}

function planCalls(session: Session, { choice, endpoint, random, nowMs, wish }: Circumstances): void {
  const { profile } = session;
  const { provider, model } = choice;
  const streamed = endpoint !== 'embeddings' && (wish.streamed ?? random.chance(profile.streamed));
  const billing = random.weighted(profile.billing ?? [[null, 1]]);
  let kind = random.weighted(profile.kinds);
  if (endpoint === 'embeddings') kind = 'embedding';
  const cache: CacheState = { prefixIsWarm: random.chance(0.75), knownTokens: 0 };
  let atMs = session.startedAtMs;
  for (let turn = 0, tries = 0; turn < session.turns.length;) {
    const outcome = pickOutcome(session, { choice, endpoint, random, nowMs, wish }, atMs, streamed);
    const tokens = countTokens(session, turn, { provider, endpoint, outcome, cache, random });
    const times = measure(model, tokens, outcome, streamed, random);
    session.calls.push({
      session,
      turn,
      provider,
      model,
      endpoint,
      streamed,
      outcome,
      kind,
      billing,
      tokens,
      ...times,
      requestedAtMs: Math.round(atMs),
    });
    atMs += times.latencyMs;
    if (outcome === 'success' || outcome === 'silent') {
      turn++;
      tries = 0;
      atMs += kind === 'tool' ? random.logNormal(900, 0.9) : random.logNormal(28_000, 0.8);
    } else {
      const again = outcome !== 'blocked' && (outcome === 'cut' || isRetryable(outcome) === true);
      if (!again || ++tries > 2) return;
      atMs += random.logNormal(2500 * tries, 0.5);
    }
  }
}

/** The models of that day, by weight. Outside of every one's time the last of the list serves. */
function pickModel(models: readonly ModelChoice[], random: Random, daysAgo: number): ModelChoice {
  const current = models.filter(
    ({ sinceDaysAgo = Infinity, untilDaysAgo = -Infinity }) => daysAgo <= sinceDaysAgo && daysAgo > untilDaysAgo,
  );
  const choices = current.length > 0 ? current : models.slice(-1);
  return random.weighted(choices.map((choice) => [choice, choice.weight] as const));
}

function endpointOf(provider: string): Endpoint {
  if (provider === 'anthropic') return 'messages';
  return provider === 'gemini' ? 'generate' : 'chat';
}

function pickOutcome(
  { profile, calls }: Session,
  { choice, endpoint, random, nowMs, wish }: Circumstances,
  atMs: number,
  streamed: boolean,
): Outcome {
  if (wish.outcome && calls.length === 0) return wish.outcome;
  // Gemini sends no usage with embeddings, and the daemon can't read its streams of server-sent events.
  if (choice.provider === 'gemini' && endpoint === 'embeddings') return 'silent';
  const trouble = troubleAt(choice.provider, atMs, nowMs);
  if (trouble && random.chance(trouble.failing)) return trouble.failure;
  if (random.chance(profile.failing)) return pickFailure(random);
  if (random.chance(0.0009)) return 'blocked';
  if (!streamed) return 'success';
  if (random.chance(0.004)) return 'cut';
  const mute = choice.provider === 'gemini' ? 0.14 : choice.provider === 'anthropic' ? 0 : 0.012;
  return random.chance(mute) ? 'silent' : 'success';
}

function measure(
  model: string,
  tokens: TokenCounts,
  outcome: Outcome,
  streamed: boolean,
  random: Random,
): { latencyMs: number; firstTokenMs: number | null } {
  if (outcome === 'blocked') return { latencyMs: 0, firstTokenMs: null };
  const fraction = random.fraction();
  if (outcome === 'timeout') return { latencyMs: 60_000 + fraction * 900, firstTokenMs: 60_000 };
  if (outcome !== 'success' && outcome !== 'cut' && outcome !== 'silent') {
    const latencyMs = random.logNormal(outcome === 'network' ? 4200 : 310, 0.5);
    return { latencyMs, firstTokenMs: Math.floor(latencyMs) };
  }
  const speed = (TOKENS_PER_SECOND.find(([name]) => name.test(model))?.[1] ?? 78) * random.logNormal(1, 0.22);
  const reading = tokens.input * 0.03 + tokens.cacheWrite * 0.03 + tokens.cacheRead * 0.006;
  const first = random.logNormal(380, 0.35) + reading;
  const latencyMs = first + ((tokens.output + tokens.thinking) / speed) * 1000;
  // An answer that isn't streamed comes at once, when all of it is there.
  return { latencyMs, firstTokenMs: Math.floor(streamed ? first : latencyMs - fraction * 4) };
}
