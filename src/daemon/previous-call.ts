import { listBodies } from './bodies.js';
import { type Call, listCalls } from './calls.js';

/** The call that a search for the one before starts from. */
interface Of {
  readonly id: string;
  readonly project: string;
  readonly requestedAt: string;
}

/** How many earlier calls with bodies are looked at: as many as one question about bodies may name. */
const MOST_CALLS = 50;

/**
 * The newest earlier call of the same project whose request is stored, or in words why there is none.
 * @throws what listCalls and listBodies throw.
 */
export async function findPreviousCall(origin: string, of: Of, signal: AbortSignal): Promise<Call | string> {
  const filter = { project: [of.project], body_state: ['stored', 'truncated'], until: of.requestedAt };
  const page = { sort: 'requested_at', order: 'desc', offset: 0, limit: MOST_CALLS } as const;
  const { calls, total } = await listCalls(origin, filter, page, signal);
  if (calls.length > 0) {
    const ids = calls.map(({ id }) => id);
    const { bodies } = await listBodies(origin, ids, signal);
    const stored = new Set(bodies.filter(({ request }) => (request.storedBytes ?? 0) > 0).map(({ callId }) => callId));
    const found = calls.find(({ id }) => stored.has(id));
    if (found !== undefined) return found;
    if (total > MOST_CALLS)
      return `None of the ${MOST_CALLS} calls of ${of.project} before this one has a stored request.`;
  }
  const earlier = await listCalls(
    origin,
    { project: [of.project], until: of.requestedAt },
    { ...page, limit: 1 },
    signal,
  );
  return earlier.total === 0
    ? `This is the first call of ${of.project}: there is none before it.`
    : `No call of ${of.project} before this one has a stored request to compare with.`;
}
