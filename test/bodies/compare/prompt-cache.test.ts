import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { alignItems } from '../../../src/bodies/compare/align.js';
import { listMessageItems } from '../../../src/bodies/compare/conversation-items.js';
import { type CacheVerdict, findCacheBreak, type PromptCall } from '../../../src/bodies/compare/prompt-cache.js';
import { priceUncached } from '../../../src/bodies/compare/uncached-cost.js';
import { readConversation } from '../../../src/bodies/providers/read-conversation.js';

function read(body: string, provider: string, recorded: Partial<PromptCall> = {}): PromptCall {
  const conversation = readConversation(body, { side: 'request', provider });
  assert.ok(conversation, body.slice(0, 200));
  return { conversation, body, provider, model: conversation.model, promptTokens: 5000, ...recorded };
}

/** State and place in one line. */
function draw(verdict: CacheVerdict | null): string {
  if (verdict === null) return 'none';
  if (verdict.state === 'short') return `short ${verdict.leastTokens}`;
  if (verdict.state === 'matching') return `matching ${verdict.equalCharacters}`;
  const { place } = verdict;
  const where = place === null ? '' : ` ${place.kind} ${place.from ?? '–'} ${place.to ?? '–'} ${place.equalCharacters}`;
  return (verdict.state === 'unknown' ? `unknown, ${verdict.because}` : 'broken') + where;
}

const TOOLS = [
  {
    name: 'read_file',
    description: 'Reads a file',
    input_schema: { type: 'object', properties: { path: { type: 'string' } } },
  },
  { name: 'write_file', description: 'Writes a file', input_schema: { type: 'object' } },
];
const SYSTEM = [{ type: 'text', text: 'You are careful.' }];
const MESSAGES = [
  { role: 'user', content: 'Read a.txt please.' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'read_file', input: { path: 'a.txt' } }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'Hello' }] },
];
const REQUEST = { model: 'claude-sonnet-4-6', max_tokens: 100, tools: TOOLS, system: SYSTEM, messages: MESSAGES };
const TOOLS_LENGTH = TOOLS.reduce((sum, tool) => sum + JSON.stringify(tool).length, 0);
const SYSTEM_LENGTH = SYSTEM[0]!.text.length;

const compare = (from: unknown, to: unknown, provider = 'anthropic'): string =>
  draw(findCacheBreak(read(JSON.stringify(from), provider), read(JSON.stringify(to), provider)));

