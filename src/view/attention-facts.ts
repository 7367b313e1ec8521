import type { CamelCased } from '../api/camel-case.js';
import type { WireCallsAnswer } from '../api/call.js';
import type { Filter } from '../api/filter.js';
import type { WireGroupsAnswer } from '../api/groups.js';
import type { WirePricingAnswer } from '../api/pricing.js';
import type { WireShownProjects } from '../api/project.js';
import type { WireShownStatus } from '../api/status.js';
import type { CallMark } from './call-mark.js';

/** An answer, or why it could not be had; neither where nothing was to be asked. */
export interface Read<T> {
  readonly data?: T;
  readonly error?: unknown;
}

export type Groups = CamelCased<WireGroupsAnswer>;
export type Status = CamelCased<WireShownStatus>;

/** What is known of the calls that are looked at; `pricing` is of all calls. */
export interface AttentionFacts {
  readonly projects: Read<CamelCased<WireShownProjects>>;
  readonly pricing: Read<CamelCased<WirePricingAnswer>>;
  /** By project: calls that repeat a prompt, with a cut body, with incomplete counts. */
  readonly repeats: Read<Groups>;
  readonly cut: Read<Groups>;
  readonly incomplete: Read<Groups>;
  /** By class of the error; and of the most frequent class by provider. */
  readonly failures: Read<{ readonly classes: Groups; readonly providers: Groups }>;
  /** By model. */
  readonly unpriced: Read<Groups>;
  readonly attributions: Read<Groups>;
  /** The calls that repeat a prompt, dearest first; not all of them. */
  readonly dearest: Read<CamelCased<WireCallsAnswer>>;
}

/** Elements that explain something, by what stands behind `hm-` in their tags. */
export type Explainer = 'calls' | 'pricing' | 'projects' | 'redaction' | 'status';

/** One thing that needs attention. */
export interface AttentionItem {
  readonly key: string;
  readonly mark: CallMark;
  /** What is the matter, with its figures. */
  readonly title: string;
  /** Which models, projects, errors, and what follows from it. */
  readonly detail: string;
  readonly to: Explainer;
  /** The calls in question; null where it is not about calls. */
  readonly filter: Filter | null;
}

/** One thing that could not be looked at. */
export interface Unread {
  readonly what: string;
  readonly error: unknown;
  /** Trying again would not help. */
  readonly isFinal?: boolean;
}
