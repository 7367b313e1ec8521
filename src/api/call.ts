import * as z from 'zod/mini';
import { count, instant, milliseconds, millicents, text, textOrNull, tokenCounts, totals } from './primitives.js';

/** What is kept of a call's bodies, before they are opened. `truncated`: one of the two was cut when it was stored. */
export const bodyMark = z.enum(['stored', 'truncated', 'failed', 'none']);

/** One LLM call as the daemon recorded it. Open lists (status, kind, error class…) are text: unknown values are kept. */
export const call = z.object({
  id: text,
  project: text,
  provider: textOrNull,
  model: textOrNull,
  mode: textOrNull,
  kind: textOrNull,
  status: textOrNull,
  http_status: z.nullable(z.int()),
  error_class: textOrNull,
  error_code: textOrNull,
  retryable: z.nullable(z.boolean()),
  requested_at: instant,
  recorded_at: z.nullable(instant),
  latency_ms: milliseconds,
  ttft_ms: milliseconds,
  ...tokenCounts,
  /** False where the stream was cut, or its provider sent no usage: token counts are then a lower bound. */
  complete: z.boolean(),
  cost_millicents: millicents,
  /** `bundled-YYYY-MM-DD`, `override`, or null: the price came from inside the daemon, or there is none. */
  rates_source: textOrNull,
  billing: text,
  machine: textOrNull,
  workdir: textOrNull,
  attribution: textOrNull,
  prompt_hash: textOrNull,
  body: bodyMark,
});

/** `GET /api/calls` */
export const callsAnswer = z.object({
  calls: z.array(call),
  next_cursor: textOrNull,
  total: count,
  totals,
});

/** Millicents per million tokens, and since when they were in force. */
export const price = z.object({
  input: z.int(),
  output: z.int(),
  thinking: z.int(),
  cache_read: z.int(),
  cache_write: z.int(),
  effective_from: instant,
  effective_to: z.nullable(instant),
  source: text,
});

/**
 * `GET /api/calls/{id}`: the call, the rate that was in force, and whether tokens times that rate give the recorded
 * cost. `cannot`: no cost was recorded, or the daemon publishes no rate for the model.
 */
export const callDetail = z.extend(call, {
  price: z.nullable(price),
  audit: z.enum(['equal', 'differs', 'cannot']),
  recomputed_millicents: millicents,
});

export type WireCall = z.infer<typeof call>;
export type WireCallsAnswer = z.infer<typeof callsAnswer>;
export type WireCallDetail = z.infer<typeof callDetail>;
export type WireTotals = z.infer<typeof totals>;
