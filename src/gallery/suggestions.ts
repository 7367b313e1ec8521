import type { ManifestValue } from '../daemon/manifest.js';
import type { RecordedValues } from '../daemon/recorded-values.js';
import { listQuoted } from './element-docs.js';

export const NOTHING_RECORDED: RecordedValues = { project: [], provider: [], model: [], call: [] };

/** Values for an attribute: of what was recorded, or those that its description names. */
export function suggestValues({ name, description }: ManifestValue, recorded: RecordedValues): readonly string[] {
  switch (name) {
    case 'filter':
      return [
        'last=7d',
        ...(['project', 'provider', 'model'] as const).flatMap((facet) =>
          recorded[facet].map((value) => new URLSearchParams({ [facet]: value }).toString()),
        ),
      ];
    case 'provider':
      return recorded.provider;
    case 'opened':
      return recorded.project;
    case 'call':
      return recorded.call;
    case 'calls':
      return [...recorded.call, ...(recorded.call.length > 1 ? [recorded.call.slice(0, 2).join(',')] : [])];
    case 'daemon':
      return [location.origin];
    case 'search':
      return [];
    default:
      return listQuoted(description).filter((quoted) => /^[\w,/:-]+$/.test(quoted));
  }
}
