import { html, nothing, type ReactiveController, render } from 'lit';
import type { Filter } from '../api/filter.js';
import { ProblemError } from '../daemon/errors.js';
import { getStrip, type StripAnswer } from '../daemon/strip.js';
import { strip as styles } from '../styles/strip.js';
import { LETTERS } from '../view/call-letters.js';
import type { Comparison } from '../view/call-totals.js';
import { renderComparison } from '../view/compare-totals.js';
import { renderError } from '../view/states.js';
import { renderCostStrip } from '../view/strip.js';
import { placeChosen } from '../view/strip-chosen.js';
import { describeHit } from '../view/strip-label.js';
import type * as StripTable from '../view/strip-table.js';
import { drawStrip, type StripPicture } from '../view/strip-picture.js';
import { describeChangeAt, describeColumns, describeTime, listChanges } from '../view/strip-words.js';
import { formatClock } from '../view/time.js';
import { type NamedCalls, CallNames } from './call-names.js';
import type { StripHost, StripOptions } from './cost-strip.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { PreviousTotals } from './previous-totals.js';
import { GUTTER_PX, placeLabel } from './place-label.js';
import { StripChoices } from './strip-choices.js';
import { StripInput } from './strip-input.js';

/** Least room for a column, and the counts of columns to choose from: not every pixel of a resize is another question. */
const COLUMN_PX = 6.5;
const COLUMNS = [60, 90, 120, 180, 240, 360];
const ROWS = 24;

type Table = typeof StripTable;

/**
 * The cost strip: asks for its answer, draws it into the place that `CostStrip` keeps, and acts on what is done there. It
 * draws by itself, since pointers move more often than tables should be drawn. Compares the totals as well.
 */
