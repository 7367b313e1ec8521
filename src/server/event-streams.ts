import { randomUUID } from 'node:crypto';
import type { WireCallsEvent } from '../api/events.js';
import type { WireStatus } from '../api/status.js';
import { SourceError, type Source, type SourceChanges } from './source.js';

type DaemonState = WireStatus['daemon'];
type Change = WireCallsEvent['changed'][number];

/** How often the database is asked whether it changed: one look at a counter. */
const POLL_MS = 250;
const COMMENT_MS = 15_000;
const RETRY_MS = 1000;
const MAX_STREAMS = 200;

export interface EventSources {
  readonly source: Pick<Source, 'changes'>;
  readonly readDaemon: () => Promise<DaemonState>;
}

/** No more than so many may listen at once. */
export class TooManyStreamsError extends Error {}

/**
 * What happens, told to whoever listens. The database and the daemon are looked at only as long as somebody does.
 *
 * Events are numbered by what they tell of, so that one who comes back with the last number he heard (`Last-Event-ID`)
 * is told at once what changed meanwhile, whoever told him.
 */
export class EventStreams {
  readonly #sources: EventSources;
  /** Numbers of another run of this server mean nothing here. */
  readonly #run = randomUUID().slice(0, 8);
  readonly #streams = new Set<EventStream>();
  #known: SourceChanges | null = null;
  #isReachable: boolean | null = null;
  #hasFault = false;
  #poll: NodeJS.Timeout | undefined;
  #comments: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(sources: EventSources) {
    this.#sources = sources;
  }

  /** How many listen. */
  get size(): number {
    return this.#streams.size;
  }

  /**
   * A stream of events for one listener. Nothing is done before it is read.
   * @throws TooManyStreamsError
   */
  open(lastEventId: string | null): ReadableStream<Uint8Array> {
    if (this.#streams.size >= MAX_STREAMS) throw new TooManyStreamsError();
    const stream = new EventStream(() => this.#remove(stream));
    let isOpen = false;
    return new ReadableStream(
      {
        pull: async (controller) => {
          if (!isOpen) {
            isOpen = true;
            await this.#add(stream, lastEventId);
          }
          const text = await stream.next();
          if (text === null) controller.close();
          else controller.enqueue(Buffer.from(text, 'utf8'));
        },
        cancel: () => stream.end(),
      },
      // Without a reader nothing is made in advance: a HEAD request never listens.
      { highWaterMark: 0 },
    );
  }

  /** Ends all streams, and opens none any more. */
  close(): void {
    this.#isClosed = true;
    for (const stream of [...this.#streams]) stream.end();
  }

  async #add(stream: EventStream, lastEventId: string | null): Promise<void> {
    if (this.#isClosed) return stream.end();
    this.#streams.add(stream);
    if (this.#streams.size === 1) {
      this.#comments = setInterval(() => this.#each((one) => one.comment()), COMMENT_MS);
      await this.#look();
    }
    const known = this.#known;
    stream.greet(`retry: ${RETRY_MS}\n${known === null ? '' : `id: ${this.#idOf(known)}\n`}\n`);
    if (known === null || lastEventId === null) return;
    const missed = this.#listMissed(lastEventId, known);
    if (missed.length > 0) stream.tellCalls(this.#idOf(known), known, missed);
  }

  #remove(stream: EventStream): void {
    if (!this.#streams.delete(stream) || this.#streams.size > 0) return;
    clearTimeout(this.#poll);
    clearInterval(this.#comments);
    this.#known = null;
    this.#isReachable = null;
  }

  #each(act: (stream: EventStream) => void): void {
    for (const stream of this.#streams) act(stream);
  }

  /** Looks at the database and the daemon, tells what is new, and looks again a little later. */
  async #look(): Promise<void> {
    await Promise.all([this.#lookAtCalls(), this.#lookAtDaemon()]);
    clearTimeout(this.#poll);
    if (this.#streams.size > 0) this.#poll = setTimeout(() => void this.#look(), POLL_MS);
  }

  async #lookAtCalls(): Promise<void> {
    const before = this.#known;
    let now: SourceChanges;
    try {
      now = await this.#sources.source.changes();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // What is wrong is told by whatever is asked next.
      if (!this.#hasFault && before !== null) this.#each((stream) => stream.tellStatus(null));
      this.#hasFault = true;
      return;
    }
    this.#known = now;
    const changed = before === null ? [] : compareMarks(before.marks, now.marks);
    if (this.#hasFault && changed.length === 0) changed.push('file');
    this.#hasFault = false;
    if (changed.length > 0) this.#each((stream) => stream.tellCalls(this.#idOf(now), now, changed));
  }

  async #lookAtDaemon(): Promise<void> {
    const daemon = await this.#sources.readDaemon();
    const before = this.#isReachable;
    this.#isReachable = daemon.reachable;
    if (before !== null && before !== daemon.reachable) this.#each((stream) => stream.tellStatus(daemon));
  }

  #idOf({ marks }: SourceChanges): string {
    return [this.#run, marks.insert, marks.cost, marks.project, marks.body, marks.file].join('.');
  }

  /** What changed since an event with this number; all may have, where it is not one of ours. */
  #listMissed(lastEventId: string, known: SourceChanges): Change[] {
    const [run, ...numbers] = lastEventId.split('.');
    const [insert, cost, project, body, file] = numbers.map(Number);
    if (run !== this.#run || numbers.length !== 5 || numbers.some((number) => !/^\d+$/.test(number))) return ['file'];
    return compareMarks({ insert: insert!, cost: cost!, project: project!, body: body!, file: file! }, known.marks);
  }
}

function compareMarks(before: SourceChanges['marks'], now: SourceChanges['marks']): Change[] {
  const names = ['insert', 'cost', 'project', 'body', 'file'] as const;
  return names.filter((name) => before[name] !== now[name]);
}

/**
 * One listener. What he has not read yet is kept as one event of each kind, however much happens meanwhile, so that a
 * tab that sleeps holds no memory.
 */
class EventStream {
  readonly #onEnd: () => void;
  readonly #changed = new Set<Change>();
  #greeting = '';
  #calls: { readonly id: string; readonly now: SourceChanges } | null = null;
  #status: string | null = null;
  #hasComment = false;
  #isEnded = false;
  #wake: (() => void) | null = null;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  greet(text: string): void {
    this.#greeting = text;
    this.#wake?.();
  }

  tellCalls(id: string, now: SourceChanges, changed: readonly Change[]): void {
    this.#calls = { id, now };
    for (const change of changed) this.#changed.add(change);
    this.#wake?.();
  }

  /** The daemon came or went, or null: the source can't be read any more. */
  tellStatus(daemon: DaemonState | null): void {
    this.#status = `event: status\ndata: ${JSON.stringify({ daemon })}\n\n`;
    this.#wake?.();
  }

  comment(): void {
    this.#hasComment = true;
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#onEnd();
    this.#wake?.();
  }

  /** What is to be sent, as soon as there is something; null at the end. */
  async next(): Promise<string | null> {
    for (;;) {
      if (this.#isEnded) return null;
      const text = this.#take();
      if (text !== '') return text;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
  }

  #take(): string {
    const parts: string[] = [this.#greeting, this.#status ?? ''];
    if (this.#calls !== null) {
      const { id, now } = this.#calls;
      const event: WireCallsEvent = { newest_call_at: now.newestCallAt, calls: now.calls, changed: [...this.#changed] };
      parts.push(`event: calls\nid: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    if (this.#hasComment && parts.join('') === '') parts.push(':\n\n');
    this.#greeting = '';
    this.#status = null;
    this.#calls = null;
    this.#changed.clear();
    this.#hasComment = false;
    return parts.join('');
  }
}
