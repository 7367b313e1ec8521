import type { Block, Conversation, Message, Tool, TurnLength } from '../conversations/conversation.js';
import { SCENARIOS } from '../conversations/scenarios.js';
import type { CallPlan, Session } from '../plan.js';
import { Random } from '../random.js';

const CHARS_PER_TOKEN = 3.9;
const LONGEST_PREFIX = 4800;
/** Where bodies are shortened: first question, later ones, answer, thought. In characters. */
const SHORTENED = { firstAsk: 3000, laterAsk: 800, answer: 2400, thought: 900 };

/** What one call says and hears, before a provider's format. */
export interface Exchange {
  readonly call: CallPlan;
  readonly system: string;
  readonly tools: readonly Tool[];
  readonly messages: readonly Message[];
  readonly answer: readonly Block[];
  /** The same for the same call: ids and signatures come from it. */
  readonly random: Random;
  readonly createdAtSeconds: number;
}

/** Writes down what was said in a call; the conversation of a session is made once. */
export function readExchange(call: CallPlan): Exchange {
  const { session, turn } = call;
  const conversation = (session.conversation ??= write(session));
  const messages = conversation.turns.slice(0, turn + 1).flatMap(({ asked, answer }, index): Message[] => {
    const said = index === 0 && session.clockInPrompt ? addClock(asked, call.requestedAtMs) : asked;
    return index === turn ? [said] : [said, { role: 'assistant', blocks: answer }];
  });
  return {
    call,
    system: conversation.system,
    tools: conversation.tools,
    messages,
    answer: conversation.turns[turn]?.answer ?? [],
    random: new Random(session.seed, turn, call.requestedAtMs),
    createdAtSeconds: Math.floor(call.requestedAtMs / 1000),
  };
}

function write(session: Session): Conversation {
  const { fullBodies: full, profile } = session;
  const size = (tokens: number, most: number): number =>
    Math.round(full ? tokens * CHARS_PER_TOKEN : Math.min(most, tokens * CHARS_PER_TOKEN));
  const turns = session.turns.map(({ asked, answered, thought }, index): TurnLength => ({
    asked: size(asked, index === 0 ? SHORTENED.firstAsk : SHORTENED.laterAsk),
    answered: size(answered, SHORTENED.answer),
    thought: size(thought, SHORTENED.thought),
  }));
  const prefix = Math.min(LONGEST_PREFIX, profile.shape.prefix * CHARS_PER_TOKEN);
  return SCENARIOS[profile.scenario]({
    random: new Random(session.seed, 2),
    turns,
    prefix,
    startedAtMs: session.startedAtMs,
  });
}

function addClock(message: Message, atMs: number): Message {
  const clock = `Current time: ${new Date(atMs).toISOString().slice(0, 19)}Z`;
  return { ...message, blocks: [...message.blocks, { type: 'text', text: clock }] };
}

/** The text blocks of a message or answer, joined. */
export function joinText(blocks: readonly Block[]): string {
  return blocks
    .filter((block) => block.type === 'text')
    .map(({ text }) => text)
    .join('\n\n');
}

/** A long text in pieces, as a provider streams it; pieces grow with the text unless every word counts. */
export function splitText(text: string, fine: boolean): string[] {
  const step = fine ? 6 : Math.max(18, Math.ceil(text.length / 40));
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + step);
    // Not between the two halves of a character outside the basic plane.
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end++;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

/** What a stream that broke off left: the first part of its events. */
export function keepBegun<T>(events: readonly T[], random: Random): T[] {
  return events.slice(0, Math.max(2, Math.floor(events.length * (0.35 + random.fraction() * 0.4))));
}
