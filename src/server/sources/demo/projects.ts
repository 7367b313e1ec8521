import type { ScenarioName } from './conversations/scenarios.js';

/** When a project's calls come: people at work, customers at any hour, a nightly job, a weekly chore, imports. */
export type Rhythm = 'office' | 'customers' | 'nightly' | 'weekly' | 'bursts' | 'evenings';

/** A provider's way in, by the format of its bodies. */
export type Endpoint = 'messages' | 'chat' | 'responses' | 'generate' | 'embeddings';

type Weighted<T> = readonly (readonly [T, number])[];

/** A model that a project calls, in a part of the window or all of it. */
export interface ModelChoice {
  readonly provider: string;
  readonly model: string;
  readonly weight: number;
  /** Since this many days before now (none: since ever), and until that many (none: still). */
  readonly sinceDaysAgo?: number;
  readonly untilDaysAgo?: number;
  readonly endpoint?: Endpoint;
}

/** The usual figures of a project's calls, in tokens. */
export interface CallShape {
  readonly turns: readonly [least: number, most: number];
  /** System prompt and tools, the same in every session. */
  readonly prefix: number;
  readonly firstAsk: number;
  readonly laterAsk: number;
  readonly answer: number;
  readonly thinkingShare: number;
  readonly thinking: number;
  readonly spread: number;
}

/** One project of the demo and how its people and programs work. */
export interface ProjectProfile {
  readonly slug: string;
  readonly scenario: ScenarioName;
  /** Its part of all calls, relative to the others. */
  readonly weight: number;
  readonly rhythm: Rhythm;
  /** Traffic at the start of the window as a part of today's. */
  readonly growth: number;
  readonly bornDaysAgo: number;
  readonly archivedDaysAgo?: number;
  readonly models: readonly ModelChoice[];
  readonly shape: CallShape;
  readonly streamed: number;
  readonly machines: Weighted<string | null>;
  readonly workdirs: readonly (string | null)[];
  readonly attributions: Weighted<string | null>;
  readonly failing: number;
  readonly kinds: Weighted<string | null>;
  readonly billing?: Weighted<string | null>;
  /** A setting of the daemon: since when bodies are kept, or not kept. No setting means they always were. */
  readonly capture?: { readonly enabled: boolean; readonly sinceDaysAgo: number };
  /** Part of the calls whose client sends an idempotency key. */
  readonly idempotent?: number;
  /** So many different prompts, asked again and again; none: every session asks something else. */
  readonly promptPool?: number;
  readonly clockInPrompt?: number;
}
