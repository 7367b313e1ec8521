import { type ConversationForm, type TextRange } from '../conversation.js';

/** An event stream put together into the message that a client library hands out at its end. */
export interface RebuiltStream {
  readonly form: ConversationForm;
  readonly state: StreamState;
  /**
   * The message as `JSON.stringify` writes it, keys in the library's order: Anthropic's message, OpenAI's completion or
   * response, Gemini's answer. Null: nothing came that belongs to one. What a library adds for its caller's comfort
   * (`parsed`, `parsed_output`, `output_text`) isn't in it.
   */
  readonly json: string | null;
  /** What each event added, in the order of the events; an event that added to several parts is there several times. */
  readonly links: readonly EventLink[];
  /** Arguments of tool calls exactly as they were sent, by the pointer of the call, where `json` holds them parsed. */
  readonly sentArguments: ReadonlyMap<string, string>;
}

export type StreamState =
  /** The provider's own end was read, and nothing contradicts it. */
  | { readonly kind: 'complete' }
  /** The stream ended before its end. */
  | { readonly kind: 'stopped'; readonly reason: string }
  /** The provider broke off, or an event can't be read. */
  | { readonly kind: 'error'; readonly event: number; readonly type: string | null; readonly message: string };

export interface EventLink {
  /** Place of the event among all, from 0. */
  readonly event: number;
  /** What it added to, in the rebuilt message. */
  readonly pointer: string;
  /**
   * Characters of that string (of a call's arguments, as they were sent); null: the value as a whole. Where a last event
   * of responses says less than was streamed, a range may reach behind its end.
   */
  readonly range: TextRange | null;
}

/** What takes a provider's events in, one after the other, and never throws. */
export interface Accumulator {
  add(event: JsonObject, index: number): void;
  /** The message so far, with all links in their final places. */
  finish(): Accumulated;
}

export interface Accumulated {
  readonly message: JsonObject | null;
  readonly links: readonly EventLink[];
  readonly sentArguments: ReadonlyMap<string, string>;
  /** Null: its end was read. */
  readonly missing: string | null;
  /** What the provider says went wrong inside its own events. */
  readonly error: Extract<StreamState, { kind: 'error' }> | null;
}

export type JsonObject = Record<string, unknown>;
