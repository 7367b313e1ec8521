import type { WireBodiesAnswer } from '../api/body.js';
import type { CamelCased } from '../api/camel-case.js';
import { get, getJson } from './get.js';
import type { Shape } from './shape.js';

export type BodiesAnswer = CamelCased<WireBodiesAnswer>;
export type Body = BodiesAnswer['bodies'][number];
export type BodySide = 'request' | 'response';

const sideShape = { bytes: 'n?', stored_bytes: 'n?', truncated: 'b', content_type: 's?', error: 's?' } as const;

const bodiesShape: Shape<WireBodiesAnswer> = {
  bodies: [
    {
      call_id: 's',
      state: 's',
      reason: 's?',
      captured_at: 's?',
      uploaded_at: 's?',
      redactions: { '*': 'n' },
      request: sideShape,
      response: { ...sideShape, incomplete: 'b' },
    },
  ],
};

/** `GET /api/bodies`, in the order of the ids. */
export function listBodies(origin: string, ids: readonly string[], signal: AbortSignal): Promise<BodiesAnswer> {
  const params = new URLSearchParams(ids.map((id) => ['call', id]));
  return getJson<WireBodiesAnswer>(origin, `/api/bodies?${params}`, bodiesShape, signal);
}

/** `GET /api/bodies/{id}/{side}`: the stored characters. */
export async function getBodyText(origin: string, id: string, side: BodySide, signal: AbortSignal): Promise<string> {
  const response = await get(origin, `/api/bodies/${encodeURIComponent(id)}/${side}`, signal);
  // Response.text() would take a byte order mark away, and that is one of the stored characters.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
}
