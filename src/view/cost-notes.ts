import type { CallDetail } from './body-price.js';
import { hasNoUsage } from './call-state.js';
import type { LetteredCall } from './cost-words.js';
import { formatCount } from './format.js';

/**
 * What the daemon is known not to price, where it may matter to this call: in words, since by how much isn't recorded.
 * As Halton Meter 0.6.4 does it: one rate for all cache writes, and of long prompts a dearer tier for two Gemini models
 * only, by uncached input alone, that its published list does not show.
 */

const LONG_PROMPT_TOKENS = 200_000;

/** Providers that charge more for long prompts to some of their models. */
const LONG_PROMPT_PROVIDERS: Readonly<Record<string, string>> = {
  anthropic: 'Anthropic',
  gemini: 'Google',
  openai: 'OpenAI',
  xai: 'xAI',
};

const hasLongTier = (model: string | null): boolean => model === 'gemini-2.5-pro' || model === 'gemini-3.1-pro-preview';

/** Of one call, or of several, each note then with the letters of those it is of. */
export function listCostNotes(calls: readonly LetteredCall[]): string[] {
  const letters = new Map<string, string[]>();
  for (const { letter, call } of calls) {
    for (const note of notesOf(call, calls.length > 1)) letters.set(note, [...(letters.get(note) ?? []), letter]);
  }
  return [...letters].map(([note, of]) => (calls.length > 1 ? `${of.join(' and ')}: ${note}` : note));
}

function notesOf(call: CallDetail, isCompared: boolean): string[] {
  if (call.costMillicents === null) return [];
  // Of one alone its figures say it.
  const isCut = isCompared && !call.complete && !hasNoUsage(call);
  return [
    isCut ? 'The stream was cut. Tokens, and so the cost, are a lower bound.' : null,
    noteCacheWrites(call),
    noteLongPrompt(call),
  ].filter((note) => note !== null);
}

function noteCacheWrites({ provider, cacheWriteTokens }: CallDetail): string | null {
  if (provider !== 'anthropic' || cacheWriteTokens === 0) return null;
  return 'Cache writes kept for an hour cost more than those kept for five minutes. The daemon keeps one count of both and prices all of it at one rate: if some were kept for an hour, the call cost more than was recorded.';
}

function noteLongPrompt(call: CallDetail): string | null {
  const name = LONG_PROMPT_PROVIDERS[call.provider ?? ''];
  const prompt = call.inputTokens + call.cacheReadTokens + call.cacheWriteTokens;
  if (name === undefined || prompt <= LONG_PROMPT_TOKENS) return null;
  const long = `This prompt has ${formatCount(prompt)} tokens.`;
  if (hasLongTier(call.model) && call.audit !== 'equal') {
    const tier = `The daemon prices ${call.model} by a dearer tier, which its published list does not show, from ${formatCount(LONG_PROMPT_TOKENS)} uncached input tokens on.`;
    if (call.inputTokens > LONG_PROMPT_TOKENS) {
      return `${long} ${tier}${call.audit === 'differs' ? ' That is the likely reason why what was recorded differs.' : ''}`;
    }
    return `${long} ${tier} Of these, ${formatCount(call.inputTokens)} are uncached, so it was priced as a short prompt: if ${name} counts the cached ones too, the call cost more than was recorded.`;
  }
  return `${long} The daemon prices all of them at one rate: where ${name} charges more for a prompt this long, the call cost more than was recorded.`;
}
