import { gatherAlike, hasPrompt, visitAlike } from './alike-prompts.js';
import { MARK } from './call-fields.js';
import type { CallTable } from './call-table.js';
import type { CompareIds } from './ordered-places.js';

/** New calls up to which the table is looked through for their prompts; beyond, all prompts are gone through anew. */
export const FEW = 256;

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
    for (let place = this.#known; place < table.length; place++) {
      if (!hasPrompt(table, place)) table.mark(place, MARK.repeated, 0);
    }
    for (const group of gatherAlike(table, this.#known)) markGroup(table, group, isIdBefore);
  }
}

function markGroup(table: CallTable, group: readonly number[], isIdBefore: CompareIds): void {
  let first = group[0]!;
  for (const place of group) if (isEarlier(table, place, first, isIdBefore)) first = place;
  for (const place of group) table.mark(place, MARK.repeated, place === first ? 0 : MARK.repeated);
}

/** Whether the call at one place was made before that at another: by time, then id. */
export function isEarlier({ micros }: CallTable, left: number, right: number, isIdBefore: CompareIds): boolean {
  if (left === right) return false;
  const [a, b] = [micros[left]!, micros[right]!];
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return isIdBefore(left, right);
  // A time that can't be read is after all others.
  return Number.isNaN(b) || a < b;
}

/** Goes through all prompts, the earliest call of each in hand. */
function markAll(table: CallTable, isIdBefore: CompareIds): void {
  const { length, marks } = table;
  table.blocks.forget(0, length);
  const visitAll = (visit: (place: number) => void): void => {
    for (let place = 0; place < length; place++) {
      marks[place]! &= ~MARK.repeated;
      visit(place);
    }
  };
  visitAlike(table, visitAll, (place, other) => {
    const isFirst = isEarlier(table, place, other, isIdBefore);
    marks[isFirst ? other : place]! |= MARK.repeated;
    return isFirst;
  });
}
