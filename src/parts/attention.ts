import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { type Filter, filterToSearch } from '../api/filter.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { CalmNews } from '../controllers/calm-news.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { ScopeController } from '../controllers/scope.js';
import { attention } from '../styles/attention.js';
import { callMarks } from '../styles/call-marks.js';
import type { AttentionFacts, AttentionItem } from '../view/attention-facts.js';
import { changeTo, chooseCalls } from '../view/attention-filter.js';
import { listAttention, listUnread } from '../view/attention-items.js';
import { renderAllWell, renderAttention } from '../view/attention-view.js';
import { describeTime } from '../view/filter-words.js';
import { formatCount } from '../view/format.js';
import { renderLoading, renderStates } from '../view/states.js';
import { GoEvent } from '../view-events.js';
import { readAttention } from './read-attention.js';

/** A list of what is wrong is no ticker, and its questions are several. */
const EVERY_MS = 10_000;

/** What `<hm-attention>` is made of beyond its file: its questions, and the list. */
export class Attention {
  readonly #host: LitElement;
  readonly #scope: ScopeController;
  readonly #facts: DaemonTask<[Filter], AttentionFacts>;
  readonly #news: CalmNews;

  constructor(host: LitElement, scope: ScopeController) {
    this.#host = host;
    this.#scope = scope;
    for (const sheet of [attention, callMarks]) adoptSheet(host.renderRoot, sheet);
    this.#facts = new DaemonTask(host, {
      args: () => [scope.origin, this.#asked],
      run: ([origin, filter], signal) => readAttention(origin, filter, signal),
    });
    this.#news = new CalmNews(host, { origin: () => scope.origin, tell: this.#facts.refresh, everyMs: EVERY_MS });
  }

  /** The calls that are looked at. */
  get #calls(): Filter {
    return chooseCalls(this.#scope.current.filter, this.#scope.fixed);
  }

  get #asked(): Filter {
    return { ...this.#calls, tz: this.#scope.timeZone };
  }

  render(): TemplateResult {
    const { timeZone } = this.#scope;
    const words = describeTime(this.#calls, timeZone);
    const window = words.charAt(0).toLowerCase() + words.slice(1);
    const { data } = this.#facts;
    const items = data && this.#list(data);
    return html`<section aria-labelledby="title" aria-busy=${this.#facts.pending}>
      <div class="head">
        <h2 id="title">Needs attention</h2>
        ${items ? html`<span class="context">${formatCount(items.length)} · ${window}</span>` : nothing}
      </div>
      ${renderStates(this.#facts, {
        what: 'what needs attention',
        timeZone,
        renderEmpty: () => null,
        renderData: (facts) => this.#renderFacts(facts, items ?? [], window),
      })}
    </section>`;
  }

  #list(facts: AttentionFacts): AttentionItem[] {
    const circumstances = { filter: this.#calls, timeZone: this.#scope.timeZone, now: new Date() };
    return listAttention(facts, this.#news.status, circumstances);
  }

  #renderFacts(facts: AttentionFacts, items: readonly AttentionItem[], window: string): TemplateResult {
    const { status, error } = this.#news;
    const unread = listUnread(facts, error, status);
    if (items.length + unread.length > 0) {
      return renderAttention(items, unread, { hrefOf: this.#hrefOf, onGo: this.#onGo, retry: this.#onRetry });
    }
    // Before the status has come, nobody knows that all is well.
    return status === undefined
      ? renderLoading('status')
      : renderAllWell(facts.projects.data?.totals.calls ?? 0, window);
  }

  /** The page that our own server has: where this element stands alone, it leads there. */
  readonly #hrefOf = ({ filter, to }: AttentionItem): string =>
    `${this.#scope.origin}/${filterToSearch(filter ?? this.#calls)}#${to}`;

  readonly #onGo = ({ filter, to }: AttentionItem, event: MouseEvent): void => {
    const { current } = this.#scope;
    // Only a scope has a view; alone, the link leads to the page.
    const isAsked = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
    if (isAsked || current.view === undefined) return;
    event.preventDefault();
    if (filter !== null) this.#scope.changeFilter(changeTo(filter, current.filter));
    this.#host.dispatchEvent(new GoEvent(to));
  };

  readonly #onRetry = (): void => {
    this.#facts.refresh();
    this.#news.refresh();
  };
}
