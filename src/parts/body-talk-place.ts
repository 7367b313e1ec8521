import type { Message, Part } from '../bodies/conversation.js';
import type { ConversationHead } from '../bodies/worker/protocol.js';

/** Where in a conversation a JSON Pointer leads. */
export interface TalkPlace {
  readonly section: 'system' | 'tools' | 'messages';
  /** Which tool or message. */
  readonly index: number;
  /** Of the part, message or tool; what was asked for may lie within. */
  readonly pointer: string;
  /** Where that begins in the body. */
  readonly start: number;
}

/** The part, message, tool or system prompt that a pointer leads into; null: there is none. */
export async function findTalkPlace(
  pointer: string,
  head: ConversationHead,
  read: (index: number) => Promise<Message | undefined>,
): Promise<TalkPlace | null> {
  const holds = (outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);
  const inside = (parts: readonly Part[]): Part | undefined => {
    const outer = parts.find((part) => holds(part.pointer));
    return outer && (inside(innerParts(outer)) ?? outer);
  };
  const system = inside(head.system);
  if (system) return { section: 'system', index: 0, pointer: system.pointer, start: system.start };
  const tool = head.tools.findIndex((one) => holds(one.pointer));
  const definition = head.tools[tool];
  if (definition) return { section: 'tools', index: tool, pointer: definition.pointer, start: definition.start };
  for (let index = 0; index < head.messages; index++) {
    const message = await read(index);
    if (message === undefined) continue;
    const part = inside(message.parts) ?? (holds(message.pointer) ? message : undefined);
    if (part) return { section: 'messages', index, pointer: part.pointer, start: part.start };
  }
  return null;
}

function innerParts(part: Part): readonly Part[] {
  if (part.kind === 'tool-result' || part.kind === 'source') return part.parts;
  return 'source' in part && part.source.type === 'parts' ? part.source.parts : [];
}
