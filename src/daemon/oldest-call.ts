import type { WireStatus } from '../api/status.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

interface WireOldest {
  readonly database: Pick<NonNullable<WireStatus['database']>, 'oldest_call_at'> | null;
}

const oldestShape: Shape<WireOldest> = { database: ['?', { oldest_call_at: 's?' }] };

/** When the oldest of all recorded calls was made; null where there is none, or the source does not tell. */
export async function findOldestCall(origin: string, signal: AbortSignal): Promise<string | null> {
  const { database } = await getJson<WireOldest>(origin, '/api/status', oldestShape, signal);
  return database?.oldestCallAt ?? null;
}
