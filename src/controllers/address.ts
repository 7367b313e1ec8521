import { FILTER_LISTS, FILTER_VALUES, type Filter, filterToParams, paramsToFilter } from '../api/filter.js';

/** The page's address as a view: the contract's filter names, `call` for each chosen call, `daemon` where it is given. */
export interface View {
  readonly filter: Filter;
  readonly selection: readonly string[];
}

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** Reads a search string. A daemon that isn't on this machine is left out: a link must not choose who is asked. */
export function readAddress(search: string): View & { readonly daemon: string } {
  const params = new URLSearchParams(search);
  const daemon = params.get('daemon') ?? '';
  return {
    filter: paramsToFilter(params),
    selection: [...new Set(params.getAll('call').filter((id) => id !== ''))],
    daemon: LOOPBACK.test(daemon) ? daemon : '',
  };
}

/** The search string with the view's names replaced. Names that aren't the view's stay. Empty when nothing is left. */
export function writeAddress(search: string, view: View): string {
  const params = new URLSearchParams(search);
  for (const name of [...FILTER_LISTS, ...FILTER_VALUES, 'call']) params.delete(name);
  for (const [name, value] of filterToParams(view.filter)) params.append(name, value);
  for (const id of view.selection) params.append('call', id);
  return params.size > 0 ? `?${params}` : '';
}
