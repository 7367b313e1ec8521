import { type JsonRange, memberAt, scanMembers, scanValue, skipSpace } from '../json-scan.js';
import { decodeString, escapePointer } from '../providers/json-string.js';
import { type Pair, pairEqual } from './equal-pairs.js';
import { areEqualNumbers, compactJson } from './written-json.js';

/** A value as it stands in one of the bodies. */
export interface WrittenValue {
  /** JSON Pointer there. */
  readonly pointer: string;
  /** Exactly as written. */
  readonly json: string;
}

/** A value to be compared; `isCut`: its body ends within it. */
export interface ReadValue extends WrittenValue {
  readonly isCut: boolean;
}

/**
 * `rewritten`: written otherwise, equal in value (`1.10` and `1.1`, `"\u0041"` and `"A"`). `reordered`: the same members
 * in another order. `cut`: a body ends within, so that it can't be told whether there is more to differ.
 */
export type ValueDifferenceKind = 'added' | 'removed' | 'changed' | 'rewritten' | 'reordered' | 'cut';

export interface ValueDifference {
  readonly kind: ValueDifferenceKind;
  /** Null: it was added. */
  readonly from: WrittenValue | null;
  /** Null: it was removed. */
  readonly to: WrittenValue | null;
}

/** Nesting below it, longer lists, and what comes after so many differences, are compared as text. */
const DEEPEST = 64;
const MOST_MEMBERS = 10_000;
const MOST_DIFFERENCES = 1_000;

interface Value {
  readonly json: string;
  readonly range: JsonRange;
  readonly pointer: string;
}

interface Member extends Value {
  /** Names that are equal are told apart by which of them it is. */
  readonly key: string;
}

type Task = readonly [from: Value, to: Value, depth: number];

/**
 * What differs between two JSON values, by structure: white space never does, order and writing do and are named as such.
 * Nothing is parsed into numbers, so all digits count; of equal names each is compared. Text that ends in the middle is
 * compared as far as it goes. Linear in the texts for each level of nesting.
 */
export function compareJson(from: ReadValue, to: ReadValue): ValueDifference[] {
  const differences: ValueDifference[] = [];
  const tasks: Task[] = [[readValue(from), readValue(to), 0]];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const [left, right, depth] = task;
    if (writtenOf(left).json === writtenOf(right).json && left.range.complete && right.range.complete) continue;
    const isFine = depth < DEEPEST && differences.length < MOST_DIFFERENCES;
    const [members, others] =
      isFine && left.range.kind === right.range.kind ? [listMembers(left), listMembers(right)] : [];
    if (members && others) {
      const compare = left.range.kind === 'object' ? compareObjects : compareArrays;
      const pairs = compare(members, others, differences);
      // The stack turns their order round.
      for (const [a, b] of pairs.reverse()) tasks.push([a, b, depth + 1]);
    } else {
      const difference = compareWritten(left, right);
      if (difference !== null) differences.push({ kind: difference, from: writtenOf(left), to: writtenOf(right) });
    }
  }
  return differences;
}

function readValue({ json, pointer, isCut }: ReadValue): Value {
  const start = skipSpace(json, 0, json.length);
  if (start === json.length) return { json, range: { kind: 'invalid', start, end: start, complete: !isCut }, pointer };
  const range = scanValue(json, start);
  // The scanner can't know that a number ends where its text does.
  return { json, range: range.kind === 'number' ? { ...range, complete: !isCut } : range, pointer };
}

const writtenOf = ({ json, range, pointer }: Value): WrittenValue => ({
  pointer,
  json: json.slice(range.start, range.end),
});

function compareWritten(left: Value, right: Value): ValueDifferenceKind | null {
  const [a, b] = [writtenOf(left).json, writtenOf(right).json];
  if (!left.range.complete || !right.range.complete) {
    // What is here of a cut value may already be another.
    const mayBeEqual =
      left.range.complete || right.range.complete
        ? (left.range.complete || b.startsWith(a)) && (right.range.complete || a.startsWith(b))
        : a.startsWith(b) || b.startsWith(a);
    return mayBeEqual ? 'cut' : 'changed';
  }
  if (a === b) return null;
  const { kind } = left.range;
  if (kind !== right.range.kind) return 'changed';
  if (kind === 'number') return areEqualNumbers(a, b) ? 'rewritten' : 'changed';
  if (kind === 'string') return decodeString(a) === decodeString(b) ? 'rewritten' : 'changed';
  if (kind === 'object' || kind === 'array') return compactJson(a) === compactJson(b) ? null : 'changed';
  return 'changed';
}

