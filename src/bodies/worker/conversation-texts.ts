import type { Conversation, Part } from '../conversation.js';
import type { ConversationSpot } from './matches.js';

/** A decoded text of a conversation. */
export interface SpotText {
  readonly spot: ConversationSpot;
  readonly text: string;
  /** Where its part starts in the body. */
  readonly at: number;
}

/** Every text that the conversation view shows, in its order: system prompt, tools, messages. */
export function listTexts({ system, tools, messages }: Conversation): SpotText[] {
  const texts: SpotText[] = [];
  const add = (spot: Omit<ConversationSpot, 'field'>, at: number, fields: Readonly<Record<string, unknown>>): void => {
    for (const [field, text] of Object.entries(fields)) {
      if (typeof text === 'string' && text !== '') texts.push({ spot: { ...spot, field }, text, at });
    }
  };
  /** Parts within parts come after what holds them; a stack, since a body may nest them as deep as it likes. */
  const addParts = (section: 'system' | 'messages', index: number | null, parts: readonly Part[]): void => {
    const stack = parts.map((part, place) => ({ part, path: [place] })).reverse();
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { part, path } = next;
      const place = index === null ? { index: path[0]!, parts: path.slice(1) } : { index, parts: path };
      add({ section, ...place, pointer: part.pointer }, part.start, fieldsOf(part));
      const inner = innerParts(part).map((child, position) => ({ part: child, path: [...path, position] }));
      stack.push(...inner.reverse());
    }
  };
  addParts('system', null, system);
  for (const [index, { name, description, schema, pointer, start }] of tools.entries()) {
    add({ section: 'tools', index, parts: [], pointer }, start, { name, description, schema: schema?.json });
  }
  for (const [index, { name, parts, pointer, start }] of messages.entries()) {
    add({ section: 'messages', index, parts: [], pointer }, start, { name });
    addParts('messages', index, parts);
  }
  return texts;
}

function fieldsOf(part: Part): Readonly<Record<string, unknown>> {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { text: part.text };
    case 'thinking':
      return { text: part.text };
    case 'tool-call':
      return { name: part.name, arguments: part.arguments };
    case 'tool-result':
      return { name: part.name };
    case 'source':
      return { title: part.title, url: part.url };
    case 'other':
      return { json: part.json };
    case 'numbers':
      return {};
    default: {
      const { source } = part;
      const said = source.type === 'text' ? { text: source.text } : source.type === 'url' ? { url: source.url } : {};
      return { title: part.title, ...said };
    }
  }
}

function innerParts(part: Part): readonly Part[] {
  if (part.kind === 'tool-result' || part.kind === 'source') return part.parts;
  return 'source' in part && part.source.type === 'parts' ? part.source.parts : [];
}
