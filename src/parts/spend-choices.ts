import type { Filter } from '../api/filter.js';
import type { ScopeController } from '../controllers/scope.js';
import type { BarsHit } from '../controllers/spend-chart.js';
import { dayOf } from '../filter/zone-time.js';
import type { SpendModel } from '../view/spend-model.js';
import { printDay } from '../view/spend-window.js';

interface Options {
  readonly scope: ScopeController;
  /** What was done and is not seen by itself. */
  readonly say: (note: string) => void;
}

type Changes = { -readonly [K in keyof Filter]: Filter[K] };

/** What a user chooses in the picture or its key, told to the scope as a filter; the last choice can be taken back. */
export class SpendChoices {
  readonly #options: Options;
  /** The filter's names before the last choice, and as that left them. */
  #last: { readonly before: Filter; readonly after: Filter } | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** False where the page's author fixed the time. */
  get canChooseTime(): boolean {
    const { last, since, until } = this.#options.scope.fixed;
    return (last ?? since ?? until) === undefined;
  }

  /** Asks for a time by tabs or fields. */
  changeTime(time: Pick<Filter, 'last' | 'since' | 'until'>): void {
    this.#change({ last: undefined, since: undefined, until: undefined, ...time }, '');
  }

  /** Asks for the calls of a bar, or for one part of it. */
  choosePlace(model: SpendModel, { slot, stack }: BarsHit): void {
    const keys = typeof stack === 'number' ? this.#keysOf(model, stack) : {};
    const lane: Filter = stack === 'lane' ? { billing: ['subscription_imputed'] } : {};
    this.#chooseSlots(model, slot, slot, { ...keys, ...lane });
  }

  chooseTime(model: SpendModel, first: number, last: number): void {
    this.#chooseSlots(model, first, last, {});
  }

  /** Asks for one part of the whole, at any time. */
  chooseStack(model: SpendModel, stack: number): void {
    this.#change(this.#keysOf(model, stack));
  }

  /** True where there was a choice to take back. */
  undo(): boolean {
    const { scope, say } = this.#options;
    const last = this.#last;
    this.#last = undefined;
    if (last === undefined) return false;
    const names = Object.keys(last.after) as (keyof Filter)[];
    const isOurs = names.every((name) => JSON.stringify(scope.filter[name]) === JSON.stringify(last.after[name]));
    if (!isOurs) return false;
    scope.changeFilter(last.before);
    say('The last choice is taken back.');
    return true;
  }

  #keysOf({ read: { by }, stacks }: SpendModel, stack: number): Filter {
    if (by === 'none' || this.#options.scope.fixed[by] !== undefined) return {};
    return { [by]: (stacks[stack]?.keys ?? []).map((key) => key ?? '') };
  }

  #chooseSlots(model: SpendModel, first: number, last: number, more: Filter): void {
    const calls = model.sums.slice(first, last + 1).reduce((sum, { calls }) => sum + calls, 0);
    if (calls === 0) this.#options.say('No calls in this time, so nothing was filtered.');
    else this.#change({ ...(this.canChooseTime ? findTime(model, first, last) : {}), ...more });
  }

  #change(change: Filter, note = 'Filtered. Escape takes it back.'): void {
    const { scope, say } = this.#options;
    if (Object.keys(change).length === 0) return;
    const before: Record<string, unknown> = {};
    for (const name of Object.keys(change) as (keyof Filter)[]) before[name] = scope.filter[name];
    this.#last = { before: before, after: change };
    say(note);
    scope.changeFilter(change);
  }
}

/** Days where slots are days or more, else instants; no end where they go on until now. */
function findTime({ read, slots }: SpendModel, first: number, last: number): Filter {
  const { bucket, zone, window } = read;
  const [begin, end] = [slots[first]!, slots[last]!];
  const since = Math.max(begin.startMs, window.isFromFirst ? -Infinity : window.sinceMs);
  const until = Math.min(end.endMs, window.untilMs);
  const isDays = bucket !== 'hour';
  const time: Changes = {
    last: undefined,
    since: isDays && since === begin.startMs ? printDay(dayOf(since, zone)) : new Date(since).toISOString(),
    until: isDays && until === end.endMs ? printDay(dayOf(until - 1, zone)) : new Date(until).toISOString(),
  };
  if (end.state === 'begun' || end.state === 'future') time.until = undefined;
  return time;
}
