import { html, nothing, type TemplateResult } from 'lit';
import { priceUncached } from '../bodies/compare/uncached-cost.js';
import type { CachePlace, CacheVerdict } from '../bodies/compare/prompt-cache.js';
import type { ToolDefinition } from '../bodies/conversation.js';
import { renderMarked } from './body-marked.js';
import type { CallDetail } from './body-price.js';
import { formatCount, formatExactMoney, formatPlural } from './format.js';

/** A call whose prompt is compared with that of one before or after it. */
export interface PromptShown {
  readonly letter: string;
  readonly call: CallDetail;
  readonly tools: readonly ToolDefinition[];
}

/** Two calls that follow each other, and where the later one's prompt cache could no longer match the earlier one. */
export interface CachePair {
  readonly earlier: PromptShown;
  readonly later: PromptShown;
  /** Undefined: not known yet. In words: why it can't be told. */
  readonly verdict: CacheVerdict | string | null | undefined;
}

/** Opens a place of one of the requests; null: of every one that has it. */
export type OpenPlace = (letter: string | null, pointer: string) => void;

/** One sentence on where it broke and why, one on what was read, one on what that cost. */
export function renderCacheVerdict(pair: CachePair, open: OpenPlace): TemplateResult {
  const { earlier, later, verdict } = pair;
  if (verdict === undefined) return html`<p class="cache-verdict muted">Comparing the two prompts…</p>`;
  if (verdict === null) return html`<p class="cache-verdict">Embeddings have no prompt cache.</p>`;
  if (typeof verdict === 'string') {
    return html`<p class="cache-verdict">
      Where the prompt cache of ${letter(later)} could no longer match ${letter(earlier)} cannot be told: ${verdict}
    </p>`;
  }
  if (verdict.state === 'short') {
    const tokens = countPrompt(later.call);
    return html`<p class="cache-verdict">
      No prompt cache could help ${letter(later)}: OpenAI caches no prompt below
      ${formatPlural(verdict.leastTokens, 'token')}${tokens === null ? nothing : `, and this one has ${formatCount(tokens)}`}.
    </p>`;
  }
  return html`<p class="cache-verdict">
    ${renderReach(pair, verdict, open)} ${describeRead(pair, verdict)} ${describeCost(later.call, later.letter)}
  </p>`;
}

const letter = ({ letter }: PromptShown): TemplateResult => html`<span class="letter">${letter}</span>`;

type Told = Exclude<CacheVerdict, { readonly state: 'short' }>;

function renderReach({ earlier, later }: CachePair, verdict: Told, open: OpenPlace): TemplateResult {
  const [from, to] = [letter(earlier), letter(later)];
  if (verdict.state === 'matching') {
    return html`The prompt cache of ${to} <b>could match all of ${from}</b>: nothing that both sent differs, in
      ${formatPlural(verdict.equalCharacters, 'character')}.`;
  }
  if (verdict.state === 'unknown' && verdict.place === null) return describeUnknown(verdict.because, from, to);
  const place = verdict.place!;
  const why = renderWhy(place, earlier, later, open);
  // Where nothing matched, nothing could have broken before.
  if (verdict.state === 'unknown' && place.equalCharacters > 0) {
    return html`The prompt cache of ${to} could match no more than ${describeReach(place, from)}. ${why}. Whether it
    broke before that cannot be told, because a body is cut.`;
  }
  return html`The prompt cache of ${to} could match ${describeReach(place, from)}. ${why}.`;
}

function describeUnknown(because: 'cut' | 'kept' | 'form', from: unknown, to: unknown): TemplateResult {
  if (because === 'form') {
    return html`The prompt cache of ${to} could not match ${from} in a way that can be told: the two requests are of
    different forms.`;
  }
  return because === 'kept'
    ? html`Where the prompt cache of ${to} could no longer match ${from} cannot be told: the provider holds a part of
      the prompt that is not in the body.`
    : html`Where the prompt cache of ${to} could no longer match ${from} cannot be told: a body is cut, and up to the
      cut nothing differs.`;
}

/** How far: by messages where it got so far, and by what is the same. */
function describeReach({ message, equalCharacters }: CachePlace, from: unknown): unknown {
  if (equalCharacters === 0) return html`nothing of ${from}`;
  const characters = formatPlural(equalCharacters, 'character');
  return message !== null && message > 0
    ? html`${from} up to message ${formatCount(message)}, ${characters} in all`
    : html`the first ${characters} of ${from}`;
}

const LEVELS = { tools: 'the whole prompt', system: 'system prompt and messages', messages: 'the messages' };

