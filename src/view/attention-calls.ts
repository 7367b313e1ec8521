import type { Filter } from '../api/filter.js';
import type { AttentionFacts, AttentionItem, Groups } from './attention-facts.js';
import { joinNames } from './attention-names.js';
import { describeAttribution, UNATTRIBUTED } from './attribution.js';
import { formatCount, formatExactMoney, formatMoney, formatPlural, formatShare } from './format.js';
import { formatRecent } from './time.js';

/** What is the matter with calls; each of these gives null where nothing is, or nothing could be had. */

interface Circumstances {
  readonly timeZone: string;
  readonly now: Date;
}

export function describeFailures(
  { projects, failures }: AttentionFacts,
  filter: Filter,
  { timeZone, now, isReasonTold }: Circumstances & { readonly isReasonTold: boolean },
): AttentionItem | null {
  const failed = failures.data?.classes.totals.calls ?? projects.data?.totals.failedCalls ?? 0;
  if (failed === 0) return null;
  return {
    ...{ key: 'failed', mark: 'error', to: 'calls', filter },
    title: `${formatPlural(failed, 'call')} failed`,
    detail: failures.data ? describeClasses(failures.data, failed, isReasonTold, timeZone, now) : '',
  };
}

function describeClasses(
  { classes, providers }: NonNullable<AttentionFacts['failures']['data']>,
  failed: number,
  isReasonTold: boolean,
  timeZone: string,
  now: Date,
): string {
  const [most] = byCalls(classes);
  const [dominating] = byCalls(providers);
  if (most === undefined) return '';
  const isOne = most.calls === 1;
  const subject = most.calls < failed ? formatCount(most.calls) : isOne ? 'It' : 'All';
  const reason =
    most.key === null
      ? `${isOne ? 'gives' : 'give'} no reason`
      : `${isOne ? 'is' : 'are'} “${most.key.replaceAll('_', ' ')}”`;
  const isAll = dominating !== undefined && dominating.calls === providers.totals.calls;
  const from = dominating?.key ? `${isAll ? ' from' : ', most from'} ${dominating.key}` : '';
  const last = most.lastCallAt === null ? '' : `, the last ${formatMoment(most.lastCallAt, timeZone, now)}`;
  if (!isReasonTold && most.key === null) {
    const whose = dominating?.key ? `; ${isOne ? '' : isAll ? 'all ' : 'most '}from ${dominating.key}` : '';
    return `The daemon gives no reason over HTTP${whose}${last}`;
  }
  return `${subject} ${reason}${from}${last}`;
}

/** `at 14:02`, or `on 23 Nov`. */
function formatMoment(instant: string, timeZone: string, now: Date): string {
  const recent = formatRecent(instant, timeZone, now);
  return recent.includes(':') ? `at ${recent.slice(0, 5)}` : `on ${recent}`;
}

/** What was paid for calls whose prompt had been sent just before; retries of calls that failed cost nothing. */
export function describeRepeats({ repeats, dearest }: AttentionFacts, filter: Filter): AttentionItem | null {
  if (repeats.data === undefined) return null;
  const { calls, unpricedCalls, costMillicents, imputedMillicents } = repeats.data.totals;
  const billed = (costMillicents ?? 0) - imputedMillicents;
  if (billed === 0 && imputedMillicents === 0 && unpricedCalls === 0) return null;
  const [most] = byCost(repeats.data);
  // "At least less than a cent" would say nothing.
  const rounded = formatMoney(billed, 2);
  const bound = rounded.startsWith('<') ? formatExactMoney(billed) : rounded;
  const paid = unpricedCalls > 0 ? `At least ${bound}` : rounded;
  return {
    ...{ key: 'repeats', mark: 'warning', to: 'calls', filter },
    title: billed > 0 ? `${paid} paid again for the same prompts` : 'The same prompts sent again',
    detail: [
      `${formatPlural(calls, 'call')} sent a prompt again within 10 minutes${most === undefined ? '' : `, most in ${nameOf(most.key)}`}`,
      describeWorst(dearest),
      unpricedCalls > 0 ? `${formatCount(unpricedCalls)} not priced` : '',
      imputedMillicents > 0 ? `${formatMoney(imputedMillicents, 2)} more imputed, not billed` : '',
    ]
      .filter((part) => part !== '')
      .join('; '),
  };
}

/** How often the prompt that cost most was sent again; of those that are known, where they are not all. */
function describeWorst({ data }: AttentionFacts['dearest']): string {
  if (data === undefined) return '';
  const times = new Map<string, { calls: number; cost: number }>();
  for (const { project, promptHash, costMillicents } of data.calls) {
    const key = JSON.stringify([project, promptHash]);
    const known = times.get(key) ?? { calls: 0, cost: 0 };
    times.set(key, { calls: known.calls + 1, cost: known.cost + (costMillicents ?? 0) });
  }
  const [worst] = [...times.values()].sort((a, b) => b.cost - a.cost || b.calls - a.calls);
  if (worst === undefined || worst.calls < 2) return '';
  const isWhole = data.calls.length >= data.total;
  return `one prompt ${isWhole ? '' : 'at least '}${formatCount(worst.calls)} times`;
}

