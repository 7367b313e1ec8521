import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatDuration, formatPlural } from './format.js';
import { renderMark } from './mark.js';
import { hostOf } from './status-line.js';
import { formatClock } from './time.js';

interface Line {
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
  readonly lines: ReadonlyMap<string, Line>;
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

/** The browser tells no methods. What loads files can only GET, and so do we; of others' fetches nobody knows. */
function methodOf({ initiator, address, origin }: Line, own: ReadonlySet<string>): string {
  if (initiator === 'beacon') return 'POST';
  const isOurs = own.has(origin) && new URL(address).pathname.startsWith('/api/');
  return /^(fetch|xmlhttprequest)$/.test(initiator) && !isOurs ? '–' : 'GET';
}

/** Every address asked, the newest first, under the count of each host. */
export function renderRequests(requests: Requests, own: ReadonlySet<string>, timeZone: string): TemplateResult {
  const lines = [...requests.lines.values()].reverse();
  const rest = requests.total - requests.forgotten - lines.reduce((sum, line) => sum + line.count, 0);
  return html`<ul>
      ${[...requests.origins].map(
        ([origin, count]) =>
          html`<li>
            ${own.has(origin) ? nothing : renderMark('warning')}<b>${hostOf(origin)}</b>
            <span class="muted"
              >${formatPlural(count, 'request')}${own.has(origin) ? nothing : ', neither this page nor its daemon'}</span
            >
          </li>`,
      )}
    </ul>
    <div class="scroller" role="region" aria-labelledby="requests-title" tabindex="0">
      <table aria-labelledby="requests-title">
        <thead>
          <tr>
            <th scope="col">Address</th>
            <th scope="col">Method</th>
            <th scope="col" class="number">Requests</th>
            <th scope="col" class="number">Newest</th>
            <th scope="col" class="number">Took</th>
            <th scope="col" class="number">Bytes</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            (line) =>
              html`<tr>
                <th scope="row"><code>${line.address.replace(/^https?:\/\//, '')}</code></th>
                <td class="muted">${methodOf(line, own)}</td>
                <td class="number">${formatCount(line.count)}</td>
                <td class="number">${formatClock(line.lastAt, timeZone)}</td>
                <td class="number">${formatDuration(line.durationMs)}</td>
                <td class="number">${line.bytes === null ? 'unknown' : formatCount(line.bytes)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rest > 0 ? html`<p class="muted">${formatPlural(rest, 'request')} to addresses asked longer ago.</p>` : nothing}
    ${
      requests.forgotten > 0
        ? html`<p class="muted">
            ${formatPlural(requests.forgotten, 'request')} from before this line stood here, which the browser no longer
            tells of.
          </p>`
        : nothing
    }`;
}
