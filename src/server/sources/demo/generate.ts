import type Database from 'libsql';
import { weighHour } from './calendar.js';
import { DAY_MS, HOUR_MS } from './clock.js';
import type { CallPlan } from './plan.js';
import { PriceList } from './prices.js';
import { PROFILES } from './profiles.js';
import type { ProjectProfile } from './projects.js';
import { Random } from './random.js';
import { createIndexes, createTables } from './schema.js';
import { planSession } from './sessions.js';
import { SPECIMENS } from './specimens.js';
import { DemoWriter, recordedAtMs } from './writer.js';

export interface DemoOptions {
  /** The same seed and `now` give the same rows. */
  readonly seed: number;
  readonly now: Date;
  /** How far back the calls go; default 90. */
  readonly days?: number;
  /** About so many calls, within a few per cent; default 24,000. */
  readonly calls?: number;
  /** False leaves out all bodies, for a database of a million calls; default true. */
  readonly bodies?: boolean;
}

const USUAL_CALLS = 24_000;
/** Bodies are kept of every call in the newest days, and of some sessions before. */
const KEPT_DAYS = 4.4;
const KEPT_SHARE_BEFORE = 0.03;
const RETENTION_DAYS = 90;

/**
 * Fills an empty database with the daemon's tables and made-up calls, all in one transaction.
 * @throws Error where a table is there already.
 */
export function generateDemo(db: Database.Database, options: DemoOptions): void {
  const { seed, now, days = 90, calls = USUAL_CALLS, bodies = true } = options;
  const nowMs = now.getTime();
  createTables(db, { indexes: false });
  // Faster than a log, and as safe: who sees this fail throws the file away.
  db.pragma('journal_mode = MEMORY');
  db.exec('BEGIN');
  try {
    const writer = new DemoWriter(db, new PriceList(now), seed);
    writer.writeRates();
    writer.writeProjects(PROFILES, nowMs);
    for (const day of planDays(seed, nowMs, days, calls)) {
      for (const call of day) writer.writeCall(call, bodies);
    }
    createIndexes(db);
    db.exec('COMMIT');
    db.pragma('journal_mode = WAL');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** What is left to plan of a project: its traffic by the hour, in calls. */
interface Traffic {
  readonly profile: ProjectProfile;
  readonly random: Random;
  readonly perHour: readonly number[];
  due: number;
}

/** The calls, a day at a time and in the order in which the daemon wrote them, so that few are in memory. */
function* planDays(seed: number, nowMs: number, days: number, calls: number): Generator<CallPlan[]> {
  const startMs = nowMs - days * DAY_MS;
  const firstHourMs = Math.floor(startMs / HOUR_MS) * HOUR_MS;
  const hours = Math.ceil((nowMs - firstHourMs) / HOUR_MS);
  const keptDays = (KEPT_DAYS * USUAL_CALLS) / Math.max(calls, 1000);
  const traffic = divide(seed, nowMs, firstHourMs, hours, calls);
  let pending: CallPlan[] = [];

  const plan = (
    profile: ProjectProfile,
    random: Random,
    atMs: number,
    wish: Parameters<typeof planSession>[4],
  ): number => {
    const session = planSession(profile, random, atMs, nowMs, wish);
    const ended = session.calls.filter((call) => recordedAtMs(call) < nowMs);
    pending.push(...ended);
    return ended.length;
  };

  for (let hour = 0; hour < hours; hour++) {
    const hourMs = firstHourMs + hour * HOUR_MS;
    const fromMs = Math.max(hourMs, startMs);
    const untilMs = Math.min(hourMs + HOUR_MS, nowMs);
    for (const project of traffic) {
      project.due += project.perHour[hour] ?? 0;
      while (project.due >= 1) {
        const atMs = fromMs + project.random.fraction() * (untilMs - fromMs);
        const daysAgo = (nowMs - atMs) / DAY_MS;
        const stored =
          isCaptured(project.profile, daysAgo) && (daysAgo < keptDays || project.random.chance(KEPT_SHARE_BEFORE));
        // A session that is still under way counts for one, so that the last hour ends.
        project.due -= Math.max(1, plan(project.profile, project.random, atMs, { stored }));
      }
    }
    for (const [index, { slug, hoursAgo, wish }] of SPECIMENS.entries()) {
      const atMs = nowMs - hoursAgo * HOUR_MS;
      const profile = PROFILES.find((known) => known.slug === slug);
      if (profile && atMs >= fromMs && atMs < untilMs) plan(profile, new Random(seed, index, 5), atMs, wish);
    }
    if ((hour + 1) % 24 === 0 || hour === hours - 1) {
      pending.sort((a, b) => recordedAtMs(a) - recordedAtMs(b) || a.session.seed - b.session.seed || a.turn - b.turn);
      const ready = hour === hours - 1 ? pending.length : pending.findIndex((call) => recordedAtMs(call) >= untilMs);
      const count = ready === -1 ? pending.length : ready;
      yield pending.slice(0, count);
      pending = pending.slice(count);
    }
  }
}

/** Shares the calls out: to projects by weight, and within one to its hours by its rhythm. */
function divide(seed: number, nowMs: number, firstHourMs: number, hours: number, calls: number): Traffic[] {
  const weights = PROFILES.reduce((sum, { weight }) => sum + weight, 0);
  return PROFILES.map((profile, index) => {
    const byHour = Array.from({ length: hours }, (_, hour) => {
      const hourMs = firstHourMs + hour * HOUR_MS;
      const elapsed = Math.min(1, (nowMs - hourMs) / HOUR_MS);
      return weighHour(profile, hourMs, nowMs, seed) * elapsed;
    });
    const total = byHour.reduce((sum, weight) => sum + weight, 0);
    const share = total > 0 ? (calls * profile.weight) / weights / total : 0;
    const random = new Random(seed, index, 4);
    return { profile, random, perHour: byHour.map((weight) => weight * share), due: random.fraction() };
  });
}

/** Whether bodies of a project were kept so many days ago. */
export function isCaptured({ capture }: ProjectProfile, daysAgo: number): boolean {
  if (daysAgo >= RETENTION_DAYS) return false;
  if (!capture) return true;
  return capture.enabled ? daysAgo < capture.sinceDaysAgo : daysAgo > capture.sinceDaysAgo;
}
