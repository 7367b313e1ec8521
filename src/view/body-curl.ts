import type { ConversationForm } from '../bodies/conversation.js';
import { quoteForShell } from './shell-quotes.js';

interface CurlCall {
  readonly form: ConversationForm;
  readonly provider: string | null;
  readonly model: string | null;
  readonly isStream: boolean;
}

interface Endpoint {
  readonly url: string;
  readonly headers: readonly string[];
}

const OPENAI_PATHS: Partial<Record<ConversationForm, string>> = {
  'openai-chat': 'chat/completions',
  'openai-responses': 'responses',
  'openai-completions': 'completions',
  'openai-embeddings': 'embeddings',
};

/** Providers that speak OpenAI's forms at an address of their own. */
const OPENAI_ALIKES: Readonly<Record<string, readonly [base: string, key: string]>> = {
  openai: ['https://api.openai.com/v1', 'OPENAI_API_KEY'],
  xai: ['https://api.x.ai/v1', 'XAI_API_KEY'],
};

/**
 * The request as a command for a POSIX shell, with a placeholder for the key, which no body holds. The address is the
 * provider's public one: the daemon keeps no other.
 */
export function writeCurl(body: string, call: CurlCall): string {
  const { url, headers } = findEndpoint(call);
  return [
    `curl ${quoteForShell(url)}`,
    ...['content-type: application/json', ...headers].map((header) => `-H "${header}"`),
    `--data-raw ${quoteForShell(body)}`,
  ].join(' \\\n  ');
}

function findEndpoint({ form, provider, model, isStream }: CurlCall): Endpoint {
  if (form === 'anthropic-messages') {
    return {
      url: 'https://api.anthropic.com/v1/messages',
      headers: ['anthropic-version: 2023-06-01', 'x-api-key: $ANTHROPIC_API_KEY'],
    };
  }
  if (form === 'gemini-content' || form === 'gemini-embeddings') {
    const method =
      form === 'gemini-embeddings' ? 'embedContent' : isStream ? 'streamGenerateContent?alt=sse' : 'generateContent';
    const name = encodeURIComponent(model ?? 'MODEL');
    return {
      url: `https://generativelanguage.googleapis.com/v1beta/models/${name}:${method}`,
      headers: ['x-goog-api-key: $GEMINI_API_KEY'],
    };
  }
  const [base, key] = OPENAI_ALIKES[provider ?? ''] ?? ['https://HOST/v1', 'API_KEY'];
  return { url: `${base}/${OPENAI_PATHS[form] ?? ''}`, headers: [`authorization: Bearer $${key}`] };
}
