/** What a stored response says of its model and tokens, in the accounting of the daemon's columns. */
export interface Usage {
  readonly model: string;
  readonly input: number;
  readonly output: number;
  readonly thinking: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

interface Fields {
  readonly [key: string]: unknown;
}

function object(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function number(fields: unknown, key: string): number {
  const value = object(fields)[key];
  return typeof value === 'number' ? value : 0;
}

/** The JSON values of a response: one, those of an event stream, or those of an array. */
export function parseResponse(text: string, contentType: string): unknown[] {
  if (!contentType.startsWith('text/event-stream')) {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  }
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line): unknown => JSON.parse(line.slice(6)));
}

/** Null where the response names no usage. */
export function readUsage(provider: string, text: string, contentType: string): Usage | null {
  const values = parseResponse(text, contentType).map(object);
  if (provider === 'anthropic') return readAnthropic(values);
  if (provider === 'gemini') return readGemini(values);
  return readOpenAi(provider, values);
}

function readAnthropic(values: readonly Fields[]): Usage | null {
  const started = values.find(({ type }) => type === 'message_start');
  const message = object(started ? started['message'] : values[0]);
  const ended = values.find(({ type }) => type === 'message_delta');
  const usage = { ...object(message['usage']), ...object(ended?.['usage']) };
  if (!('output_tokens' in usage) || (started && !ended)) return null;
  return {
    model: String(message['model']),
    input: number(usage, 'input_tokens'),
    output: number(usage, 'output_tokens'),
    thinking: number(usage, 'thinking_tokens'),
    cacheRead: number(usage, 'cache_read_input_tokens'),
    cacheWrite: number(usage, 'cache_creation_input_tokens'),
  };
}

function readGemini(values: readonly Fields[]): Usage | null {
  const last = values.at(-1);
  const usage = last?.['usageMetadata'];
  if (!last || usage === undefined) return null;
  const cacheRead = number(usage, 'cachedContentTokenCount');
  return {
    model: String(last['modelVersion']),
    input: number(usage, 'promptTokenCount') - cacheRead,
    output: number(usage, 'candidatesTokenCount'),
    thinking: number(usage, 'thoughtsTokenCount'),
    cacheRead,
    cacheWrite: 0,
  };
}

function readOpenAi(provider: string, values: readonly Fields[]): Usage | null {
  const bodies = values.map((value) => ('response' in value ? object(value['response']) : value));
  const body = bodies.findLast(({ usage }) => usage !== undefined && usage !== null);
  if (!body) return null;
  const usage = object(body['usage']);
  const isChat = 'prompt_tokens' in usage;
  const prompt = number(usage, isChat ? 'prompt_tokens' : 'input_tokens');
  const answer = number(usage, isChat ? 'completion_tokens' : 'output_tokens');
  const cacheRead = number(usage[isChat ? 'prompt_tokens_details' : 'input_tokens_details'], 'cached_tokens');
  const thinking = number(usage[isChat ? 'completion_tokens_details' : 'output_tokens_details'], 'reasoning_tokens');
  // The daemon takes xAI's counts as they come: cached tokens are in the prompt, reasoning stands beside the answer.
  const within = provider === 'xai' ? 0 : 1;
  return {
    model: String(body['model']),
    input: prompt - within * cacheRead,
    output: answer - within * thinking,
    thinking,
    cacheRead,
    cacheWrite: 0,
  };
}