interface MemberList {
  readonly value: Value;
  readonly members: readonly Member[];
  readonly isWhole: boolean;
}

/** Undefined: it has none, or too many. */
function listMembers(value: Value): MemberList | undefined {
  const { json, range, pointer } = value;
  if (range.kind !== 'object' && range.kind !== 'array') return undefined;
  const found = scanMembers(json, range);
  if (found.count > MOST_MEMBERS) return undefined;
  const counts = new Map<string, number>();
  const members: Member[] = [];
  for (let index = 0; index < found.count; index++) {
    const { key, value: inner } = memberAt(json, range, found, index);
    if (inner === null) continue;
    const name = key === null ? String(index) : decodeString(key);
    const count = counts.get(name) ?? 0;
    if (key !== null) counts.set(name, count + 1);
    members.push({ json, range: inner, pointer: `${pointer}/${escapePointer(name)}`, key: `${count} ${name}` });
  }
  return { value, members, isWhole: found.complete && range.complete };
}

function compareObjects(a: MemberList, b: MemberList, differences: ValueDifference[]): [Value, Value][] {
  const others = new Map(b.members.map((member) => [member.key, member]));
  const pairs: [Member, Member][] = [];
  for (const member of a.members) {
    const other = others.get(member.key);
    if (other !== undefined) {
      pairs.push([member, other]);
      others.delete(member.key);
    } else if (b.isWhole) {
      differences.push({ kind: 'removed', from: writtenOf(member), to: null });
    }
  }
  if (a.isWhole) {
    for (const member of others.values()) differences.push({ kind: 'added', from: null, to: writtenOf(member) });
  }
  const isRising = pairs.every(
    ([, other], index) => index === 0 || other.range.start > pairs[index - 1]![1].range.start,
  );
  if (!isRising) differences.push({ kind: 'reordered', from: writtenOf(a.value), to: writtenOf(b.value) });
  if (!a.isWhole || !b.isWhole) differences.push({ kind: 'cut', from: writtenOf(a.value), to: writtenOf(b.value) });
  return pairs;
}

/** Equal elements belong together where they don't cross; in the gaps those at the same place are compared. */
function compareArrays(a: MemberList, b: MemberList, differences: ValueDifference[]): [Value, Value][] {
  const ids = new Map<string, number>();
  const idOf = (member: Member): number => {
    const text = compactJson(writtenOf(member).json);
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  };
  const [leftIds, rightIds] = [a.members.map(idOf), b.members.map(idOf)];
  const nested: [Value, Value][] = [];
  if (a.isWhole && b.isWhole) {
    const sorted = (list: readonly number[]): string => [...list].sort((x, y) => x - y).join();
    if (leftIds.join() !== rightIds.join() && sorted(leftIds) === sorted(rightIds)) {
      differences.push({ kind: 'reordered', from: writtenOf(a.value), to: writtenOf(b.value) });
      return [];
    }
  } else {
    differences.push({ kind: 'cut', from: writtenOf(a.value), to: writtenOf(b.value) });
  }
  // Ties are broken by order, so one order is used whichever way they are given.
  const isTurned = writtenOf(a.value).json > writtenOf(b.value).json;
  const level = isTurned ? pairEqual(rightIds, leftIds) : pairEqual(leftIds, rightIds);
  const pairs = level.map(([at, otherAt]): Pair => (isTurned ? [otherAt, at] : [at, otherAt]));
  let [start, otherStart] = [0, 0];
  for (const [end, otherEnd] of [...pairs, [leftIds.length, rightIds.length] as const]) {
    const isLast = end === leftIds.length && otherEnd === rightIds.length;
    for (; start < end || otherStart < otherEnd; start++, otherStart++) {
      const member = start < end ? a.members[start]! : null;
      const other = otherStart < otherEnd ? b.members[otherStart]! : null;
      if (member !== null && other !== null) nested.push([member, other]);
      // After the end of a cut array there may be what the other has.
      else if (member !== null && (b.isWhole || !isLast)) {
        differences.push({ kind: 'removed', from: writtenOf(member), to: null });
      } else if (other !== null && (a.isWhole || !isLast)) {
        differences.push({ kind: 'added', from: null, to: writtenOf(other) });
      }
    }
    [start, otherStart] = [end + 1, otherEnd + 1];
  }
  return nested;
}
