import type { ViewSettings } from './view.js';

/** The settings with some replaced; `undefined` or an empty text takes one away. */
export function changeView(view: ViewSettings, change: ViewSettings): ViewSettings {
  const merged: Record<string, string | undefined> = { ...view, ...change };
  for (const [name, value] of Object.entries(merged)) if (!value) delete merged[name];
  return merged;
}
