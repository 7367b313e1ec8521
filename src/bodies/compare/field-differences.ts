import { type Field, type ToolDefinition } from '../conversation.js';
import { keepRising, type Pair } from './equal-pairs.js';
import { compareJson, type ReadValue, type ValueDifference } from './json-differences.js';
import { Places } from './places.js';

/** What differs in two sets of parameters, matched by name; their order is no difference. Of equal names each counts. */
export function compareFields(from: readonly Field[], to: readonly Field[]): ValueDifference[] {
  return matchNames(from, to).flatMap(([left, right]): ValueDifference[] => {
    const [field, other] = [left === null ? null : from[left]!, right === null ? null : to[right]!];
    if (field === null) return [{ kind: 'added', from: null, to: other }];
    if (other === null) return [{ kind: 'removed', from: field, to: null }];
    return compareJson(field, other);
  });
}

export interface ToolDifference {
  readonly name: string;
  readonly kind: 'equal' | 'changed' | 'added' | 'removed';
  /** Both have it, at another place among those that both have. */
  readonly isMoved: boolean;
  /** Its index in either list; null: it isn't there. */
  readonly from: number | null;
  readonly to: number | null;
  /** What differs within, by its JSON Pointers in the bodies. */
  readonly differences: readonly ValueDifference[];
}

/** Tool definitions as one call has them, and the body in which they stand. */
export interface ToolList {
  readonly tools: readonly ToolDefinition[];
  readonly body: string;
}

/** Every tool of either list, matched by name: first in the order of `from`, then those that were added. */
export function compareTools(from: ToolList, to: ToolList): ToolDifference[] {
  const matches = matchNames(from.tools, to.tools);
  const pairs = matches.filter((match): match is [number, number] => match[0] !== null && match[1] !== null);
  const level = new Set(keepRising(pairs satisfies Pair[]).map(([left]) => left));
  return matches.map(([left, right]): ToolDifference => {
    const { name } = left === null ? to.tools[right!]! : from.tools[left]!;
    if (left === null) return { name, kind: 'added', isMoved: false, from: null, to: right, differences: [] };
    if (right === null) return { name, kind: 'removed', isMoved: false, from: left, to: null, differences: [] };
    const differences = compareJson(readTool(from, left), readTool(to, right));
    const kind = differences.length === 0 ? 'equal' : 'changed';
    return { name, kind, isMoved: !level.has(left), from: left, to: right, differences };
  });
}

function readTool({ tools, body }: ToolList, index: number): ReadValue {
  const { pointer, start, end, isCut } = tools[index]!;
  return { pointer, json: body.slice(start, end), isCut };
}

/** Places of equal names, the nth of a name with the nth; first by the left order, then what only the right has. */
function matchNames(
  from: readonly { readonly name: string }[],
  to: readonly { readonly name: string }[],
): [left: number | null, right: number | null][] {
  const free = new Places<string>();
  for (const [at, { name }] of to.entries()) free.add(name, at);
  const matches = from.map(({ name }, at): [number, number | null] => [at, free.take(name)]);
  const taken = new Set(matches.map(([, right]) => right));
  return [...matches, ...to.flatMap((_, at): [null, number][] => (taken.has(at) ? [] : [[null, at]]))];
}
