import { html, nothing, type TemplateResult } from 'lit';
import { type Filter, filterToParams } from '../api/filter.js';
import { getCapture, summarizeBodies, type CaptureStatus } from '../daemon/capture.js';
import { callMarks } from '../styles/call-marks.js';
import { command } from '../styles/command.js';
import { redaction } from '../styles/redaction.js';
import { renderCommand } from '../view/command.js';
import { formatCount } from '../view/format.js';
import { renderCategories } from '../view/redaction-categories.js';
import { renderCoverage } from '../view/redaction-coverage.js';
import { renderFacts } from '../view/redaction-facts.js';
import { renderLimits } from '../view/redaction-limits.js';
import type { BodySummary, Redaction, RedactionOptions } from '../view/redaction-model.js';
import { renderProjects } from '../view/redaction-projects.js';
import { describeCapture } from '../view/redaction-words.js';
import { renderEmpty, renderLoading } from '../view/states.js';
import { copyText } from './copy-text.js';

/** What `<hm-redaction>` is made of beyond its file, loaded when it comes into view. */

export const styles = [callMarks, command, redaction];

type Options = Omit<RedactionOptions, 'copy' | 'now'>;

/**
 * Settings and figures. A server that still reads its database says so at once, given to `onCounting`, and answers when
 * it is done. @throws what getJson throws.
 */
export async function readRedaction(
  origin: string,
  filter: Filter,
  signal: AbortSignal,
  onCounting: (status: CaptureStatus) => void,
): Promise<Redaction> {
  const status = await getCapture(origin, signal);
  if (!status.features.includes('body-summary')) return { status, summary: null };
  if (status.capture === null) onCounting(status);
  const summary = await summarizeBodies(origin, filter, signal);
  return { status: status.capture === null ? await getCapture(origin, signal) : status, summary };
}

/** In place of figures that nobody has yet: 0 would be wrong. */
export function renderCounting({ index, database }: CaptureStatus): TemplateResult {
  const of = index === undefined ? (database?.calls ?? 0) : index.of;
  const far =
    index === undefined || index.loaded >= of ? '' : `: ${formatCount(index.loaded)} of ${formatCount(of)} calls`;
  return renderLoading(`what is stored, still counting${far}`);
}

/** What is missing in a source without bodies, and how to get at them; null where there are some. */
export function renderMissing({ status }: Redaction): TemplateResult | null {
  if (status.features.includes('bodies')) return null;
  if (status.waiting) return renderEmpty(status.reason ?? 'What is captured is not known yet.');
  if (status.source === 'api') return renderEmpty('This daemon does not serve bodies, nor its settings for them.');
  if (status.source === 'daemon') {
    return renderEmpty(
      'This daemon does not serve bodies over HTTP, nor its settings for them.',
      html`<p class="muted">
          Start hm-elements where the database is, as the user who owns it, so that it reads the file itself:
        </p>
        ${renderCommand('hm-elements --db ~/.halton-meter/db.sqlite', copyText)}`,
    );
  }
  return renderEmpty(
    'This database has no table for bodies: its daemon is from before it could keep any.',
    html`<p class="muted">A newer one captures them unless it is told not to:</p>
      ${renderCommand('halton-meter self-update', copyText)}`,
  );
}

/** Settings, coverage, projects, redactions and their limits. */
export function renderRedaction(answer: Redaction, given: Options): TemplateResult {
  const { status, summary } = answer;
  const { capture } = status;
  if (capture === null) return renderCounting(status);
  const options = { ...given, now: new Date(), copy: copyText };
  return html`<p part="sentence" class="sentence">${describeCapture(answer)}</p>
    <div class="columns">
      <div>
        <h3>Settings</h3>
        ${renderFacts({ ...status, capture }, options)}
      </div>
      <div>
        <h3 id="coverage">Coverage</h3>
        ${summary === null ? renderNoSummary() : renderTotals(summary, options)}
        <h3>What redaction does not cover</h3>
        ${renderLimits()}
      </div>
    </div>
    ${
      summary === null
        ? nothing
        : html`<h3 id="projects">Projects</h3>
            ${renderProjects(summary, status, options)}
            <h3 id="redactions">Redactions</h3>
            ${renderCategories(summary, options)}`
    }`;
}

const renderNoSummary = (): TemplateResult =>
  html`<p class="muted">This server does not sum up which calls have bodies.</p>`;

function renderTotals({ totals }: BodySummary, options: RedactionOptions): TemplateResult {
  const isNarrowed = [...filterToParams(options.window).keys()].some((name) => name !== 'tz');
  if (totals.calls === 0) {
    return renderEmpty(isNarrowed ? 'No call matches the filter.' : 'No calls yet. The first one is counted here.');
  }
  return html`${isNarrowed ? html`<p class="note muted">Of the calls that match the filter.</p>` : nothing}
  ${renderCoverage(totals, options)}`;
}
