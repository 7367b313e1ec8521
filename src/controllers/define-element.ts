/**
 * Registers an element, unless its tag is taken: two builds of hm-elements on one page must not throw at each other, and
 * the first one serves both.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}
