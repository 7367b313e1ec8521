import { type Conversation } from '../conversation.js';
import { compareFields } from './field-differences.js';
import { type ValueDifference } from './json-differences.js';
import {
  findImage,
  findParameter,
  isKeptByProvider,
  isWebSearch,
  type LevelBlocks,
  listLevels,
  mayHideParameter,
  type PromptLevel,
} from './prompt-order.js';

/** A captured request, and what was recorded of its call. */
export interface PromptCall {
  readonly conversation: Conversation;
  /** The text in which its places stand. */
  readonly body: string;
  readonly provider: string | null;
  readonly model: string | null;
  /** Input, cache reads and cache writes together; null: unknown, as for a failed call or a lower bound. */
  readonly promptTokens: number | null;
}

/** Where two prompts stop being the same. */
export interface CachePlace {
  readonly kind:
    'model-changed' | 'tools-changed' | 'system-changed' | 'parameter-changed' | 'images-changed' | 'message-changed';
  /** From where on nothing can match; null: from before the first tool. */
  readonly level: PromptLevel | null;
  /** Index of the message; null: it is no message. */
  readonly message: number | null;
  /** JSON Pointer of what differs, in either body; null: it isn't there. */
  readonly from: string | null;
  readonly to: string | null;
  /** Characters before it that are the same in both prompts. */
  readonly equalCharacters: number;
}

/**
 * `broken`: at `place` the cache could no longer match. `matching`: what both sent is the same. `unknown`: it can't be
 * told, because the text of a body ends too early (`cut`), the provider holds a part of a prompt (`kept`), or the bodies
 * are of two forms (`form`); `place` is then where it broke at the latest, if anywhere. `short`: too short to be cached.
 */
export type CacheVerdict =
  | { readonly state: 'broken'; readonly place: CachePlace }
  | { readonly state: 'matching'; readonly equalCharacters: number }
  | { readonly state: 'unknown'; readonly because: 'cut' | 'kept' | 'form'; readonly place: CachePlace | null }
  | { readonly state: 'short'; readonly leastTokens: number };

/** OpenAI caches no shorter prompts. Others' least lengths change from model to model. */
const LEAST_TOKENS_OPENAI = 1_024;

/**
 * The first place at which the later call's prompt cache could no longer match what the earlier call sent: tools, then
 * system, then messages, each from its beginning and exactly, and the parameters that the provider documents to change
 * one of these. Where cache marks stand is no difference. Null: embeddings have no prompt cache.
 *
 * It tells what could match, not what did: a cache may have expired, or no mark may have asked for one. Linear.
 */
export function findCacheBreak(earlier: PromptCall, later: PromptCall): CacheVerdict | null {
  const { form } = later.conversation;
  if (form.endsWith('embeddings')) return null;
  if (later.provider === 'openai' && later.promptTokens !== null && later.promptTokens < LEAST_TOKENS_OPENAI) {
    return { state: 'short', leastTokens: LEAST_TOKENS_OPENAI };
  }
  const model = findModel(earlier, later);
  if (model !== null) return { state: 'broken', place: model };
  if (earlier.conversation.form !== form) return { state: 'unknown', because: 'form', place: null };

  const parameters = listParameters(earlier, later);
  if (parameters.some(isKeptByProvider)) return { state: 'unknown', because: 'kept', place: null };
  const isCut = earlier.conversation.isCut || later.conversation.isCut;
  const others = listLevels(later.conversation, later.body);
  let equalCharacters = 0;
  let isUnsure = false;
  for (const [index, from] of listLevels(earlier.conversation, earlier.body).entries()) {
    const to = others[index]!;
    const { level } = from;
    const parameter = findParameter(form, level, parameters);
    let place: CachePlace | null = null;
    if (parameter !== undefined) {
      const [left, right] = [parameter.from?.pointer ?? null, parameter.to?.pointer ?? null];
      place = { kind: 'parameter-changed', level, message: null, from: left, to: right, equalCharacters };
    } else {
      isUnsure ||= isCut && mayHideParameter(form, level);
      if (level === 'messages') place = findImageSwitch(earlier, later, equalCharacters);
      place ??= compareLevels(from, to, equalCharacters);
    }
    if (place !== null) {
      return isUnsure ? { state: 'unknown', because: 'cut', place } : { state: 'broken', place };
    }
    isUnsure ||= from.isOpen || to.isOpen;
    equalCharacters += countEqual(from, to);
  }
  return isUnsure ? { state: 'unknown', because: 'cut', place: null } : { state: 'matching', equalCharacters };
}

