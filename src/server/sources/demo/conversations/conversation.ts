import type { Random } from '../random.js';

/** A conversation in no provider's format: the encoders in `bodies/` put it into one. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'image'; readonly mediaType: string; readonly base64: string }
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string; readonly input: JsonObject }
  | { readonly type: 'tool-result'; readonly callId: string; readonly name: string; readonly content: string };

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly blocks: readonly Block[];
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
}

/** What is said before one call, and what the model says in it. */
export interface Turn {
  readonly asked: Message;
  readonly answer: readonly Block[];
}

export interface Conversation {
  readonly system: string;
  readonly tools: readonly Tool[];
  readonly turns: readonly Turn[];
}

/** How long the texts of a turn should be, in characters. */
export interface TurnLength {
  readonly asked: number;
  readonly answered: number;
  readonly thought: number;
}

/** What a scenario makes a conversation of. */
export interface Setting {
  readonly random: Random;
  readonly turns: readonly TurnLength[];
  readonly prefix: number;
  /** Unix milliseconds. */
  readonly startedAtMs: number;
}

/** One thing that an agent does: a word about it, the tool it calls, and what comes back in about so many characters. */
export interface Step {
  readonly say: string;
  readonly tool: string;
  readonly input: JsonObject;
  readonly result: (chars: number) => string;
}

export function tool(name: string, description: string, properties: Record<string, string>): Tool {
  const entries = Object.entries(properties).map(([key, text]): [string, Json] => {
    const type = key === 'limit' || key === 'amount_minor' ? 'integer' : 'string';
    return [key, { type, description: text }];
  });
  return {
    name,
    description,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(entries),
      required: [Object.keys(properties)[0] ?? ''],
    },
  };
}

const HUGE_CHARS = 15_000;

export function say(text: string): Message {
  return { role: 'user', blocks: [{ type: 'text', text }] };
}

/**
 * Sentences from a stock, in changing order, until about `chars` characters are there: at least one, and each once, for
 * nobody says the same thing twice. Only what has to be huge goes round and round.
 */
export function fill(random: Random, stock: readonly string[], chars: number, separator = ' '): string {
  let start = random.integer(0, stock.length - 1);
  const stride = stock.length % 2 === 0 ? 1 : 2;
  const parts: string[] = [];
  let length = 0;
  do {
    const part = stock[start % stock.length] ?? '';
    parts.push(part);
    length += part.length + separator.length;
    start += stride;
  } while (length < chars && (parts.length < stock.length || chars > HUGE_CHARS));
  return parts.join(separator);
}

function think(random: Random, thoughts: readonly string[], chars: number): Block[] {
  return chars > 0 ? [{ type: 'thinking', text: fill(random, thoughts, chars) }] : [];
}

/** An agent at work: each turn but the last calls a tool, the next turn brings what it answered. */
export function runAgent(
  { random, turns }: Setting,
  script: {
    opening: Message;
    takeSteps: () => readonly Step[];
    closing: readonly string[];
    thoughts: readonly string[];
  },
): Turn[] {
  let asked = script.opening;
  let steps = script.takeSteps();
  return turns.map((length, index) => {
    const thought = think(random, script.thoughts, length.thought);
    const place = index % steps.length;
    if (index > 0 && place === 0) steps = script.takeSteps();
    const step = steps[place];
    if (!step || index === turns.length - 1) {
      return { asked, answer: [...thought, { type: 'text', text: fill(random, script.closing, length.answered) }] };
    }
    const id = random.alphanumeric(22);
    const before = asked;
    const content = step.result(turns[index + 1]?.asked ?? 0);
    asked = { role: 'user', blocks: [{ type: 'tool-result', callId: id, name: step.tool, content }] };
    const said: Block[] = step.say ? [{ type: 'text', text: step.say }] : [];
    const call: Block = { type: 'tool-call', id, name: step.tool, input: step.input };
    return { asked: before, answer: [...thought, ...said, call] };
  });
}

/** People talking: questions in their order, answers of the wanted length. */
export function runChat(
  { random, turns }: Setting,
  script: {
    ask: (index: number, chars: number) => Message;
    answer: (index: number, chars: number) => string;
    thoughts: readonly string[];
  },
): Turn[] {
  return turns.map((length, index) => ({
    asked: script.ask(index, length.asked),
    answer: [
      ...think(random, script.thoughts, length.thought),
      { type: 'text', text: script.answer(index, length.answered) },
    ],
  }));
}
