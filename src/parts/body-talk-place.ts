import type { Message, Part } from '../bodies/conversation.js';
import type { ConversationHead } from '../bodies/worker/protocol.js';
import type { Rows } from '../bodies/worker/rows.js';

/** Messages that are looked through at a time. */
const SLICE = 20;

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
  read: (from: number, to: number) => Promise<Rows<Message>>,
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
  for (let from = 0; from < head.messages; from += SLICE) {
    for (const [place, message] of (await read(from, from + SLICE)).rows.entries()) {
      const part = inside(message.parts) ?? (holds(message.pointer) ? message : undefined);
      if (part) return { section: 'messages', index: from + place, pointer: part.pointer, start: part.start };
    }
  }
  return null;
}

function innerParts(part: Part): readonly Part[] {
  if (part.kind === 'tool-result' || part.kind === 'source') return part.parts;
  return 'source' in part && part.source.type === 'parts' ? part.source.parts : [];
}
