import type Database from 'libsql';
import { weighHour } from './calendar.js';
import { isCaptured } from './generate.js';
import type { CallPlan } from './plan.js';
import { PriceList } from './prices.js';
import { PROFILES } from './profiles.js';
import { mixSeeds, Random } from './random.js';
import { planSession } from './sessions.js';
import { DemoWriter } from './writer.js';

export interface LiveOptions {
  readonly seed: number;
  /** The `now` that the database was generated with: prices changed so many days before it. */
  readonly generatedAt: Date;
}

/** Goes on with a generated database as the daemon would: one finished call at a time. */
export class LiveCalls {
  readonly #random: Random;
  readonly #writer: DemoWriter;
  readonly #seed: number;
  /** Work under way: what is still to come of each project's session. */
  readonly #underWay = new Map<string, CallPlan[]>();

  constructor(db: Database.Database, { seed, generatedAt }: LiveOptions) {
    this.#seed = seed;
    this.#random = new Random(seed, 77);
    this.#writer = new DemoWriter(db, new PriceList(generatedAt), mixSeeds(seed, 79));
  }

  /** Adds the next call, one that has just ended at `now`, and returns its id. */
  addCall(now: Date): string {
    const nowMs = now.getTime();
    const profile = this.#random.weighted(
      // At night somebody still works in a demo.
      PROFILES.filter(({ archivedDaysAgo }) => archivedDaysAgo === undefined).map(
        (known) => [known, known.weight * (1 + weighHour(known, nowMs, nowMs, this.#seed))] as const,
      ),
    );
    let calls = this.#underWay.get(profile.slug) ?? [];
    if (calls.length === 0) {
      calls = [...planSession(profile, this.#random, nowMs, nowMs, { stored: isCaptured(profile, 0) }).calls];
      this.#underWay.set(profile.slug, calls);
    }
    const next = calls.shift();
    if (!next) throw new Error(`a session of ${profile.slug} has no call`);
    return this.#writer.writeCall({ ...next, requestedAtMs: Math.floor(nowMs - next.latencyMs) - 40 }, true);
  }
}
