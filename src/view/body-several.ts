import { html, nothing, type TemplateResult } from 'lit';
import { formatAge } from './age.js';
import { type CallParts, renderCall, renderWhole, type ShownCall, type Viewer } from './body-calls.js';
import type { ComparedCall } from './body-differs.js';
import { describeLeft } from './body-head.js';
import type { CallDetail } from './body-price.js';
import { LETTERS } from './call-letters.js';
import { formatDuration } from './format.js';
import { renderError } from './states.js';

/** What only several calls have. */
interface SeveralParts {
  /** What differs between the calls, and between their requests before their messages. */
  readonly renderDifferences: (compared: readonly ComparedCall[]) => unknown;
  readonly differences: unknown;
  /** In which they stand level; null: each in its own panes. */
  readonly list: unknown;
}

/** Beside the title: how they belong together, and how many more are chosen. */
export function describeSeveral(shown: readonly ShownCall[], chosen: number): string {
  const calls = shown.flatMap(({ found }) => found.data?.call ?? []);
  const more = describeLeft(chosen - shown.length);
  if (calls.length < shown.length) return more.join('');
  const projects = [...new Set(calls.map(({ project }) => project))].join(', ');
  return [`${projects}, ${describeApart(calls)}`, ...more].join(' · ');
}

function describeApart(calls: readonly CallDetail[]): string {
  const times = calls.map(({ requestedAt }) => Date.parse(requestedAt));
  const ms = Math.max(...times) - Math.min(...times);
  return `${ms < 120_000 ? formatDuration(ms) : formatAge(ms)} apart`;
}

export function renderSeveral(shown: readonly ShownCall[], viewer: Viewer, parts: SeveralParts): TemplateResult {
  const compared = shown.map(({ found }, index) => ({
    letter: LETTERS[index]!,
    call: found.data?.call ?? null,
    words: found.data ? 'no such call' : found.error === undefined ? 'Reading…' : 'could not be read',
  }));
  const failures = shown.map(({ found }, index) =>
    found.error === undefined ? nothing : renderError(`call ${LETTERS[index]!}`, found.error, '', found.refresh),
  );
  const isListed = parts.list !== null;
  const calls = shown.map((call, index) => renderAny(call, LETTERS[index]!, viewer, isListed));
  // In reading order, which is also the order in which a narrow element stacks them: like beside like.
  return html`${failures} ${parts.renderDifferences(compared)} ${parts.differences}
    <div class="panes several of-${shown.length} ${isListed ? 'above-list' : ''}">
      ${calls.map(({ head }) => head)} ${calls.map(({ request }) => request)} ${calls.map(({ response }) => response)}
    </div>
    ${parts.list}`;
}

/** A call, or in its place that there is none; nothing while that isn't known. */
function renderAny(shown: ShownCall, letter: string, viewer: Viewer, isBar: boolean): CallParts {
  const { data } = shown.found;
  if (data === undefined) return { head: nothing, request: nothing, response: nothing };
  if (data.call !== null) return renderCall(shown, data.call, letter, viewer, isBar);
  const head = html`<div class="of-call place-${letter.toLowerCase()}"><span class="letter">${letter}</span></div>`;
  return renderWhole(letter, head, viewer.renderMissing(shown.id, data.missing ?? ''));
}
