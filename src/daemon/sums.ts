import type { WireTotals } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import type { Shape } from './shape.js';

export type Totals = CamelCased<WireTotals>;

export const tokenShapes = {
  input_tokens: 'n',
  output_tokens: 'n',
  thinking_tokens: 'n',
  cache_read_tokens: 'n',
  cache_write_tokens: 'n',
} as const;

export const sumShapes: Shape<WireTotals> = {
  calls: 'n',
  failed_calls: 'n',
  unpriced_calls: 'n',
  incomplete_calls: 'n',
  cost_millicents: 'n?',
  imputed_millicents: 'n',
  ...tokenShapes,
};
