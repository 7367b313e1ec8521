import type { Filter } from '../api/filter.js';
import {
  describeCut,
  describeFailures,
  describeIncomplete,
  describeRepeats,
  describeUnattributed,
  describeUnpriced,
} from './attention-calls.js';
import type { AttentionFacts, AttentionItem, Status, Unread } from './attention-facts.js';
import { symptomFilters } from './attention-filter.js';
import { describeCapture, describeDaemon, describeRates } from './attention-setup.js';

/** What needs attention, in words and figures; failures of the daemon and of calls first, then money, then the rest. */

interface Circumstances {
  /** The calls that are looked at. */
  readonly filter: Filter;
  readonly timeZone: string;
  readonly now: Date;
}

export function listAttention(
  facts: AttentionFacts,
  status: Status | undefined,
  circumstances: Circumstances,
): AttentionItem[] {
  const filters = symptomFilters(circumstances.filter);
  return [
    status && describeDaemon(status, circumstances),
    describeFailures(facts, filters.failed, { ...circumstances, isReasonTold: status?.source !== 'daemon' }),
    describeRepeats(facts, filters.repeats),
    describeUnpriced(facts, filters.unpriced),
    describeUnattributed(facts, circumstances.filter),
    describeIncomplete(facts, filters.incomplete),
    describeRates(facts, circumstances),
    describeCut(facts, filters.cut),
    describeCapture(facts, status),
  ].filter((item) => item !== undefined && item !== null);
}

/** A daemon that is read over HTTP says nothing of these, whoever asks how often. */
const UNTOLD: Unread = {
  what: 'Repeated prompts, attribution, cut bodies and capture',
  error: 'The daemon does not tell of them over HTTP; its database does.',
  isFinal: true,
};

/** What could not be looked at. `statusError`: why the server's status is not known. */
export function listUnread(facts: AttentionFacts, statusError: unknown, status: Status | undefined): Unread[] {
  const reads: readonly (readonly [what: string, error: unknown])[] = [
    ['The daemon and what it captures', statusError],
    ['Failed, unpriced and unattributed calls', facts.projects.error],
    ['Why calls failed', facts.failures.error],
    ['Repeated prompts', facts.repeats.error],
    ['Models not priced', facts.unpriced.error],
    ['Unattributed calls', facts.attributions.error],
    ['Cut streams', facts.incomplete.error],
    ['The age of the rates', facts.pricing.error],
    ['Cut bodies', facts.cut.error],
  ];
  const unread = reads.flatMap(([what, error]) => (error === undefined ? [] : [{ what, error }]));
  return status?.source === 'daemon' ? [...unread, UNTOLD] : unread;
}
