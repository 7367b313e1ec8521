import type { WireStatus } from '../api/status.js';
import type { Choice, Surroundings } from './choose-source.js';
import { findApiPort, markFile, portsFile, type DaemonConfigFile } from './daemon-config.js';
import { DaemonProbe, type DaemonView, type ProbeOptions } from './daemon-probe.js';
import { DatabaseTrial } from './database-trial.js';
import { findDatabase, type FoundDatabase } from './find-database.js';
import type { OpenedSource } from './open-source.js';
import type { Options } from './options.js';

type DaemonState = WireStatus['daemon'];

/** While nobody looks at what is shown, the daemon is asked so often. */
const UNWATCHED_EVERY_MS = 60_000;
/** A daemon that went, or whose files changed, is asked at each look, until it has had the time to start again. */
const STARTING_MS = 30_000;
/** A database that is being made is no database yet, for so long. */
const MAKING_MS = 10_000;

export interface LookoutParts {
  readonly options: Pick<Options, 'db' | 'source' | 'daemon'>;
  readonly home: string;
  readonly configFile: DaemonConfigFile;
  readonly probing: ProbeOptions;
}

/** What is shown now. */
export interface ShownNow {
  readonly choice: Choice;
  readonly opened: OpenedSource;
}

/** Looks at what there is to show: the daemon's files, often, and the daemon itself, seldom. */
export class Lookout {
  readonly trial: DatabaseTrial;
  readonly #parts: LookoutParts;
  readonly #probe: DaemonProbe;
  #view: { readonly view: DaemonView; readonly atMs: number } | null = null;
  #portsMark: string | null = null;
  #startingUntilMs = -Infinity;
  /** The state of the daemon that `/v1` is read from, when it was last asked what else it serves. */
  #mirrored: DaemonState | null = null;
  #faultySinceMs: number | null = null;

  constructor(parts: LookoutParts) {
    this.#parts = parts;
    this.trial = new DatabaseTrial(parts.configFile);
    this.#probe = new DaemonProbe(() => this.findUrl(), parts.probing);
  }

  /** Where the daemon is, or would be. */
  async findUrl(): Promise<string> {
    const { options, home, configFile } = this.#parts;
    return options.daemon ?? `http://127.0.0.1:${await findApiPort(home, await configFile.read())}`;
  }

  /** The daemon's health, asked at most every ten seconds. */
  askDaemon(): Promise<DaemonState> {
    return this.#probe.ask();
  }

  /** What was known of the daemon holds no longer. */
  forget(): void {
    this.#view = null;
    this.#startingUntilMs = performance.now() + STARTING_MS;
    this.#probe.forget();
  }

  async survey(now: ShownNow | null, isWatched: boolean): Promise<Surroundings> {
    const { options, home, configFile } = this.#parts;
    const usesDaemon = options.source !== 'database';
    const daemon = usesDaemon ? await this.#lookAtDaemon(now, isWatched) : await this.#ignoreDaemon();
    const found = await findDatabase(options.db, await configFile.read(), home);
    if (options.source !== 'auto' || daemon.serves?.kind === 'api') {
      await this.trial.end();
      return { found, unreadable: null, daemon };
    }
    return { ...(await this.#tryDatabase(found, now?.choice ?? null)), daemon };
  }

  async #ignoreDaemon(): Promise<DaemonView> {
    const url = await this.findUrl();
    const state = { url, reachable: false, unreachable_since: null, version: null, active_requests: null };
    return { state, serves: null };
  }

  async #lookAtDaemon(now: ShownNow | null, isWatched: boolean): Promise<DaemonView> {
    const mark = await markFile(portsFile(this.#parts.home));
    if (mark !== this.#portsMark) {
      if (this.#portsMark !== null) this.forget();
      this.#portsMark = mark;
    }
    const known = this.#view;
    // What is waited for and refuses every connection is not disturbed by one more.
    const isAwaited = now?.choice.kind === 'waiting' && known?.view.state.reachable === false;
    const isStarting = isAwaited || performance.now() < this.#startingUntilMs;
    if (known !== null) {
      // It says itself when it is gone.
      if (now?.choice.kind === 'api' && known.view.serves?.kind === 'api') return known.view;
      if (now?.choice.kind === 'daemon') {
        // To ask for its state is what keeps the copy of its calls current, and costs it a question.
        if (!isWatched) return known.view;
        const mirrored = await this.#lookThrough(now.opened, known.view);
        if (mirrored !== null) return mirrored;
      }
      if (!isWatched && !isStarting && performance.now() - known.atMs < UNWATCHED_EVERY_MS) return known.view;
    }
    if (isStarting && known?.view.serves == null) this.#probe.forget();
    const view = await this.#probe.look();
    if (known?.view.state.reachable === true && !view.state.reachable) {
      this.#startingUntilMs = performance.now() + STARTING_MS;
    }
    this.#view = { view, atMs: performance.now() };
    return view;
  }

  /**
   * The daemon as the source that reads its `/v1` knows it without asking more; null where it may be another one now, so
   * that it has to be asked what it serves.
   */
  async #lookThrough({ askDaemon }: OpenedSource, known: DaemonView): Promise<DaemonView | null> {
    const state = await askDaemon!();
    const before = this.#mirrored;
    this.#mirrored = state;
    // What answers in its place may well serve something else.
    if (!state.reachable) return null;
    if (before !== null && (!before.reachable || before.version !== state.version)) {
      this.#probe.forget();
      return null;
    }
    return { state, serves: known.serves ?? { kind: 'v1' } };
  }

  async #tryDatabase(found: FoundDatabase, choice: Choice | null): Promise<Omit<Surroundings, 'daemon'>> {
    if (found.kind === 'none') return { found, unreadable: null };
    if (!found.isReadable) return { found, unreadable: 'this user may not open the file' };
    // What is shown says itself what is wrong with it.
    if (choice?.kind === 'database' && choice.path === found.path) return { found, unreadable: null };
    const unreadable = await this.trial.findFault(found.path);
    if (unreadable === null) {
      this.#faultySinceMs = null;
    } else if (choice?.kind === 'demo') {
      this.#faultySinceMs ??= performance.now();
      if (performance.now() - this.#faultySinceMs < MAKING_MS) {
        return { found: { kind: 'none', looked: found.shown }, unreadable: null };
      }
    }
    return { found, unreadable };
  }
}
