import { html, nothing, type TemplateResult } from 'lit';
import type { ref } from 'lit/directives/ref.js';
import type { FindMatch, FindProgress, FindQuery } from '../bodies/worker/matches.js';
import { formatCount } from './format.js';

interface FindBar {
  readonly query: FindQuery;
  readonly progress: FindProgress | null;
  readonly current: FindMatch | null;
  /** Why it can't be looked for; empty where it can. */
  readonly error: string;
  readonly perPane: readonly { readonly label: string; readonly count: number }[];
  readonly input: ReturnType<typeof ref>;
  readonly change: (change: Partial<FindQuery>) => void;
  readonly step: (isBack: boolean) => void;
  readonly close: () => void;
}

const SWITCHES = [
  ['matchesCase', 'Aa', 'Match case'],
  ['wholeWord', 'word', 'Whole word'],
  ['isRegExp', '.*', 'Regular expression'],
] as const;

export function renderFindBar(bar: FindBar): TemplateResult {
  const { query } = bar;
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') bar.step(event.shiftKey);
    else if (event.key === 'Escape') bar.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="find" role="search" aria-label="Find in these bodies" @keydown=${onKey}>
    <input
      type="search"
      aria-label="Find in these bodies"
      placeholder="Find in these bodies"
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${bar.error !== ''}
      .value=${query.text}
      ${bar.input}
      @input=${(event: Event) => bar.change({ text: (event.target as HTMLInputElement).value })}
    />
    ${SWITCHES.map(
      ([name, sign, words]) =>
        html`<button
          type="button"
          class="switch"
          aria-pressed=${query[name]}
          aria-label=${words}
          title=${words}
          @click=${() => bar.change({ [name]: !query[name] })}
        >
          ${sign}
        </button>`,
    )}
    <button
      type="button"
      aria-label="Previous match"
      title="Previous match (Shift Enter)"
      @click=${() => bar.step(true)}
    >
      ‹
    </button>
    <button type="button" aria-label="Next match" title="Next match (Enter)" @click=${() => bar.step(false)}>›</button>
    <span class="count" role="status">${describeCount(bar)}</span>
    <span class="per-pane">
      ${
        bar.progress !== null && bar.progress.total > 0 && bar.perPane.length > 1
          ? bar.perPane.map(({ label, count }) => html`<span>${label} ${formatCount(count)}</span> `)
          : nothing
      }
    </span>
    <button type="button" class="close" aria-label="Close find" @click=${bar.close}>×</button>
    ${bar.error === '' ? nothing : html`<p class="mistake" role="alert">${bar.error}</p>`}
  </div>`;
}

function describeCount({ query, progress, current, error }: FindBar): string {
  if (query.text === '' || error !== '') return '';
  if (progress === null) return 'Looking…';
  const total = `${formatCount(progress.total)}${progress.isMore ? ' or more' : ''}`;
  if (!progress.isDone) return `${total} so far…`;
  if (progress.total === 0) return 'not found';
  return current === null ? `${total} found` : `${formatCount(current.index + 1)} of ${total}`;
}
