import { type ErrorDetail, type Field, type TokenCounts, type Usage } from '../conversation.js';
import { type JsonNode } from './json-node.js';

/** Finds a count by its path; null where the body doesn't say. */
export type FindCount = (...paths: string[]) => number | null;

/** Details are grouped once or twice, or listed by modality. */
const DEEPEST = 3;
const MOST = 200;

/** What a usage object counts. `map` says which of it is which kind of token. */
export function readUsage(node: JsonNode | null, map: (find: FindCount) => TokenCounts): Usage | null {
  if (node?.kind !== 'object') return null;
  const counts: Field[] = [];
  const numbers = new Map<string, number>();
  const list = (parent: JsonNode, prefix: string, depth: number): void => {
    const fields = parent.kind === 'array' ? parent.items.map((item, index) => [String(index), item] as const) : [];
    for (const [name, value] of parent.fields?.entries ?? fields) {
      if (counts.length >= MOST) return;
      const path = prefix + name;
      if ((value.kind === 'object' || value.kind === 'array') && depth < DEEPEST) list(value, `${path}.`, depth + 1);
      else if (!value.isNull) counts.push(value.asField(path));
      const { number } = value;
      if (number !== null && Number.isSafeInteger(number) && number >= 0) numbers.set(path, number);
    }
  };
  list(node, '', 1);
  const find: FindCount = (...paths) => {
    for (const path of paths) {
      const count = numbers.get(path);
      if (count !== undefined) return count;
    }
    return null;
  };
  return { pointer: node.pointer, counts, tokens: map(find) };
}

export function mapAnthropic(find: FindCount): TokenCounts {
  return {
    input: find('input_tokens'),
    output: find('output_tokens'),
    // Said only of extended thinking; the daemon records it from there.
    thinking: find('thinking_tokens'),
    cacheRead: find('cache_read_input_tokens'),
    cacheWrite: find('cache_creation_input_tokens'),
  };
}

/** OpenAI counts cached input and reasoning within its totals; xAI beside them, as the daemon reads it. */
export function mapOpenAi(find: FindCount, isXai: boolean): TokenCounts {
  const input = find('prompt_tokens', 'input_tokens');
  const output = find('completion_tokens', 'output_tokens');
  const total = find('total_tokens');
  const cacheRead = find(
    'prompt_tokens_details.cached_tokens',
    'input_tokens_details.cached_tokens',
    'prompt_cache_hit_tokens',
    'cached_tokens',
  );
  const thinking = find('completion_tokens_details.reasoning_tokens', 'output_tokens_details.reasoning_tokens');
  const isBeside = isXai || (thinking !== null && thinking > 0 && total === (input ?? 0) + (output ?? 0) + thinking);
  return {
    input: isXai ? input : without(input, cacheRead),
    output: isBeside ? output : without(output, thinking),
    thinking,
    cacheRead,
    cacheWrite: find('prompt_tokens_details.cache_write_tokens', 'prompt_tokens_details.cache_creation_tokens'),
  };
}

export function mapGemini(find: FindCount): TokenCounts {
  const cacheRead = find('cachedContentTokenCount');
  return {
    input: without(find('promptTokenCount', 'totalTokens'), cacheRead),
    output: find('candidatesTokenCount', 'responseTokenCount'),
    thinking: find('thoughtsTokenCount'),
    cacheRead,
    cacheWrite: null,
  };
}

/** What is left of a count without a part of it; a part above the whole stands beside it. */
function without(whole: number | null, part: number | null): number | null {
  return whole === null || part === null || part > whole ? whole : whole - part;
}

/** An error object, or the bare sentence that some servers send. */
export function readError(node: JsonNode | null): ErrorDetail | null {
  if (node === null || node.isNull) return null;
  const fields = node.fields;
  const read = (...names: string[]): string | null => {
    const value = fields?.take(...names);
    return value === undefined || value === null || value.isNull ? null : (value.string ?? value.json);
  };
  return {
    ...node.place,
    type: read('type', 'status'),
    code: read('code'),
    message: fields ? read('message', 'error') : (node.string ?? node.json),
    json: node.json,
  };
}
