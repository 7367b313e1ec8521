import { html, nothing, type TemplateResult } from 'lit';
import type { CamelCased } from '../api/camel-case.js';
import type { WireShownProject } from '../api/project.js';
import { renderCommand } from './command.js';
import { formatCount, formatDuration, formatPlural, formatShare } from './format.js';
import { renderMark } from './mark.js';
import { quoteOperand } from './shell-quotes.js';
import { formatInstant } from './time.js';

type Project = CamelCased<WireShownProject>;

type Fact = readonly [name: string, value: unknown];

/** What is known of a project beside its row, for the window of the filter. */
export function renderFacts(
  project: Project,
  timeZone: string,
  copy: (text: string) => Promise<boolean>,
): TemplateResult {
  const { calls, createdAt, archivedAt, avgLatencyMs, p95LatencyMs } = project;
  const at = (instant: string | null): string => (instant === null ? 'unknown' : formatInstant(instant, timeZone));
  const ofCalls = (count: number, mark: unknown = nothing): unknown =>
    count === 0 ? 'none' : html`${mark}${formatPlural(count, 'call')}, ${formatShare(count, calls)}`;
  const facts: Fact[] = [
    ...(project.name === project.slug ? [] : [['Name', project.name] as const]),
    ['Created', at(createdAt)],
    ...(archivedAt === null ? [] : [['Archived', at(archivedAt)] as const]),
    ...(calls === 0
      ? [['Calls', 'none under this filter'] as const]
      : ([
          ['First call', at(project.firstCallAt)],
          ['Last call', at(project.lastCallAt)],
          [
            'Latency',
            avgLatencyMs === null || p95LatencyMs === null
              ? 'unknown'
              : `${formatDuration(avgLatencyMs)} on average, 95 % within ${formatDuration(p95LatencyMs)}`,
          ],
          ['Tokens', describeTokens(project)],
          ['Failed', ofCalls(project.failedCalls)],
          ['Cut', describeCut(project)],
          ['Not priced', ofCalls(project.unpricedCalls, renderMark('unpriced'))],
        ] as const)),
    ['Capture', renderCapture(project, timeZone, copy)],
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div class=${name === 'Capture' ? 'wide' : ''}>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function describeTokens(project: Project): string {
  const counts = [
    [project.inputTokens, 'input'],
    [project.cacheReadTokens, 'cache read'],
    [project.cacheWriteTokens, 'cache write'],
    [project.outputTokens, 'output'],
    [project.thinkingTokens, 'thinking'],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return words.join(', ') || 'none';
}

/** Of a call that broke off the daemon counts the tokens that it saw. */
function describeCut({ incompleteCalls, calls }: Project): string {
  if (incompleteCalls === 0) return 'none';
  return `${formatPlural(incompleteCalls, 'call')}, ${formatShare(incompleteCalls, calls)}: their tokens are not all counted`;
}

function renderCapture(
  { slug, capture }: Project,
  timeZone: string,
  copy: (text: string) => Promise<boolean>,
): TemplateResult {
  if (capture === null) return html`unknown: this source tells nothing of bodies`;
  const { enabled, changedAt, bodies, redacted } = capture;
  const since = changedAt === null ? ', never switched' : ` since ${formatInstant(changedAt, timeZone)}`;
  const kept = bodies === 0 ? 'no bodies of these calls' : `bodies of ${formatPlural(bodies, 'call')}`;
  const hidden = redacted > 0 ? `, something redacted in ${formatCount(redacted)}` : '';
  const command = `halton-meter project set ${quoteOperand(slug)} body-capture ${enabled ? 'off' : 'on'}`;
  return html`${enabled ? 'on' : html`${renderMark('off')}off`}${since}; ${kept}${hidden}.
  ${enabled ? 'To keep none from now on:' : 'To keep them from now on:'} ${renderCommand(command, copy)}`;
}
