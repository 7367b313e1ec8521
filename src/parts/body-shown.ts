import { type ShownCall, SIDES } from '../view/body-calls.js';
import { LETTERS } from '../view/call-letters.js';
import type { ReadBody } from './body-reading.js';

/** The bodies that are stored of a call; none while nothing is known of it. */
export function listBodies(shown: ShownCall, index: number, origin: string): ReadBody[] {
  const [found, body] = [shown.found.data, shown.body.data];
  if (!found?.call || !found.told || !body) return [];
  const { call } = found;
  const { recorded } = found.told;
  const letter = LETTERS[index]!;
  return SIDES.filter((side) => (body[side].storedBytes ?? 0) > 0).map((side) => ({
    origin,
    letter,
    side,
    call,
    recorded,
    body,
  }));
}
