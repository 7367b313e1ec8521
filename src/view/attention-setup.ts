import type { AttentionFacts, AttentionItem, Status } from './attention-facts.js';
import { joinNames } from './attention-names.js';
import { formatPlural } from './format.js';
import { formatRecent } from './time.js';

/** What is the matter with the daemon, its price list and what it captures; null where nothing is. */

/** Days after which a price list is called stale: providers change prices every few weeks. */
const STALE_DAYS = 30;
const DAY_MS = 86_400_000;

interface Circumstances {
  readonly timeZone: string;
  readonly now: Date;
}

export function describeDaemon({ source, daemon }: Status, { timeZone, now }: Circumstances): AttentionItem | null {
  // The demo is its own daemon.
  if (daemon.reachable || source === 'demo') return null;
  const since = daemon.unreachableSince ? ` since ${formatRecent(daemon.unreachableSince, timeZone, now)}` : '';
  return {
    ...{ key: 'daemon', mark: 'error', to: 'status', filter: null },
    title: `Daemon not answering${since}`,
    detail: 'Calls made meanwhile may be missing',
  };
}

export function describeRates({ pricing }: AttentionFacts, { now, timeZone }: Circumstances): AttentionItem | null {
  if (pricing.data === undefined) return null;
  const { rates, bundledDate } = pricing.data;
  // What the user set is not for a list to verify.
  const verified = rates.filter(({ source }) => source !== 'operator').map(({ lastVerifiedAt }) => lastVerifiedAt);
  const newest = (instants: readonly (string | null)[]): number =>
    Math.max(...instants.map((instant) => (instant === null ? NaN : Date.parse(instant))).filter(Number.isFinite));
  const ageDays = (atMs: number): number => Math.floor((now.getTime() - atMs) / DAY_MS);
  const [verifiedMs, shippedMs] = [newest(verified), newest([bundledDate])];
  const days = ageDays(Math.max(verifiedMs, shippedMs));
  if (!Number.isFinite(days) || days <= STALE_DAYS) return null;
  const shipped = `shipped with the daemon ${formatPlural(ageDays(shippedMs), 'day')} ago`;
  const hasVerified = Number.isFinite(verifiedMs);
  return {
    ...{ key: 'rates', mark: 'warning', to: 'pricing', filter: null },
    title: hasVerified ? `Rates last verified ${ageDays(verifiedMs)} days ago` : `Rates ${days} days old`,
    detail: !Number.isFinite(shippedMs)
      ? `On ${formatRecent(new Date(verifiedMs).toISOString(), timeZone, now)}; prices may have changed since`
      : `List ${shipped}${hasVerified ? '' : ', and never verified since'}`,
  };
}

export function describeCapture({ projects }: AttentionFacts, status: Status | undefined): AttentionItem | null {
  if (status?.capture?.enabled === false) {
    return {
      ...{ key: 'capture', mark: 'off', to: 'redaction', filter: null },
      title: 'Capture off for all projects',
      detail: 'Bodies of calls are not kept',
    };
  }
  const off = projects.data?.projects.filter(
    ({ capture, archivedAt }) => capture?.enabled === false && archivedAt === null,
  );
  if (off === undefined || off.length === 0) return null;
  return {
    ...{ key: 'capture', mark: 'off', to: 'redaction', filter: null },
    title: `Capture off for ${formatPlural(off.length, 'project')}`,
    detail: joinNames(off.map(({ slug }) => slug)),
  };
}
