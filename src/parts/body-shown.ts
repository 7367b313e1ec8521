import { type ShownCall, SIDES } from '../view/body-calls.js';
import { LETTERS } from '../view/call-letters.js';
import type { BodyPane } from './body-pane.js';
import type { ReadBody } from './body-reading.js';

/** A call as it stands beside others; null: nothing is stored of that side of it. */
export interface CallPanes {
  readonly letter: string;
  readonly request: BodyPane | null;
  readonly response: BodyPane | null;
}

/** The bodies that are stored of a call; none while nothing is known of it. */
export function listBodies(shown: ShownCall | undefined, index: number, origin: string): ReadBody[] {
  const [found, body] = [shown?.found.data, shown?.body.data];
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

/** A call with the panes that are open of it; none while it isn't known to be there. */
export function listPanes(
  shown: ShownCall | undefined,
  index: number,
  find: (callId: string, side: (typeof SIDES)[number]) => BodyPane | undefined,
): CallPanes[] {
  if (!shown?.found.data?.call) return [];
  const { id } = shown;
  return [{ letter: LETTERS[index]!, request: find(id, 'request') ?? null, response: find(id, 'response') ?? null }];
}
