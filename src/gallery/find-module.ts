import { moduleOrigin } from '../daemon/origin.js';

/** Address of an element's module: loaded when the element is first shown, so none is part of the gallery's own script. */
export function findModule(tag: string): string {
  return `${moduleOrigin(import.meta.url)}/elements/${tag}.js`;
}
