import { MARK } from './call-fields.js';
import type { CallTable } from './call-table.js';
import type { CompareIds } from './ordered-places.js';

/** New calls up to which the table is looked through for their prompts; beyond, all prompts are gone through anew. */
const FEW = 256;

/**
 * Marks the calls whose prompt an earlier call of the same project also had: all of those that share project and
 * prompt but the first by time, then id. Kept up only while somebody asks.
 */
export class RepeatedPrompts {
  #known = 0;

  /** Forgets all, because calls changed their project or time. */
  reset(): void {
    this.#known = 0;
  }

  /** Brings the marks up to date. */
  update(table: CallTable, isIdBefore: CompareIds): void {
    const added = table.length - this.#known;
    if (added === 0) return;
    if (added <= FEW && this.#known > FEW) this.#addFew(table, isIdBefore);
    else markAll(table, isIdBefore);
    this.#known = table.length;
  }

  #addFew(table: CallTable, isIdBefore: CompareIds): void {
    const { promptHigh, promptLow } = table;
    const wanted = new Map<number, number[]>();
    for (let place = this.#known; place < table.length; place++) {
      table.mark(place, MARK.repeated, 0);
      if (hasPrompt(table, place)) wanted.set(promptLow[place]!, []);
    }
    for (let place = 0; place < table.length; place++) wanted.get(promptLow[place]!)?.push(place);
    const projects = table.signatures.codes('projectId');
    const signatures = table.signature.data;
    for (const places of wanted.values()) {
      const groups = new Map<string, number[]>();
      for (const place of places) {
        if (!hasPrompt(table, place)) continue;
        const key = `${projects[signatures[place]!]} ${promptHigh[place]}`;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [place]);
        else group.push(place);
      }
      for (const group of groups.values()) markGroup(table, group, isIdBefore);
    }
  }
}

function hasPrompt({ promptHigh, promptLow }: CallTable, place: number): boolean {
  return promptLow[place] !== 0 || promptHigh[place] !== 0;
}

function markGroup(table: CallTable, group: readonly number[], isIdBefore: CompareIds): void {
  let first = group[0]!;
  for (const place of group) if (isEarlier(table, place, first, isIdBefore)) first = place;
  for (const place of group) table.mark(place, MARK.repeated, place === first ? 0 : MARK.repeated);
}

function isEarlier({ micros }: CallTable, left: number, right: number, isIdBefore: CompareIds): boolean {
  if (left === right) return false;
  const [a, b] = [micros[left]!, micros[right]!];
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return isIdBefore(left, right);
  // A time that can't be read is after all others.
  return Number.isNaN(b) || a < b;
}

/** Goes through all prompts with a hash table of the earliest call of each. */
function markAll(table: CallTable, isIdBefore: CompareIds): void {
  const { length, marks, promptHigh, promptLow, signatures } = table;
  const projects = signatures.codes('projectId');
  const signature = table.signature.data;
  let size = 1024;
  while (size < length * 2) size *= 2;
  const slots = new Uint32Array(size);
  table.blocks.forget(0, length);
  for (let place = 0; place < length; place++) {
    marks[place]! &= ~MARK.repeated;
    const [high, low] = [promptHigh[place]!, promptLow[place]!];
    if (high === 0 && low === 0) continue;
    const project = projects[signature[place]!]!;
    let slot = (low ^ Math.imul(project, 0x9e3779b1)) & (size - 1);
    for (; ; slot = (slot + 1) & (size - 1)) {
      const other = slots[slot]! - 1;
      if (other < 0) {
        slots[slot] = place + 1;
        break;
      }
      if (promptLow[other] !== low || promptHigh[other] !== high || projects[signature[other]!] !== project) continue;
      if (isEarlier(table, place, other, isIdBefore)) {
        marks[other]! |= MARK.repeated;
        slots[slot] = place + 1;
      } else marks[place]! |= MARK.repeated;
      break;
    }
  }
}
