import { type JsonDocument, readString, TOP } from '../json-document.js';
import type { Offsets } from '../text-offsets.js';
import type { Branch } from './branch.js';
import type { Revealed, TreeNode } from './rows.js';
import type { Child } from './tree-child.js';

/** Between ids, JSON Pointers and places in a tree. */

const ID = /^(?:e(\d+)\.?)?(\d+)?(?:([!?~])(?:(?<=~)(\d+))?(?:~(\d+))?)?$/;
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

interface IdPlace {
  readonly event: number | null;
  readonly offset: number | null;
  /** `!`: the row after the last child; `?`: a key without its value; `~`: a piece. */
  readonly ending: '!' | '?' | '~' | null;
  readonly piece: number | null;
}

export function parseId(id: string): IdPlace | null {
  const parts = ID.exec(id);
  if (parts === null || id === '') return null;
  const [, event, offset, ending, own, further] = parts;
  const piece = own ?? further;
  return {
    event: event === undefined ? null : Number(event),
    offset: offset === undefined ? null : Number(offset),
    ending: (ending as IdPlace['ending']) ?? null,
    piece: piece === undefined ? null : Number(piece),
  };
}

interface PointerPlace {
  readonly event: number | null;
  readonly offset: number | null;
  readonly found: Revealed['found'];
}

/**
 * Follows a JSON Pointer (RFC 6901). Of equal keys the last counts, as for every parser. In a stream the first token is
 * an event's index. Null: there is nothing to point at.
 */
export function findPointerPlace(
  pointer: string,
  document: JsonDocument | null,
  rootOf: (event: number) => JsonDocument | null,
): PointerPlace | null {
  const tokens = pointer.split('/').slice(1).map(unescapeToken);
  let event: number | null = null;
  let inner = document;
  if (document === null) {
    const token = tokens.shift() ?? '0';
    event = /^\d+$/.test(token) ? Number(token) : 0;
    inner = rootOf(event);
    if (tokens.length === 0) return { event, offset: null, found: 'exact' };
    if (inner === null) return { event, offset: null, found: 'nearest' };
  }
  if (inner === null || inner.index.rootStart === -1) return null;
  let offset = inner.index.rootStart;
  let container = inner.index.findStart(offset);
  for (const token of tokens) {
    const next = container === -1 ? null : findMember(inner, container, token);
    if (next === null) {
      const isCut = container === -1 ? false : !inner.isClosed(container);
      return { event, offset, found: isCut ? 'cut' : 'nearest' };
    }
    ({ offset, container } = next);
  }
  return { event, offset, found: 'exact' };
}

function findMember(
  document: JsonDocument,
  container: number,
  token: string,
): { readonly offset: number; readonly container: number } | null {
  const isObject = document.isObject(container);
  const members = document.listMembers(container);
  if (!isObject) {
    const place = /^(?:0|[1-9]\d*)$/.test(token) ? Number(token) : members.length;
    if (place >= members.length) return null;
    const { start, nested } = document.readMember(false, members.at(place));
    return { offset: start, container: nested };
  }
  let withoutValue: { readonly offset: number; readonly container: number } | null = null;
  for (let index = members.length - 1; index >= 0; index--) {
    const { keyStart, start, nested } = document.readMember(true, members.at(index));
    if (keyAt(document, members, index) !== token) continue;
    if (start !== -1) return { offset: start, container: nested };
    // The text ended in this name or behind it: one that has a value is meant, where there is one.
    withoutValue = { offset: keyStart, container: nested };
  }
  return withoutValue;
}

/** All of one row, for copying. */
export function describeNode(branch: Branch, position: number, child: Child): TreeNode {
  const tokens: (string | number)[] = [];
  let isAmbiguous = false;
  let [at, place]: [Branch | null, number] = [branch, position];
  while (at !== null) {
    const { content, size } = at;
    if (content.type === 'events') {
      tokens.push(place);
    } else if (content.type === 'members' && content.container !== TOP && place < size) {
      const { document, isObject, members } = content;
      const key = isObject ? keyAt(document, members, place) : null;
      tokens.push(key ?? place);
      isAmbiguous ||= key !== null && countKey(document, members, key) > 1;
    }
    place = at.position;
    at = at.parent;
  }
  tokens.reverse();
  const written = child.text.slice(child.start, child.end);
  return {
    pointer: tokens.map((token) => `/${escapeToken(String(token))}`).join(''),
    path: formatPath(tokens),
    isAmbiguous,
    written,
    text: child.kind === 'string' ? readString(written) : null,
  };
}

function keyAt(document: JsonDocument, members: Offsets, index: number): string {
  const { keyStart, keyEnd } = document.readMember(true, members.at(index));
  return readString(document.text.slice(keyStart, keyEnd));
}

/** Members of this name that have a value: a name that the text's end cut short may look like any other. */
function countKey(document: JsonDocument, members: Offsets, key: string): number {
  let count = 0;
  for (let index = 0; index < members.length; index++) {
    if (keyAt(document, members, index) === key && document.readMember(true, members.at(index)).start !== -1) count++;
  }
  return count;
}

function formatPath(tokens: readonly (string | number)[]): string {
  return tokens
    .map((token, index) => {
      if (typeof token === 'number') return `[${token}]`;
      return NAME.test(token) ? (index === 0 ? token : `.${token}`) : `[${JSON.stringify(token)}]`;
    })
    .join('');
}

const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');
const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');
