import type { WireStatus } from '../api/status.js';
import { chooseSource, isSameChoice, type Choice } from './choose-source.js';
import { FollowingSource } from './following-source.js';
import { Lookout, type LookoutParts, type ShownNow } from './lookout.js';
import { openSource, type OpenedSource } from './open-source.js';

/** How often it is looked: a few `stat`s, and now and then a question to the daemon. */
const LOOK_EVERY_MS = 2000;
/** Who has asked within so long is taken to be still there. */
const ATTENTIVE_MS = 15_000;

export interface FollowerParts extends LookoutParts {
  /** Whether somebody listens to what changes. */
  readonly isListened: () => boolean;
  /** Another source is shown from now on. */
  readonly onSwitch: () => void;
  readonly log: (line: string) => void;
}

/**
 * Chooses what to show, and goes on looking: what is shown follows the daemon as it starts, stops and is upgraded, and its
 * database as it is made, moved and removed.
 */
export class SourceFollower {
  /** Whatever is shown. */
  readonly source: FollowingSource;
  readonly #parts: FollowerParts;
  readonly #lookout: Lookout;
  #now: ShownNow;
  #attentiveUntilMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #isClosed = false;
  #hasFailed = false;

  static async start(parts: FollowerParts): Promise<SourceFollower> {
    const lookout = new Lookout(parts);
    const choice = chooseSource(parts.options.source, await lookout.survey(null, true), null);
    // Nothing is lost before it is shown.
    const opened = await open(choice, lookout, parts, () => follower.look(true));
    const follower = new SourceFollower(parts, lookout, { choice, opened });
    return follower;
  }

  private constructor(parts: FollowerParts, lookout: Lookout, now: ShownNow) {
    this.#parts = parts;
    this.#lookout = lookout;
    this.#now = now;
    this.source = new FollowingSource(now.opened.source, () => now.opened.close());
    this.#wait();
  }

  get choice(): Choice {
    return this.#now.choice;
  }

  /** Where the daemon is, for pages that may come to ask it. */
  findUrl(): Promise<string> {
    return this.#lookout.findUrl();
  }

  /** The daemon, as it is known without a question more than once in ten seconds. */
  askDaemon(): Promise<WireStatus['daemon']> {
    const { opened } = this.#now;
    return opened.askDaemon?.() ?? this.#lookout.askDaemon();
  }

  /** Somebody reads what is shown: until he is gone, the daemon is looked at more often. */
  attend(): void {
    this.#attentiveUntilMs = performance.now() + ATTENTIVE_MS;
  }

  /** Looks now; `anew`: what was known of the daemon does not hold any more. */
  readonly look = (anew = false): void => {
    if (anew) this.#lookout.forget();
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#looking ??= this.#follow().finally(() => {
      this.#looking = null;
      this.#wait();
    });
  };

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.all([this.source.close(), this.#lookout.trial.end()]);
    await this.#looking;
  }

  #wait(): void {
    // What was asked for as a demo stays one, and needs no looking.
    if (this.#isClosed || this.#parts.options.source === 'demo') return;
    this.#timer = setTimeout(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async #follow(): Promise<void> {
    const { options, isListened, onSwitch, log } = this.#parts;
    try {
      const isWatched = isListened() || performance.now() < this.#attentiveUntilMs;
      const choice = chooseSource(options.source, await this.#lookout.survey(this.#now, isWatched), this.#now.choice);
      if (this.#isClosed || isSameChoice(choice, this.#now.choice)) return;
      const opened = await open(choice, this.#lookout, this.#parts, () => this.look(true));
      // Ended meanwhile: nobody else would close it.
      if (this.#isClosed) return await opened.close();
      this.#now = { choice, opened };
      this.source.show(opened.source, () => opened.close());
      this.#hasFailed = false;
      onSwitch();
    } catch (error) {
      if (!this.#hasFailed) log(`Another source could not be opened: ${(error as Error).message}`);
      this.#hasFailed = true;
    }
  }
}

async function open(
  choice: Choice,
  { trial }: Lookout,
  { configFile }: FollowerParts,
  onLost: () => void,
): Promise<OpenedSource> {
  const tried = choice.kind === 'database' ? trial.take(choice.path) : null;
  await trial.end();
  return tried ?? openSource(choice, { configFile, onLost });
}
