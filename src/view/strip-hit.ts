import type { StripChange, StripPicture } from './strip-picture.js';
import { type Lane, LANES, STRIP } from './strip-scale.js';

/** What stands under a place of the picture: one call, or some of which the newest is named. */
export interface StripHit {
  readonly kind: 'call' | 'bin' | Lane;
  readonly column: number;
  readonly calls: number;
  /** The call, or the newest of them. */
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Of a bin: its bottom and top. Of a call: its cost, twice. Null on the lanes. */
  readonly costs: readonly [lowest: number, highest: number] | null;
}

/** How far from its middle something still is meant. */
const REACH_PX = 12;
const LANE_PX = 14;
const LINE_PX = 2;

/** The change whose line, or whose words above the picture, the pointer is beside. */
export function findChange(picture: StripPicture, x: number, y: number): StripChange | null {
  const reach = y < STRIP.top ? REACH_PX : LINE_PX;
  let best: StripChange | null = null;
  for (const change of picture.changes) {
    const distance = Math.abs(change.x - x);
    if (y <= STRIP.base && distance <= reach && !(best && distance >= Math.abs(best.x - x))) best = change;
  }
  return best;
}

export function findHit(picture: StripPicture, x: number, y: number): StripHit | null {
  if (y > STRIP.base + 2) {
    const lane = LANES.find((below) => y <= STRIP[below] + 2) ?? 'unpriced';
    return y > STRIP[lane] + 4 ? null : findOnLane(picture, lane, x);
  }
  return picture.answer.points === null ? findBin(picture, x, y) : findCall(picture, x, y);
}

function findOnLane(picture: StripPicture, kind: Lane, x: number): StripHit | null {
  const { scale, answer } = picture;
  let best: StripHit | null = null;
  for (const { column, calls, id } of answer[kind]) {
    const middle = (scale.columnToX(column) + scale.columnToX(column + 1)) / 2;
    const distance = Math.abs(middle - x);
    if (distance > REACH_PX || (best && distance >= Math.abs(best.x - x))) continue;
    best = { kind, column, calls, id, x: middle, y: STRIP[kind] - LANE_PX / 2, costs: null };
  }
  return best;
}

function findBin({ scale, answer }: StripPicture, x: number, y: number): StripHit | null {
  const edge = stepOf(answer.minMillicents ?? 1, answer.maxMillicents ?? 1, answer.rows);
  let best: StripHit | null = null;
  let bestDistance = REACH_PX;
  for (const { column, row, calls, id } of answer.bins ?? []) {
    const left = scale.columnToX(column);
    const right = scale.columnToX(column + 1);
    if (x < left - REACH_PX || x > right + REACH_PX) continue;
    const middleY = scale.rowToY(row);
    // Within its own column only the height parts a bin from its neighbours.
    const distance = Math.hypot(Math.max(0, left - x, x - right), middleY - y);
    if (distance >= bestDistance) continue;
    bestDistance = distance;
    best = { kind: 'bin', column, calls, id, x: (left + right) / 2, y: middleY, costs: [edge(row), edge(row + 1)] };
  }
  return best;
}

/** Cost at the lower edge of a row. */
function stepOf(lowest: number, highest: number, rows: number): (row: number) => number {
  return (row) => lowest * (highest / lowest) ** (row / rows);
}

function findCall({ scale, answer }: StripPicture, x: number, y: number): StripHit | null {
  let best: StripHit | null = null;
  let bestDistance = REACH_PX;
  for (const { id, at, costMillicents } of answer.points ?? []) {
    const instantMs = Date.parse(at);
    const [callX, callY] = [scale.timeToX(instantMs), scale.costToY(costMillicents)];
    const distance = Math.hypot(callX - x, callY - y);
    if (distance >= bestDistance) continue;
    bestDistance = distance;
    const column = scale.timeToColumn(instantMs);
    best = { kind: 'call', column, calls: 1, id, x: callX, y: callY, costs: [costMillicents, costMillicents] };
  }
  return best;
}
