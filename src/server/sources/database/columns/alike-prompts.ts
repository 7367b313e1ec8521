import type { CallTable } from './call-table.js';
import { makeArray } from './large-arrays.js';

/** Places that share their project and their prompt. */
interface Alike {
  readonly high: number;
  readonly project: number;
  readonly places: number[];
}

export function hasPrompt({ promptHigh, promptLow }: CallTable, place: number): boolean {
  return promptLow[place] !== 0 || promptHigh[place] !== 0;
}

/** For each project and prompt that a call from a place on has: all calls that share both, in the order of places. */
export function gatherAlike(table: CallTable, from: number): number[][] {
  const { length, promptHigh, promptLow } = table;
  const projects = table.signatures.codes('projectId');
  const signatures = table.signature.data;
  const wanted = new Map<number, Alike[]>();
  // Every call there is goes through this: a map would be asked a million times for what is almost never in it.
  const isLikely = new Uint8Array(1 << 16);
  const find = (place: number): Alike | undefined => {
    const [high, project] = [promptHigh[place]!, projects[signatures[place]!]!];
    return wanted.get(promptLow[place]!)?.find((alike) => alike.high === high && alike.project === project);
  };
  for (let place = from; place < length; place++) {
    if (!hasPrompt(table, place) || find(place) !== undefined) continue;
    const low = promptLow[place]!;
    isLikely[low & 0xffff] = 1;
    const alike = { high: promptHigh[place]!, project: projects[signatures[place]!]!, places: [] };
    wanted.set(low, [...(wanted.get(low) ?? []), alike]);
  }
  if (wanted.size === 0) return [];
  for (let place = 0; place < length; place++) {
    if (isLikely[promptLow[place]! & 0xffff]) find(place)?.places.push(place);
  }
  return [...wanted.values()].flat().map(({ places }) => places);
}

/**
 * Goes through calls with the last one before that shares project and prompt, -1 where there is none; the call then
 * takes its place, unless `visit` says that the other is to keep it.
 */
export function visitAlike(
  table: CallTable,
  visitAll: (visit: (place: number) => void) => void,
  pair: (place: number, other: number) => boolean,
): void {
  const { length, promptHigh, promptLow } = table;
  const projects = table.signatures.codes('projectId');
  const signatures = table.signature.data;
  let size = 1024;
  while (size < length * 2) size *= 2;
  const slots = makeArray(Uint32Array, size);
  visitAll((place) => {
    const [high, low] = [promptHigh[place]!, promptLow[place]!];
    if (high === 0 && low === 0) return;
    const project = projects[signatures[place]!]!;
    let slot = (low ^ Math.imul(project, 0x9e3779b1)) & (size - 1);
    for (; ; slot = (slot + 1) & (size - 1)) {
      const other = slots[slot]! - 1;
      if (other >= 0) {
        if (promptLow[other] !== low || promptHigh[other] !== high || projects[signatures[other]!] !== project)
          continue;
        if (!pair(place, other)) return;
      }
      slots[slot] = place + 1;
      return;
    }
  });
}
