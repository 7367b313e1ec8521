import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { ScopeController } from '../controllers/scope.js';
import { listCalls } from '../daemon/calls.js';
import { findCall, type FoundCall } from '../daemon/one-call.js';
import { cost } from '../styles/cost.js';
import { tabs } from '../styles/tabs.js';
import {
  calculateCost,
  calculateDifference,
  type Calculation,
  describeCall,
  renderCalculation,
  writeCalculation,
} from '../view/cost-calculation.js';
import { findFault, type Pair, readIds, renderIdForm, renderPairs } from '../view/cost-choice.js';
import { LETTERS } from '../view/call-letters.js';
import { renderMissing } from '../view/missing-call.js';
import { renderEmpty, renderStates } from '../view/states.js';
import { copyText } from './copy-text.js';
import { PreviousCall } from './previous-call.js';

interface CostOptions {
  readonly scope: ScopeController;
  /** The attributes. */
  readonly given: () => { readonly call: string; readonly calls: string };
  /** Whether nobody says which call: no scope, no attribute. */
  readonly isAlone: () => boolean;
}

/** A call that is asked for, and the letter it goes by. */
interface Asked {
  readonly id: string;
  readonly letter: string;
}

interface Answer {
  /** Null: the newest, whichever it was. */
  readonly asked: readonly Asked[] | null;
  readonly found: readonly (Asked & FoundCall)[];
  readonly newestId: string | null;
}

const NEWEST = { sort: 'requested_at', order: 'desc', offset: 0, limit: 1 } as const;

