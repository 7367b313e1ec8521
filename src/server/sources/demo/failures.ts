import type { Random } from './random.js';

/** The daemon's `error_class`, all of them. */
export const FAILURES = [
  'auth',
  'permission',
  'rate_limit',
  'quota_exceeded',
  'bad_request',
  'context_length_exceeded',
  'server_error',
  'timeout',
  'network',
  'unknown',
] as const;

export type Failure = (typeof FAILURES)[number];

/** How a provider says no. `code` is what the daemon keeps as `provider_error_code`. */
export interface Refusal {
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
}

type Refusals = Readonly<Record<Failure, Refusal>>;

const ANTHROPIC: Refusals = {
  auth: { status: 401, code: 'authentication_error', message: 'invalid x-api-key' },
  permission: {
    status: 403,
    code: 'permission_error',
    message: 'Your API key does not have permission to use the specified resource.',
  },
  rate_limit: {
    status: 429,
    code: 'rate_limit_error',
    message:
      "This request would exceed your organization's rate limit of 450,000 input tokens per minute. Please reduce the prompt length or try again later.",
  },
  quota_exceeded: {
    status: 402,
    code: 'billing_error',
    message: 'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.',
  },
  bad_request: {
    status: 400,
    code: 'invalid_request_error',
    message:
      'messages.4: `tool_use` ids were found without `tool_result` blocks immediately after. Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
  },
  context_length_exceeded: {
    status: 400,
    code: 'invalid_request_error',
    message: 'prompt is too long: 208412 tokens > 200000 maximum',
  },
  server_error: { status: 529, code: 'overloaded_error', message: 'Overloaded' },
  timeout: { status: 504, code: 'timeout_error', message: 'Request timed out' },
  network: { status: 502, code: null, message: 'upstream connect error or disconnect/reset before headers' },
  unknown: { status: 418, code: null, message: 'Unexpected response' },
};

const OPENAI: Refusals = {
  auth: {
    status: 401,
    code: 'invalid_api_key',
    message: 'Incorrect API key provided: [REDACTED:openai_key]. You can find your API key in your account settings.',
  },
  permission: {
    status: 403,
    code: 'unsupported_country_region_territory',
    message: 'Country, region, or territory not supported',
  },
  rate_limit: {
    status: 429,
    code: 'rate_limit_exceeded',
    message:
      'Rate limit reached on tokens per min (TPM): Limit 2000000, Used 1988140, Requested 14210. Please try again in 70ms.',
  },
  quota_exceeded: {
    status: 429,
    code: 'insufficient_quota',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  bad_request: {
    status: 400,
    code: 'invalid_value',
    message:
      "Invalid value: 'developper'. Supported values are: 'system', 'assistant', 'user', 'tool' and 'developer'.",
  },
  context_length_exceeded: {
    status: 400,
    code: 'context_length_exceeded',
    message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
  },
  server_error: {
    status: 500,
    code: 'server_error',
    message: 'The server had an error while processing your request. Sorry about that!',
  },
  timeout: { status: 504, code: 'timeout', message: 'The request timed out. Please try again.' },
  network: { status: 502, code: null, message: 'Bad gateway' },
  unknown: { status: 451, code: null, message: 'Unavailable' },
};

const GEMINI: Refusals = {
  auth: { status: 401, code: 'UNAUTHENTICATED', message: 'API keys are not supported by this API.' },
  permission: { status: 403, code: 'PERMISSION_DENIED', message: 'The caller does not have permission' },
  rate_limit: { status: 429, code: 'RESOURCE_EXHAUSTED', message: 'Resource has been exhausted (e.g. check quota).' },
  quota_exceeded: {
    status: 429,
    code: 'RESOURCE_EXHAUSTED',
    message:
      'You exceeded your current quota, please check your plan and billing details. Quota exceeded for metric: generate_content_paid_tier_input_token_count',
  },
  bad_request: {
    status: 400,
    code: 'INVALID_ARGUMENT',
    message:
      'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
  },
  context_length_exceeded: {
    status: 400,
    code: 'INVALID_ARGUMENT',
    message: 'The input token count (1213904) exceeds the maximum number of tokens allowed (1048576).',
  },
  server_error: { status: 503, code: 'UNAVAILABLE', message: 'The model is overloaded. Please try again later.' },
  timeout: { status: 504, code: 'DEADLINE_EXCEEDED', message: 'The request timed out. Please try again.' },
  network: { status: 502, code: null, message: 'Bad gateway' },
  unknown: { status: 409, code: 'ABORTED', message: 'The operation was aborted.' },
};

/** Time usually heals these, and the daemon marks them so; of an unknown error it says nothing. */
const RETRYABLE: ReadonlySet<Failure> = new Set(['rate_limit', 'server_error', 'timeout', 'network']);

/** Null where the daemon would leave it open. */
export function isRetryable(failure: Failure): boolean | null {
  return failure === 'unknown' ? null : RETRYABLE.has(failure);
}

export function isFailure(outcome: string): outcome is Failure {
  return (FAILURES as readonly string[]).includes(outcome);
}

/** What the provider answers in that case; providers that speak OpenAI's format refuse in it too. */
export function refuse(provider: string, failure: Failure): Refusal {
  if (provider === 'anthropic') return ANTHROPIC[failure];
  if (provider === 'gemini') return GEMINI[failure];
  return OPENAI[failure];
}

const COMMON: readonly (readonly [Failure, number])[] = [
  ['rate_limit', 46],
  ['server_error', 22],
  ['timeout', 9],
  ['bad_request', 8],
  ['network', 5],
  ['context_length_exceeded', 4],
  ['quota_exceeded', 2],
  ['permission', 1],
  ['auth', 1],
  ['unknown', 2],
];

export function pickFailure(random: Random): Failure {
  return random.weighted(COMMON);
}
