import { Offsets } from './text-offsets.js';

/** Where the rows of a text begin when its lines are wrapped; the rows themselves are cut out when they are asked for. */

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const BRACKET = 0x5b;
const FIRST_WIDE = 0x1100;
const TAB_COLUMNS = 4;
/** A row that would end in the middle of a word ends before it, unless that leaves more than this part of it empty. */
const RAGGED = 0.3;
const LINES_KEPT_EVERY = 64;

const MARK_START = '[REDACTED:';
const WHOLE_MARK = /\[REDACTED:[\w.-]{1,64}\]/y;

export class TextRows {
  readonly columns: number;

  readonly #starts = new Offsets();
  /** Line of every 64th row. */
  readonly #lines = new Offsets(16);
  #line = 1;
  #text = '';
  #at = 0;
  #rowStart = 0;
  #width = 0;
  #wordStart = 0;
  #bracket = -1;

  constructor(columns: number) {
    this.columns = Math.max(10, Math.floor(columns));
    this.#begin(0);
  }

  get count(): number {
    return this.#starts.length;
  }

  /**
   * Goes on where it stopped, for about `budget` characters. `text` begins with what was given before.
   * @returns whether there is more to do.
   */
  advance(text: string, isWhole: boolean, budget: number): boolean {
    this.#text = text;
    const end = text.length;
    const stop = Math.min(end, this.#at + budget);
    while (this.#at < stop) {
      const code = text.charCodeAt(this.#at);
      if (code === LINE_FEED) {
        this.#endLine(1);
      } else if (code === RETURN) {
        // Whether a line feed follows can't be known yet.
        if (this.#at + 1 === end && !isWhole) return false;
        this.#endLine(text.charCodeAt(this.#at + 1) === LINE_FEED ? 2 : 1);
      } else {
        const isPair = code >= 0xd800 && code < 0xdc00 && isLow(text.charCodeAt(this.#at + 1));
        const width = code === TAB ? TAB_COLUMNS : code < FIRST_WIDE ? 1 : 2;
        if (this.#width + width > this.columns) {
          this.#wrap();
          continue;
        }
        this.#width += width;
        this.#at += isPair ? 2 : 1;
        if (code === SPACE) this.#wordStart = this.#at;
        else if (code === BRACKET) this.#bracket = this.#at - 1;
      }
    }
    return this.#at < end;
  }

  startOf(row: number): number {
    return this.#starts.at(row);
  }

  /** One past the last character of a row, its line's end left out. */
  endOf(row: number): number {
    const end = row + 1 < this.count ? this.#starts.at(row + 1) : this.#text.length;
    if (end === this.#starts.at(row)) return end;
    const last = this.#text.charCodeAt(end - 1);
    if (last === RETURN) return end - 1;
    if (last !== LINE_FEED) return end;
    return this.#text.charCodeAt(end - 2) === RETURN ? end - 2 : end - 1;
  }

  isContinued(row: number): boolean {
    if (row === 0) return false;
    const before = this.#text.charCodeAt(this.#starts.at(row) - 1);
    return before !== LINE_FEED && before !== RETURN;
  }

  /** Line of a row, from 1. */
  lineOf(row: number): number {
    const kept = Math.floor(row / LINES_KEPT_EVERY);
    let line = this.#lines.at(kept);
    for (let index = kept * LINES_KEPT_EVERY + 1; index <= row; index++) if (!this.isContinued(index)) line++;
    return line;
  }

  rowAt(offset: number): number {
    return Math.max(0, this.#starts.countBelow(offset + 1) - 1);
  }

  /** The first row of a line; of a line beyond the end, the last row. */
  rowOfLine(line: number): number {
    let row = Math.max(0, this.#lines.countBelow(line) - 1) * LINES_KEPT_EVERY;
    while (row < this.count - 1 && this.lineOf(row) < line) row++;
    return row;
  }

  #begin(start: number): void {
    if (this.#starts.length % LINES_KEPT_EVERY === 0) this.#lines.push(this.#line);
    this.#starts.push(start);
    this.#rowStart = start;
    this.#at = start;
    this.#width = 0;
    this.#wordStart = start;
    this.#bracket = -1;
  }

  #endLine(characters: number): void {
    this.#line++;
    this.#begin(this.#at + characters);
  }

  /** Ends the row before a word, else anywhere but within a character or a redaction mark. */
  #wrap(): void {
    const isWordNear = this.#at - this.#wordStart < this.columns * RAGGED;
    let end = isWordNear && this.#wordStart > this.#rowStart ? this.#wordStart : this.#at;
    if (this.#bracket > this.#rowStart && this.#text.startsWith(MARK_START, this.#bracket)) {
      WHOLE_MARK.lastIndex = this.#bracket;
      const mark = WHOLE_MARK.exec(this.#text)?.[0] ?? '';
      if (this.#bracket + mark.length > end && mark.length <= this.columns) end = this.#bracket;
    }
    this.#begin(end);
  }
}

const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;
