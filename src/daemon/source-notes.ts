import type { WireStatus } from '../api/status.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

type WireNotes = Pick<WireStatus, 'source' | 'notes'>;

const notesShape: Shape<WireNotes> = { source: 's', notes: ['!', ['s']] };

/** What of the daemon's calls is missing in the answers of this source, or wrong with them: `GET /api/status`. */
export async function listSourceNotes(origin: string, signal: AbortSignal): Promise<readonly string[]> {
  const { notes } = await getJson<WireNotes>(origin, '/api/status', notesShape, signal);
  return notes ?? [];
}
