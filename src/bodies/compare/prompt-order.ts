import { type Conversation, type ConversationForm, type Part, type Placed } from '../conversation.js';
import { listMessageItems, listPartItems, listToolItems } from './conversation-items.js';
import { readParts } from './message-differences.js';
import { compareJson, type ValueDifference } from './json-differences.js';
import { type AlignItem } from './pair-items.js';

/** What a prompt is made of, in the order in which the providers' caches read it. */
export type PromptLevel = 'tools' | 'system' | 'messages';

export interface LevelBlocks {
  readonly level: PromptLevel;
  readonly blocks: readonly AlignItem[];
  /** The body ended before it could be known whether more follows. */
  readonly isOpen: boolean;
  /** Where it ended within the last block: what is known for certain of that one's text. Null: that block is whole. */
  readonly cutText: string | null;
}

/** Parameters that providers document as part of what a cached prefix was made with, and the level that they change. */
const PARAMETERS: Partial<Record<ConversationForm, readonly (readonly [pointer: string, level: PromptLevel])[]>> = {
  'anthropic-messages': [
    ['/speed', 'system'],
    ['/output_format', 'system'],
    ['/output_config/format', 'system'],
    ['/tool_choice', 'messages'],
    ['/thinking', 'messages'],
    ['/output_config/effort', 'messages'],
  ],
  // The schema of a structured answer stands before the system message.
  'openai-chat': [['/response_format', 'tools']],
  'openai-responses': [['/text/format', 'tools']],
};

/** With these the provider holds a part of the prompt that isn't in the body. */
const KEPT = /^\/(?:previous_response_id|conversation|prompt|cachedContent|cached_content)(?:\/|$)/;

/** Whether one of the parameters by which a level of this form is cached may have been told only after the cut. */
export const mayHideParameter = (form: ConversationForm, level: PromptLevel): boolean =>
  PARAMETERS[form]?.some(([, changed]) => changed === level) ?? false;

/** The first of these differences that changes a level as a whole. */
export function findParameter(
  form: ConversationForm,
  level: PromptLevel,
  differences: readonly ValueDifference[],
): ValueDifference | undefined {
  return differences.flatMap(listMembers).find(({ kind, from, to }) => {
    const { pointer } = (from ?? to)!;
    const known = PARAMETERS[form]?.find(([place]) => pointer === place || pointer.startsWith(`${place}/`));
    if (known?.[1] !== level || kind === 'rewritten' || kind === 'cut') return false;
    // Order is part of a schema, as that is written into the prompt; of other parameters it is not.
    return kind !== 'reordered' || /format$/.test(known[0]);
  });
}

export const isKeptByProvider = ({ from, to }: ValueDifference): boolean => KEPT.test((from ?? to)!.pointer);

/** An object that was added or removed, as its members. */
function listMembers(difference: ValueDifference): ValueDifference[] {
  const { kind, from, to } = difference;
  const whole = kind === 'added' ? to : kind === 'removed' ? from : null;
  if (whole === null || !/^\s*\{/.test(whole.json)) return [difference];
  const empty = { json: '{}', pointer: whole.pointer, isCut: false };
  const full = { ...whole, isCut: false };
  return kind === 'added' ? compareJson(empty, full) : compareJson(full, empty);
}

export const isWebSearch = (item: AlignItem | undefined): boolean => item?.role.startsWith('web_search') ?? false;

/** A request's prompt by level. */
export function listLevels(conversation: Conversation, body: string): readonly LevelBlocks[] {
  const { form, tools, system, messages, parameters, isCut } = conversation;
  const last = Math.max(
    -1,
    ...[tools, system, messages, parameters].map((placed: readonly Placed[]) => placed.at(-1)?.start ?? -1),
  );
  // What isn't there may come after the cut; what stands before something else is whole.
  const isOpen = (placed: readonly Placed[]): boolean =>
    isCut && (placed.length === 0 || placed.at(-1)!.start === last);
  const toolItems = listToolItems(tools, body);
  // Anthropic writes its web search into the system prompt, and its other tools before that.
  const isInSystem = (item: AlignItem): boolean => form === 'anthropic-messages' && isWebSearch(item);
  return [
    {
      level: 'tools',
      blocks: toolItems.filter((item) => !isInSystem(item)),
      isOpen: isOpen(tools),
      cutText: tools.at(-1)?.isCut ? '' : null,
    },
    {
      level: 'system',
      blocks: [...toolItems.filter(isInSystem), ...listPartItems(system, body)],
      isOpen: isOpen(system),
      cutText: system.at(-1)?.isCut ? readCertain(system.slice(-1)) : null,
    },
    {
      level: 'messages',
      blocks: listMessageItems(messages, body),
      isOpen: isOpen(messages),
      cutText: messages.at(-1)?.isCut ? readCertain(messages.at(-1)!.parts) : null,
    },
  ];
}

/** A part that ends early may turn out to be something else, unless it is read as it is written. */
function readCertain(parts: readonly Part[]): string {
  const last = parts.at(-1);
  const isCertain = last === undefined || !last.isCut || last.kind === 'text' || last.kind === 'thinking';
  return readParts(isCertain ? parts : parts.slice(0, -1));
}

/** The first image of a prompt, wherever it stands; null: none. */
export function findImage({ system, messages }: Conversation): Part | null {
  const pending: Part[] = [];
  // One by one: a list of parts may be longer than a call may have arguments.
  const add = (parts: readonly Part[]): void => {
    for (let at = parts.length - 1; at >= 0; at--) pending.push(parts[at]!);
  };
  add([...system, ...messages.flatMap(({ parts }) => parts)]);
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (part.kind === 'image') return part;
    if (part.kind === 'tool-result' || part.kind === 'source') add(part.parts);
    if (part.kind === 'document' && part.source.type === 'parts') add(part.source.parts);
  }
  return null;
}
