import type { Filter } from '../api/filter.js';
import { listCalls } from '../daemon/calls.js';
import { type GroupsAnswer, listGroups } from '../daemon/groups.js';
import { listPricing } from '../daemon/pricing.js';
import { listProjects } from '../daemon/projects.js';
import { UNATTRIBUTED, describeAttribution } from '../view/attribution.js';
import type { AttentionFacts, Read } from '../view/attention-facts.js';
import { symptomFilters } from '../view/attention-filter.js';

/** Calls among which the prompt that cost most is looked for: the dearest of those that repeat one. */
const MOST_REPEATS = 50;

/**
 * Asks for what may need attention among the calls of a filter. Four questions where all is well; more of a kind only
 * where there is something to tell of it.
 * @returns what could be had, each with its error where it could not.
 * @throws the first error where nothing could be had.
 */
export async function readAttention(origin: string, filter: Filter, signal: AbortSignal): Promise<AttentionFacts> {
  const filters = symptomFilters(filter);
  const group = (by: GroupsAnswer['by'], asked: Filter): Promise<GroupsAnswer> => listGroups(origin, by, asked, signal);
  const [projects, pricing, repeats, cut] = await Promise.all([
    settle(listProjects(origin, filter, signal)),
    settle(listPricing(origin, signal)),
    settle(group('project', filters.repeats)),
    settle(group('project', filters.cut)),
  ]);
  signal.throwIfAborted();
  const all = [projects, pricing, repeats, cut];
  if (all.every(({ data }) => data === undefined)) throw projects.error;

  const { failedCalls = 0, unpricedCalls = 0, incompleteCalls = 0 } = projects.data?.totals ?? {};
  const isUnattributed = projects.data?.projects.some(({ tags }) =>
    tags.some(({ method }) => describeAttribution(method) === UNATTRIBUTED),
  );
  const [failures, unpriced, incomplete, attributions, dearest] = await Promise.all([
    failedCalls > 0 ? settle(readFailures(group, filters.failed)) : NOTHING,
    unpricedCalls > 0 ? settle(group('model', filters.unpriced)) : NOTHING,
    incompleteCalls > 0 ? settle(group('project', filters.incomplete)) : NOTHING,
    isUnattributed ? settle(group('attribution', filter)) : NOTHING,
    (repeats.data?.totals.calls ?? 0) > 0
      ? settle(
          listCalls(origin, filters.repeats, { sort: 'cost', order: 'desc', offset: 0, limit: MOST_REPEATS }, signal),
        )
      : NOTHING,
  ]);
  signal.throwIfAborted();
  return { projects, pricing, repeats, cut, failures, unpriced, incomplete, attributions, dearest };
}

/** Failed calls by their class, and those of the most frequent class by provider. */
async function readFailures(
  group: (by: GroupsAnswer['by'], asked: Filter) => Promise<GroupsAnswer>,
  failed: Filter,
): Promise<NonNullable<AttentionFacts['failures']['data']>> {
  const classes = await group('error_class', failed);
  const most = classes.groups.reduce((a, b) => (b.calls > a.calls ? b : a));
  const providers = await group('provider', { ...failed, error_class: [most.key ?? ''] });
  return { classes, providers };
}

const NOTHING: Read<never> = {};

async function settle<T>(asked: Promise<T>): Promise<Read<T>> {
  try {
    return { data: await asked };
  } catch (error) {
    return { error };
  }
}
