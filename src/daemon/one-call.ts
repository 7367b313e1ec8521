import type { WireCallDetail } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { callShape } from './call-shape.js';
import { ProblemError } from './errors.js';
import { getJson } from './get.js';
import type { Shape } from './shape.js';

export type CallDetail = CamelCased<WireCallDetail>;

const rateShapes = { input: 'n', output: 'n', thinking: 'n', cache_read: 'n', cache_write: 'n' } as const;

const callDetailShape: Shape<WireCallDetail> = {
  ...callShape,
  price: ['?', { ...rateShapes, effective_from: 's', effective_to: 's?', source: 's' }],
  audit: 's',
  recomputed_millicents: 'n?',
};

/** `GET /api/calls/{id}` */
export function getCall(origin: string, id: string, signal: AbortSignal): Promise<CallDetail> {
  return getJson<WireCallDetail>(origin, `/api/calls/${encodeURIComponent(id)}`, callDetailShape, signal);
}

/** A call, or in whose words there is none of that id. */
export type FoundCall =
  { readonly call: CallDetail; readonly missing: null } | { readonly call: null; readonly missing: string };

/** The call of this id, where that there is none is an answer like others. */
export async function findCall(origin: string, id: string, signal: AbortSignal): Promise<FoundCall> {
  try {
    return { call: await getCall(origin, id, signal), missing: null };
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return { call: null, missing: error.message };
    throw error;
  }
}
