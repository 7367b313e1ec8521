import { join } from 'node:path';
import type { WireBodiesAnswer } from '../../../api/body.js';
import type { WireCallsAnswer } from '../../../api/call.js';
import type { CallsQuery } from '../../../api/query.js';
import type { WireStatus } from '../../../api/status.js';
import type {
  BodyText,
  JsonQuestions,
  JsonVerb,
  MaybeVerb,
  Source,
  SourceChanges,
  SourceStatus,
} from '../../source.js';
import { openDatabaseSource } from '../database/database-source.js';
import { FEATURES } from '../database/read-status.js';
import { makePrivateFolder, removePrivateFolder, removeStaleFolders } from '../private-folder.js';
import { Copy } from './copy.js';
import { DaemonFollower } from './follow-daemon.js';
import { Mirror } from './mirror.js';
import { V1Client } from './v1-client.js';
import { describeSource, explainSilence, NO_BODIES } from './words.js';

export interface V1SourceOptions {
  /** The daemon's origin, `http://127.0.0.1:8765`. */
  readonly url: string;
  /** The clock that `last` and prices in force are counted from, milliseconds since 1970. */
  readonly now?: () => number;
  /** The clock that pauses between questions to the daemon are measured with, milliseconds; nobody may set it back. */
  readonly clock?: () => number;
  /** So long a question waits for a copy that is under way, milliseconds; default 3,000, enough for a small daemon. */
  readonly waitMs?: number;
  /** Where to make the folder of the private copy; default the system's folder for temporary files. */
  readonly directory?: string;
}

export interface V1Source {
  readonly source: Source;
  /** The daemon's state, from the same questions that keep the copy current: it costs none of its own. */
  askDaemon(): Promise<WireStatus['daemon']>;
  /** Asks the daemon nothing more, and removes the copy. */
  close(): Promise<void>;
}

/** Of a large daemon progress is told after that. */
const WAIT_MS = 3_000;
const STATUS_WAITS_MS = 300;

/** Where nobody asked for so long, what the copy holds is not taken for news: the daemon is asked first. */
const STALE_MS = 30_000;

/** The daemon's calls as it tells them under `/v1`, from a private copy with the daemon's own tables. */
class MirrorSource implements Source {
  readonly #url: string;
  readonly #copy: Copy;
  readonly #follower: DaemonFollower;
  readonly #inner: Source;
  readonly #waitMs: number;

  constructor(url: string, copy: Copy, follower: DaemonFollower, inner: Source, waitMs: number) {
    this.#url = url;
    this.#copy = copy;
    this.#follower = follower;
    this.#inner = inner;
    this.#waitMs = waitMs;
  }

  async status(): Promise<SourceStatus> {
    await waitAtMost(this.#follower.look(), STATUS_WAITS_MS);
    const known = this.#copy.isWhole ? await this.#inner.status() : null;
    return {
      database: null,
      capture: null,
      cloud: null,
      index: known?.index ?? this.#copy.progress,
      features: [...FEATURES],
      notes: describeSource(this.#copy, this.#follower.trouble),
    };
  }

  async calls(query: CallsQuery): Promise<WireCallsAnswer> {
    await this.#refresh();
    return this.#inner.calls(query);
  }

  async bodies(ids: readonly string[]): Promise<WireBodiesAnswer> {
    await this.#refresh();
    const { bodies } = await this.#inner.bodies(ids);
    return { bodies: bodies.map((body) => ({ ...body, reason: NO_BODIES })) };
  }

  async bodyText(id: string, side: 'request' | 'response'): Promise<BodyText> {
    await this.#refresh();
    const found = await this.#inner.bodyText(id, side);
    return found.found === 'nothing' ? { ...found, reason: NO_BODIES } : found;
  }

  async searchBodies(): Promise<null> {
    await this.#refresh();
    return null;
  }

  async json<V extends JsonVerb>(
    verb: V,
    question: JsonQuestions[V],
  ): Promise<Uint8Array<ArrayBuffer> | (V extends MaybeVerb ? null : never)> {
    await this.#refresh();
    return this.#inner.json(verb, question);
  }

  async version(): Promise<string> {
    await this.#refresh();
    return this.#inner.version();
  }

  changes(): Promise<SourceChanges> {
    void this.#follower.look();
    if (!this.#copy.isWhole) return Promise.reject(this.#explain());
    return this.#inner.changes();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /** Nothing is answered from a copy that is not whole, nor at once from one that nobody kept current. */
  async #refresh(): Promise<void> {
    const round = this.#follower.look();
    if (!this.#copy.isWhole) {
      await waitAtMost(round, this.#waitMs);
      if (!this.#copy.isWhole) throw this.#explain();
    } else if (this.#follower.ageMs > STALE_MS) await waitAtMost(round, this.#waitMs);
  }

  #explain(): Error {
    return explainSilence(this.#url, this.#copy, this.#follower.trouble);
  }
}

/**
 * A source over a daemon that can be reached by HTTP alone, under its `/v1`. The daemon need not be there yet.
 *
 * All of its calls are copied into a private database in a folder that only this user can enter, which goes in the end;
 * folders that killed runs left are removed first. The reader of the daemon's own database answers from that copy, so
 * every filter, sum and order is the same; what `/v1` does not tell is missing in the copy too. Until the first copy is
 * whole, and where the daemon has another database since, questions are answered by a `SourceError`. A daemon that goes
 * leaves the last whole copy: it is shown on, because a daemon that is stopped records nothing more, and the status says
 * since when it has not answered and that what is shown is from before. A copy that it broke off is never shown.
 *
 * As long as somebody asks, the daemon is asked once in ten seconds, and not at all otherwise.
 *
 * @throws Error where the folder or the copy can't be made; nothing is left behind then.
 */
export async function openV1Source(options: V1SourceOptions): Promise<V1Source> {
  const { url, now, clock = () => performance.now(), waitMs = WAIT_MS, directory } = options;
  removeStaleFolders(directory);
  const folder = makePrivateFolder('copy', directory);
  // Where nobody calls close, at least nothing stays behind.
  const tidy = (): void => removePrivateFolder(folder);
  process.once('exit', tidy);
  const leave = (): void => {
    process.off('exit', tidy);
    tidy();
  };
  try {
    const path = join(folder, 'db.sqlite');
    const mirror = new Mirror(path);
    const client = new V1Client(url);
    const copy = new Copy(client, mirror);
    const follower = new DaemonFollower({ url, client, copy, mirror, clock });
    const inner = await openDatabaseSource(path, now === undefined ? {} : { now });
    return {
      source: new MirrorSource(url, copy, follower, inner, waitMs),
      askDaemon: () => follower.ask(),
      async close() {
        await follower.close();
        await inner.close();
        mirror.close();
        leave();
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}

async function waitAtMost(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
