import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ToldCall } from '../bodies/telling/told.js';
import { type Body, listBodies } from '../daemon/bodies.js';
import { type CallDetail, findCall, type FoundCall } from '../daemon/one-call.js';
import { DaemonTask } from './daemon-task.js';

/** One read: what it gave, or why it failed. The shape that `renderStates` draws. */
export interface Part<T> {
  readonly data: T | undefined;
  readonly loadedAt: Date | undefined;
  readonly error: unknown;
  readonly refresh: () => void;
}

/** A call and what is told of it. */
export type ToldFound = FoundCall & { readonly told: ToldCall | null };

/** All there is to know of one call and of what is stored of its bodies. */
export interface CapturedCall {
  readonly id: string;
  readonly found: Part<ToldFound>;
  readonly body: Part<Body>;
}

interface Options {
  readonly origin: () => string;
  /** Undefined: no call is chosen. */
  readonly id: () => string | undefined;
  readonly timeZone: () => string;
  readonly tell: (call: CallDetail, timeZone: string, signal: AbortSignal) => Promise<ToldCall>;
}

interface Answer<T> {
  readonly id: string;
  readonly value: T;
}

type Read<T> = Pick<DaemonTask<[], Answer<T>>, 'data' | 'loadedAt' | 'error' | 'pending' | 'refresh'>;

/** Reads one call and what is stored of it. When another is chosen, the one before stays until all of the new one is there. */
export class CapturedCallController implements ReactiveController {
  /** What to draw; undefined while no call is chosen. */
  shown: CapturedCall | undefined;
  /** What is shown is of a call chosen before, or being read again. */
  pending = false;

  readonly #options: Options;
  readonly #found: Read<ToldFound>;
  readonly #body: Read<Body>;

  constructor(host: ReactiveControllerHost & HTMLElement, options: Options) {
    this.#options = options;
    const id = (): string => options.id() ?? '';
    this.#found = new DaemonTask(host, {
      args: () => [options.origin(), id(), options.timeZone()],
      run: async ([origin, id, zone], signal) => {
        const found = await findCall(origin, id, signal);
        return { id, value: { ...found, told: found.call && (await options.tell(found.call, zone, signal)) } };
      },
      when: () => options.id() !== undefined,
      live: true,
    });
    this.#body = new DaemonTask(host, {
      args: () => [options.origin(), id()],
      run: async ([origin, id], signal) => ({ id, value: await findBody(origin, id, signal) }),
      when: () => Boolean(this.#value(this.#found)?.call),
      live: true,
    });
    // Added after the reads, so that it sees what they do in the same update.
    host.addController(this);
  }

  hostUpdate(): void {
    const id = this.#options.id();
    const reads: readonly Read<unknown>[] = [this.#found, this.#body];
    this.pending = id !== undefined && reads.some((read) => read.pending);
    if (id === undefined) {
      this.shown = undefined;
    } else if (!this.pending || this.shown === undefined || this.shown.id === id) {
      this.shown = { id, found: this.#part(this.#found), body: this.#part(this.#body) };
    }
  }

  /** The answer of a read, if it is of the call that is chosen now. */
  #value<T>(read: Read<T>): T | undefined {
    return read.data !== undefined && read.data.id === this.#options.id() ? read.data.value : undefined;
  }

  #part<T>(read: Read<T>): Part<T> {
    const data = this.#value(read);
    const isOfAnother = data === undefined && read.pending;
    return { data, loadedAt: read.loadedAt, error: isOfAnother ? undefined : read.error, refresh: read.refresh };
  }
}

async function findBody(origin: string, id: string, signal: AbortSignal): Promise<Body> {
  const { bodies } = await listBodies(origin, [id], signal);
  const body = bodies.find((candidate) => candidate.callId === id);
  if (body === undefined) throw new Error(`The answer has no entry for call ${id}.`);
  return body;
}
