import { changeView } from './change-view.js';

/**
 * How calls and bodies are shown, apart from which: what stands in a page's address beside the filter. Texts as they were given;
 * who shows them says what is wrong with one.
 */

export const VIEW_NAMES = ['columns', 'sort', 'order', 'group', 'group_sort', 'group_order'] as const;

/**
 * How bodies are shown: as what, and a place in them that is to be marked; of several side by side whether messages stand
 * level, whether equal ones are folded, and whether rows scroll together (`off`, or nothing).
 */
export const BODY_NAMES = ['body_view', 'body_align', 'body_fold', 'body_scroll', 'at'] as const;

export type ViewSettings = { readonly [K in (typeof VIEW_NAMES | typeof BODY_NAMES)[number]]?: string };

const NAMES = [...VIEW_NAMES, ...BODY_NAMES];

/** The settings among the parameters; of a repeated name the first counts. */
export function paramsToView(params: URLSearchParams): ViewSettings {
  return changeView({}, Object.fromEntries(NAMES.map((name) => [name, params.get(name) ?? undefined])));
}

/** Replaces the settings among the parameters. */
export function setViewParams(params: URLSearchParams, view: ViewSettings): void {
  for (const name of NAMES) {
    const value = view[name];
    if (value) params.set(name, value);
    else params.delete(name);
  }
}
