import { adoptStyles, html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { ScopeController } from '../controllers/scope.js';
import { dayOf } from '../filter/zone-time.js';
import { base } from '../styles/base.js';
import { spend } from '../styles/spend.js';
import { spendPlace } from '../styles/spend-place.js';
import { table } from '../styles/table.js';
import { tabs } from '../styles/tabs.js';
import { visuallyHidden } from '../styles/visually-hidden.js';
import { renderBars } from '../view/spend-bars.js';
import type { SplitBy } from '../view/spend-colours.js';
import { renderFigures } from '../view/spend-figures-view.js';
import { makeModel, type SpendModel } from '../view/spend-model.js';
import { MEASURES, type Measure } from '../view/spend-sums.js';
import { renderCustom, renderKey, renderLegend, renderTools } from '../view/spend-view.js';
import { describeWindow, findPeriod, findPeriodTime, printDay } from '../view/spend-window.js';
import { renderEmpty, renderError, renderStates } from '../view/states.js';
import { SpendChoices } from './spend-choices.js';
import { SpendExtras } from './spend-extras.js';
import { SpendInput } from './spend-input.js';
import { SpendPicture } from './spend-picture.js';
import { type SpendAnswer, SpendReader } from './spend-read.js';

export type SpendHost = LitElement & { daemon: string; filter: string; measure: string; by: string; bucket: string };

const SPLITS: readonly string[] = ['provider', 'model', 'project', 'status', 'none'];
const MINUTE_MS = 60_000;

/** What `<hm-spend>` shows, once it is in view: its questions, its tools, figures, picture, key and tables. */
export class SpendPart implements ReactiveController {
  readonly #host: SpendHost;
  readonly #scope: ScopeController;
  readonly #reader = new SpendReader();
  readonly #task: DaemonTask<
    [filter: Filter & { readonly tz: string }, by: SplitBy, bucket: string, day: number],
    SpendAnswer
  >;
  readonly #choices: SpendChoices;
  readonly #input: SpendInput;
  readonly #picture: SpendPicture;
  readonly #extras: SpendExtras;
  #model: { readonly key: readonly unknown[]; readonly value: SpendModel } | undefined;
  #isOpened = false;
  #isCustom = false;
  #note = '';
  #minute: ReturnType<typeof setInterval> | undefined;

  constructor(host: SpendHost, scope: ScopeController) {
    this.#host = host;
    this.#scope = scope;
    adoptStyles(host.renderRoot as ShadowRoot, [base, table, tabs, visuallyHidden, spendPlace, spend]);
    this.#task = new DaemonTask(host, {
      args: () => [
        scope.origin,
        { ...scope.filter, tz: scope.timeZone },
        this.#by,
        host.bucket,
        // A page that is left open over midnight has another today.
        dayOf(Date.now(), scope.timeZone),
      ],
      run: ([origin, filter, by, bucket], signal) =>
        this.#reader.read(origin, { filter, by, bucket, zone: scope.timeZone }, signal),
      live: true,
    });
    this.#choices = new SpendChoices({ scope, say: (note) => this.#say(note) });
    this.#picture = new SpendPicture(host, { model: () => this.#drawn });
    this.#input = new SpendInput({
      chart: () => this.#picture.chart,
      model: () => this.#drawn,
      canChooseTime: () => this.#choices.canChooseTime,
      chooseTime: (first, last) => this.#choices.chooseTime(this.#drawn!, first, last),
      choosePlace: (hit) => this.#choices.choosePlace(this.#drawn!, hit),
      undo: () => this.#choices.undo(),
      changed: () => this.#say(''),
    });
    this.#extras = new SpendExtras(host, { model: () => this.#drawn, picture: this.#picture });
    host.addController(this);
  }

  /** Nothing is there to be drawn yet. */
  get isWaiting(): boolean {
    return this.#task.data === undefined && this.#task.error === undefined;
  }

  get isBusy(): boolean {
    return this.#task.pending;
  }

  hostConnected(): void {
    clearInterval(this.#minute);
    this.#minute = setInterval(() => this.#host.requestUpdate(), MINUTE_MS);
  }

  hostDisconnected(): void {
    clearInterval(this.#minute);
  }

  hostUpdated(): void {
    const { range, cursor, hasCursor, hit } = this.#input;
    this.#picture.place(hit ?? (hasCursor ? cursor : null), range);
  }

  renderTools(): TemplateResult {
    const { filter, timeZone } = this.#scope;
    const read = this.#task.data?.read;
    const { canChooseTime } = this.#choices;
    return html`${read ? html`<span class="context">${describeWindow(read.window, read.nowMs, read.zone)}</span>` : nothing}
    ${renderTools({
      measure: this.#measure,
      by: this.#by,
      bucket: this.#host.bucket,
      drawnBucket: read?.bucket,
      period: findPeriod(filter, Date.now(), timeZone),
      canChooseTime,
      isCustom: this.#isCustom,
      change: (change) => void Object.assign(this.#host, change),
      changePeriod: (period) => {
        this.#isCustom = false;
        this.#choices.changeTime(findPeriodTime(period, Date.now(), timeZone));
      },
      toggleCustom: () => {
        this.#isCustom = !this.#isCustom;
        this.#host.requestUpdate();
      },
    })}`;
  }

  render(): TemplateResult {
    return html`${this.#isCustom && this.#choices.canChooseTime ? this.#renderCustom() : nothing}
    ${renderStates(this.#task, {
      what: 'spend',
      timeZone: this.#scope.timeZone,
      renderEmpty: ({ isEmpty }) =>
        isEmpty ? renderEmpty('No calls yet. The first recorded call is the first of the spend.') : null,
      renderData: (answer) => html`${renderFigures({ ...answer, zone: this.#scope.timeZone })} ${this.#renderPlot()}`,
    })}`;
  }

  get #measure(): Measure {
    return MEASURES.find((measure) => measure === this.#host.measure) ?? 'cost';
  }

  get #by(): SplitBy {
    return SPLITS.includes(this.#host.by) ? (this.#host.by as SplitBy) : 'provider';
  }

  /** What is drawn; undefined where there is nothing in the filter's time. */
  get #drawn(): SpendModel | undefined {
    const read = this.#task.data?.read;
    if (!read) return undefined;
    const key = [read, this.#measure, this.#isOpened];
    if (this.#model === undefined || key.some((part, at) => part !== this.#model!.key[at])) {
      this.#model = { key, value: makeModel(read, this.#measure, this.#isOpened) };
    }
    return this.#model.value;
  }

  #renderCustom(): TemplateResult {
    const { filter, timeZone } = this.#scope;
    const read = this.#task.data?.read;
    const print = (ms: number): string => printDay(dayOf(ms, timeZone));
    const since = read ? print(read.window.sinceMs) : '';
    const until = read ? print(Math.min(read.window.untilMs - 1, read.nowMs)) : '';
    const isDay = (text: string | undefined): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '');
    return renderCustom(
      { since: isDay(filter.since) ? filter.since : since, until: isDay(filter.until) ? filter.until : until },
      (from, to) => {
        const [first, last] = from && to && from > to ? [to, from] : [from, to];
        this.#choices.changeTime({ since: first || undefined, until: last || undefined });
      },
    );
  }

  #renderPlot(): TemplateResult {
    const model = this.#drawn;
    if (model === undefined) return this.#renderNothing();
    const { cursor, range, hit, hasCursor } = this.#input;
    const { error } = this.#picture;
    const place = hit ?? (hasCursor ? cursor : null);
    return html`<div class="plot" part="plot" @keydown=${this.#onKey}>
      ${
        error === undefined
          ? renderBars(model, { place, cursor, input: this.#input })
          : renderError('the script that draws the picture', error, ' The sums stand beside it.', this.#picture.retry)
      }
      ${renderKey({
        model,
        chooseStack: (stack) => {
          this.#choices.chooseStack(model, stack);
          // The row may go with the choice, and Escape is to take it back.
          this.#host.renderRoot.querySelector<HTMLElement>('.picture')?.focus();
        },
        toggleTail: () => {
          this.#isOpened = !this.#isOpened;
          this.#host.requestUpdate();
        },
      })}
      ${renderLegend({
        model,
        canChooseTime: this.#choices.canChooseTime,
        ...this.#extras.legend,
        said: this.#note || this.#extras.said,
      })}
      ${this.#extras.renderTable()}
      ${range === null ? nothing : html`<p class="visually-hidden" role="status">${range.last - range.first + 1} chosen</p>`}
    </div>`;
  }

  #renderNothing(): TemplateResult {
    const { last, since, until, tz: _, ...others } = this.#scope.filter;
    const hasTime = (last ?? since ?? until) !== undefined;
    const ofFilter = Object.keys(others).length > 0 ? ' of this filter' : '';
    const onAll = (): void => this.#choices.changeTime({});
    return renderEmpty(
      `No calls${ofFilter}${hasTime ? ' in this time' : ''}.`,
      this.#choices.canChooseTime && hasTime
        ? html`<button class="button" type="button" @click=${onAll}>Show all times</button>`
        : nothing,
    );
  }

  /** Escape takes back what was chosen in the key as well. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#choices.undo()) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #say(note: string): void {
    this.#note = note;
    this.#host.requestUpdate();
  }
}
