import { type TextRange } from '../conversation.js';
import { type EventLink } from './rebuilt-stream.js';

/** A part of the message whose place is only known at the end. */
export interface Slot {
  pointer: string;
}

/** Which event added what, noted while the places of the parts may still change. */
export class LinkLog {
  readonly #links: {
    readonly event: number;
    readonly slot: Slot;
    readonly path: string;
    readonly range: TextRange | null;
  }[] = [];

  /** `path` leads on from the slot; `range` are characters of the string there. */
  add(event: number, slot: Slot, path = '', range: TextRange | null = null): void {
    this.#links.push({ event, slot, path, range });
  }

  /** Notes that `added` was put behind what the string at `path` said. */
  addText(event: number, slot: Slot, path: string, before: string, added: string): void {
    this.add(event, slot, path, { start: before.length, end: before.length + added.length });
  }

  list(): EventLink[] {
    return this.#links.map(({ event, slot, path, range }) => ({ event, pointer: slot.pointer + path, range }));
  }
}
