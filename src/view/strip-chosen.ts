import type { WireCall } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { LETTERS } from './call-letters.js';
import type { StripPicture } from './strip-picture.js';
import { STRIP } from './strip-scale.js';

type Call = CamelCased<WireCall>;

export interface ChosenMark {
  readonly letter: string;
  readonly x: number;
  readonly y: number;
}

const BOX_PX = 14;

/** Where chosen calls stand, by the letters they wear in the table. Calls outside of the picture have no place. */
export function placeChosen(
  picture: StripPicture,
  ids: readonly string[],
  calls: ReadonlyMap<string, Call | null>,
): ChosenMark[] {
  const marks: ChosenMark[] = [];
  ids.forEach((id, index) => {
    const place = findPlace(picture, id, calls.get(id));
    if (place === null) return;
    let { x } = place;
    const isTaken = (mark: ChosenMark): boolean => Math.abs(mark.x - x) < BOX_PX && Math.abs(mark.y - place.y) < BOX_PX;
    while (marks.some(isTaken)) x -= BOX_PX + 1;
    marks.push({ letter: LETTERS[index]!, x, y: place.y });
  });
  return marks;
}

function findPlace(
  { answer, scale }: StripPicture,
  id: string,
  call: Call | null | undefined,
): { x: number; y: number } | null {
  const point = answer.points?.find((other) => other.id === id);
  if (point) return { x: scale.timeToX(Date.parse(point.at)), y: scale.costToY(point.costMillicents) };
  if (!call) return null;
  const atMs = Date.parse(call.requestedAt);
  if (atMs < scale.sinceMs || atMs > scale.untilMs) return null;
  const { costMillicents, status } = call;
  const isOnAxis = costMillicents !== null && costMillicents > 0;
  const lane = status !== 'success' ? 'failed' : costMillicents === null ? 'unpriced' : 'zero';
  return { x: scale.timeToX(atMs), y: isOnAxis ? scale.costToY(costMillicents) : STRIP[lane] - BOX_PX / 2 };
}
