import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatDuration, formatPlural } from './format.js';
import { renderMark } from './mark.js';
import { hostOf } from './status-line.js';
import type { RequestLine, Requests } from './status-requests.js';
import { formatClock } from './time.js';

/** The browser tells no methods. What loads files can only GET, and so do we; of others' fetches nobody knows. */
function methodOf({ initiator, address, origin }: RequestLine, own: ReadonlySet<string>): string {
  if (initiator === 'beacon') return 'POST';
  const isOurs = own.has(origin) && /^(\/k\/[^/]+)?\/api\//.test(new URL(address).pathname);
  return /^(fetch|xmlhttprequest)$/.test(initiator) && !isOurs ? '–' : 'GET';
}

/** Without the scheme and, where it is our own server's, without the secret that `--token` puts before each path. */
function shorten({ address, origin }: RequestLine, own: ReadonlySet<string>): string {
  return (own.has(origin) ? address.replace(/(?<=\/\/[^/]+\/k\/)[^/]+/, '…') : address).replace(/^https?:\/\//, '');
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
                <th scope="row"><code>${shorten(line, own)}</code></th>
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
