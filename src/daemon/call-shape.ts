import type { WireCall } from '../api/call.js';
import type { Shape } from './shape.js';
import { tokenShapes } from './sums.js';

/** One call on the wire. */
export const callShape: Shape<WireCall> = {
  id: 's',
  project: 's',
  provider: 's?',
  model: 's?',
  mode: 's?',
  kind: 's?',
  status: 's?',
  http_status: 'n?',
  error_class: 's?',
  error_code: 's?',
  retryable: 'b?',
  requested_at: 's',
  recorded_at: 's?',
  latency_ms: 'n?',
  ttft_ms: 'n?',
  ...tokenShapes,
  complete: 'b',
  cost_millicents: 'n?',
  rates_source: 's?',
  billing: 's',
  machine: 's?',
  workdir: 's?',
  attribution: 's?',
  prompt_hash: 's?',
  body: 's',
};
