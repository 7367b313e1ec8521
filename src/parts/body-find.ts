import { type LitElement, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { News } from '../bodies/worker/protocol.js';
import type { FindMatch, FindProgress, FindQuery, FindTarget } from '../bodies/worker/matches.js';
import type { BodyConnection } from './body-connection.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyFind } from '../styles/body-find.js';
import { renderFindBar } from '../view/body-find-bar.js';
import type { FindState } from './body-context.js';
import { TalkMarks } from './body-talk-marks.js';
import type { BodyPane } from './body-pane.js';

interface FindOptions {
  readonly connection: () => BodyConnection;
  readonly panes: () => readonly BodyPane[];
  readonly host: LitElement;
}

/** Looks for words in all bodies that are shown. The browser's own find is left alone: it has its key and sees its page. */
export class BodyFind {
  readonly #options: FindOptions;
  readonly #input = createRef<HTMLInputElement>();
  #query: FindQuery = { text: '', isRegExp: false, matchesCase: false, wholeWord: false };
  #state: FindState = { isOpen: false, version: 0, current: null, makeMarks: (body) => new TalkMarks(body) };
  #progress: FindProgress | null = null;
  #error = '';
  #asking = new AbortController();
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #targets = '';

  constructor(options: FindOptions) {
    this.#options = options;
    adoptSheet(options.host.renderRoot, bodyFind);
  }

  get state(): FindState {
    return this.#state;
  }

  /** Opens the bar and puts the focus into it. */
  async open(): Promise<void> {
    if (!this.#state.isOpen) {
      this.#set({ isOpen: true });
      if (this.#query.text !== '') void this.#search();
    }
    await this.#options.host.updateComplete;
    this.#input.value?.focus();
    this.#input.value?.select();
  }

  close(): void {
    this.#asking.abort();
    this.#progress = null;
    this.#error = '';
    this.#set({ isOpen: false, current: null });
    void this.#options
      .connection()
      .ask('endFind', null)
      .catch(() => undefined);
    this.#tellPanes();
  }

  hear(news: News): void {
    if (news.kind !== 'find' || !this.#state.isOpen || this.#asking.signal.aborted) return;
    this.#take(news.progress);
  }

  /** Panes show other bodies, or show them in another way: what is looked through is something else. */
  panesChanged(): void {
    if (!this.#state.isOpen || this.#query.text === '') return;
    const targets = this.#describeTargets();
    if (targets !== this.#targets) void this.#search();
  }

  /** To the next match, or the one before, round the ends. */
  async step(isBack: boolean): Promise<void> {
    const total = this.#progress?.total ?? 0;
    if (total === 0) return;
    const { current } = this.#state;
    const at = current === null ? (isBack ? total - 1 : 0) : (current.index + (isBack ? -1 : 1) + total) % total;
    const { rows } = await this.#options.connection().ask('matches', { from: at, to: at + 1 });
    if (rows[0] !== undefined) this.#show(rows[0]);
  }

  /** @returns whether the key was for what is found. */
  hearKey(key: string): boolean {
    if (!this.#state.isOpen) return false;
    if (key === 'Escape') this.close();
    else if (key === 'n' || key === 'N') void this.step(key === 'N');
    else return false;
    return true;
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#state.isOpen) return nothing;
    return renderFindBar({
      query: this.#query,
      progress: this.#progress,
      current: this.#state.current,
      error: this.#error,
      perPane: this.#options.panes().map((pane, index) => ({
        label: pane.label,
        count: this.#progress?.counts[index] ?? 0,
      })),
      input: ref(this.#input),
      change: (change) => this.#change(change),
      step: (isBack) => void this.step(isBack),
      close: () => this.close(),
    });
  }

  #change(change: Partial<FindQuery>): void {
    this.#query = { ...this.#query, ...change };
    clearTimeout(this.#waiting);
    // Who types on looks for something longer.
    this.#waiting = setTimeout(() => void this.#search(), 'text' in change ? 120 : 0);
    this.#options.host.requestUpdate();
  }

  async #search(): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#error = '';
    this.#progress = null;
    this.#set({ current: null });
    this.#targets = this.#describeTargets();
    const panes = this.#options.panes().filter((pane) => pane.shown !== null);
    try {
      const targets = panes.map(targetOf);
      const progress = await this.#options.connection().ask('find', { targets, query: this.#query }, asking.signal);
      if (asking.signal.aborted) return;
      this.#take(progress);
      if (progress.total > 0 && this.#state.current === null) await this.step(false);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#error = `The expression ${error instanceof Error ? error.message : String(error)}`;
      this.#options.host.requestUpdate();
    }
  }

  #take(progress: FindProgress): void {
    this.#progress = progress;
    this.#set({});
    this.#tellPanes();
  }

  #show(match: FindMatch): void {
    this.#set({ current: match });
    const pane = this.#options.panes().find(({ key }) => key === match.key);
    void pane?.way().then((way) => way?.showMatch(match));
    this.#tellPanes();
  }

  #set(change: Partial<FindState>): void {
    this.#state = { ...this.#state, ...change, version: this.#state.version + ('current' in change ? 0 : 1) };
    this.#options.host.requestUpdate();
  }

  #tellPanes(): void {
    for (const pane of this.#options.panes()) pane.findChanged();
  }

  #describeTargets(): string {
    return JSON.stringify(this.#options.panes().map((pane) => [targetOf(pane), pane.isRead]));
  }
}

/** What is looked through of a body: what its pane shows. */
function targetOf({ key, shown }: BodyPane): FindTarget {
  return { key, in: shown === 'conversation' ? 'conversation' : 'stored' };
}
