import { splitEvents, type StreamEvent } from './event-stream.js';
import {
  type JsonKind,
  type JsonMembers,
  type JsonRange,
  memberAt,
  scanMembers,
  scanValue,
  skipSpace,
} from './json-scan.js';

/** One row of a folding tree, as it stands in the flat list that a screen shows. */
export interface TreeRow {
  readonly id: string;
  /** Id of the row it hangs on; empty at the top. */
  readonly parent: string;
  /** Depth, from 1. */
  readonly level: number;
  /** Place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly size: number;
  /** `missing`: the text ended between key and value. `more`: asks for further siblings. `cut`: the text ended here. */
  readonly kind: JsonKind | 'event' | 'missing' | 'more' | 'cut';
  /** Key as written, index, or an event's number. */
  readonly label: string;
  /** What an event's `event:` line says. */
  readonly eventName: string | null;
  /** Null where there is nothing to open. */
  readonly isOpen: boolean | null;
  /** Members of an object or array, characters of a string; of `more`, the siblings not shown yet. */
  readonly count: number;
  /** False where the text ended before the value did. */
  readonly complete: boolean;
  /** The value: these characters of this text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The object or array whose members hang on this row. */
  readonly nested: JsonRange | null;
}

/** The rows that hang on one row. */
export interface Siblings {
  readonly parent: string;
  readonly level: number;
  readonly count: number;
  /** The text ended before these siblings did. */
  readonly isCut: boolean;
  /** The row of one of them, closed. */
  readonly rowAt: (index: number) => TreeRow;
}

/** Strings above this many characters are folded. */
const LONG_STRING = 300;

const NO_ROW = {
  label: '',
  eventName: null,
  isOpen: null,
  count: 0,
  complete: true,
  text: '',
  start: 0,
  end: 0,
  nested: null,
} as const;

type Place = Pick<TreeRow, 'parent' | 'level' | 'position' | 'size' | 'label'>;

/** Reads rows out of a stored text: of JSON its values, of an event stream its events and the JSON in them. */
export class RowReader {
  /** The rows that hang on none. */
  readonly top: Siblings;

  readonly #endsEarly: boolean;
  readonly #members = new Map<string, JsonMembers>();

  /** `endsEarly`: more was sent than is stored. */
  constructor(text: string, format: 'json' | 'events', endsEarly: boolean) {
    this.#endsEarly = endsEarly;
    this.top = format === 'events' ? this.#topOfStream(splitEvents(text)) : this.#topOfJson(text);
  }

  /** The members of a row that has some. */
  under(row: TreeRow): Siblings {
    const range = row.nested!;
    const members = this.#membersOf(row.id, row.text, range);
    const level = row.level + 1;
    const isArray = range.kind === 'array';
    const document = row.id.split('.', 1)[0]!;
    return {
      parent: row.id,
      level,
      count: members.count,
      isCut: !members.complete,
      rowAt: (index) => {
        const { key, value } = memberAt(row.text, range, members, index);
        const label = key ?? (isArray ? String(index) : '');
        const place = { parent: row.id, level, position: index + 1, size: members.count, label };
        if (value !== null) return this.#valueRow(`${document}.${value.start}`, row.text, value, place);
        return { ...NO_ROW, ...place, id: `${row.id}?`, kind: 'missing', complete: false };
      },
    };
  }

  #topOfStream(events: readonly StreamEvent[]): Siblings {
    return {
      parent: '',
      level: 1,
      count: events.length,
      isCut: this.#endsEarly && events.at(-1)?.complete === false,
      rowAt: (index) => this.#eventRow(events[index]!, index, events.length),
    };
  }

  #topOfJson(text: string): Siblings {
    const values: JsonRange[] = [];
    const start = skipSpace(text, 0, text.length);
    if (start < text.length) {
      const root = scanValue(text, start);
      const rest = skipSpace(text, root.end, text.length);
      values.push(root);
      if (rest < text.length) values.push({ kind: 'invalid', start: rest, end: text.length, complete: true });
    }
    return {
      parent: '',
      level: 1,
      count: values.length,
      isCut: this.#endsEarly || values.some((value) => !value.complete && value.kind !== 'number'),
      rowAt: (index) =>
        this.#valueRow(`0.${values[index]!.start}`, text, values[index]!, {
          parent: '',
          level: 1,
          position: index + 1,
          size: values.length,
          label: '',
        }),
    };
  }

  #eventRow(event: StreamEvent, index: number, size: number): TreeRow {
    const text = event.data ?? event.text;
    const start = skipSpace(text, 0, text.length);
    const root = event.data !== null && start < text.length ? scanValue(text, start) : null;
    // Only what is JSON to its end is taken apart; `[DONE]` is a word.
    const isJson = root !== null && skipSpace(text, root.end, text.length) === text.length;
    const place = { parent: '', level: 1, position: index + 1, size, label: String(index + 1) };
    const row = isJson ? this.#valueRow(String(index), text, root, place) : null;
    const members = row?.nested ? this.#membersOf(row.id, text, row.nested) : null;
    const nested = members?.invalid ? null : (row?.nested ?? null);
    return {
      ...NO_ROW,
      ...place,
      id: String(index),
      kind: 'event',
      eventName: event.name,
      isOpen: nested ? false : null,
      count: nested ? row!.count : 0,
      complete: event.complete || !this.#endsEarly,
      text,
      end: text.length,
      nested,
    };
  }

  #valueRow(id: string, text: string, range: JsonRange, place: Place): TreeRow {
    const { kind, start, end, complete } = range;
    const nested = kind === 'object' || kind === 'array' ? range : null;
    const count = nested ? this.#membersOf(id, text, nested).count : end - start;
    const canOpen = nested ? count > 0 : kind === 'string' && count > LONG_STRING;
    return { ...NO_ROW, ...place, id, kind, isOpen: canOpen ? false : null, count, complete, text, start, end, nested };
  }

  #membersOf(id: string, text: string, range: JsonRange): JsonMembers {
    let members = this.#members.get(id);
    if (members === undefined) {
      members = scanMembers(text, range);
      this.#members.set(id, members);
    }
    return members;
  }
}

/** The row after the last sibling that is shown: it asks for more, or says that the text was cut. Null: neither. */
export function endRow(siblings: Siblings, shown: number): TreeRow | null {
  const { parent, level, count } = siblings;
  const place = { parent, level, position: Math.min(shown + 1, count), size: count };
  if (shown < count) return { ...NO_ROW, ...place, id: `${parent}+`, kind: 'more', count: count - shown };
  if (!siblings.isCut) return null;
  // An object or array that is cut says so itself, on its own row or within.
  const last = count > 0 ? siblings.rowAt(count - 1) : null;
  return last?.nested && !last.nested.complete ? null : { ...NO_ROW, ...place, id: `${parent}!`, kind: 'cut' };
}
