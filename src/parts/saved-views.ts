import { type Filter, filterToParams, paramsToFilter } from '../api/filter.js';
import { BODY_NAMES, paramsToView, setViewParams, VIEW_NAMES, type ViewSettings } from '../api/view.js';
import type { CallsScope } from '../controllers/calls-scope.js';

/** A view with the name a user gave it: filter, columns, order and grouping, as an address has them. */
export interface SavedView {
  readonly name: string;
  readonly search: string;
}

const KEY = 'hm-calls-views';

/**
 * The views that this browser keeps for this origin.
 * @throws Error where the browser keeps nothing for a page, or no more.
 */
export function readViews(): SavedView[] {
  const stored = storage().getItem(KEY);
  if (stored === null) return [];
  let views: unknown;
  try {
    views = JSON.parse(stored);
  } catch {
    return [];
  }
  const isView = (view: unknown): view is SavedView =>
    typeof (view as SavedView | null)?.name === 'string' && typeof (view as SavedView).search === 'string';
  return Array.isArray(views) ? views.filter(isView) : [];
}

/** Keeps a view in place of the one of its name. Throws what `readViews` throws. */
export function saveView(view: SavedView): void {
  const others = readViews().filter(({ name }) => name !== view.name);
  const views = [...others, view].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  storage().setItem(KEY, JSON.stringify(views));
}

/** Throws what `readViews` throws. */
export function deleteView(name: string): void {
  storage().setItem(KEY, JSON.stringify(readViews().filter((view) => view.name !== name)));
}

function storage(): Storage {
  try {
    return localStorage;
  } catch {
    throw new Error('This browser keeps nothing for this page: its storage is switched off.');
  }
}

/** What is shown now as the end of an address; what the page's author fixed is left out. */
export function printView(filter: Filter, fixed: Filter, view: ViewSettings): string {
  const own = Object.fromEntries(Object.entries(filter).filter(([name]) => !(name in fixed)));
  const params = filterToParams(own);
  setViewParams(params, { ...view, ...Object.fromEntries(BODY_NAMES.map((name) => [name, undefined])) });
  return params.size > 0 ? `?${params}` : '';
}

/** Shows a saved view in place of what is shown. */
export function applyView(scope: CallsScope, { search }: SavedView): void {
  const params = new URLSearchParams(search);
  const filter: Record<string, unknown> = {};
  for (const name of Object.keys(scope.filter)) if (!(name in scope.fixed)) filter[name] = undefined;
  for (const [name, value] of Object.entries(paramsToFilter(params))) if (!(name in scope.fixed)) filter[name] = value;
  const view = { ...Object.fromEntries(VIEW_NAMES.map((name) => [name, undefined])), ...paramsToView(params) };
  scope.changeFilter(filter);
  // One step of the history for both.
  scope.changeView(view, true);
}
