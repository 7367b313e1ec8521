import { JsonDocument, type Member, TOP } from '../json-document.js';
import { splitWritten } from '../text-pieces.js';
import type { Branch, Content } from './branch.js';
import type { EventIndex } from './event-index.js';
import { PREVIEW_CHARACTERS, type TreeRow, type TreeRowKind } from './rows.js';

/** One child of a branch, with what it takes to open it. */
export interface Child {
  readonly kind: TreeRowKind;
  readonly id: string;
  readonly label: string;
  readonly eventName: string | null;
  readonly count: number;
  readonly isComplete: boolean;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly labelStart: number;
  readonly isStored: boolean;
  readonly opens: 'members' | 'pieces' | null;
  /** The object or array that it is. */
  readonly document: JsonDocument | null;
  readonly nested: number;
  readonly prefix: string;
}

const MOST_LABEL = 1_000;
const KEPT_EVENTS = 300;

const PLAIN = {
  label: '',
  eventName: null,
  count: 0,
  isComplete: true,
  text: '',
  start: 0,
  end: 0,
  labelStart: -1,
  isStored: true,
  opens: null,
  document: null,
  nested: -1,
  prefix: '',
} as const;

/** Reads the children of branches: members of JSON, events with the JSON in them, pieces of long texts. */
export class ChildReader {
  readonly #events: EventIndex | null;
  readonly #endsEarly: boolean;
  /** The JSON of events that were read last. */
  readonly #documents = new Map<number, JsonDocument>();

  constructor(events: EventIndex | null, endsEarly: boolean) {
    this.#events = events;
    this.#endsEarly = endsEarly;
  }

  read({ content, id, size }: Branch, position: number): Child {
    if (position >= size) return readEnd(content, id);
    switch (content.type) {
      case 'events':
        return this.#readEvent(position);
      case 'pieces': {
        const start = content.starts.at(position);
        const end = position + 1 < content.starts.length ? content.starts.at(position + 1) : content.end;
        const place = { text: content.text, start, end, count: end - start, isStored: content.isStored };
        return { ...PLAIN, ...place, kind: 'piece', id: `${id}~${position}` };
      }
      case 'members':
        return readMember(content, id, position);
    }
  }

  /** The children of a child that opens. */
  open(child: Child, columns: number): Content {
    if (child.opens === 'members') return openMembers(child.document!, child.nested, child.prefix, child.isStored);
    const { text, start, end, isStored } = child;
    return { type: 'pieces', text, end, isStored, starts: splitWritten(text, start, end, columns) };
  }

  #readEvent(index: number): Child {
    const events = this.#events!;
    const id = `e${index}`;
    const { name, text } = events.read(index);
    const data = events.readData(index);
    const isComplete = events.isComplete(index) || !this.#endsEarly;
    const event = { ...PLAIN, kind: 'event', id, label: String(index + 1), eventName: name, isComplete } as const;
    if (data === null) {
      const start = events.startOf(index);
      return { ...event, text, end: text.length, count: text.length, isStored: false, labelStart: start };
    }
    const { start, end, isStored } = data;
    const place = { ...event, text: data.text, start, end, isStored };
    const document = this.#readDocument(index, isComplete);
    // Only what is JSON to its end is taken apart; `[DONE]` is a word.
    const root = document.index.findStart(document.index.rootStart);
    if (document.ending === 'fault' || root === -1) {
      return { ...place, count: end - start, opens: end - start > PREVIEW_CHARACTERS ? 'pieces' : null };
    }
    const count = countMembers(document, root);
    const prefix = isStored ? '' : `${id}.`;
    return {
      ...place,
      count,
      document,
      nested: root,
      prefix,
      opens: canOpen(document, root, count) ? 'members' : null,
    };
  }

  #readDocument(index: number, isComplete: boolean): JsonDocument {
    let document = this.#documents.get(index);
    if (document === undefined) {
      if (this.#documents.size >= KEPT_EVENTS) this.#documents.clear();
      const { text, start, end } = this.#events!.readData(index)!;
      document = JsonDocument.read(text, start, end, !isComplete);
      this.#documents.set(index, document);
    }
    return document;
  }
}

export function openMembers(
  document: JsonDocument,
  container: number,
  prefix: string,
  isStored: boolean,
): Extract<Content, { type: 'members' }> {
  return {
    type: 'members',
    document,
    container,
    isObject: document.isObject(container),
    prefix,
    isStored,
    members: document.listMembers(container),
    isClosed: document.isClosed(container),
    ending: document.endingOf(container),
  };
}

function readMember(content: Extract<Content, { type: 'members' }>, id: string, position: number): Child {
  const { document, container, isObject, prefix, isStored, members } = content;
  const { text } = document;
  const member = document.readMember(isObject, members.at(position));
  const { keyStart, keyEnd, start, end, kind, nested, isComplete } = member;
  const label = isObject
    ? text.slice(keyStart, Math.min(keyEnd, keyStart + MOST_LABEL))
    : container === TOP
      ? ''
      : String(position);
  const place = { ...PLAIN, label, labelStart: keyStart, text, isStored, isComplete, prefix };
  if (start === -1) return { ...place, kind: 'missing', id: `${id}?`, start: keyEnd, end: keyEnd };
  const child = { ...place, kind, id: `${prefix}${start}`, start, end };
  if (nested === -1) return { ...child, count: end - start, opens: isLong(member) ? 'pieces' : null };
  const count = countMembers(document, nested);
  return { ...child, count, document, nested, opens: canOpen(document, nested, count) ? 'members' : null };
}

function readEnd(content: Content, id: string): Child {
  const end = { ...PLAIN, id: `${id}!`, isComplete: false };
  if (content.type === 'pieces') throw new Error(`No such row below ${id}.`);
  if (content.type === 'events') return { ...end, kind: content.ending ?? 'cut' };
  const { document, isStored, ending } = content;
  const place = { text: document.text, start: document.limit, end: document.end, isStored };
  const count = place.end - place.start;
  if (ending !== 'invalid') return { ...end, ...place, start: place.end, kind: ending ?? 'cut' };
  return { ...end, ...place, kind: ending, count, opens: count > PREVIEW_CHARACTERS ? 'pieces' : null };
}

const isLong = ({ kind, start, end }: Member): boolean => kind === 'string' && end - start > PREVIEW_CHARACTERS;

function canOpen(document: JsonDocument, container: number, count: number): boolean {
  return count > 0 || document.endingOf(container) !== null;
}

function countMembers(document: JsonDocument, container: number): number {
  // The last member of one that isn't closed may be a key alone, which the index doesn't count.
  return document.isClosed(container) ? document.index.countOf(container) : document.listMembers(container).length;
}

export function toRow(child: Child, branch: Branch, position: number): TreeRow {
  const { kind, id, label, eventName, count, isComplete, text, start, end, labelStart, isStored, opens } = child;
  return {
    id,
    parent: branch.id,
    level: branch.level,
    position: position + 1,
    size: branch.children,
    kind,
    label,
    eventName,
    isOpen: opens === null ? null : branch.findOpen(position) !== undefined,
    count,
    isComplete,
    text: text.slice(start, endOfPreview(text, start, end)),
    range: isStored ? { start, end, labelStart } : null,
  };
}

function endOfPreview(text: string, start: number, end: number): number {
  const most = start + PREVIEW_CHARACTERS;
  if (end <= most) return end;
  const last = text.charCodeAt(most - 1);
  return last >= 0xd800 && last < 0xdc00 ? most - 1 : most;
}
