import type { Conversation, Part, ToolCallPart, ToolResultPart } from './conversation.js';

/** A tool's call and its result, by place. */
export interface ToolJoin {
  readonly name: string;
  readonly call: ToolPlace | null;
  readonly result: ToolPlace | null;
}

export interface ToolPlace {
  /** Index of the message. */
  readonly message: number;
  readonly pointer: string;
}

/**
 * Every tool call with the result that belongs to it: by the id that both carry; where the provider gives none, the
 * first result of that name that comes after. A call without a result and a result without a call stand alone.
 */
export function joinTools({ messages }: Conversation): ToolJoin[] {
  const joins: { name: string; call: ToolPlace | null; result: ToolPlace | null }[] = [];
  const waiting = new Map<string, { readonly calls: (typeof joins)[number][]; next: number }>();
  const add = (part: ToolCallPart | ToolResultPart, message: number): void => {
    const place = { message, pointer: part.pointer };
    const name = part.callId === null ? `name ${part.name ?? ''}` : `id ${part.callId}`;
    const queue = waiting.get(name) ?? { calls: [], next: 0 };
    waiting.set(name, queue);
    if (part.kind === 'tool-call') {
      const join = { name: part.name, call: place, result: null };
      joins.push(join);
      queue.calls.push(join);
      return;
    }
    const join = queue.calls[queue.next];
    if (join) {
      join.result = place;
      queue.next++;
    } else joins.push({ name: part.name ?? '', call: null, result: place });
  };
  const addAll = (parts: readonly Part[], message: number): void => {
    for (const part of parts) if (part.kind === 'tool-call' || part.kind === 'tool-result') add(part, message);
  };
  messages.forEach(({ parts }, message) => addAll(parts, message));
  return joins;
}