function findModel(earlier: PromptCall, later: PromptCall): CachePlace | null {
  const recorded = earlier.model !== null && later.model !== null;
  const from = recorded ? earlier.model : earlier.conversation.model;
  const to = recorded ? later.model : later.conversation.model;
  if (from === null || to === null || from === to) return null;
  // Gemini names it in the path, not in the body.
  const place = ({ conversation }: PromptCall): string | null => (conversation.model === null ? null : '/model');
  return {
    kind: 'model-changed',
    level: null,
    message: null,
    from: place(earlier),
    to: place(later),
    equalCharacters: 0,
  };
}

/** What differs in the parameters, but for what a cut body may have said later. */
function listParameters(earlier: PromptCall, later: PromptCall): ValueDifference[] {
  return compareFields(earlier.conversation.parameters, later.conversation.parameters).filter(
    ({ kind }) =>
      !(kind === 'added' && earlier.conversation.isCut) && !(kind === 'removed' && later.conversation.isCut),
  );
}

/** Anthropic caches messages apart for prompts with images and without. */
function findImageSwitch(earlier: PromptCall, later: PromptCall, equalCharacters: number): CachePlace | null {
  if (later.conversation.form !== 'anthropic-messages') return null;
  const [from, to] = [findImage(earlier.conversation), findImage(later.conversation)];
  if ((from === null) === (to === null)) return null;
  if ((from === null ? earlier : later).conversation.isCut) return null;
  return {
    kind: 'images-changed',
    level: 'messages',
    message: null,
    from: from?.pointer ?? null,
    to: to?.pointer ?? null,
    equalCharacters,
  };
}

/** The first block that differs, or that only one has; at the end of the messages that is the conversation going on. */
function compareLevels(from: LevelBlocks, to: LevelBlocks, charactersBefore: number): CachePlace | null {
  const { level } = from;
  const known = ({ blocks, cutText }: LevelBlocks, at: number): string | null =>
    at === blocks.length - 1 ? cutText : null;
  let equalCharacters = charactersBefore;
  for (let at = 0; at < Math.max(from.blocks.length, to.blocks.length); at++) {
    const [block, other] = [from.blocks[at], to.blocks[at]];
    const shorter = block === undefined ? from : to;
    if (block === undefined || other === undefined) {
      if (level === 'messages' || shorter.isOpen) return null;
    } else if (block.key === other.key) {
      equalCharacters += block.text.length;
      continue;
    } else {
      const [left, right] = [known(from, at), known(to, at)];
      const [text, otherText] = [left ?? block.text, right ?? other.text];
      if (left !== null && otherText.startsWith(text)) return null;
      if (right !== null && text.startsWith(otherText)) return null;
      if (block.role === other.role) equalCharacters += countCommonStart(block.text, other.text);
    }
    const isTool = level === 'tools' || isWebSearch(block) || isWebSearch(other);
    const kind = level === 'messages' ? 'message-changed' : isTool ? 'tools-changed' : 'system-changed';
    return {
      kind,
      level,
      message: level === 'messages' ? at : null,
      from: block?.pointer ?? null,
      to: other?.pointer ?? null,
      equalCharacters,
    };
  }
  return null;
}

function countEqual(from: LevelBlocks, to: LevelBlocks): number {
  let characters = 0;
  for (const [at, block] of from.blocks.entries()) {
    characters += Math.min(block.text.length, to.blocks[at]?.text.length ?? 0);
  }
  return characters;
}

function countCommonStart(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return at;
}
