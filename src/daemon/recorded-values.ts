import { getJson } from './get.js';
import type { Shape } from './shape.js';

const MOST = 5;
const FACETS = ['project', 'provider', 'model'] as const;

interface WireFacets {
  readonly facets: Readonly<Record<(typeof FACETS)[number], readonly { readonly value: string | null }[]>>;
}
interface WireIds {
  readonly calls: readonly { readonly id: string }[];
}

/** Some of what was recorded, to be offered where a value is asked for: most calls first, ids newest first. */
export interface RecordedValues {
  readonly project: readonly string[];
  readonly provider: readonly string[];
  readonly model: readonly string[];
  readonly call: readonly string[];
}

const values = [{ value: 's?' }] as const;
const facetsShape: Shape<WireFacets> = { facets: { project: values, provider: values, model: values } };
const idsShape: Shape<WireIds> = { calls: [{ id: 's' }] };

/** `GET /api/calls/facets` and `GET /api/calls`; of the calls, those with bodies where there are such. */
export async function readRecordedValues(origin: string, signal: AbortSignal): Promise<RecordedValues> {
  const [{ facets }, kept, all] = await Promise.all([
    getJson<WireFacets>(origin, '/api/calls/facets', facetsShape, signal),
    getJson<WireIds>(origin, `/api/calls?limit=${MOST}&body_state=stored`, idsShape, signal),
    getJson<WireIds>(origin, `/api/calls?limit=${MOST}`, idsShape, signal),
  ]);
  const [project, provider, model] = FACETS.map((name) =>
    facets[name].flatMap(({ value }) => value || []).slice(0, MOST),
  );
  const ids = [...kept.calls, ...all.calls].map(({ id }) => id);
  return { project: project!, provider: provider!, model: model!, call: [...new Set(ids)].slice(0, MOST) };
}
