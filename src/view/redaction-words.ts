import { formatBytes } from './bytes.js';
import { formatCount, formatPlural, formatShare } from './format.js';
import { countKept, type Redaction } from './redaction-model.js';

/** The whole section in one sentence: what is captured, how much of it, how long, and how much of it is cut. */
export function describeCapture({ status, summary }: Redaction): string {
  const { capture } = status;
  if (capture === null) return '';
  const { enabled, maxBodyBytes, retentionDays } = capture;
  if (enabled === null) {
    return "Whether bodies are captured is unknown: the daemon's config.toml can not be read.";
  }
  if (!enabled) {
    const rest =
      capture.bodies === 0
        ? 'None is stored.'
        : capture.bodies === 1
          ? 'The one stored before stays until it expires.'
          : `The ${formatBodies(capture.bodies)} stored before stay until they expire.`;
    return `No bodies are captured: the daemon's master switch is off. ${rest}`;
  }
  const limits = [
    maxBodyBytes === null ? '' : `, up to ${formatBytes(maxBodyBytes)} each`,
    retentionDays === null ? '' : `, kept ${formatPlural(retentionDays, 'day')}`,
  ].join('');
  const off = (summary?.projects ?? []).filter(({ captureEnabled, archivedAt }) => !captureEnabled && !archivedAt);
  const but = off.length === 0 ? '' : `, but not of ${formatPlural(off.length, 'project')}`;
  return `Bodies are captured${but}${limits}; ${describeCut(summary)}.`;
}

function describeCut(summary: Redaction['summary']): string {
  if (summary === null) return 'this source does not sum up how many are cut';
  const kept = countKept(summary.totals);
  if (kept === 0) return 'none of these calls has one stored';
  const { truncated } = summary.totals;
  if (truncated === 0) return 'none of those stored is cut';
  return `${formatShare(truncated, kept)} of those stored are cut`;
}

/** `1 body`, `12,345 bodies`. */
export const formatBodies = (count: number): string => `${formatCount(count)} ${count === 1 ? 'body' : 'bodies'}`;
