import { formatCount, formatPlural } from './format.js';
import { hostOf } from './status-line.js';

export interface RequestLine {
  readonly address: string;
  readonly origin: string;
  readonly initiator: string;
  readonly count: number;
  readonly lastAt: Date;
  readonly durationMs: number;
  readonly bytes: number | null;
}

/** What a page has asked of whom. `forgotten` of the `total` are known in number only. */
export interface Requests {
  readonly total: number;
  readonly forgotten: number;
  readonly origins: ReadonlyMap<string, number>;
  readonly lines: ReadonlyMap<string, RequestLine>;
}

export interface RequestsSummary {
  /** The figure: `14 requests`, or `2 of 14 requests`. */
  readonly count: string;
  /** What follows it: `, all to localhost:3000`. */
  readonly whom: string;
  readonly elsewhere: boolean;
}

const MAX_NAMED = 2;

/** `own`: the origins this page may ask, its own and the daemon's. */
export function describeRequests({ total, forgotten, origins }: Requests, own: ReadonlySet<string>): RequestsSummary {
  const all = formatPlural(total, 'request');
  const foreign = [...origins].filter(([origin]) => !own.has(origin));
  if (foreign.length > 0) {
    const count = foreign.reduce((sum, [, requests]) => sum + requests, 0);
    return {
      count: `${formatCount(count)} of ${all}`,
      whom: ` went elsewhere: ${listHosts(foreign)}`,
      elsewhere: true,
    };
  }
  const known = [...origins];
  if (known.length === 0) return { count: all, whom: '', elsewhere: false };
  const rest = forgotten > 0 ? `, and ${formatCount(forgotten)} the browser no longer tells of` : '';
  const to = known.length === 1 && total > 1 && forgotten === 0 ? ', all to ' : ' to ';
  return { count: all, whom: to + listHosts(known) + rest, elsewhere: false };
}

function listHosts(origins: readonly (readonly [origin: string, count: number])[]): string {
  const hosts = origins.map(([origin]) => hostOf(origin));
  if (hosts.length <= MAX_NAMED) return hosts.join(' and ');
  return `${hosts.slice(0, MAX_NAMED).join(', ')} and ${formatCount(hosts.length - MAX_NAMED)} more`;
}
