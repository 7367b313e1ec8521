import type { BodyState } from '../../../api/body.js';
import type { CaptureConfig } from '../../daemon-config.js';

/** What decides why a call has no body. */
export interface BodyCircumstances {
  readonly hasTable: boolean;
  /** Null where there is no row at all. */
  readonly row: { readonly hasText: boolean; readonly captureError: string | null } | null;
  readonly requestedAtMs: number | null;
  /** The project's own switch, null where nobody touched it. */
  readonly setting: { readonly isOn: boolean; readonly changedAtMs: number | null } | null;
  readonly config: CaptureConfig | null;
  readonly nowMs: number;
}

export interface ExplainedState {
  readonly state: BodyState;
  readonly reason: string | null;
}

export const DAY_MS = 86_400_000;

/**
 * Why a body is there or isn't. A switch explains only calls that came after it; and a call that is older than bodies
 * are kept has lost its own, whatever the daemon's master switch says today.
 */
export function explainBody({
  hasTable,
  row,
  requestedAtMs,
  setting,
  config,
  nowMs,
}: BodyCircumstances): ExplainedState {
  if (!hasTable) return { state: 'unavailable', reason: 'This database has no table for bodies.' };
  if (row?.hasText) return { state: 'stored', reason: row.captureError };
  if (row?.captureError != null) return { state: 'failed', reason: row.captureError };
  if (row !== null) return { state: 'none', reason: null };
  if (setting !== null && !setting.isOn && isAtOrAfter(requestedAtMs, setting.changedAtMs)) {
    return { state: 'off', reason: 'Body capture is switched off for this project.' };
  }
  if (config !== null && requestedAtMs !== null && nowMs - requestedAtMs > config.retentionDays * DAY_MS) {
    return { state: 'expired', reason: `The daemon keeps bodies for ${config.retentionDays} days.` };
  }
  if (config?.enabled === false) {
    return { state: 'off', reason: "Body capture is switched off in the daemon's config.toml." };
  }
  return { state: 'none', reason: null };
}

function isAtOrAfter(timeMs: number | null, changeMs: number | null): boolean {
  return timeMs !== null && changeMs !== null && timeMs >= changeMs;
}
