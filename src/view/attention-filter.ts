import { changeFilter, FILTER_LISTS, FILTER_VALUES, type Filter } from '../api/filter.js';

/** How long before a prompt must have been sent for its repetition to look like a mistake. */
export const REPEATED_WITHIN = '10m';

/** The window where the filter has none: what is older is not news any more. */
const WINDOW: Filter = { last: '7d' };

/** What this element's own links ask for. It is no part of what it looks at: a list must not change under its reader. */
const SYMPTOMS = [
  ...(['status', 'error_class', 'error_code', 'http_status', 'attribution', 'body_state'] as const),
  ...(['priced', 'complete', 'body', 'repeated', 'repeated_within'] as const),
] as const;

const NAMED = ['like', 'not', 'not_like'] as const;

/** The calls that are looked at: those of the page's filter, but for the symptoms in it, with what the author fixed. */
export function chooseCalls(filter: Filter, fixed: Filter): Filter {
  const change: Record<string, readonly string[] | undefined> = {};
  for (const name of SYMPTOMS) change[name] = undefined;
  for (const name of NAMED) {
    change[name] = filter[name]?.filter(
      (text) => !(SYMPTOMS as readonly string[]).includes(text.slice(0, text.indexOf(':'))),
    );
  }
  const kept = changeFilter(changeFilter(filter, change), fixed);
  const hasWindow = (kept.last ?? kept.since ?? kept.until) !== undefined;
  return hasWindow ? kept : { ...WINDOW, ...kept };
}

/** The filters of what there is to see among these calls. */
export function symptomFilters(filter: Filter) {
  return {
    failed: { ...filter, not: [...(filter.not ?? []), 'status:success'] },
    unpriced: { ...filter, priced: 'false' },
    repeats: { ...filter, repeated_within: REPEATED_WITHIN },
    // Their cost looks whole and is not; of failed and unpriced calls that is said anyway.
    incomplete: { ...filter, status: filter.status ?? ['success'], priced: 'true', complete: 'false' },
    cut: { ...filter, body_state: ['truncated'] },
  } satisfies Record<string, Filter>;
}

/** The change that makes one filter of another: names that the wanted one has not are taken away. */
export function changeTo(wanted: Filter, current: Filter): Filter {
  const change: Record<string, string | readonly string[] | undefined> = {};
  for (const name of [...FILTER_LISTS, ...FILTER_VALUES]) {
    if (wanted[name] !== undefined || current[name] !== undefined) change[name] = wanted[name];
  }
  return change;
}
