import { FILTER_LISTS, FILTER_VALUES, type Filter, filterToParams, paramsToFilter } from '../api/filter.js';
import { paramsToView, setViewParams, type ViewSettings } from '../api/view.js';

/**
 * The page's address: the contract's filter names, `call` for each chosen call, how calls are shown, `daemon` where it
 * is given.
 */
export interface Address {
  readonly filter: Filter;
  readonly selection: readonly string[];
  readonly view: ViewSettings;
}

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** Reads a search string. A daemon that isn't on this machine is left out: a link must not choose who is asked. */
export function readAddress(search: string): Address & { readonly daemon: string } {
  const params = new URLSearchParams(search);
  const daemon = params.get('daemon') ?? '';
  return {
    filter: paramsToFilter(params),
    selection: [...new Set(params.getAll('call').filter((id) => id !== ''))],
    view: paramsToView(params),
    daemon: LOOPBACK.test(daemon) ? daemon : '',
  };
}

/** The search string with our names replaced. Names that aren't ours stay. Empty when nothing is left. */
export function writeAddress(search: string, address: Address): string {
  const params = new URLSearchParams(search);
  for (const name of [...FILTER_LISTS, ...FILTER_VALUES, 'call']) params.delete(name);
  for (const [name, value] of filterToParams(address.filter)) params.append(name, value);
  for (const id of address.selection) params.append('call', id);
  setViewParams(params, address.view);
  return params.size > 0 ? `?${params}` : '';
}
