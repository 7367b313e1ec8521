import { alignItems } from '../compare/align.js';
import { listMessageItems, readParts } from '../compare/conversation-items.js';
import { foldEqual, listDifferences } from '../compare/differences.js';
import { compareFields, compareTools } from '../compare/field-differences.js';
import { findCacheBreak, type PromptCall } from '../compare/prompt-cache.js';
import { compareTexts } from '../compare/text-differences.js';
import { joinTools } from '../tool-joins.js';
import type { Answers } from './engine.js';
import type { HeldBodies } from './held-bodies.js';
import type { Comparison, PromptOf } from './protocol.js';
import { sliceRows } from './slice-rows.js';

type Named =
  'conversation' | 'messages' | 'toolJoins' | 'rebuilt' | 'eventLinks' | 'compare' | 'compareMessages' | 'cacheBreak';

/** What bodies say, and how they differ in it. */
export function answerTalk(bodies: HeldBodies): Pick<Answers, Named> {
  return {
    conversation: ({ key }) => {
      const { conversation, rebuilt } = bodies.talk(key);
      return (
        conversation && { ...conversation, messages: conversation.messages.length, stream: rebuilt?.state ?? null }
      );
    },
    messages: ({ key, from, to }) => {
      const messages = bodies.talk(key).conversation?.messages ?? [];
      return sliceRows(from, to, messages.length, (index) => messages[index]!);
    },
    toolJoins: ({ key }) => {
      const { conversation } = bodies.talk(key);
      return conversation === null ? [] : joinTools(conversation);
    },
    rebuilt: ({ key }) => bodies.talk(key).rebuilt?.json ?? null,
    eventLinks: ({ key, from, to }) =>
      bodies.talk(key).rebuilt?.links.filter(({ event }) => event >= from && event < to) ?? [],
    compare: ({ keys }) => compare(bodies, keys),
    compareMessages: ({ from, to }) => {
      const [left, right] = [from, to].map(({ key, message }) => bodies.talk(key).conversation?.messages[message]);
      return left && right ? compareTexts(readParts(left.parts), readParts(right.parts)) : null;
    },
    cacheBreak: ({ earlier, later }) => {
      const [before, after] = [readPrompt(bodies, earlier), readPrompt(bodies, later)];
      return before && after && findCacheBreak(before, after);
    },
  };
}

function compare(bodies: HeldBodies, keys: readonly string[]): Comparison | null {
  const panes = keys.flatMap((key) => {
    const { conversation, text } = bodies.talk(key);
    return conversation === null ? [] : { conversation, text, items: listMessageItems(conversation.messages, text) };
  });
  const [first, ...others] = panes;
  if (first === undefined || panes.length < keys.length) return null;
  const items = panes.map((pane) => pane.items);
  const rows = alignItems(items);
  const toolsOf = ({ conversation, text }: typeof first): Parameters<typeof compareTools>[0] => ({
    tools: conversation.tools,
    body: text,
  });
  return {
    rows,
    stretches: foldEqual(rows, items),
    ruler: listDifferences(rows, items),
    against: others.map((other) => ({
      parameters: compareFields(first.conversation.parameters, other.conversation.parameters),
      tools: compareTools(toolsOf(first), toolsOf(other)),
      system: compareTexts(readParts(first.conversation.system), readParts(other.conversation.system)),
    })),
  };
}

function readPrompt(bodies: HeldBodies, { key, model, promptTokens }: PromptOf): PromptCall | null {
  const { conversation, text } = bodies.talk(key);
  const { provider } = bodies.get(key).body.asked;
  return conversation && { conversation, body: text, provider, model, promptTokens };
}
