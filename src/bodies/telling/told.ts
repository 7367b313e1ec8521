import type { MediaPart, TokenCounts } from '../conversation.js';

/**
 * What is to be drawn, as plain data: told where the body is held, sent to the page, and drawn there piece by piece. A
 * text stands for itself, a number is written with its thousands.
 */
export type Told =
  | string
  | number
  | readonly Told[]
  | ToldElement
  | ToldMark
  | ToldProgram
  | ToldPart
  | ToldText
  | ToldFolded
  | ToldLink
  | ToldPicture
  | ToldTools;

/** What is drawn without anything to be done with it, and without a place of a body. */
export type ToldPlain = string | number | readonly ToldPlain[] | ToldElement<ToldPlain> | ToldMark;

/** An element without any behaviour, of a name that the page knows. */
export interface ToldElement<Said = Told> {
  readonly tag: ToldTag;
  readonly className?: string;
  readonly said?: Said;
  /** Of an ordered list: its first number. Of what heads a row: the columns that it takes. */
  readonly start?: number;
}

/** `column` and `row` head those of a table. */
export type ToldTag =
  | 'b'
  | 'blockquote'
  | 'br'
  | 'caption'
  | 'code'
  | 'column'
  | 'dd'
  | 'div'
  | 'dl'
  | 'dt'
  | 'em'
  | 'heading'
  | 'hr'
  | 'li'
  | 'ol'
  | 'p'
  | 'row'
  | 's'
  | 'scroller'
  | 'span'
  | 'table'
  | 'tbody'
  | 'td'
  | 'tfoot'
  | 'thead'
  | 'tr'
  | 'ul';

/** A sign that stands before its word. */
export interface ToldMark {
  readonly tag: 'mark';
  readonly mark: 'warning' | 'error' | 'blocked' | 'stream-cut' | 'body-cut' | 'unpriced' | 'imputed' | 'off';
}

/** Code in a text that people wrote, with the button that copies it. */
export interface ToldProgram {
  readonly tag: 'program';
  /** Empty: none is named. */
  readonly language: string;
  readonly code: string;
}

/** A place that can stand out. */
export interface ToldPart {
  readonly tag: 'part';
  readonly className: string;
  readonly pointer: string;
  readonly said: Told;
}

/**
 * A text in which something may stand out. `named`: on a line with other words; `markdown`: that people wrote, `long`:
 * the same as it is; `pre`: that a program wrote.
 */
export interface ToldText {
  readonly tag: 'named' | 'markdown' | 'long' | 'pre';
  readonly pointer: string;
  readonly field: string;
  readonly text: string;
  /** With line ends and indents; undefined: as it is. */
  readonly pretty?: string;
}

/** One line instead of something long, until it is asked for. */
export interface ToldFolded {
  readonly tag: 'folded';
  /** Names it among all that can be open. */
  readonly fold: string;
  readonly words: Told;
  readonly said: Told;
  /** Stands open and without its line where bodies are compared. */
  readonly isComparedWhole?: boolean;
}

/** Leads to a message. */
export interface ToldLink {
  readonly tag: 'link';
  readonly message: number;
  readonly said: Told;
}

export interface ToldPicture {
  readonly tag: 'picture';
  readonly part: MediaPart;
  readonly words: string;
}

/** Stands for the tool definitions, which are told when they are opened. */
export interface ToldTools {
  readonly tag: 'tools';
}

/** A message, or what stands before and after the messages: who says it, and what. */
export interface ToldTurn {
  readonly role: Told;
  /** Below the role. */
  readonly notes: readonly Told[];
  readonly said: Told;
  /** Undefined: it is no place of the body. */
  readonly pointer?: string;
}

/** A tool definition. */
export interface ToldTool {
  readonly pointer: string;
  /** Name, description and type, to be searched. */
  readonly words: string;
  readonly said: Told;
}

/** What stands before and after the messages; null: nothing does. */
export interface ToldHead {
  readonly parameters: ToldTurn | null;
  readonly system: ToldTurn | null;
  readonly tools: ToldTurn | null;
  readonly foot: ToldTurn | null;
}

/** What is said of a call: what its tokens cost, and what the daemon noted of it. */
export interface ToldCall {
  /** Beside the title: what call it is. */
  readonly context: string;
  readonly price: ToldPlain;
  readonly facts: ToldPlain;
  /** What the response says is set against these. */
  readonly recorded: readonly RecordedTokens[];
}

/** Tokens of one kind as the daemon recorded them. */
export type RecordedTokens = readonly [kind: keyof TokenCounts, label: string, count: number];

export function tell<Said extends Told = string>(tag: ToldTag, said?: Said, className?: string): ToldElement<Said> {
  return { tag, ...(said === undefined ? {} : { said }), ...(className === undefined ? {} : { className }) };
}

/** A line that says something about what stands below or beside it. */
export const tellNote = (...said: Told[]): ToldElement => tell('p', said, 'note');

export const tellMark = (mark: ToldMark['mark']): ToldMark => ({ tag: 'mark', mark });

/** "1 call", "2 calls": a count with its noun. */
export const tellPlural = (count: number, noun: string): Told => [count, ` ${noun}${count === 1 ? '' : 's'}`];
