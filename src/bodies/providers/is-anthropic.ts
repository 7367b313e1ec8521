import { type Fields } from './json-node.js';

const ANTHROPIC_FIELDS = ['system', 'stop_sequences', 'anthropic_version', 'mcp_servers', 'context_management'];
const OPENAI_FIELDS = [
  'stop',
  'n',
  'response_format',
  'stream_options',
  'frequency_penalty',
  'presence_penalty',
  'logprobs',
  'max_completion_tokens',
  'reasoning_effort',
  'parallel_tool_calls',
  'seed',
  'functions',
];
const ANTHROPIC_PARTS = new Set(['tool_use', 'tool_result', 'image', 'document', 'thinking', 'redacted_thinking']);
/** Messages and tools that are looked at; the first ones tell. */
const LOOKED_AT = 20;

/** Whether a body with `messages` is Anthropic's: by its tools, its messages, its fields, then by what is known beside it. */
export function isAnthropic(fields: Fields, provider: string | null): boolean {
  const byContent = byTools(fields) ?? byMessages(fields);
  if (byContent !== null) return byContent;
  if (ANTHROPIC_FIELDS.some((name) => fields.has(name))) return true;
  if (OPENAI_FIELDS.some((name) => fields.has(name))) return false;
  if (provider !== null) return provider === 'anthropic';
  return /claude/i.test(fields.peek('model')?.string ?? '');
}

function byTools(fields: Fields): boolean | null {
  for (const tool of fields.peek('tools')?.head(LOOKED_AT) ?? []) {
    const definition = tool.fields;
    if (definition?.has('input_schema')) return true;
    if (definition?.has('function') || definition?.has('parameters')) return false;
    if (/_\d{8}$/.test(definition?.peek('type')?.string ?? '')) return true;
  }
  return null;
}

function byMessages(fields: Fields): boolean | null {
  for (const item of fields.peek('messages')?.head(LOOKED_AT) ?? []) {
    const message = item.fields;
    const role = message?.peek('role')?.string ?? '';
    if (message?.has('tool_calls') || /^(?:system|developer|tool|function)$/.test(role)) return false;
    const types = (message?.peek('content')?.head(LOOKED_AT) ?? []).map(
      (part) => part.fields?.peek('type')?.string ?? '',
    );
    if (types.some((type) => ANTHROPIC_PARTS.has(type))) return true;
    if (types.some((type) => /_url$|^input_|^file$/.test(type))) return false;
  }
  return null;
}