/** All that `<hm-cost>` shows of calls; loaded when there is one to show. */
export class CostView implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: CostOptions;
  readonly #calls: DaemonTask<[readonly Asked[] | null], Answer>;
  readonly #previous: PreviousCall;
  /** What the user chose here while attributes named others. */
  #own: { readonly instead: string; readonly ids: readonly string[] } | null = null;
  #pair: { readonly of: string; readonly places: Pair } | null = null;
  /** The newest call at first sight: it stays while others come, until the user asks for those. */
  #kept: { readonly origin: string; readonly id: string } | null = null;

  constructor(host: LitElement, options: CostOptions) {
    this.#host = host;
    this.#options = options;
    const { scope } = options;
    this.#previous = new PreviousCall(host, { origin: () => scope.origin, show: (ids) => this.#choose(ids) });
    // Of a call nothing changes but its cost and its project, both later.
    this.#calls = new DaemonTask(host, {
      args: () => [scope.origin, this.#asked],
      run: ([origin, asked], signal) => this.#read(origin, asked, signal),
      when: () => this.#fault === null && (this.#ids.length > 0 || options.isAlone()),
      live: true,
    });
    for (const sheet of [tabs, cost]) adoptSheet(host.renderRoot, sheet);
    host.addController(this);
  }

  hostDisconnected(): void {
    // A move is a disconnect and a connect in one tick, and must not end a search.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#previous.end();
    });
  }

  /** What the user chose here, until the page's author names others. */
  get #ownIds(): readonly string[] | null {
    const { call, calls } = this.#options.given();
    return this.#own?.instead === `${call} ${calls}` ? this.#own.ids : null;
  }

  /** As the attributes name them, or as the user chose them. */
  get #ids(): readonly string[] {
    const { call, calls } = this.#options.given();
    if (this.#ownIds !== null) return this.#ownIds;
    if (calls.trim() !== '') return readIds(calls);
    return call.trim() === '' ? [...new Set(this.#options.scope.selection)].slice(0, LETTERS.length) : [call.trim()];
  }

  get #fault(): string | null {
    const { calls } = this.#options.given();
    return this.#ownIds === null && calls.trim() !== '' ? findFault(readIds(calls)) : null;
  }

  get #places(): Pair {
    return this.#pair?.of === this.#ids.join() ? this.#pair.places : [0, 1];
  }

  get #asked(): readonly Asked[] | null {
    const ids = this.#ids;
    if (ids.length === 0) return null;
    const places = ids.length === 1 ? [0] : [...this.#places].sort();
    return places.map((place) => ({ id: ids[place]!, letter: LETTERS[place]! }));
  }

  async #read(origin: string, asked: readonly Asked[] | null, signal: AbortSignal): Promise<Answer> {
    if (asked !== null) return { asked, found: await this.#find(origin, asked, signal), newestId: null };
    const { calls } = await listCalls(origin, {}, NEWEST, signal);
    const newestId = calls[0]?.id ?? null;
    if (this.#kept?.origin !== origin) this.#kept = newestId === null ? null : { origin, id: newestId };
    const wanted = this.#kept === null ? [] : [{ id: this.#kept.id, letter: LETTERS[0]! }];
    return { asked, found: await this.#find(origin, wanted, signal), newestId };
  }

  #find(origin: string, asked: readonly Asked[], signal: AbortSignal): Promise<Answer['found']> {
    return Promise.all(asked.map(async (one) => ({ ...one, ...(await findCall(origin, one.id, signal)) })));
  }

  #choose(ids: readonly string[]): void {
    const { call, calls } = this.#options.given();
    if (call.trim() !== '' || calls.trim() !== '') this.#own = { instead: `${call} ${calls}`, ids };
    this.#options.scope.select(ids);
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    const fault = this.#fault;
    const { data, error, pending, loadedAt, refresh } = this.#calls;
    const isWanted = JSON.stringify(data?.asked) === JSON.stringify(this.#asked);
    // While others are read those before stay, but not when that fails: they are not what was asked for.
    const shown = isWanted || (pending && fault === null) ? data : undefined;
    const calculation = shown && this.#calculate(shown);
    return html`<section aria-labelledby="title" aria-busy=${pending}>
      <div class="head" part="head">
        <h2 id="title">${calculation?.calls.length === 2 ? 'Cost of two calls' : 'Cost of a call'}</h2>
        ${shown && calculation ? this.#renderContext(shown, calculation) : nothing}
        <div class="tools" part="tools">
          ${this.#options.isAlone() ? renderIdForm((ids) => this.#choose(ids)) : nothing}
          ${shown ? this.#renderTools(calculation) : nothing}
        </div>
      </div>
      ${
        fault === null
          ? renderStates(
              { data: shown, loadedAt, error: isWanted || !pending ? error : undefined, refresh },
              {
                what: this.#ids.length > 1 ? 'these calls' : 'this call',
                timeZone: this.#options.scope.timeZone,
                renderEmpty: ({ found }) =>
                  found.length > 0
                    ? null
                    : renderEmpty('No calls yet. The first one that Halton Meter records stands here.'),
                renderData: (answer) => this.#renderAnswer(answer, calculation),
              },
            )
          : html`<div part="error" role="alert"><p>${fault}</p></div>`
      }
    </section>`;
  }

  /** Of one call its price, of two the difference, as far as there are such calls. */
  #calculate({ found }: Answer): Calculation | undefined {
    const calls = found.flatMap(({ call, letter }) => (call === null ? [] : { call, letter }));
    const [from, to] = this.#places;
    const [a, b] = from > to ? calls.reverse() : calls;
    if (a === undefined) return undefined;
    return b === undefined ? calculateCost(a) : calculateDifference(a, b);
  }

  #renderContext({ asked, newestId }: Answer, { calls }: Calculation): TemplateResult {
    const [first, ...others] = calls;
    const isNewest = asked === null && first?.call.id === newestId;
    const words = others.length > 0 ? '' : describeCall(first!.call, this.#options.scope.timeZone);
    return html`<span class="context">${isNewest ? 'the newest · ' : ''}${words}</span> ${
        asked === null && !isNewest
          ? html`<button type="button" class="quiet" @click=${this.#onNewest}>Show the newest</button>`
          : nothing
      }`;
  }

  #renderTools(calculation: Calculation | undefined): TemplateResult {
    const ids = this.#ids;
    return html`${
      ids.length > 1
        ? renderPairs({
            count: ids.length,
            pair: this.#places,
            isWhole: calculation?.calls.length === 2,
            choose: (places) => {
              this.#pair = { of: ids.join(), places };
              this.#host.requestUpdate();
            },
          })
        : nothing
    }
    ${calculation === undefined ? nothing : this.#renderCopy(calculation)}`;
  }

  #renderCopy(calculation: Calculation): TemplateResult {
    const onCopy = async ({ currentTarget }: Event): Promise<void> => {
      const said = (currentTarget as Element).nextElementSibling as HTMLOutputElement;
      const text = writeCalculation(calculation, this.#options.scope.timeZone);
      said.value = (await copyText(text)) ? 'Copied' : 'This page may not copy.';
    };
    return html`<span
      ><button type="button" class="quiet" @click=${onCopy}>Copy as text</button><output></output
    ></span>`;
  }

  #renderAnswer({ found }: Answer, calculation: Calculation | undefined): TemplateResult {
    return html`${found.map(({ id, missing }) => (missing === null ? nothing : renderMissing(id, missing)))}
    ${
      calculation === undefined
        ? nothing
        : renderCalculation(calculation, this.#options.scope.timeZone, this.#renderActions(calculation, found.length))
    }`;
  }

  /** Of one call alone: the one before it, to set it against. */
  #renderActions({ calls }: Calculation, asked: number): unknown {
    if (asked > 1) return nothing;
    const { call } = calls[0]!;
    return html`<p class="actions">
      ${this.#previous.renderButton(call, 'button')} <span role="status">${this.#previous.wordsOf(call.id)}</span>
    </p>`;
  }

  readonly #onNewest = (): void => {
    this.#kept = null;
    this.#calls.refresh();
  };
}
