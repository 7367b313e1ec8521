import { html, type TemplateResult } from 'lit';
import { formatCount, formatPlural } from './format.js';
import type { RedactionOptions, ShownCalls } from './redaction-model.js';

const ALL: ShownCalls = { project: null, bodyState: null };

/** A count of calls that leads to them; pressed while the filter asks for just these. */
export function renderCalls(
  count: number,
  words: string,
  calls: ShownCalls,
  { filter, show }: Pick<RedactionOptions, 'filter' | 'show'>,
): TemplateResult {
  if (count === 0) return html`<span class="muted">0</span>`;
  const { project, bodyState } = calls;
  const isShown =
    (project === null ? filter.project === undefined : isOnly(filter.project, project)) &&
    (bodyState === null ? filter.body_state === undefined : isOnly(filter.body_state, bodyState)) &&
    (project !== null || bodyState !== null);
  const of = project === null ? '' : ` of ${project}`;
  return html`<button
    type="button"
    class="calls"
    value=${JSON.stringify([project, bodyState])}
    aria-pressed=${isShown}
    aria-label="${formatPlural(count, 'call')}${of}, ${words}: show"
    @click=${() => show(isShown ? ALL : calls)}
  >
    ${formatCount(count)}
  </button>`;
}

const isOnly = (values: readonly string[] | undefined, value: string): boolean =>
  values?.length === 1 && values[0] === value;
