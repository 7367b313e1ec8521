import { toStored, type V1Call, type V1Page } from './shapes.js';
import type { PageQuery } from './v1-client.js';
import { V1Error } from './v1-error.js';

const ROUTE = 'GET /v1/projects/{slug}/requests';

export interface CallsAsked {
  readonly calls: (query: PageQuery) => Promise<V1Page>;
  /** The providers of the calls between two instants. */
  readonly providers: (query: PageQuery) => Promise<readonly (string | null)[]>;
}

export interface ReadCalls {
  /** Calls that were not given before. */
  readonly calls: readonly V1Call[];
  /** So many more share their instant, and no question brings them to light. */
  readonly hidden: number;
}

/**
 * All calls of a project, newest first, each once.
 *
 * The daemon's cursor means "before this instant" and loses the calls that share it with the last one of a page. So the
 * next page is asked with that instant as `until`, which takes it in again, and what is known of it is dropped. Where
 * more calls share an instant than a page holds, they are asked for by provider; of one provider the daemon shows no
 * more than a page, and the rest is counted as hidden.
 *
 * @throws V1Error, also where the answers are in no order, which would never come to an end.
 */
export async function* readCalls(ask: CallsAsked): AsyncGenerator<ReadCalls, void, void> {
  let query: PageQuery = {};
  let bound = null as Bound;
  /** The calls at the bound that were given. */
  let known: ReadonlySet<string> = new Set();
  for (;;) {
    const page = await ask.calls(query);
    checkOrder(page.items, bound);
    const last = page.items.at(-1);
    if (last === undefined) return;
    const given = known;
    const fresh = page.items.filter(({ id }) => !given.has(id));
    yield { calls: fresh, hidden: 0 };
    if (page.next_cursor === null) return;
    const instant = toStored(last.requested_at);
    if (bound?.instant === instant) {
      // A whole page of one instant: what else there is of it, and then what is older.
      yield* readInstant(ask, last.requested_at, new Set(page.items.map(({ id }) => id)));
      bound = { instant, isPassed: true };
      query = { cursor: page.next_cursor };
      known = new Set();
    } else {
      bound = { instant, isPassed: false };
      query = { until: last.requested_at };
      known = new Set(page.items.filter((call) => toStored(call.requested_at) === instant).map(({ id }) => id));
    }
  }
}

/** What a page did not show of one instant; `known` are those that it did. */
async function* readInstant(
  ask: CallsAsked,
  instant: string,
  known: Set<string>,
): AsyncGenerator<ReadCalls, void, void> {
  const only = { since: instant, until: instant };
  const { total } = await ask.calls({ ...only, limit: 1 });
  if (total <= known.size) return;
  for (const provider of await ask.providers(only)) {
    if (provider === null || provider === '') continue;
    const { items } = await ask.calls({ ...only, provider });
    const calls = items.filter((call) => toStored(call.requested_at) === toStored(instant) && !known.has(call.id));
    for (const { id } of calls) known.add(id);
    if (calls.length > 0) yield { calls, hidden: 0 };
    if (total <= known.size) return;
  }
  yield { calls: [], hidden: total - known.size };
}

/** The calls of the next page are this old or older; `isPassed`: older. */
type Bound = { readonly instant: string; readonly isPassed: boolean } | null;

function checkOrder(calls: readonly V1Call[], bound: Bound): void {
  let before = bound?.instant ?? null;
  let isPassed = bound?.isPassed ?? false;
  for (const { requested_at } of calls) {
    const instant = toStored(requested_at);
    if (before !== null && (instant > before || (isPassed && instant === before))) {
      throw new V1Error('unusable', ROUTE, 'did not answer with the newest calls first, within the time asked for');
    }
    before = instant;
    isPassed = false;
  }
}