describe('the prompt cache of two calls to Anthropic', () => {
  it('could match when the conversation only went on', () => {
    const later = { ...REQUEST, messages: [...MESSAGES, { role: 'assistant', content: 'It says Hello.' }] };
    const characters = 'Read a.txt please.'.length + 'read_file {"path":"a.txt"}'.length + 'Hello'.length;
    assert.equal(compare(REQUEST, later), `matching ${TOOLS_LENGTH + SYSTEM_LENGTH + characters}`);
    assert.equal(compare(later, REQUEST), compare(REQUEST, later));
  });

  it('is not broken by moving its marks, nor by a text written as a list of one block, nor by how much is answered', () => {
    const mark = { cache_control: { type: 'ephemeral' } };
    const marked = {
      ...REQUEST,
      max_tokens: 4096,
      temperature: 0.5,
      system: [{ ...SYSTEM[0], ...mark }],
      tools: [TOOLS[0], { ...TOOLS[1], ...mark }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Read a.txt please.', ...mark }] },
        ...MESSAGES.slice(1),
      ],
    };
    assert.match(compare(REQUEST, marked), /^matching/);
  });

  it('breaks at the first tool that differs, was removed, added or moved', () => {
    const changed = [TOOLS[0], { ...TOOLS[1], description: 'Writes any file' }];
    const first = JSON.stringify(TOOLS[0]).length;
    const common = '{"name":"write_file","description":"Writes a'.length;
    assert.equal(
      compare(REQUEST, { ...REQUEST, tools: changed }),
      `broken tools-changed /tools/1 /tools/1 ${first + common}`,
    );
    assert.equal(
      compare(REQUEST, { ...REQUEST, tools: TOOLS.slice(0, 1) }),
      `broken tools-changed /tools/1 – ${first}`,
    );
    assert.equal(compare({ ...REQUEST, tools: undefined }, REQUEST), 'broken tools-changed – /tools/0 0');
    assert.match(
      compare(REQUEST, { ...REQUEST, tools: [...TOOLS].reverse() }),
      /^broken tools-changed \/tools\/0 \/tools\/0/,
    );
  });

  it('breaks at the system prompt, with all tools before it', () => {
    const system = [{ type: 'text', text: 'You are quick.' }];
    const common = TOOLS_LENGTH + 'You are '.length;
    assert.equal(compare(REQUEST, { ...REQUEST, system }), `broken system-changed /system/0 /system/0 ${common}`);
    assert.equal(
      compare(REQUEST, { ...REQUEST, system: [...SYSTEM, ...system] }),
      `broken system-changed – /system/1 ${TOOLS_LENGTH + SYSTEM_LENGTH}`,
    );
  });

  it('breaks at the first message that was edited, and says which', () => {
    const messages = [
      MESSAGES[0],
      MESSAGES[1],
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'Help' }] },
    ];
    const verdict = findCacheBreak(
      read(JSON.stringify(REQUEST), 'anthropic'),
      read(JSON.stringify({ ...REQUEST, messages }), 'anthropic'),
    );
    assert.match(draw(verdict), /^broken message-changed \/messages\/2 \/messages\/2/);
    assert.ok(verdict?.state === 'broken' && verdict.place.message === 2);
  });

  it('breaks at the beginning of the messages when history was compacted', () => {
    const messages = [{ role: 'user', content: 'Summed up: a.txt says Hello.' }, MESSAGES[2]];
    assert.equal(
      compare(REQUEST, { ...REQUEST, messages }),
      `broken message-changed /messages/0 /messages/0 ${TOOLS_LENGTH + SYSTEM_LENGTH}`,
    );
  });

  it('breaks before everything when the model changed', () => {
    assert.equal(compare(REQUEST, { ...REQUEST, model: 'claude-opus-4-6' }), 'broken model-changed /model /model 0');
  });

  it('breaks all messages, and nothing before them, when thinking, effort or the choice of tools changed', () => {
    const before = TOOLS_LENGTH + SYSTEM_LENGTH;
    const thinking = { type: 'enabled', budget_tokens: 2000 };
    assert.equal(
      compare({ ...REQUEST, thinking }, { ...REQUEST, thinking: { ...thinking, budget_tokens: 4000 } }),
      `broken parameter-changed /thinking/budget_tokens /thinking/budget_tokens ${before}`,
    );
    assert.equal(compare(REQUEST, { ...REQUEST, thinking }), `broken parameter-changed – /thinking/type ${before}`);
    assert.equal(
      compare(REQUEST, { ...REQUEST, tool_choice: { type: 'any' } }),
      `broken parameter-changed – /tool_choice/type ${before}`,
    );
    assert.equal(
      compare(REQUEST, { ...REQUEST, output_config: { effort: 'low' } }),
      `broken parameter-changed – /output_config/effort ${before}`,
    );
  });

  it('breaks the system prompt when the speed or the web search is switched', () => {
    assert.equal(compare(REQUEST, { ...REQUEST, speed: 'fast' }), `broken parameter-changed – /speed ${TOOLS_LENGTH}`);
    const tools = [...TOOLS, { type: 'web_search_20250305', name: 'web_search' }];
    assert.equal(compare(REQUEST, { ...REQUEST, tools }), `broken tools-changed /system/0 /tools/2 ${TOOLS_LENGTH}`);
  });

  it('breaks all messages when the first image comes in', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } };
    const messages = [...MESSAGES, { role: 'user', content: [image] }];
    assert.equal(
      compare(REQUEST, { ...REQUEST, messages }),
      `broken images-changed – /messages/3/content/0 ${TOOLS_LENGTH + SYSTEM_LENGTH}`,
    );
    assert.match(compare({ ...REQUEST, messages }, { ...REQUEST, messages: [...messages, MESSAGES[0]] }), /^matching/);
  });

  it('cannot be told past a cut, but a difference before it is certain', () => {
    const whole = JSON.stringify(REQUEST);
    const cut = read(whole.slice(0, -30), 'anthropic');
    assert.equal(draw(findCacheBreak(read(whole, 'anthropic'), cut)), 'unknown, cut');
    assert.equal(draw(findCacheBreak(cut, read(whole, 'anthropic'))), 'unknown, cut');
    const other = read(JSON.stringify({ ...REQUEST, system: [{ type: 'text', text: 'Other.' }] }), 'anthropic');
    // Speed may have been told after the cut, and it goes before the system prompt.
    assert.match(draw(findCacheBreak(other, cut)), /^unknown, cut system-changed \/system\/0 \/system\/0/);
    const tools = read(JSON.stringify({ ...REQUEST, tools: [TOOLS[1]] }), 'anthropic');
    assert.match(draw(findCacheBreak(tools, cut)), /^broken tools-changed/);
  });

  it('is not called broken by a parameter that may only have been cut away', () => {
    const whole = JSON.stringify({ ...REQUEST, thinking: { type: 'adaptive' } });
    const cut = read(whole.slice(0, whole.indexOf('"thinking"') - 10), 'anthropic');
    assert.equal(draw(findCacheBreak(cut, read(whole, 'anthropic'))), 'unknown, cut');
    assert.equal(draw(findCacheBreak(read(whole, 'anthropic'), cut)), 'unknown, cut');
  });

  it('is broken at the latest where two cut messages already differ', () => {
    const long = (text: string): PromptCall =>
      read(
        JSON.stringify({ model: 'm', messages: [{ role: 'user', content: text.repeat(100) }] }).slice(0, -40),
        'anthropic',
      );
    assert.equal(
      draw(findCacheBreak(long('lorem ipsum '), long('lorem dolor '))),
      'unknown, cut message-changed /messages/0 /messages/0 6',
    );
    assert.equal(draw(findCacheBreak(long('lorem ipsum '), long('lorem ipsum '))), 'unknown, cut');
  });

  it('never says more of a cut body than of the whole, wherever it is cut', () => {
    const whole = JSON.stringify(REQUEST);
    const same = read(whole, 'anthropic');
    for (let end = whole.indexOf('"tools"'); end < whole.length; end++) {
      const conversation = readConversation(whole.slice(0, end), { side: 'request', provider: 'anthropic' });
      if (conversation?.form !== 'anthropic-messages') continue;
      const cut = { ...same, conversation, body: whole.slice(0, end) };
      for (const verdict of [findCacheBreak(same, cut), findCacheBreak(cut, same)]) {
        assert.deepEqual(verdict, { state: 'unknown', because: 'cut', place: null }, whole.slice(0, end));
      }
    }
  });
});

