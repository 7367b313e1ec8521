import type { WireTotals } from '../../../api/call.js';
import type { CallColumns } from './call-columns.js';
import { readCount, readInteger, type Cell } from './query.js';

/** Columns of a SELECT over a set of calls that `readTotals` reads. */
export function selectTotals(columns: CallColumns): string {
  const { cost } = columns;
  return [
    'count(*)',
    `sum(${columns.isFailed})`,
    `sum(${cost} is null)`,
    `sum(not ${columns.isComplete})`,
    `sum(${cost})`,
    `sum(iif(${columns.isImputed}, ${cost}, 0))`,
    `sum(${columns.input})`,
    `sum(${columns.output})`,
    `sum(${columns.thinking})`,
    `sum(${columns.cacheRead})`,
    `sum(${columns.cacheWrite})`,
  ].join(', ');
}

/** Reads the columns of `selectTotals`. The cost of no calls is 0, that of unpriced calls only is null. */
export function readTotals(cells: readonly Cell[]): WireTotals {
  const [calls, failed, unpriced, incomplete, cost, imputed, input, output, thinking, cacheRead, cacheWrite] = cells;
  return {
    calls: readCount(calls),
    failed_calls: readCount(failed),
    unpriced_calls: readCount(unpriced),
    incomplete_calls: readCount(incomplete),
    cost_millicents: readCount(calls) === 0 ? 0 : readInteger(cost),
    imputed_millicents: readCount(imputed),
    input_tokens: readCount(input),
    output_tokens: readCount(output),
    thinking_tokens: readCount(thinking),
    cache_read_tokens: readCount(cacheRead),
    cache_write_tokens: readCount(cacheWrite),
  };
}
