import type { HTTPRequest } from 'puppeteer-core';
import type { WireCall, WireCallsAnswer } from '../src/api/call.js';

/** One made-up call; every figure depends on its row, so that each row writes other texts. */
export function makeCall(row: number): WireCall {
  const providers = ['anthropic', 'openai', 'gemini', 'xai', 'mistral'];
  const hasFailed = row % 97 === 0;
  return {
    id: `call-${row}`,
    project: `project-${row % 13}`,
    provider: providers[row % providers.length]!,
    model: `model-${row % 17}-with-a-name`,
    mode: null,
    kind: 'chat',
    status: hasFailed ? 'error' : 'success',
    http_status: hasFailed ? 429 : 200,
    error_class: hasFailed ? 'rate_limit' : null,
    error_code: null,
    retryable: null,
    requested_at: new Date(Date.UTC(2026, 10, 24) - row * 7_919).toISOString(),
    recorded_at: null,
    latency_ms: (row * 37) % 90_000,
    ttft_ms: null,
    input_tokens: (row * 7_919) % 200_000,
    output_tokens: (row * 31) % 4_000,
    thinking_tokens: row % 3 === 0 ? (row * 17) % 3_000 : 0,
    cache_read_tokens: (row * 104_729) % 90_000,
    cache_write_tokens: row % 5 === 0 ? (row * 13) % 20_000 : 0,
    complete: row % 101 !== 0,
    cost_millicents: row % 53 === 0 ? null : (row * 193) % 200_000,
    rates_source: null,
    billing: 'api',
    machine: null,
    workdir: null,
    attribution: 'git',
    prompt_hash: null,
    body: row % 11 === 0 ? 'truncated' : 'stored',
  };
}

function answerCalls(url: URL, rows: number): WireCallsAnswer {
  const offset = Number(url.searchParams.get('offset'));
  const limit = Math.max(0, Math.min(Number(url.searchParams.get('limit')), rows - offset));
  const sums = { calls: rows, failed_calls: 0, unpriced_calls: 0, incomplete_calls: 0, imputed_millicents: 0 };
  const tokens = { input_tokens: 0, output_tokens: 0, thinking_tokens: 0, cache_read_tokens: 0, cache_write_tokens: 0 };
  return {
    calls: Array.from({ length: limit }, (_, index) => makeCall(offset + index)),
    next_cursor: null,
    total: rows,
    totals: { ...sums, ...tokens, cost_millicents: 0 },
  };
}

/** Answers a page's questions about calls as a database of so many would; nothing else of the API is there. */
export function answerWith(rows: number): (request: HTTPRequest) => void {
  return (request) => {
    const url = new URL(request.url());
    const json = { status: 200, contentType: 'application/json' };
    if (!url.pathname.startsWith('/api/')) void request.continue();
    else if (url.pathname !== '/api/calls') void request.respond({ status: 404, body: '' });
    else void request.respond({ ...json, body: JSON.stringify(answerCalls(url, rows)) });
  };
}
