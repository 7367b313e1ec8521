import { toStored, type V1Call, type V1Rate } from './shapes.js';

/** Calls and rates as rows of the daemon's own tables. */

/** In these columns null would be a claim too: a price from inside the daemon, a call that is paid for by itself. */
export const UNKNOWN = 'unknown';

const MILLICENTS_PER_DOLLAR = 100_000;

/** What `/v1` tells of a call. */
export const CALL_COLUMNS = [
  'id',
  'project_id',
  'provider',
  'model',
  'mode',
  'input_tokens',
  'output_tokens',
  'thinking_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cost_usd_minor_units',
  'latency_ms',
  'tokens_complete',
  'requested_at',
  'status',
];

/** In the order of `CALL_COLUMNS`. */
export function toRow(projectId: string, call: V1Call): (string | number | null)[] {
  return [
    call.id,
    projectId,
    call.provider,
    call.model,
    call.mode,
    call.input_tokens,
    call.output_tokens,
    call.thinking_tokens,
    call.cache_read_tokens,
    call.cache_write_tokens,
    call.cost_usd_minor_units,
    call.latency_ms,
    call.tokens_complete ? 1 : 0,
    toStored(call.requested_at),
    call.status,
  ];
}

/** In the order of the table's columns. */
export function toRateRow(rate: V1Rate): (string | number | null)[] {
  const toMillicents = (dollars: number): number => Math.round(dollars * MILLICENTS_PER_DOLLAR);
  return [
    rate.id,
    rate.provider,
    rate.model,
    rate.mode,
    toStored(rate.effective_from),
    rate.effective_to === null ? null : toStored(rate.effective_to),
    toMillicents(rate.input_rate),
    toMillicents(rate.output_rate),
    toMillicents(rate.thinking_rate),
    toMillicents(rate.cache_read_rate),
    toMillicents(rate.cache_write_rate),
    rate.last_verified_at === null ? null : toStored(rate.last_verified_at),
    0,
    UNKNOWN,
  ];
}
