/** Hooks by which Lit's polyfills for browsers without shadow roots, and its hydration, would attach themselves. */
const HOOKS = /\b\w\.(?:reactiveElement|litHtml|litElement)(?:Polyfill|Hydrate)Support\b/g;

/** Lit's test for style sheets that a script makes. */
const SHEETS = /\b\w\.ShadowRoot&&.*?"replace"in CSSStyleSheet\.prototype/;

/** A list of all Lits on a page, by which its development build warns of several. */
const VERSIONS = /[,;]?\(\w\.(?:reactiveElement|litHtml|litElement)Versions\?\?=\[\]\)\.push\("[\d.]+"\)/;

/** By file what Lit does for who asks for it, and none of our elements does, and what stands in its place. */
const UNUSED = {
  'css-tag': [
    [SHEETS, 'true'],
    // Sheets are plain texts by then, each made once: see packTemplates.
    [/if\(this\._\$cssResult\$=!0,\w!==\w\)throw Error\("[^"]*"\);/, ''],
    [
      /get styleSheet\(\)\{.*?\}(?=toString\(\))/,
      'get styleSheet(){this.o||(this.o=new CSSStyleSheet).replaceSync(this.cssText);return this.o}',
    ],
  ],
  'reactive-element': [
    [VERSIONS, ''],
    // Decorators.
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
    [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?\}(?=this\._\$Eh=)/, ''],
    [/static addInitializer\(t\)\{.*?\}(?=static )/, ''],
    [/,void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\)/, ''],
    [/,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/, ''],
    // Properties that are written back into attributes, and attributes of lists and objects.
    [/toAttribute\(t,s\)\{.*?return t\},(?=fromAttribute)/, ''],
    [/case Object:case Array:try\{.*?\}catch\(t\)\{i=null\}/, ''],
    [/_\$ET\(t,s\)\{.*?\}(?=_\$AK\(t,s\))/, ''],
    [/this\._\$Eq&&=this\._\$Eq\.forEach\(t=>this\._\$ET\(t,this\[t\]\)\),/, ''],
    [/,!0===e&&this\._\$Em!==t&&\(this\._\$Eq\?\?=new Set\)\.add\(t\)/, ''],
  ],
  'lit-html': [[VERSIONS, '']],
  'lit-element': [[VERSIONS, '']],
};

/**
 * Leaves out of Lit what is for browsers that lack shadow roots or constructable style sheets: our elements need
 * `light-dark()`, which came to every browser years after both; and the little that no element of ours asks for. Fails
 * the build where a newer Lit is written otherwise.
 */
export function dropPolyfills() {
  return {
    name: 'drop-polyfills',
    transform(code, id) {
      const [, file] =
        /[\\/]node_modules[\\/](?:@lit[\\/]reactive-element|lit-html|lit-element)[\\/]([\w-]+)\.js$/.exec(id) ?? [];
      if (file === undefined) return null;
      for (const [unused, instead] of UNUSED[file] ?? []) {
        if (!unused.test(code)) this.error(`${id} no longer has ${unused.source} as it did.`);
        code = code.replace(unused, instead);
      }
      return { code: code.replace(HOOKS, 'undefined'), map: null };
    },
  };
}
