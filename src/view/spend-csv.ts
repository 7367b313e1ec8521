import type { SpendRead } from './spend-model.js';

/** Columns of the file: a line for each slot of each series, in whole millicents. */
export const SPEND_FIELDS = [
  ...['start', 'bucket', 'split_by', 'key', 'calls', 'failed_calls', 'unpriced_calls', 'incomplete_calls'],
  ...['cost_millicents', 'imputed_millicents', 'input_tokens', 'output_tokens', 'thinking_tokens'],
  ...['cache_read_tokens', 'cache_write_tokens'],
] as const;

type SpendRecord = Readonly<Record<(typeof SPEND_FIELDS)[number], string | number | null>>;

/** Every point that was read, also those that the picture puts together, each series from its first slot on. */
export function listSpendRecords({ series: { bucket, series }, by }: SpendRead): SpendRecord[] {
  return series.flatMap(({ key, points }) =>
    points.map((point) => ({
      start: point.start,
      bucket,
      split_by: by,
      key,
      calls: point.calls,
      failed_calls: point.failedCalls,
      unpriced_calls: point.unpricedCalls,
      incomplete_calls: point.incompleteCalls,
      cost_millicents: point.costMillicents,
      imputed_millicents: point.imputedMillicents,
      input_tokens: point.inputTokens,
      output_tokens: point.outputTokens,
      thinking_tokens: point.thinkingTokens,
      cache_read_tokens: point.cacheReadTokens,
      cache_write_tokens: point.cacheWriteTokens,
    })),
  );
}
