import { changeFilter, type Filter } from '../api/filter.js';
import { ProblemError } from '../daemon/errors.js';
import { type Group, listGroups } from '../daemon/groups.js';
import { listPricing, type PricingAnswer } from '../daemon/pricing.js';
import { listSeries, type SeriesAnswer } from '../daemon/series.js';
import type { Totals } from '../daemon/sums.js';
import { lastPulse } from '../controllers/live.js';
import { dayOf, findDayStart } from '../filter/zone-time.js';
import { findPreviousPeriod } from '../view/previous-period.js';
import type { KnownKeys, SplitBy } from '../view/spend-colours.js';
import { findFigures, findFiguresStart, type SpendFigures } from '../view/spend-figures.js';
import type { SpendRead } from '../view/spend-model.js';
import { type Bucket, chooseBucket, findLongerBucket, findShift, findSlotEnd, makeSlots } from '../view/spend-slots.js';
import { findWindow, monthStart, printDay, type SpendWindow } from '../view/spend-window.js';

export interface SpendQuestion {
  /** With its zone. */
  readonly filter: Filter;
  readonly by: SplitBy;
  /** Empty: one that fits. */
  readonly bucket: string;
  readonly zone: string;
}

export interface SpendAnswer {
  /** Null where there is no call in the filter's time. */
  readonly read: SpendRead | null;
  readonly figures: SpendFigures;
  /** The same part of the month before. */
  readonly monthBefore: { readonly totals: Totals; readonly label: string } | null;
  /** There is no call at all, whatever the filter. */
  readonly isEmpty: boolean;
  readonly nowMs: number;
}

const MINUTE_MS = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * Reads what spend is drawn from. What a new call does not change, such as the period before, is asked for once a minute
 * at most.
 */
export class SpendReader {
  readonly #kept = new Map<string, { readonly question: string; readonly answer: unknown }>();
  /** Which calls the server shows, as it said last. */
  #source = '';

  /** @throws What `getJson` throws. */
  async read(origin: string, question: SpendQuestion, signal: AbortSignal): Promise<SpendAnswer> {
    this.#forgetOthers(origin);
    const nowMs = Date.now();
    const { filter, by, zone } = question;
    const timeless = changeFilter(filter, { last: '', since: '', until: '' });
    const [known, figures, monthBefore] = await Promise.all([
      this.#readKnown(origin, by, signal),
      this.#readFigures(origin, timeless, nowMs, zone, signal),
      this.#readMonthBefore(origin, timeless, nowMs, zone, signal),
    ]);
    const firstCallMs = findFirst(known.groups);
    const hasStart = (filter.last ?? filter.since) !== undefined;
    const isWhole = Object.keys(timeless).every((name) => name === 'tz') && filter.until === undefined;
    const firstHereMs = hasStart ? null : isWhole ? firstCallMs : await this.#readFirst(origin, filter, signal);
    const window = findWindow(filter, nowMs, zone, firstHereMs);
    const frame = window && { window, nowMs, zone };
    const read = frame && (await this.#readSeries(origin, question, frame, known.keys, firstCallMs, signal));
    return { read, figures, monthBefore, isEmpty: known.groups.length === 0, nowMs };
  }

  async #readSeries(
    origin: string,
    { filter, by, bucket: asked }: SpendQuestion,
    { window, nowMs, zone }: { window: SpendWindow; nowMs: number; zone: string },
    known: KnownKeys,
    firstCallMs: number | null,
    signal: AbortSignal,
  ): Promise<SpendRead | null> {
    const { bucket, series } = await listFitting(
      origin,
      filter,
      by,
      chooseBucket(window, asked),
      window,
      nowMs,
      zone,
      signal,
    );
    const starts = (series.series[0]?.points ?? []).map(({ start }) => Date.parse(start));
    if (starts.length === 0) return null;
    const frame = { bucket, window, nowMs, zone };
    const period = window.isFromFirst ? null : findPreviousPeriod(filter, nowMs, zone);
    const shift = window.isFromFirst ? null : findShift(makeSlots(starts, frame), bucket, zone);
    const minute = Math.floor(nowMs / MINUTE_MS);
    const splitBy = by === 'none' ? 'provider' : by;
    const at = (since: string, until: string): Filter => changeFilter(filter, { since, until, last: '' });
    const [groups, shifted] = await Promise.all([
      period &&
        this.#keep('before', [origin, filter, by, minute], () =>
          listGroups(origin, splitBy, at(period.since, period.until), signal),
        ),
      shift &&
        this.#keep('shifted', [origin, filter, bucket, shift, minute], () =>
          listSeries(origin, at(iso(shift.sinceMs), iso(shift.untilMs)), { bucket, by: 'none' }, signal),
        ),
    ]);
    return {
      ...frame,
      refusedBucket: asked !== '' && asked !== bucket ? (asked as Bucket) : null,
      ...{ by, series, known, firstCallMs },
      before: period && groups && { period, groups: groups.groups },
      shifted: shift && shifted && { shift, series: shifted },
    };
  }

  /** Days of this month and the one before, and the days that an average needs. */
  async #readFigures(
    origin: string,
    filter: Filter,
    nowMs: number,
    zone: string,
    signal: AbortSignal,
  ): Promise<SpendFigures> {
    const since = iso(findFiguresStart(nowMs, zone));
    const until = iso(findDayStart(dayOf(nowMs, zone) + 1, zone));
    const cut = { bucket: 'day', by: 'none' } as const;
    const { series } = await listSeries(origin, changeFilter(filter, { since, until }), cut, signal);
    return findFigures(series[0]?.points ?? [], nowMs, zone);
  }

  async #readMonthBefore(
    origin: string,
    filter: Filter,
    nowMs: number,
    zone: string,
    signal: AbortSignal,
  ): Promise<SpendAnswer['monthBefore']> {
    const since = printDay(monthStart(dayOf(nowMs, zone)));
    const period = findPreviousPeriod({ since }, nowMs, zone);
    if (period === null) return null;
    const before = changeFilter(filter, { since: period.since, until: period.until });
    const { totals } = await this.#keep('month', [origin, filter, Math.floor(nowMs / MINUTE_MS)], () =>
      listGroups(origin, 'provider', before, signal),
    );
    return { totals, label: period.label };
  }

  /** What there is in the whole database, which gives everything its colour. */
  async #readKnown(
    origin: string,
    by: SplitBy,
    signal: AbortSignal,
  ): Promise<{ groups: readonly Group[]; keys: KnownKeys }> {
    const minute = Math.floor(Date.now() / MINUTE_MS);
    const list = (of: 'provider' | 'project' | 'model'): Promise<readonly Group[]> =>
      this.#keep(of, [origin, minute], async () => (await listGroups(origin, of, {}, signal)).groups);
    const [groups, projects, models, pricing] = await Promise.all([
      list('provider'),
      by === 'project' ? list('project') : [],
      by === 'model' ? list('model') : [],
      by === 'model' ? this.#keep('rates', [origin, minute], () => listPricing(origin, signal)) : null,
    ]);
    const providers = [...groups].sort((a, b) => ((a.firstCallAt ?? '~') < (b.firstCallAt ?? '~') ? -1 : 1));
    return {
      groups,
      keys: {
        providers: providers.map(({ key }) => key),
        projects: projects.map(({ key }) => key),
        models: pricing === null ? [] : findProviders(models, pricing),
      },
    };
  }

  /** Nothing is compared with what another source had: with demo data, say, once a database is there. */
  #forgetOthers(origin: string): void {
    const status = lastPulse(origin)?.status;
    if (status === undefined) return;
    const source = JSON.stringify([status.source, status.database?.path]);
    if (this.#source !== '' && this.#source !== source) this.#kept.clear();
    this.#source = source;
  }

  /** The first call of a filter that has no beginning. */
  async #readFirst(origin: string, filter: Filter, signal: AbortSignal): Promise<number | null> {
    const minute = Math.floor(Date.now() / MINUTE_MS);
    const { groups } = await this.#keep('first', [origin, filter, minute], () =>
      listGroups(origin, 'provider', filter, signal),
    );
    return findFirst(groups);
  }

  /** Only what came is kept: a question that was given up says nothing to the next one. */
  async #keep<T>(name: string, question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const text = JSON.stringify(question);
    const kept = this.#kept.get(name);
    if (kept?.question === text) return kept.answer as T;
    const answer = await ask();
    this.#kept.set(name, { question: text, answer });
    return answer;
  }
}

