import type { Call } from '../daemon/calls.js';
import { type CallsQuestion, listRows, PAGE_ROWS, type Rows, type RowsRead, CallsPages } from './calls-pages.js';

/** Rows read below those in view where calls arrive, to find the rows in view again. */
const AHEAD_ROWS = 100;
/** As many as the server gives at once. */
const MOST_ROWS = 1000;
const MOST_ATTEMPTS = 4;

/** A row in view whose call is known, which is to stay where it is. */
interface Held {
  readonly row: number;
  readonly id: string;
}

/** What is known of the list from before. */
interface Known {
  readonly above: number;
  readonly total: number;
  readonly callAt: (row: number) => Call | undefined;
}

/** Reads the pages of these rows so that the calls in them stay where they are, however many arrived above them. */
export async function readHeld(
  question: CallsQuestion,
  rows: Rows,
  known: Known,
  signal: AbortSignal,
): Promise<RowsRead> {
  const held = findHeld(rows, known);
  const [from, to] = CallsPages.pagesOf(rows);
  const wanted = (to - from + 1) * PAGE_ROWS;
  let { above } = known;
  let ahead = AHEAD_ROWS;
  for (let attempt = 1; ; attempt++) {
    const start = from * PAGE_ROWS + above;
    const answer = await listRows(question, start, Math.min(MOST_ROWS, wanted + ahead), signal);
    const { calls, total } = answer;
    const arrived = Math.max(0, total - known.total);
    const found = held === null ? arrived : findAbove(calls, start, held);
    above = found ?? arrived;
    const skip = from * PAGE_ROWS + above - start;
    const isShort = calls.length < skip + wanted && start + calls.length < total;
    if ((found !== undefined && !isShort) || attempt === MOST_ATTEMPTS) {
      return { ...answer, above, skip };
    }
    if (found === undefined) above = Math.max(known.above, arrived - MOST_ROWS / 2);
    ahead = MOST_ROWS;
  }
}

function findHeld({ first, end }: Rows, { callAt }: Known): Held | null {
  for (let row = first; row < end; row++) {
    const id = callAt(row)?.id;
    if (id !== undefined) return { row, id };
  }
  return null;
}

/** How many calls have arrived above a row that stays where it is; undefined where it isn't in the answer. */
function findAbove(calls: readonly Call[], start: number, { row, id }: Held): number | undefined {
  const place = calls.findIndex((call) => call.id === id);
  return place < 0 ? undefined : Math.max(0, start + place - row);
}
