import { alignItems } from '../compare/align.js';
import { listMessageItems } from '../compare/conversation-items.js';
import { foldEqual } from '../compare/differences.js';
import { compareFields, compareTools } from '../compare/field-differences.js';
import { compareParts, readParts } from '../compare/message-differences.js';
import { findCacheBreak, type PromptCall } from '../compare/prompt-cache.js';
import { compareTexts } from '../compare/text-differences.js';
import type { Conversation } from '../conversation.js';
import { tellMarkdown } from '../telling/markdown.js';
import type { Joins } from '../telling/parts.js';
import { tellHead, tellMessage, tellTool } from '../telling/turns.js';
import { joinTools, type ToolJoin } from '../tool-joins.js';
import type { Answers } from './engine.js';
import type { HeldBodies } from './held-bodies.js';
import type { Comparison, HeadDifference, PromptOf } from './protocol.js';
import { sliceRows } from './slice-rows.js';

type Named =
  | 'conversation'
  | 'messages'
  | 'told'
  | 'toldTools'
  | 'markdown'
  | 'rebuilt'
  | 'eventLinks'
  | 'compare'
  | 'compareHeads'
  | 'compareMessages'
  | 'cacheBreak';

/** What bodies say, and how they differ in it. */
export function answerTalk(bodies: HeldBodies): Pick<Answers, Named> {
  return {
    conversation: ({ key, recorded = [] }) => {
      const { conversation, rebuilt } = bodies.talk(key);
      if (conversation === null) return null;
      const stream = rebuilt?.state ?? null;
      const told = tellHead(conversation, stream, recorded, readJoins(conversation));
      return { ...conversation, messages: conversation.messages.length, stream, told };
    },
    messages: ({ key, from, to }) => {
      const messages = bodies.talk(key).conversation?.messages ?? [];
      return sliceRows(from, to, messages.length, (index) => messages[index]!);
    },
    told: ({ key, from, to }) => {
      const { conversation } = bodies.talk(key);
      return sliceRows(from, to, conversation?.messages.length ?? 0, (index) =>
        tellMessage(conversation!, index, readJoins(conversation!)),
      );
    },
    toldTools: ({ key }) => bodies.talk(key).conversation?.tools.map(tellTool) ?? [],
    markdown: ({ texts }) => texts.map(tellMarkdown),
    rebuilt: ({ key }) => bodies.talk(key).rebuilt?.json ?? null,
    eventLinks: ({ key, from, to }) =>
      bodies.talk(key).rebuilt?.links.filter(({ event }) => event >= from && event < to) ?? [],
    compare: ({ keys }) => compare(bodies, keys),
    compareHeads: ({ keys }) => compareHeads(readTalks(bodies, keys)),
    compareMessages: ({ from, to }) => {
      const [left, right] = [from, to].map(({ key, message }) => {
        const { conversation } = bodies.talk(key);
        return message === null ? conversation?.system : conversation?.messages[message]?.parts;
      });
      return left && right ? compareParts(left, right) : null;
    },
    cacheBreak: ({ earlier, later }) => {
      const [before, after] = [readPrompt(bodies, earlier), readPrompt(bodies, later)];
      return before && after && findCacheBreak(before, after);
    },
  };
}

const known = new WeakMap<Conversation, Joins>();

function readJoins(conversation: Conversation): Joins {
  let joins = known.get(conversation);
  if (joins === undefined) {
    joins = new Map(
      joinTools(conversation).flatMap((join) =>
        [join.call, join.result].flatMap((place): [string, ToolJoin][] =>
          place === null ? [] : [[place.pointer, join]],
        ),
      ),
    );
    known.set(conversation, joins);
  }
  return joins;
}

interface Talk {
  readonly conversation: Conversation;
  readonly text: string;
}

/** Null: not every body is a conversation. */
function readTalks(bodies: HeldBodies, keys: readonly string[]): readonly Talk[] | null {
  const talks = keys.flatMap((key) => {
    const { conversation, text } = bodies.talk(key);
    return conversation === null ? [] : { conversation, text };
  });
  return talks.length === 0 || talks.length < keys.length ? null : talks;
}

function compare(bodies: HeldBodies, keys: readonly string[]): Comparison | null {
  const talks = readTalks(bodies, keys);
  if (talks === null) return null;
  const items = talks.map(({ conversation, text }) => listMessageItems(conversation.messages, text));
  const rows = alignItems(items);
  return {
    rows,
    stretches: foldEqual(rows, items),
    against: compareHeads(talks)!,
  };
}

function compareHeads(talks: readonly Talk[] | null): readonly HeadDifference[] | null {
  if (talks === null) return null;
  const [first, ...others] = talks;
  const { parameters, system, tools } = first!.conversation;
  return others.map(({ conversation, text }) => ({
    parameters: compareFields(parameters, conversation.parameters),
    tools: compareTools({ tools, body: first!.text }, { tools: conversation.tools, body: text }),
    system: compareTexts(readParts(system), readParts(conversation.system)),
  }));
}

function readPrompt(bodies: HeldBodies, { key, model, promptTokens }: PromptOf): PromptCall | null {
  const { conversation, text } = bodies.talk(key);
  const { provider } = bodies.get(key).body.asked;
  return conversation && { conversation, body: text, provider, model, promptTokens };
}
