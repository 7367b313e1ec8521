import type { Schema } from './schema.js';

/** What a call is made of, as SQL over `requests r`. A column that an older database lacks is null. */
export interface CallColumns {
  readonly id: string;
  readonly projectId: string;
  readonly provider: string;
  readonly model: string;
  readonly mode: string;
  readonly kind: string;
  readonly status: string;
  readonly httpStatus: string;
  readonly errorClass: string;
  readonly errorCode: string;
  readonly retryable: string;
  readonly requestedAt: string;
  readonly recordedAt: string;
  readonly latencyMs: string;
  readonly ttftMs: string;
  readonly input: string;
  readonly output: string;
  readonly thinking: string;
  readonly cacheRead: string;
  readonly cacheWrite: string;
  readonly cost: string;
  readonly ratesSource: string;
  readonly machine: string;
  readonly workdir: string;
  readonly attribution: string;
  readonly promptHash: string;
  readonly idempotencyKey: string;
  /** `api` where none is stored. */
  readonly billing: string;
  /** 0 or 1 from here on. Counts are complete unless the daemon says they aren't. */
  readonly isComplete: string;
  readonly isFailed: string;
  readonly isImputed: string;
}

export function findColumns(schema: Schema): CallColumns {
  const column = (name: string): string => schema.column('requests', 'r', name);
  const billing = `coalesce(${column('billing_basis')}, 'api')`;
  return {
    id: 'r.id',
    projectId: 'r.project_id',
    provider: 'r.provider',
    model: 'r.model',
    mode: column('mode'),
    kind: column('request_kind'),
    status: 'r.status',
    httpStatus: column('http_status_code'),
    errorClass: column('error_class'),
    errorCode: column('provider_error_code'),
    retryable: column('retryable'),
    requestedAt: 'r.requested_at',
    recordedAt: column('recorded_at'),
    latencyMs: column('latency_ms'),
    ttftMs: column('time_to_first_token_ms'),
    input: 'r.input_tokens',
    output: 'r.output_tokens',
    thinking: 'r.thinking_tokens',
    cacheRead: 'r.cache_read_tokens',
    cacheWrite: 'r.cache_write_tokens',
    cost: 'r.cost_usd_minor_units',
    ratesSource: column('rates_source'),
    machine: column('source_machine'),
    workdir: column('source_workdir'),
    attribution: column('attribution_method'),
    promptHash: column('prompt_hash'),
    idempotencyKey: column('idempotency_key'),
    billing,
    isComplete: `(${column('tokens_complete')} is not 0)`,
    isFailed: `(r.status is not 'success')`,
    isImputed: `(${billing} = 'subscription_imputed')`,
  };
}
