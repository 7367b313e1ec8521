import { type Field, type Placed } from '../conversation.js';
import { type JsonKind, type JsonRange, memberAt, scanMembers, scanValue, skipSpace } from '../json-scan.js';
import { type BaseRange, measureBase64 } from './base64.js';
import { decodeString, escapePointer } from './json-string.js';

/** A value in a stored text: read where it stands, no deeper than it is asked for, so that depth and length stop nothing. */
export class JsonNode implements Placed {
  readonly kind: JsonKind;
  readonly start: number;
  readonly end: number;
  readonly isCut: boolean;
  readonly pointer: string;
  readonly #text: string;

  constructor(text: string, range: JsonRange, pointer: string) {
    this.#text = text;
    this.kind = range.kind;
    this.start = range.start;
    this.end = range.end;
    this.isCut = !range.complete;
    this.pointer = pointer;
  }

  /** As written. */
  get json(): string {
    return this.#text.slice(this.start, this.end);
  }

  /** What a string says, up to the cut; null for every other kind. */
  get string(): string | null {
    return this.kind === 'string' ? decodeString(this.json) : null;
  }

  /** A number as a number, where it is one; only for what is counted with, never for what is shown. */
  get number(): number | null {
    return this.kind === 'number' && !this.isCut ? Number(this.json) : null;
  }

  get boolean(): boolean | null {
    return this.kind !== 'literal' || this.json === 'null' || this.isCut ? null : this.json === 'true';
  }

  get isNull(): boolean {
    return this.kind === 'literal' && this.json === 'null';
  }

  /** Members of an object; of anything else null. */
  get fields(): Fields | null {
    if (this.kind !== 'object') return null;
    const members = scanMembers(this.#text, this);
    const list: Member[] = [];
    for (let index = 0; index < members.count; index++) {
      const { key, value } = memberAt(this.#text, this, members, index);
      const name = key === null ? '' : decodeString(key);
      const node = value && new JsonNode(this.#text, value, `${this.pointer}/${escapePointer(name)}`);
      list.push({ name, node, isTaken: false, inner: null });
    }
    return new Fields(list, this);
  }

  /** Items of an array; of anything else none. */
  get items(): JsonNode[] {
    return this.head(Infinity);
  }

  /** The first item of an array. */
  get first(): JsonNode | null {
    return this.head(1)[0] ?? null;
  }

  /** No more than so many items. */
  head(limit: number): JsonNode[] {
    if (this.kind !== 'array') return [];
    const members = scanMembers(this.#text, this);
    const items: JsonNode[] = [];
    for (let index = 0; index < members.count && index < limit; index++) {
      const { value } = memberAt(this.#text, this, members, index);
      if (value) items.push(new JsonNode(this.#text, value, `${this.pointer}/${index}`));
    }
    return items;
  }

  /** How many items an array holds, without making them. */
  get count(): number | null {
    return this.kind === 'array' ? scanMembers(this.#text, this).count : null;
  }

  /** Where it stands. */
  get place(): Placed {
    const { pointer, start, end, isCut } = this;
    return { pointer, start, end, isCut };
  }

  /** The Base64 characters of a string, behind `skip` characters of what it says. */
  measureBase64(skip = 0): BaseRange {
    const end = this.isCut ? this.end : this.end - 1;
    return measureBase64(this.#text, this.start + 1, end, skip);
  }

  asField(name: string): Field {
    return { name, json: this.json, ...this.place };
  }

  /** As `JsonRange` says it: what the scanner reads on from. */
  get complete(): boolean {
    return !this.isCut;
  }
}

interface Member {
  readonly name: string;
  readonly node: JsonNode | null;
  isTaken: boolean;
  /** Its own members, where it was taken as an object. */
  inner: Fields | null;
}

/** Members of an object, taken by name; what nobody takes is left over, so that nothing is lost. */
export class Fields {
  readonly #members: readonly Member[];
  readonly #last = new Map<string, Member>();
  readonly #parent: JsonNode;

  constructor(members: readonly Member[], parent: JsonNode) {
    this.#members = members;
    this.#parent = parent;
    // Of equal names the last one counts, as for every parser.
    for (const member of members)
      if (member.node !== null && member.node.kind !== 'invalid') this.#last.set(member.name, member);
  }

  has(name: string): boolean {
    return this.#last.has(name);
  }

  peek(name: string): JsonNode | null {
    return this.#last.get(name)?.node ?? null;
  }

  /** What counts, in the order written. */
  get entries(): (readonly [string, JsonNode])[] {
    return this.#members.flatMap((member) =>
      member.node && this.#last.get(member.name) === member ? [[member.name, member.node] as const] : [],
    );
  }

  /** The value of the first of these names that is there, which then isn't left over. */
  take(...names: string[]): JsonNode | null {
    for (const name of names) {
      const member = this.#last.get(name);
      if (member === undefined || member.isTaken) continue;
      member.isTaken = true;
      return member.node;
    }
    return null;
  }

  /** Takes the first of these names that is of this kind; a value of another kind stays, to be shown as it is. */
  takeNode(kind: JsonKind, ...names: string[]): JsonNode | null {
    return this.take(...names.filter((name) => this.peek(name)?.kind === kind));
  }

  takeString(...names: string[]): string | null {
    return this.takeNode('string', ...names)?.string ?? null;
  }

  /** Takes an object; what nobody takes of its members is left over as `name.member`. */
  takeObject(...names: string[]): Fields | null {
    for (const name of names) {
      const member = this.#last.get(name);
      if (member?.node?.kind !== 'object' || member.isTaken) continue;
      member.isTaken = true;
      member.inner = member.node.fields;
      return member.inner;
    }
    return null;
  }

  takeArray(...names: string[]): JsonNode | null {
    return this.takeNode('array', ...names);
  }

  /** Takes these where they are null, which says nothing. */
  dropNulls(...names: string[]): void {
    for (const name of names) if (this.peek(name)?.isNull) this.take(name);
  }

  /** `cache_control` as written; null where there is none or it is null. */
  takeCacheMark(): string | null {
    const node = this.take('cache_control');
    return node === null || node.isNull ? null : node.json;
  }

  /** Every field that nobody took, in the order written; `prefix` stands before each name. */
  rest(prefix = ''): Field[] {
    const rest: Field[] = [];
    for (const { name, node, isTaken, inner } of this.#members) {
      if (inner) rest.push(...inner.rest(`${prefix}${name}.`));
      if (isTaken) continue;
      if (node) rest.push(node.asField(prefix + name));
      else rest.push(this.#missing(prefix + name, name));
    }
    return rest;
  }

  /** The text ended between the name and its value. */
  #missing(shown: string, name: string): Field {
    const { pointer, end } = this.#parent;
    return { name: shown, json: '', pointer: `${pointer}/${escapePointer(name)}`, start: end, end, isCut: true };
  }
}

/** The value that a text holds; null where it holds none, or something else behind it. */
export function readRoot(text: string): JsonNode | null {
  const start = skipSpace(text, 0, text.length);
  if (start >= text.length) return null;
  const root = scanValue(text, start);
  if (root.kind === 'invalid' || skipSpace(text, root.end, text.length) < text.length) return null;
  return new JsonNode(text, root, '');
}
