/** Hooks by which Lit's polyfills for browsers without shadow roots, and its hydration, would attach themselves. */
const HOOKS = /\b\w\.(?:reactiveElement|litHtml|litElement)(?:Polyfill|Hydrate)Support\b/g;

/** Lit's test for style sheets that a script makes. */
const SHEETS = /\b\w\.ShadowRoot&&.*?"replace"in CSSStyleSheet\.prototype/;

/**
 * Leaves out of Lit what is for browsers that lack shadow roots or constructable style sheets: our elements need
 * `light-dark()`, which came to every browser years after both. Fails the build where a newer Lit asks otherwise.
 */
export function dropPolyfills() {
  return {
    name: 'drop-polyfills',
    transform(code, id) {
      if (!/[\\/]node_modules[\\/](?:@lit[\\/]reactive-element|lit-html|lit-element)[\\/]/.test(id)) return null;
      const isSheets = /[\\/]css-tag\.js$/.test(id);
      if (isSheets && !SHEETS.test(code)) this.error(`${id} no longer asks for constructable style sheets as it did.`);
      return { code: code.replace(isSheets ? SHEETS : HOOKS, isSheets ? 'true' : 'undefined'), map: null };
    },
  };
}
