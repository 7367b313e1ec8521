/**
 * How calls are shown, apart from which: what stands in a page's address beside the filter. Texts as they were given;
 * who shows them says what is wrong with one.
 */

export const VIEW_NAMES = ['columns', 'sort', 'order', 'group', 'group_sort', 'group_order'] as const;

export type ViewSettings = { readonly [K in (typeof VIEW_NAMES)[number]]?: string };

/** The settings with some replaced; `undefined` or an empty text takes one away. */
export function changeView(view: ViewSettings, change: ViewSettings): ViewSettings {
  const merged: Record<string, string | undefined> = { ...view, ...change };
  for (const [name, value] of Object.entries(merged)) if (!value) delete merged[name];
  return merged;
}

/** The settings among the parameters; of a repeated name the first counts. */
export function paramsToView(params: URLSearchParams): ViewSettings {
  return changeView({}, Object.fromEntries(VIEW_NAMES.map((name) => [name, params.get(name) ?? undefined])));
}

/** Replaces the settings among the parameters. */
export function setViewParams(params: URLSearchParams, view: ViewSettings): void {
  for (const name of VIEW_NAMES) {
    const value = view[name];
    if (value) params.set(name, value);
    else params.delete(name);
  }
}
