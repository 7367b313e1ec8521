import { changeFilter } from '../api/filter.js';
import { type CallsQuestion, type CallsView, listRows } from '../controllers/calls-pages.js';
import { findCall } from '../daemon/one-call.js';
import type { CallList } from './call-list.js';

/** Calls of one instant that are told apart. */
const MOST_TIES = 200;

/**
 * Brings a call of the list into view, and makes it the one that keys act on. False where its place can't be told: among
 * rows that were read it is known in every order, elsewhere only where rows are sorted by time.
 * @throws what `listCalls` throws.
 */
export async function showCall(
  list: CallList,
  question: CallsQuestion,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  const view = list.calls.data;
  // Groups stand in place of the calls.
  if (list.grid === null || view === undefined) return true;
  const row = view.rowOf(id) ?? (question.sort === 'requested_at' ? await findRow(view, question, id, signal) : null);
  if (row === null) return false;
  // Another list may have come meanwhile.
  if (list.calls.data?.key === view.key) showRow(list, row);
  return true;
}

/** By how many calls stand above it; less than 0 where it is one of those that arrived above the first row. */
async function findRow(
  view: CallsView,
  question: CallsQuestion,
  id: string,
  signal: AbortSignal,
): Promise<number | null> {
  const { call } = await findCall(question.origin, id, signal);
  if (call === null) return null;
  const filter = changeFilter(question.filter, { since: call.requestedAt, last: '' });
  const { calls, total } = await listRows({ ...question, filter, order: 'asc' }, 0, MOST_TIES, signal);
  const place = calls.findIndex((other) => other.id === id);
  if (place < 0) return null;
  if (question.order === 'asc') return view.total - total + place;
  // In both directions calls of one instant stand by their ids.
  const ties = calls.filter(({ requestedAt }) => requestedAt === call.requestedAt).length;
  return total - ties + place - view.newCalls;
}

function showRow({ rows, window, calls }: CallList, row: number): void {
  if (row < 0) {
    rows.restart(row + (calls.data?.newCalls ?? 0));
    window.scrollToTop();
    calls.refresh();
    return;
  }
  rows.activate(row, calls.data);
  const [first, last] = window.visible;
  if (row < first || row > last) window.standAt(row - Math.floor(window.pageRows / 2));
  else window.reveal(row);
}
