import { get } from './get.js';

/** `GET /api/calls/{id}` as it was answered, to be copied. */
export async function getCallText(origin: string, id: string, signal: AbortSignal): Promise<string> {
  const response = await get(origin, `/api/calls/${encodeURIComponent(id)}`, signal);
  return response.text();
}
