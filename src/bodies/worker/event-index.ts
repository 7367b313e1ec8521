import { splitEvents, type StreamEvent } from '../event-stream.js';
import { Offsets } from '../text-offsets.js';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const DATA = 'data';

/** Data of one event: a stretch of the stored text, or of several lines joined. */
export interface EventData {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isStored: boolean;
}

/** Where the events of a stream stand; an event is read when it is asked for. */
export class EventIndex {
  readonly #starts = new Offsets();
  readonly #ends = new Offsets();
  #text = '';
  #at = 0;
  #lineStart = 0;
  #eventStart = -1;
  #eventEnd = 0;
  #isLastOpen = false;

  get count(): number {
    return this.#starts.length;
  }

  /** Goes on where it stopped, for about `budget` characters; answers whether there is more to do. */
  advance(text: string, isWhole: boolean, budget: number): boolean {
    this.#text = text;
    if (this.#at === 0 && text.charCodeAt(0) === 0xfeff) this.#at = this.#lineStart = 1;
    const end = text.length;
    const stop = Math.min(end, this.#at + budget);
    while (this.#at < stop) {
      const code = text.charCodeAt(this.#at);
      if (code === LINE_FEED || code === RETURN) {
        if (code === RETURN && this.#at + 1 === end && !isWhole) return false;
        this.#endLine(code === RETURN && text.charCodeAt(this.#at + 1) === LINE_FEED ? 2 : 1);
      } else {
        this.#at++;
      }
    }
    if (this.#at < end) return true;
    if (isWhole) this.#endText(end);
    return false;
  }

  startOf(index: number): number {
    return this.#starts.at(index);
  }

  /** One past an event's last character, the blank line after it left out. */
  endOf(index: number): number {
    return this.#ends.at(index);
  }

  isComplete(index: number): boolean {
    return !this.#isLastOpen || index < this.count - 1;
  }

  /** The event that an offset stands in, or the last before it; -1: none. */
  findAt(offset: number): number {
    return this.#starts.countBelow(offset + 1) - 1;
  }

  read(index: number): StreamEvent {
    const [event] = splitEvents(this.#text.slice(this.startOf(index), this.endOf(index)));
    return { ...event!, complete: this.isComplete(index) };
  }

  /** What an event's data say; null: it has none. */
  readData(index: number): EventData | null {
    const [from, end] = [this.startOf(index), this.endOf(index)];
    const found: { start: number; end: number }[] = [];
    for (let at = from; at < end;) {
      let lineEnd = at;
      while (lineEnd < end && !isLineEnd(this.#text.charCodeAt(lineEnd))) lineEnd++;
      const after = at + DATA.length;
      if (this.#text.startsWith(DATA, at) && (after === lineEnd || this.#text.charAt(after) === ':')) {
        const start = Math.min(lineEnd, after + 1);
        found.push({ start: start < lineEnd && this.#text.charAt(start) === ' ' ? start + 1 : start, end: lineEnd });
      }
      at = lineEnd + 1;
    }
    if (found.length === 0) return null;
    if (found.length === 1) return { text: this.#text, ...found[0]!, isStored: true };
    const text = found.map((line) => this.#text.slice(line.start, line.end)).join('\n');
    return { text, start: 0, end: text.length, isStored: false };
  }

  #endLine(characters: number): void {
    if (this.#at === this.#lineStart) {
      this.#endEvent();
    } else {
      if (this.#eventStart === -1) this.#eventStart = this.#lineStart;
      this.#eventEnd = this.#at;
    }
    this.#at += characters;
    this.#lineStart = this.#at;
  }

  #endEvent(): void {
    if (this.#eventStart === -1) return;
    this.#starts.push(this.#eventStart);
    this.#ends.push(this.#eventEnd);
    this.#eventStart = -1;
  }

  #endText(end: number): void {
    if (this.#lineStart < end) {
      if (this.#eventStart === -1) this.#eventStart = this.#lineStart;
      this.#eventEnd = end;
      this.#lineStart = end;
    } else if (this.#eventStart !== -1) {
      // As splitEvents has it: the line's end belongs to an event that no blank line ended.
      this.#eventEnd = end;
    }
    this.#isLastOpen = this.#eventStart !== -1;
    this.#endEvent();
  }
}

const isLineEnd = (code: number): boolean => code === LINE_FEED || code === RETURN;