/** What differs, as a button that leads there. */
function renderWhy(place: CachePlace, earlier: PromptShown, later: PromptShown, open: OpenPlace): TemplateResult {
  const { kind, from, to, level, message } = place;
  const link = (words: unknown): unknown => renderLink(words, place, [earlier.letter, later.letter], open);
  const did = from === null ? 'was added' : to === null ? 'was removed' : 'differs';
  switch (kind) {
    case 'message-changed':
      return html`${link(`Message ${formatCount(message! + 1)} differs`)}`;
    case 'system-changed':
      return html`${link(did === 'differs' ? 'The system prompt differs' : `A part of the system prompt ${did}`)}, and
      all messages come after it`;
    case 'tools-changed': {
      const names = [nameTool(earlier, from), nameTool(later, to)];
      const [name, other] = names;
      if (name !== null && other !== null && name !== other) {
        return html`${link(html`The order of the tools differs`)}: <code>${renderMarked(other!)}</code> stands where
          <code>${renderMarked(name!)}</code> stood, and everything else comes after it`;
      }
      return html`${link(html`The tool <code>${renderMarked(other ?? name ?? '')}</code> ${did}`)}, and everything else
      comes after it`;
    }
    case 'parameter-changed':
      return html`${link(html`<code>${renderMarked((to ?? from)!.slice(1))}</code> ${did}`)}, and ${LEVELS[level!]} are
      cached by it`;
    case 'images-changed':
      return html`${link(from === null ? 'The first image came in' : 'The images are gone')}, and Anthropic caches
      messages with images apart from those without`;
    default: {
      const models = html`from <code>${renderMarked(earlier.call.model ?? '?')}</code> to
        <code>${renderMarked(later.call.model ?? '?')}</code>`;
      return html`${to === null && from === null ? html`<b>The model changed</b>` : link('The model changed')}
      ${models}, and each has a cache of its own`;
    }
  }
}

function renderLink(
  words: unknown,
  { from, to }: CachePlace,
  [before, after]: readonly [string, string],
  open: OpenPlace,
): unknown {
  if (from === null && to === null) return html`<b>${words}</b>`;
  const side = from === to ? null : to === null ? before : after;
  const show = (): void => open(side, (to ?? from)!);
  // On one line: white space in it would be underlined.
  return html`<button type="button" title="Open this place" @click=${show}>${words}</button>`;
}

/** The name of the tool at this pointer; null: there is none. */
function nameTool({ tools }: PromptShown, pointer: string | null): string | null {
  return pointer === null ? null : (tools.find((tool) => tool.pointer === pointer)?.name ?? null);
}

/** All tokens of the prompt, however they were read; null where the call doesn't tell them. */
export function countPrompt({ inputTokens, cacheReadTokens, cacheWriteTokens, complete }: CallDetail): number | null {
  const tokens = inputTokens + cacheReadTokens + cacheWriteTokens;
  return complete && tokens > 0 ? tokens : null;
}

/** What was recorded to have been read from the cache, against what could have been. */
function describeRead({ earlier, later }: CachePair, verdict: Told): string {
  const [prompt, before] = [countPrompt(later.call), countPrompt(earlier.call)];
  const { cacheReadTokens } = later.call;
  if (prompt === null) return `How much ${later.letter} read from the cache was not recorded.`;
  const read = `${later.letter} read ${cacheReadTokens === 0 ? 'none' : formatCount(cacheReadTokens)} of its ${formatPlural(prompt, 'prompt token')} from the cache`;
  if (verdict.state === 'matching' && before !== null) {
    const could = Math.min(before, prompt);
    const unused = cacheReadTokens === 0 ? ': it had expired, or nothing had asked for one' : '';
    return `${read}, where ${formatCount(could)} could have matched${unused}.`;
  }
  const isOfAnother = verdict.state === 'broken' && verdict.place.equalCharacters === 0 && cacheReadTokens > 0;
  return `${read}${isOfAnother ? ', which another call had filled' : ''}.`;
}

/** What was not read from the cache, in money, or why that can't be told. */
function describeCost(call: CallDetail, name: string): unknown {
  const cost = priceUncached(call);
  if (cost === null) {
    if (countPrompt(call) === null) return nothing;
    const why = call.costMillicents === null ? `${name} is not priced` : 'the rates are not known';
    return `What the rest cost cannot be told: ${why}.`;
  }
  const { uncachedTokens, costMillicents, excessMillicents, isLowerBound } = cost;
  if (uncachedTokens === 0) return 'Nothing went uncached.';
  const least = isLowerBound ? 'at least ' : '';
  // Of a model without a rate for cache reads there is nothing to compare with.
  const hasRate = call.price!.cacheRead > 0 && excessMillicents !== 0 && !isLowerBound;
  const more = hasRate
    ? `, ${formatExactMoney(Math.abs(excessMillicents))} ${excessMillicents > 0 ? 'more' : 'less'} than read from the cache`
    : '';
  return html`The uncached remainder, ${least}${formatPlural(uncachedTokens, 'token')}, cost
    <b>${least}${costMillicents === 0 ? 'less than $0.00001' : formatExactMoney(costMillicents)}</b>${more}.`;
}