const findFirst = (groups: readonly Group[]): number | null => {
  const firsts = groups.flatMap(({ firstCallAt }) => (firstCallAt === null ? [] : [Date.parse(firstCallAt)]));
  return firsts.length === 0 ? null : Math.min(...firsts);
};

/** Models, those with the most calls first, each with the provider that most of them went to. */
function findProviders(models: readonly Group[], { rates, unlisted }: PricingAnswer): KnownKeys['models'] {
  const providers = new Map<string | null, string | null>();
  for (const { model, provider } of [...rates, ...unlisted].sort((a, b) => b.calls - a.calls)) {
    if (!providers.has(model)) providers.set(model, provider);
  }
  return [...models]
    .sort((a, b) => b.calls - a.calls)
    .map(({ key }) => ({ model: key, provider: providers.get(key) ?? null }));
}

/** Asks for a longer bucket where the server refuses so many points. */
async function listFitting(
  origin: string,
  filter: Filter,
  by: SplitBy,
  first: Bucket,
  window: SpendWindow,
  nowMs: number,
  zone: string,
  signal: AbortSignal,
): Promise<{ bucket: Bucket; series: SeriesAnswer }> {
  for (let bucket = first; ;) {
    // To the end of what goes on now, so that slots stand for all of it, and no clock that differs leaves a call out.
    const endMs = window.untilMs > nowMs ? window.untilMs : findSlotEnd(bucket, nowMs, zone);
    const isOpen = filter.last === undefined && filter.until === undefined;
    const asked = isOpen ? changeFilter(filter, { until: iso(endMs) }) : filter;
    try {
      return { bucket, series: await listSeries(origin, asked, { bucket, by }, signal) };
    } catch (error) {
      const longer = findLongerBucket(bucket);
      const isTooMany = error instanceof ProblemError && error.status === 400 && /parameter bucket/.test(error.message);
      if (!isTooMany || longer === null) throw error;
      bucket = longer;
    }
  }
}
