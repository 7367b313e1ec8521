import { html, nothing, svg, type TemplateResult } from 'lit';
import { renderCallMark, type CallMark } from './call-mark.js';
import { formatCount, formatPlural } from './format.js';
import { countNotKept, type BodyFilter, type Figures, type RedactionOptions } from './redaction-model.js';
import { renderCalls } from './redaction-calls.js';
import { findShares, formatTenthsShare } from './shares.js';

interface Part {
  readonly key: 'stored' | 'truncated' | 'failed' | 'off' | 'expired' | 'none';
  readonly words: string;
  readonly mark?: CallMark;
  /** The filter that finds just these calls. */
  readonly filter?: BodyFilter;
}

/** Every call is in one of them. */
const PARTS: readonly Part[] = [
  { key: 'stored', words: 'kept whole', filter: 'stored' },
  { key: 'truncated', words: 'kept, cut at the size cap', mark: 'body-cut', filter: 'truncated' },
  { key: 'failed', words: 'capture failed', mark: 'error', filter: 'failed' },
  { key: 'off', words: 'capture was off', mark: 'off' },
  { key: 'expired', words: 'expired' },
  { key: 'none', words: 'no reason known' },
];
const NOT_KEPT = PARTS.slice(3);

const FAILED =
  'Capture fails where the content is binary, or could not be decoded or redacted: then nothing of it is kept.';

/** What may be the reason where the daemon noted none, as `body-words.ts` says it of one call. */
const NO_REASON =
  'No reason known: the daemon keeps none above 4 MiB, and none of calls made before capture began; who purges bodies by hand leaves no trace either.';

const WIDTH = 1000;
const HEIGHT = 16;
/** What is there is seen. */
const LEAST = 4;
const GAP = 2;

/** How much of the calls' bodies is there, and why not the rest: a bar, and the same as a table of words and counts. */
export function renderCoverage(totals: Figures, options: RedactionOptions): TemplateResult {
  const tenths = findShares(PARTS.map(({ key }) => totals[key]));
  const shares = new Map(PARTS.map(({ key }, at) => [key, tenths[at]!]));
  const formatPart = ({ key }: Part): string => formatTenthsShare(shares.get(key)!, totals[key] > 0);
  const notKept = countNotKept(totals);
  const notKeptTenths = NOT_KEPT.reduce((sum, { key }) => sum + shares.get(key)!, 0);
  const sentence = PARTS.filter(({ key }) => totals[key] > 0).map((part) => `${formatPart(part)} ${part.words}`);
  const row = (part: Part, classes = ''): TemplateResult =>
    html`<tr class=${classes}>
      <th scope="row">
        ${part.mark && totals[part.key] > 0 ? renderCallMark(part.mark) : renderKey(part.key)}${part.words}
      </th>
      <td class="number">
        ${
          part.filter === undefined
            ? renderFigure(totals[part.key])
            : renderCalls(totals[part.key], part.words, { project: null, bodyState: part.filter }, options)
        }
      </td>
      <td class="number">${totals[part.key] === 0 ? html`<span class="muted">0</span>` : formatPart(part)}</td>
    </tr>`;
  return html`<svg
      class="coverage"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="Bodies of ${formatPlural(totals.calls, 'call')}: ${sentence.join(', ')}."
    >
      ${HATCH}${placeParts(PARTS.map(({ key }) => totals[key])).map(
        ({ x, width }, at) =>
          svg`<rect class="of-${PARTS[at]!.key}" x=${x} y="1" width=${width} height=${HEIGHT - 2} />`,
      )}
    </svg>
    <div class="scroller">
      <table part="coverage" aria-labelledby="coverage">
        <thead>
          <tr>
            <th scope="col">Bodies</th>
            <th scope="col" class="number">Calls</th>
            <th scope="col" class="number">Share</th>
          </tr>
        </thead>
        <tbody>
          ${PARTS.slice(0, 3).map((part) => row(part))}
          <tr>
            <th scope="row"><svg class="key" aria-hidden="true"></svg>nothing kept</th>
            <td class="number">
              ${renderCalls(notKept, 'nothing kept', { project: null, bodyState: 'none' }, options)}
            </td>
            <td class="number">
              ${notKept === 0 ? html`<span class="muted">0</span>` : formatTenthsShare(notKeptTenths, true)}
            </td>
          </tr>
          ${NOT_KEPT.map((part) => row(part, 'of'))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td class="number">${formatCount(totals.calls)}</td>
            <td class="number">100.0 %</td>
          </tr>
        </tfoot>
      </table>
    </div>
    ${totals.failed > 0 ? html`<p class="note muted">${FAILED}</p>` : nothing}
    ${totals.none > 0 ? html`<p class="note muted">${NO_REASON}</p>` : nothing}`;
}

const HATCH = svg`<defs>
  <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <path d="M0 0v6" />
  </pattern>
</defs>`;

const renderFigure = (count: number): unknown =>
  count === 0 ? html`<span class="muted">0</span>` : formatCount(count);

function renderKey(key: Part['key']): TemplateResult {
  return html`<svg class="key" viewBox="0 0 10 10" aria-hidden="true">
    <rect class="of-${key}" x=".5" y=".5" width="9" height="9" />
  </svg>`;
}

/** Where each part of the bar begins and how wide it is: as its share, but none that is there too narrow to be seen. */
export function placeParts(counts: readonly number[]): { readonly x: number; readonly width: number }[] {
  const whole = counts.reduce((sum, count) => sum + count, 0);
  const there = counts.filter((count) => count > 0).length;
  const room = WIDTH - GAP * Math.max(0, there - 1);
  const least = counts.map((count): number => (count > 0 && (count / whole) * room < LEAST ? LEAST : 0));
  const rest = room - least.reduce((sum, width) => sum + width, 0);
  const large = counts.reduce((sum, count, at) => (least[at] === 0 ? sum + count : sum), 0);
  let x = 0;
  return counts.map((count, at) => {
    const width = least[at]! > 0 ? least[at]! : large === 0 ? 0 : (count / large) * rest;
    const part = { x: round(x), width: round(width) };
    if (count > 0) x += width + GAP;
    return part;
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