export function describeUnpriced(
  { projects, unpriced, pricing }: AttentionFacts,
  filter: Filter,
): AttentionItem | null {
  const calls = unpriced.data?.totals.calls ?? projects.data?.totals.unpricedCalls ?? 0;
  if (calls === 0) return null;
  const groups = unpriced.data ? byCalls(unpriced.data) : [];
  const unlisted = new Set(pricing.data?.unlisted.map(({ model }) => model));
  const unrated = groups.filter(({ key }) => unlisted.has(key));
  // The prices tell how to set a rate; where most models have one, the calls themselves have to be looked at.
  const isExplained = unrated.reduce((sum, group) => sum + group.calls, 0) * 2 > calls;
  const named = isExplained ? unrated : groups;
  const names = joinNames(named.map(({ key }) => key));
  const reason = isExplained ? `${names} ${named.length === 1 ? 'has' : 'have'} no rate` : names;
  return {
    ...{ key: 'unpriced', mark: 'unpriced', to: isExplained ? 'pricing' : 'calls' },
    filter: isExplained ? null : filter,
    title: `${formatPlural(calls, 'call')} not priced`,
    detail: `${reason === '' ? 'S' : `${reason}; s`}ums they touch read “at least”`,
  };
}

export function describeUnattributed({ projects, attributions }: AttentionFacts, filter: Filter): AttentionItem | null {
  if (projects.data === undefined || attributions.data === undefined) return null;
  const { totals } = attributions.data;
  const groups = attributions.data.groups.filter(({ key }) => describeAttribution(key) === UNATTRIBUTED);
  const sum = (count: (group: (typeof groups)[number]) => number): number =>
    groups.reduce((all, group) => all + count(group), 0);
  const calls = sum((group) => group.calls);
  if (calls === 0) return null;
  const cost = sum((group) => group.costMillicents ?? 0);
  const fell = projects.data.projects
    .map(({ slug, tags }) => ({
      slug,
      calls: tags.reduce((all, tag) => all + (describeAttribution(tag.method) === UNATTRIBUTED ? tag.calls : 0), 0),
    }))
    .filter((project) => project.calls > 0)
    .sort((a, b) => b.calls - a.calls);
  const bound = sum((group) => group.unpricedCalls) > 0 ? 'at least ' : '';
  return {
    ...{ key: 'unattributed', mark: 'warning', to: 'projects' },
    filter: { ...filter, attribution: groups.map(({ key }) => key ?? '') },
    title:
      cost > 0
        ? `${formatShare(cost, totals.costMillicents ?? 0)} of spend unattributed`
        : `${formatShare(calls, totals.calls)} of calls unattributed`,
    detail: `${formatPlural(calls, 'call')}${cost > 0 ? `, ${bound}${formatMoney(cost, 2)},` : ''} fell to ${joinNames(
      fell.map(({ slug }) => slug),
      (name) => `“${name}”`,
    )}`,
  };
}

export function describeIncomplete({ incomplete }: AttentionFacts, filter: Filter): AttentionItem | null {
  const groups = incomplete.data;
  if (groups === undefined || groups.totals.calls === 0) return null;
  const { calls } = groups.totals;
  return {
    ...{ key: 'incomplete', mark: 'stream-cut', to: 'calls', filter },
    title: `${formatPlural(calls, 'stream')} cut or without usage`,
    detail: `${calls === 1 ? 'Its cost is a lower bound' : 'Their cost is a lower bound'}, ${mostIn(groups)}`,
  };
}

export function describeCut({ cut, projects }: AttentionFacts, filter: Filter): AttentionItem | null {
  const groups = cut.data;
  if (groups === undefined || groups.totals.calls === 0) return null;
  const all = projects.data?.totals.calls ?? 0;
  const share = all > 0 ? `, ${formatShare(groups.totals.calls, all)} of the calls` : '';
  const where = mostIn(groups);
  return {
    ...{ key: 'cut', mark: 'body-cut', to: 'calls', filter },
    title: `${formatPlural(groups.totals.calls, 'body').replace('bodys', 'bodies')} cut at the size cap`,
    detail: `${where.charAt(0).toUpperCase()}${where.slice(1)}${share}`,
  };
}

/** `most in ide-assist`, or `all in ide-assist`. */
function mostIn(groups: Groups): string {
  const [most, ...others] = byCalls(groups);
  return most === undefined ? '' : `${others.length === 0 ? 'all' : 'most'} in ${nameOf(most.key)}`;
}

const byCalls = ({ groups }: Groups): Groups['groups'] => [...groups].sort((a, b) => b.calls - a.calls);

const byCost = ({ groups }: Groups): Groups['groups'] =>
  [...groups].sort((a, b) => (b.costMillicents ?? -1) - (a.costMillicents ?? -1) || b.calls - a.calls);

const nameOf = (key: string | null): string => key ?? 'no project';
