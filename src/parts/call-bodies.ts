import type { ReactiveController } from 'lit';
import { findPointer, printFound } from '../bodies/json-pointer.js';
import { listBodies } from '../daemon/bodies.js';
import { getBodyText } from '../daemon/body-texts.js';
import type { Call } from '../daemon/calls.js';
import { ProblemError } from '../daemon/errors.js';
import type { CellText } from '../view/call-state.js';
import type { CallsContext } from './calls-context.js';

/** Requests for bodies at a time, so that rows and bodies in view are not kept waiting. */
const AT_ONCE = 3;
/** Calls of which something is remembered. */
const REMEMBERED = 2_000;
/** What one question may name. */
const STATES_AT_ONCE = 50;

const muted = (text: string): CellText => ({ text, isMuted: true });

const LOADING = muted('…');
const NO_BODY = muted('no body');
const NOT_THERE = muted('–');

/**
 * What the rows in view say of their bodies: columns from inside the request, and why there is none. Asked for row by
 * row, few at a time, and given up for rows that are scrolled away.
 */
export class CallBodies implements ReactiveController {
  readonly #context: CallsContext;
  /** By call and pointer. */
  readonly #cells = new Map<string, Map<string, CellText>>();
  readonly #states = new Map<string, string>();
  readonly #asking = new Map<string, AbortController>();
  #askingStates: AbortController | undefined;
  #origin = '';
  #wanted: readonly Call[] = [];

  constructor(context: CallsContext) {
    this.#context = context;
    context.host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  readPointer(pointer: string, call: Call): CellText {
    if (call.body === 'none') return NO_BODY;
    return this.#cells.get(call.id)?.get(pointer) ?? LOADING;
  }

  readState(call: Call): string | undefined {
    return this.#states.get(call.id);
  }

  /** These rows are drawn, and the table is at rest. */
  seen(calls: readonly Call[]): void {
    const { origin } = this.#context.scope;
    if (origin !== this.#origin) {
      this.#stop();
      this.#cells.clear();
      this.#states.clear();
      this.#origin = origin;
    }
    this.#wanted = calls;
    const ids = new Set(calls.map(({ id }) => id));
    for (const [id, asking] of this.#asking) if (!ids.has(id)) asking.abort();
    this.#askTexts();
    void this.#askStates();
  }

  get #pointers(): readonly string[] {
    return this.#context.columns().flatMap(({ key }) => (key.startsWith('/') ? key : []));
  }

  #askTexts(): void {
    const pointers = this.#pointers;
    if (pointers.length === 0) return;
    for (const call of this.#wanted) {
      if (this.#asking.size >= AT_ONCE) return;
      const known = this.#cells.get(call.id);
      if (call.body === 'none' || this.#asking.has(call.id) || pointers.every((pointer) => known?.has(pointer)))
        continue;
      void this.#askText(call.id, pointers);
    }
  }

  async #askText(id: string, pointers: readonly string[]): Promise<void> {
    const asking = new AbortController();
    this.#asking.set(id, asking);
    try {
      const text = await getBodyText(this.#origin, id, 'request', asking.signal);
      this.#keep(id, pointers, (pointer) => describeFound(text, pointer));
    } catch (error) {
      const words = error instanceof ProblemError && error.status === 404 ? NO_BODY : muted('not read');
      if (!asking.signal.aborted) this.#keep(id, pointers, () => words);
    }
    this.#asking.delete(id);
    this.#askTexts();
  }

  #keep(id: string, pointers: readonly string[], read: (pointer: string) => CellText): void {
    const cells = this.#cells.get(id) ?? new Map<string, CellText>();
    for (const pointer of pointers) cells.set(pointer, read(pointer));
    this.#cells.delete(id);
    this.#cells.set(id, cells);
    if (this.#cells.size > REMEMBERED) this.#cells.delete(this.#cells.keys().next().value!);
    this.#context.redraw();
  }

  /** Why calls without a body have none: one question for all in view. */
  async #askStates(): Promise<void> {
    if (this.#askingStates !== undefined || !this.#context.columns().some(({ key }) => key === 'body')) return;
    const isUnknown = ({ id, body }: Call): boolean => body === 'none' && !this.#states.has(id);
    const ids = this.#wanted.filter(isUnknown).map(({ id }) => id);
    if (ids.length === 0) return;
    const asking = new AbortController();
    this.#askingStates = asking;
    try {
      const { bodies } = await listBodies(this.#origin, ids.slice(0, STATES_AT_ONCE), asking.signal);
      for (const { callId, state } of bodies) this.#states.set(callId, state);
    } catch {
      // Their cells go on saying "none", which is true as well.
      if (!asking.signal.aborted) for (const id of ids) this.#states.set(id, 'none');
    }
    this.#askingStates = undefined;
    if (asking.signal.aborted) return;
    while (this.#states.size > REMEMBERED) this.#states.delete(this.#states.keys().next().value!);
    this.#context.redraw();
  }

  #stop(): void {
    this.#wanted = [];
    for (const asking of this.#asking.values()) asking.abort();
    this.#askingStates?.abort();
  }
}

function describeFound(text: string, pointer: string): CellText {
  const found = findPointer(text, pointer);
  const words = printFound(found);
  if (words === null) return NOT_THERE;
  return found.isCut ? { text: words, mark: 'body-cut', isMuted: found.texts.length === 0 } : { text: words };
}