describe('the prompt cache of two calls to others', () => {
  const chat = {
    model: 'gpt-5.4',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ],
  };

  it('breaks at the first message that differs, as exact prefix', () => {
    const later = { ...chat, messages: [chat.messages[0], { role: 'user', content: 'Hello' }, chat.messages[1]] };
    assert.equal(
      compare(chat, later, 'openai'),
      `broken message-changed /messages/1 /messages/1 ${'Be brief.H'.length}`,
    );
    assert.equal(compare(chat, { ...chat, messages: [...chat.messages, chat.messages[1]] }, 'openai'), 'matching 11');
  });

  it('breaks before everything when the schema of the answer changed', () => {
    const response_format = { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } };
    const responses = { model: 'gpt-5.4', input: 'Hi', text: { verbosity: 'low' } };
    assert.match(
      compare(chat, { ...chat, response_format }, 'openai'),
      /^broken parameter-changed – \/response_format/,
    );
    assert.equal(compare(responses, { ...responses, text: { verbosity: 'high' } }, 'openai'), 'matching 2');
    assert.match(
      compare(responses, { ...responses, text: { format: { type: 'json_object' } } }, 'openai'),
      /^broken parameter-changed – \/text\/format/,
    );
  });

  it('does not exist below the least length that OpenAI documents', () => {
    const short = read(JSON.stringify(chat), 'openai', { promptTokens: 1023 });
    assert.equal(draw(findCacheBreak(short, short)), 'short 1024');
    const other = read(JSON.stringify(chat), 'xai', { promptTokens: 1023 });
    assert.match(draw(findCacheBreak(other, other)), /^matching/);
  });

  it('cannot be told where the provider holds the history', () => {
    const first = { model: 'gpt-5.4', input: 'Hi' };
    assert.equal(
      compare(first, { ...first, input: 'Go on', previous_response_id: 'resp_1' }, 'openai'),
      'unknown, kept',
    );
  });

  it('follows Gemini’s contents, whose model is only in what was recorded', () => {
    const gemini = {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [{ role: 'user', parts: [{ text: 'hi' }] }],
    };
    const body = JSON.stringify(gemini);
    assert.match(compare(gemini, gemini, 'gemini'), /^matching/);
    const other = { ...gemini, systemInstruction: { parts: [{ text: 'Be long.' }] } };
    assert.match(compare(gemini, other, 'gemini'), /^broken system-changed/);
    const [flash, pro] = ['gemini-2.5-flash', 'gemini-2.5-pro'].map((model) => read(body, 'gemini', { model }));
    assert.equal(draw(findCacheBreak(flash!, pro!)), 'broken model-changed – – 0');
  });

  it('is not spoken of for embeddings, nor across two forms', () => {
    const embedding = { model: 'text-embedding-3-small', input: ['a', 'b'] };
    assert.equal(compare(embedding, embedding, 'openai'), 'none');
    assert.equal(compare({ model: 'gpt-5.4', input: 'Hi' }, chat, 'openai'), 'unknown, form');
  });
});

