import type { LitElement } from 'lit';
import type { Answer, BodyKey, BodyMeta, ConversationHead, Params, QuestionName } from '../bodies/worker/protocol.js';
import type { FindMatch } from '../bodies/worker/matches.js';
import type { LazyPart } from '../controllers/lazy-part.js';
import type { Body } from '../daemon/bodies.js';
import type { CallDetail } from '../view/body-price.js';
import type { BodyPlaces } from './body-places.js';
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
  readonly body: Body;
  readonly meta: BodyMeta;
  /** Null: no conversation; undefined: not known yet. */
  readonly conversation: ConversationHead | null | undefined;
  readonly find: FindState;
  readonly places: LazyPart<BodyPlaces>;
  ask<Name extends QuestionName>(
    name: Name,
    params: Omit<Params<Name>, 'key'>,
    signal?: AbortSignal,
  ): Promise<Answer<Name>>;
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

/** One view of a body. */
export interface BodyView {
  render(end: unknown): unknown;
  /** More was read, or other things are looked for. */
  refresh(): void;
  end(): void;
}

/** Leads to places of a body in the view that stands there, and marks them. */
export interface BodyWay {
  showMatch(match: FindMatch): Promise<void>;
  /** A place in the stored text. @returns whether this view shows what stands there. */
  showRange(start: number, end: number): Promise<boolean>;
  /** How near it came; null: there is nothing there. The nearest is shown only where that is wanted. */
  showPointer(pointer: string, isNearEnough: boolean): Promise<'exact' | 'nearest' | 'cut' | null>;
}

/** A view whose way is loaded when it is first led anywhere. */
export interface LedView extends BodyView {
  /** Undefined: it could not be loaded, or the body was closed meanwhile. */
  way(): Promise<BodyWay | undefined>;
}
