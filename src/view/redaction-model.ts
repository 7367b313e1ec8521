import type { WireBodySummary } from '../api/body-summary.js';
import type { CamelCased } from '../api/camel-case.js';
import type { Filter } from '../api/filter.js';
import type { WireCaptureStatus } from '../api/status.js';

export type CaptureStatus = CamelCased<WireCaptureStatus>;
export type BodySummary = CamelCased<WireBodySummary>;
export type Figures = BodySummary['totals'];
export type CaptureProject = BodySummary['projects'][number];

/** All that is drawn. */
export interface Redaction {
  readonly status: CaptureStatus;
  /** Null where the source has no bodies, or does not sum them up. */
  readonly summary: BodySummary | null;
}

/** What the user sees of it, and changes. */
export interface RedactionSettings {
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  /** Slug of the project whose switch and redactions are told in full. */
  readonly opened: string | null;
  /** Which long tables are shown to their end. */
  readonly whole: readonly string[];
}

export interface RedactionOptions extends RedactionSettings {
  readonly timeZone: string;
  readonly now: Date;
  /** The filter as the user left it. */
  readonly filter: Filter;
  /** What the figures are of: the filter without the project and what it asks of bodies, unless the page fixed them. */
  readonly window: Filter;
  readonly change: (change: Partial<RedactionSettings>) => void;
  /** The user asked for these calls. */
  readonly show: (calls: ShownCalls) => void;
  readonly copy: (text: string) => Promise<boolean>;
}

/** What of a filter the counts here stand for. */
export interface ShownCalls {
  /** Null: of all projects that are shown. */
  readonly project: string | null;
  readonly bodyState: BodyFilter | null;
}

export type BodyFilter = 'stored' | 'truncated' | 'failed' | 'none';

/** Calls of whose bodies nothing is kept, for whatever reason, but those the daemon failed to keep. */
export const countNotKept = ({ expired, off, none }: Figures): number => expired + off + none;

export const countKept = ({ stored, truncated }: Figures): number => stored + truncated;

export const sumRedactions = ({ categories }: Pick<Figures, 'categories'>): number =>
  categories.reduce((sum, { count }) => sum + count, 0);
