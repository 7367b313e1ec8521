import type { LitElement } from 'lit';
import type { Answer, BodyKey, BodyMeta, ConversationHead, Params, QuestionName } from '../bodies/worker/protocol.js';
import type { FindMatch } from '../bodies/worker/matches.js';
import type { CallDetail } from '../view/body-price.js';
import type { TalkMarks } from './body-talk-marks.js';

/** One opened body, as the parts that draw it see it. */
export interface BodyContext {
  readonly host: LitElement;
  readonly key: BodyKey;
  /** Begins the ids of what is drawn of it. */
  readonly id: string;
  /** `Request of A` */
  readonly label: string;
  readonly letter: string;
  readonly side: 'request' | 'response';
  readonly call: CallDetail;
  readonly meta: BodyMeta;
  /** Null: no conversation; undefined: not known yet. */
  readonly conversation: ConversationHead | null | undefined;
  /** What to say where the text ends in the middle. */
  readonly cut: string;
  readonly find: FindState;
  ask<Name extends QuestionName>(
    name: Name,
    params: Omit<Params<Name>, 'key'>,
    signal?: AbortSignal,
  ): Promise<Answer<Name>>;
  /** Puts a place into the address. */
  linkTo(pointer: string): void;
  /** Puts a text on the clipboard, and says so. */
  copy(text: string, what: string): void;
  say(words: string): void;
}

/** What is looked for, as far as drawing needs it. */
export interface FindState {
  readonly isOpen: boolean;
  /** Counts up with every search, and with what it finds. */
  readonly version: number;
  readonly current: FindMatch | null;
  /** What marks them in a conversation; null while nothing was ever looked for. */
  readonly makeMarks: ((body: BodyContext) => TalkMarks) | null;
}

/** One way to draw a body. */
export interface BodyView {
  render(end: unknown): unknown;
  /** More was read, or other things are looked for. */
  refresh(): void;
  showMatch(match: FindMatch): Promise<void>;
  /** A place in the stored text, to be marked. @returns whether this view shows what stands there. */
  showRange(start: number, end: number): Promise<boolean>;
  /** How near it came; null: there is nothing there. The nearest is shown only where that is wanted. */
  showPointer(pointer: string, isNearEnough: boolean): Promise<'exact' | 'nearest' | 'cut' | null>;
  end(): void;
}
