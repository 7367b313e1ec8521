/** The contract's sums over one call that cost nothing and used nothing. */
export const ONE_CALL = {
  calls: 1,
  failedCalls: 0,
  unpricedCalls: 0,
  incompleteCalls: 0,
  costMillicents: 0 as number | null,
  imputedMillicents: 0,
  inputTokens: 0,
  outputTokens: 0,
  thinkingTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
};