describe('messages as they are aligned', () => {
  const list = (messages: unknown) => {
    const { conversation, body } = read(JSON.stringify({ ...REQUEST, messages }), 'anthropic');
    return listMessageItems(conversation.messages, body);
  };
  const kinds = (from: unknown, to: unknown): string =>
    alignItems([list(from), list(to)])
      .map(({ kind }) => kind)
      .join(' ');

  it('are equal whatever the marks of the cache', () => {
    const marked = {
      role: 'user',
      content: [{ type: 'text', text: 'Read a.txt please.', cache_control: { type: 'ephemeral' } }],
    };
    assert.equal(kinds(MESSAGES, [marked, ...MESSAGES.slice(1)]), 'equal equal equal');
  });

  it('are changed when the arguments, an id or the bytes of an image differ', () => {
    const call = (id: string, path: string) => ({
      role: 'assistant',
      content: [{ type: 'tool_use', id, name: 'read_file', input: { path } }],
    });
    assert.equal(kinds([call('a', 'x.txt')], [call('a', 'y.txt')]), 'changed');
    assert.equal(kinds([call('a', 'x.txt')], [call('b', 'x.txt')]), 'changed');
    const image = (data: string) => ({
      role: 'user',
      content: [
        { type: 'text', text: 'See' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data } },
      ],
    });
    assert.equal(kinds([image('iVBORw0KGgo=')], [image('iVBORw0KGgo=')]), 'equal');
    assert.equal(kinds([image('iVBORw0KGgo=')], [image('iVBORw0KGgp=')]), 'changed');
  });

  it('may nest as deep as they like', () => {
    const nest = (word: string): unknown => {
      let part: unknown = { type: 'text', text: word };
      for (let depth = 0; depth < 500; depth++) part = { type: 'tool_result', tool_use_id: 'a', content: [part] };
      return [{ role: 'user', content: [part] }];
    };
    assert.equal(kinds(nest('one'), nest('one')), 'equal');
    assert.doesNotMatch(kinds(nest('one'), nest('two')), /equal/);
  });

  it('are not taken for equal where one may have gone on after the cut', () => {
    const whole = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Read a.txt' }] });
    const end = whole.indexOf('a.txt') + 'a.txt'.length;
    const [left, right] = [whole, whole.slice(0, end)].map((body) => {
      const { conversation } = read(body, 'anthropic');
      return listMessageItems(conversation.messages, body);
    });
    assert.deepEqual(
      alignItems([left!, right!]).map(({ kind }) => kind),
      ['changed'],
    );
  });
});

describe('what the cache did not give', () => {
  const price = { input: 300_000, output: 1_500_000, thinking: 1_500_000, cacheRead: 30_000, cacheWrite: 375_000 };
  const call = {
    inputTokens: 1234,
    cacheReadTokens: 4096,
    cacheWriteTokens: 2048,
    complete: true,
    costMillicents: 1376,
    price,
  };

  it('costs its tokens at their rates, and more than reading it from the cache', () => {
    assert.deepEqual(priceUncached(call), {
      uncachedTokens: 3282,
      costMillicents: Math.floor(1234 * 0.3 + 2048 * 0.375),
      excessMillicents: Math.floor(1234 * 0.27 + 2048 * 0.345),
      isLowerBound: false,
    });
    assert.equal(priceUncached({ ...call, complete: false })?.isLowerBound, true);
  });

  it('is unknown, not 0, without a price, without rates and without recorded tokens', () => {
    assert.equal(priceUncached({ ...call, costMillicents: null }), null);
    assert.equal(priceUncached({ ...call, price: null }), null);
    assert.equal(priceUncached({ ...call, inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }), null);
    assert.equal(priceUncached({ ...call, inputTokens: 0, cacheWriteTokens: 0 })?.costMillicents, 0);
  });

  it('is exact in integers, for any count and rate', () => {
    const rate = fc.integer({ min: 0, max: 100_000_000 });
    const count = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(count, count, rate, rate, rate, (inputTokens, cacheWriteTokens, input, cacheRead, cacheWrite) => {
        const found = priceUncached({
          ...call,
          inputTokens,
          cacheWriteTokens,
          price: { ...price, input, cacheRead, cacheWrite },
        });
        const exact =
          BigInt(inputTokens) * BigInt(input - cacheRead) + BigInt(cacheWriteTokens) * BigInt(cacheWrite - cacheRead);
        const remainder = exact - BigInt(found!.excessMillicents) * 1_000_000n;
        assert.ok(remainder >= 0n && remainder < 1_000_000n);
      }),
    );
  });
});