export class StripChart implements ReactiveController {
  readonly #host: StripHost;
  readonly #options: StripOptions;
  readonly #previous: PreviousTotals;
  readonly #names: CallNames;
  readonly #choices: StripChoices;
  readonly #strip: DaemonTask<[filter: Filter, columns: number], StripAnswer>;
  readonly #input = new StripInput({
    picture: () => this.#picture,
    canChooseTime: () => this.#choices.canChooseTime,
    chooseTime: (range) => this.#choices.chooseTime(range),
    chooseCall: (id, withOthers) => this.#choices.chooseCall(id, withOthers),
    chooseNewest: (range) => void this.#choices.chooseNewest(range),
    changed: () => this.#onInput(),
  });
  readonly #resize = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));

  #place: HTMLElement | null = null;
  #width = 0;
  #drawn: { key: readonly unknown[]; picture: StripPicture } | undefined;
  #isTableShown = false;
  #table: Table | undefined;
  #tableError: unknown;

  constructor(host: StripHost, options: StripOptions) {
    this.#host = host;
    this.#options = options;
    const { scope } = options;
    (host.renderRoot as ShadowRoot).adoptedStyleSheets.push(styles.styleSheet!);
    this.#strip = new DaemonTask(host, {
      args: () => [scope.origin, this.#options.scope.asked, this.#columns],
      run: ([origin, filter, columns], signal) => getStrip(origin, filter, { columns, rows: ROWS }, signal),
      when: () => this.#width > 0 && options.isReady(),
      live: true,
      quiet: true,
    });
    this.#choices = new StripChoices({
      scope,
      filter: () => this.#options.scope.asked,
      picture: () => this.#picture,
      show: (id, signal) => this.#showCall(id, signal),
      changed: () => this.#draw(),
    });
    this.#previous = new PreviousTotals(host, {
      origin: () => scope.origin,
      filter: () => this.#options.scope.asked,
      isReady: options.isReady,
    });
    this.#names = new CallNames(host, {
      origin: () => scope.origin,
      chosen: () => scope.selection.slice(0, LETTERS.length),
    });
    host.addController(this);
  }

  /** What the totals are compared with, once both are known. */
  get comparison(): Comparison | undefined {
    const previous = this.#previous.current;
    const totals = this.#options.list.calls.data?.totals;
    return previous && totals ? renderComparison(previous.compare(totals)) : undefined;
  }

  hostUpdated(): void {
    const place = this.#host.renderRoot.querySelector<HTMLElement>('.strip');
    if (place !== this.#place) {
      this.#resize.disconnect();
      this.#place = place;
      this.#width = 0;
      if (place !== null) {
        this.#resize.observe(place);
        void this.#host.updateComplete.then(() => this.#measure());
      }
    }
    this.#draw();
  }

  hostDisconnected(): void {
    this.#choices.stop();
  }

  get #columns(): number {
    return COLUMNS.findLast((columns) => columns * COLUMN_PX <= this.#width) ?? COLUMNS[0]!;
  }

  get #picture(): StripPicture | undefined {
    const answer = this.#strip.data;
    // Without a call there is no time to draw.
    if (answer?.since == null || answer.until === null || this.#width === 0) return undefined;
    const { timeZone } = this.#options.scope;
    const untilMs = Date.parse(answer.until);
    const columnMs = (untilMs - Date.parse(answer.since)) / answer.columns;
    const endsNow = Math.abs(Date.now() - untilMs) <= Math.max(columnMs, 60_000);
    const key = [answer, this.#width, timeZone, endsNow];
    if (this.#drawn === undefined || key.some((part, index) => part !== this.#drawn!.key[index])) {
      this.#drawn = { key, picture: drawStrip(answer, { width: this.#width, timeZone, endsNow }) };
    }
    return this.#drawn.picture;
  }

  /** False where it can't be told which row it has. */
  async #showCall(id: string, signal: AbortSignal): Promise<boolean> {
    const { scope, arrangement, list } = this.#options;
    const { sort, order } = arrangement();
    const { showCall } = await import('./call-place.js');
    const isShown = await showCall(list, { origin: scope.origin, filter: scope.asked, sort, order }, id, signal);
    this.#host.requestUpdate();
    return isShown;
  }

  #measure(): void {
    const width = Math.max(0, (this.#place?.clientWidth ?? 0) - GUTTER_PX);
    if (width === this.#width) return;
    this.#width = width;
    this.#host.requestUpdate();
  }

  #onInput(): void {
    this.#choices.note = '';
    this.#names.point(this.#input.hit?.id ?? null);
    this.#draw();
  }

  #draw(): void {
    const place = this.#place;
    if (place === null) return;
    this.#choices.review();
    const picture = this.#picture;
    const { timeZone } = this.#options.scope;
    const named = this.#names.known;
    const { error } = this.#strip;
    const isMissing = error instanceof ProblemError && error.status === 404;
    place.classList.toggle('bare', isMissing);
    if (isMissing) {
      render(html`<p class="muted">This daemon has no picture of what each call cost.</p>`, place);
      return;
    }
    render(
      html`${
        error === undefined
          ? nothing
          : renderError('what each call cost', error, this.#keptSince(timeZone), this.#strip.refresh)
      }
      ${
        picture === undefined && error !== undefined
          ? nothing
          : renderCostStrip({
              picture,
              isBusy: this.#strip.pending,
              timeZone,
              chosen: picture
                ? placeChosen(picture, this.#options.scope.selection.slice(0, LETTERS.length), named)
                : [],
              cursor: this.#input.cursor,
              hasCursor: this.#input.hasCursor,
              dragged: this.#input.dragged,
              mark: this.#input.hit,
              label: picture ? this.#describe(picture, named, timeZone) : [],
              note: this.#choices.note,
              canChooseTime: this.#choices.canChooseTime,
              table: { isShown: this.#isTableShown, content: picture && this.#renderTable(picture, timeZone) },
              toggleTable: this.#onTable,
              onPointer: this.#input.onPointer,
              onKey: this.#input.onKey,
              onFocus: this.#input.onFocus,
            })
      }`,
      place,
    );
    if (picture !== undefined) placeLabel(place, picture.scale, this.#input);
  }

  #keptSince(timeZone: string): string {
    const { data, loadedAt } = this.#strip;
    return data && loadedAt ? ` What stands below is from ${formatClock(loadedAt.toISOString(), timeZone)}.` : '';
  }

  #describe(picture: StripPicture, named: NamedCalls, timeZone: string): readonly string[] {
    const { hit, change, dragged, hasCursor, cursor } = this.#input;
    const changed = change === null ? [] : describeChangeAt(change.change, timeZone);
    const noted = this.#choices.note === '' ? [] : [this.#choices.note];
    if (hit !== null) return [...changed, ...describeHit(picture, hit, named.get(hit.id), timeZone), ...noted];
    if (change !== null) return changed;
    const range = dragged ?? (hasCursor ? cursor : null);
    if (range === null) return [];
    return [
      describeTime(picture, range.first, range.last, timeZone),
      describeColumns(picture, range.first, range.last),
      ...listChanges(picture, range.first, range.last).slice(0, 3),
      ...noted,
    ];
  }

  #renderTable(picture: StripPicture, timeZone: string): unknown {
    if (!this.#isTableShown) return nothing;
    if (this.#tableError !== undefined) {
      return renderError('the script that draws the table', this.#tableError, '', () => void this.#loadTable());
    }
    return this.#table?.renderStripTable(picture, timeZone) ?? nothing;
  }

  readonly #onTable = (): void => {
    this.#isTableShown = !this.#isTableShown;
    if (this.#isTableShown && this.#table === undefined) void this.#loadTable();
    this.#draw();
  };

  async #loadTable(): Promise<void> {
    this.#tableError = undefined;
    try {
      this.#table = await import('../view/strip-table.js');
    } catch (error) {
      this.#tableError = error;
    }
    this.#draw();
  }
}
