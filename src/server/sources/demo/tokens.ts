import type { TokenCounts } from '../../../api/price-tokens.js';
import type { Outcome, Session } from './plan.js';
import type { Endpoint } from './projects.js';
import type { Random } from './random.js';

/** What a provider's prompt cache knows of a session. */
export interface CacheState {
  prefixIsWarm: boolean;
  /** Tokens of the last request, which a later one that starts the same can read back. */
  knownTokens: number;
}

const NONE: TokenCounts = { input: 0, output: 0, thinking: 0, cacheRead: 0, cacheWrite: 0 };
const LEAST_CACHED = 1024;

interface Circumstances {
  readonly provider: string;
  readonly endpoint: Endpoint;
  readonly outcome: Outcome;
  readonly cache: CacheState;
  readonly random: Random;
}

/** The tokens that the daemon records for a call of a session: all 0 where it failed, or where no usage came. */
export function countTokens(
  session: Session,
  turn: number,
  { provider, endpoint, outcome, cache, random }: Circumstances,
): TokenCounts {
  if (outcome !== 'success' && outcome !== 'cut') return NONE;
  const size = session.turns[turn];
  if (!size) throw new RangeError(`a session of ${session.turns.length} turns has no turn ${turn}`);
  if (endpoint === 'embeddings') return { ...NONE, input: size.asked };

  const prefix = session.profile.shape.prefix;
  const earlier = session.turns.slice(0, turn).reduce((sum, { asked, answered }) => sum + asked + answered, 0);
  const total = prefix + earlier + size.asked;
  const prompt = splitPrompt(session, provider, total, prefix, cache, random);
  cache.knownTokens = total;
  cache.prefixIsWarm = true;

  const part = outcome === 'cut' ? 0.08 + random.fraction() * 0.8 : 1;
  const answered = Math.max(1, Math.round(size.answered * part));
  const thought = Math.round(size.thought * Math.min(1, part * 2));
  // Anthropic counts thinking as output, and mostly doesn't tell it apart.
  const foldsThinking = provider === 'anthropic' && session.seed % 2 === 0;
  return {
    ...prompt,
    output: foldsThinking ? answered + thought : answered,
    thinking: foldsThinking ? 0 : thought,
  };
}

function splitPrompt(
  { clockInPrompt }: Session,
  provider: string,
  total: number,
  prefix: number,
  cache: CacheState,
  random: Random,
): Pick<TokenCounts, 'input' | 'cacheRead' | 'cacheWrite'> {
  const known = clockInPrompt ? 0 : cache.knownTokens;
  const warm = Math.max(known, cache.prefixIsWarm ? prefix : 0);
  if (provider === 'anthropic') {
    if (prefix < LEAST_CACHED) return { input: total, cacheRead: 0, cacheWrite: 0 };
    // A pause of more than five minutes, and everything has to be written again.
    const expired = random.chance(0.03);
    const cacheRead = expired ? 0 : warm;
    const rest = total - cacheRead;
    if (clockInPrompt) return { input: rest, cacheRead, cacheWrite: 0 };
    const input = Math.min(rest, random.integer(3, 38));
    return { input, cacheRead, cacheWrite: rest - input };
  }
  if (warm < LEAST_CACHED || provider === 'groq' || provider === 'moonshot' || provider === 'mistral') {
    return { input: total, cacheRead: 0, cacheWrite: 0 };
  }
  const share = provider === 'gemini' ? (known > 2048 && random.chance(0.6) ? 0.86 : 0) : 1;
  const cacheRead = Math.floor((warm * share) / 128) * 128;
  // The daemon takes xAI's prompt count as it comes, with the cached tokens in it.
  return { input: provider === 'xai' ? total : total - cacheRead, cacheRead, cacheWrite: 0 };
}
