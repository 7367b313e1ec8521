import { moduleOrigin } from '../daemon/origin.js';
import { listCalls } from '../daemon/calls.js';
import { type Facets, listFacets } from '../daemon/facets.js';
import type { ManifestValue } from '../daemon/manifest.js';
import { listQuoted } from './element-docs.js';

const MOST = 5;

/** What was recorded here, to be offered where an attribute is a filter or names a call. */
export interface Recorded {
  readonly facets: Partial<Facets>;
  /** Ids of calls, newest first; those with bodies where there are such. */
  readonly calls: readonly string[];
}

export const NOTHING_RECORDED: Recorded = { facets: {}, calls: [] };

/** Reads what is offered. Where it can't be had nothing is offered: the element itself says why. */
export async function readRecorded(signal: AbortSignal): Promise<Recorded> {
  const origin = moduleOrigin(import.meta.url);
  const newest = { sort: 'requested_at', order: 'desc', offset: 0, limit: MOST } as const;
  const [facets, kept, all] = await Promise.allSettled([
    listFacets(origin, {}, signal),
    listCalls(origin, { body_state: ['stored'] }, newest, signal),
    listCalls(origin, {}, newest, signal),
  ]);
  const calls = [kept, all].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.calls : []));
  return {
    facets: facets.status === 'fulfilled' ? facets.value : {},
    calls: [...new Set(calls.map(({ id }) => id))].slice(0, MOST),
  };
}

/** Values for an attribute: of what was recorded, or those that its description names. */
export function suggestValues({ name, description }: ManifestValue, { facets, calls }: Recorded): readonly string[] {
  const first = (facet: 'project' | 'provider' | 'model'): string[] =>
    (facets[facet] ?? []).flatMap(({ value }) => value ?? []).slice(0, MOST);
  switch (name) {
    case 'filter':
      return [
        'last=7d',
        ...(['project', 'provider', 'model'] as const).flatMap((facet) =>
          first(facet).map((value) => new URLSearchParams({ [facet]: value }).toString()),
        ),
      ];
    case 'provider':
      return first('provider');
    case 'opened':
      return first('project');
    case 'call':
      return calls;
    case 'calls':
      return [...calls, ...(calls.length > 1 ? [calls.slice(0, 2).join(',')] : [])];
    case 'daemon':
      return [location.origin];
    case 'search':
      return [];
    default:
      return listQuoted(description).filter((quoted) => /^[\w,/:-]+$/.test(quoted));
  }
}
