import { DAY_MS, HOUR_MS } from './clock.js';
import type { Failure } from './failures.js';
import type { ProjectProfile, Rhythm } from './projects.js';
import { Random } from './random.js';

// Hours in UTC; a team between London and Berlin, with some colleagues further west.
const OFFICE_HOURS = [1, 0.5, 0.3, 0.3, 0.5, 2, 9, 34, 62, 78, 84, 70, 52, 74, 88, 84, 70, 46, 26, 18, 14, 9, 5, 2];
const CUSTOMER_HOURS = [14, 10, 8, 8, 10, 18, 34, 52, 68, 78, 82, 80, 76, 78, 80, 76, 72, 68, 66, 62, 54, 42, 30, 20];
const NIGHT_HOURS = [0, 40, 96, 88, 52, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0];
const EVENING_HOURS = [6, 2, 0, 0, 0, 0, 1, 4, 6, 8, 8, 10, 12, 10, 10, 10, 12, 20, 34, 46, 52, 44, 30, 16];

// Sunday first.
const OFFICE_DAYS = [0.07, 0.95, 1.12, 1.16, 1.06, 0.82, 0.1];
const CUSTOMER_DAYS = [0.55, 1.1, 1.05, 1, 1, 0.95, 0.6];
const NIGHT_DAYS = [0.45, 1, 1, 1, 1, 1.1, 0.6];
const WEEKLY_DAYS = [0, 0.1, 0.05, 0.35, 3, 0.4, 0];
const EVENING_DAYS = [1.3, 0.6, 0.7, 0.7, 0.8, 0.9, 1.4];

const CURVES: Readonly<Record<Rhythm, readonly [hours: readonly number[], days: readonly number[]]>> = {
  office: [OFFICE_HOURS, OFFICE_DAYS],
  customers: [CUSTOMER_HOURS, CUSTOMER_DAYS],
  nightly: [NIGHT_HOURS, NIGHT_DAYS],
  weekly: [OFFICE_HOURS, WEEKLY_DAYS],
  bursts: [OFFICE_HOURS, OFFICE_DAYS],
  evenings: [EVENING_HOURS, EVENING_DAYS],
};

/**
 * How much of a project's traffic falls into the hour that starts at `hourMs`, relative to its other hours. 0 before it
 * was born and after it was archived.
 */
export function weighHour(profile: ProjectProfile, hourMs: number, nowMs: number, seed: number): number {
  const daysAgo = (nowMs - hourMs) / DAY_MS;
  if (daysAgo > profile.bornDaysAgo || daysAgo < (profile.archivedDaysAgo ?? -1)) return 0;
  const date = new Date(hourMs);
  const [hours, days] = CURVES[profile.rhythm];
  const rhythm = (hours[date.getUTCHours()] ?? 0) * (days[date.getUTCDay()] ?? 0);
  const growth = 1 + (profile.growth - 1) * Math.min(1, daysAgo / 90);
  // Days differ, all hours of one alike.
  const ofDay = new Random(seed, Math.floor(hourMs / DAY_MS), profile.slug.length, profile.weight * 1000);
  const mood = ofDay.logNormal(1, 0.18);
  const burst = profile.rhythm === 'bursts' ? (ofDay.chance(0.22) ? 4.5 : 0.04) : 1;
  return Math.max(0, rhythm * growth * mood * burst);
}

export interface Trouble {
  readonly provider: string;
  readonly fromHoursAgo: number;
  readonly toHoursAgo: number;
  readonly failing: number;
  readonly failure: Failure;
}

/** Troubles of the providers in the window, in hours before now: while one lasts, far more calls fail. */
const INCIDENTS: readonly Trouble[] = [
  { provider: 'anthropic', fromHoursAgo: 2.4, toHoursAgo: 0.15, failing: 0.34, failure: 'rate_limit' },
  { provider: 'openai', fromHoursAgo: 9 * 24 + 5, toHoursAgo: 9 * 24 + 2, failing: 0.35, failure: 'server_error' },
  { provider: 'gemini', fromHoursAgo: 33 * 24 + 4, toHoursAgo: 33 * 24, failing: 0.3, failure: 'server_error' },
  { provider: 'xai', fromHoursAgo: 4 * 24 + 6, toHoursAgo: 4 * 24 + 1, failing: 0.25, failure: 'timeout' },
];

/** The part of a provider's calls that fails at that instant because of the provider, and how; null on a good day. */
export function troubleAt(provider: string, atMs: number, nowMs: number): Trouble | null {
  const hoursAgo = (nowMs - atMs) / HOUR_MS;
  const trouble = INCIDENTS.find(
    ({ provider: name, fromHoursAgo, toHoursAgo }) =>
      name === provider && hoursAgo <= fromHoursAgo && hoursAgo >= toHoursAgo,
  );
  return trouble ?? null;
}
