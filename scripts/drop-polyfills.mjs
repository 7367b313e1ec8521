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
    [/constructor\(t,e,o\)\{.*?\}(?=get styleSheet)/, 'constructor(t){this.cssText=t}'],
    [
      /get styleSheet\(\)\{.*?\}(?=toString\(\))/,
      'get styleSheet(){this.o||(this.o=new CSSStyleSheet).replaceSync(this.cssText);return this.o}',
    ],
    [/new n\("string"==typeof t\?t:t\+"",void 0,s\)/, 'new n(t)'],
    [/t instanceof CSSStyleSheet\?t:(?=t\.styleSheet)/, ''],
  ],
  'reactive-element': [
    [VERSIONS, ''],
    // Decorators.
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
    [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?\}(?=this\._\$Eh=)/, ''],
    [/static addInitializer\(t\)\{.*?\}(?=static )/, ''],
    [/,void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\)/, ''],
    [/,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/, ''],
    // Properties that are written back into attributes, and attributes of numbers, lists and objects.
    [
      /toAttribute\(t,s\)\{.*?return t\},fromAttribute\(t,s\)\{.*?return i\}/,
      'fromAttribute:(t,s)=>s===Boolean?t!==null:t',
    ],
    [/_\$ET\(t,s\)\{.*?\}(?=_\$AK\(t,s\))/, ''],
    [/this\._\$Eq&&=this\._\$Eq\.forEach\(t=>this\._\$ET\(t,this\[t\]\)\),/, ''],
    [/if\(void 0!==e&&this\._\$Em!==e\)\{/, 'if(void 0!==e){'],
    [
      /h="function"==typeof t\.converter\?.*?:u;this\._\$Em=e;const r=.*?,this\._\$Em=null/,
      'h=t.converter??u;this[e]=h.fromAttribute(s,t.type)',
    ],
    [/,this\._\$Em=null(?=,this\._\$Ev)/, ''],
    // Properties with accessors, defaults and comparisons of their own.
    [/(?<=,b=)\{attribute:.*?\}/, '{}'],
    [/,this\.prototype\.hasOwnProperty\(t\)&&\(\(s=Object\.create\(s\)\)\.wrapped=!0\)/, ''],
    [
      /static getPropertyDescriptor\(t,s,i\)\{.*?\}(?=static getPropertyOptions)/,
      'static getPropertyDescriptor(t,s){return{get(){return this[s]},set(i){const e=this[s];this[s]=i,this.requestUpdate(t,e)},configurable:!0,enumerable:!0}}',
    ],
    [
      /requestUpdate\(t,s,i,e=!1,h\)\{.*?this\.C\(t,s,i\)\}/,
      'requestUpdate(t,s){if(void 0!==t){if(!f(this[t],s))return;this.C(t,s)}',
    ],
    [/C\(t,s,\{.*?\}(?=async _\$EP)/, 'C(t,s){this._$AL.has(t)||this._$AL.set(t,this.hasUpdated?s:void 0)}'],
    [/const t=this\.constructor\.elementProperties;if\(t\.size>0\)for\(.*?this\.C\(s,void 0,i,e\)\}/, ''],
    // Names that are symbols; sheets that stand twice in one list.
    [/s=\[\.\.\.r\(t\),\.\.\.o\(t\)\]/, 's=r(t)'],
    [/"string"==typeof t\?t\.toLowerCase\(\):void 0/, 't.toLowerCase()'],
    [/static finalizeStyles\(s\)\{.*?return i\}/, 'static finalizeStyles(s=[]){return[s].flat(1/0)}'],
  ],
  'lit-html': [
    [VERSIONS, ''],
    // MathML, other documents, values within comments, compiled templates, options of a listener.
    [/(?<="<svg>":)3===i\?"<math>":(?="",)/, ''],
    [/(?<="<\/svg>":)3===i\?"<\/math>":(?="")/, ''],
    [/2===i\|\|3===i/, '2===i'],
    [/\(t\?\.creationScope\?\?l\)/, 'l'],
    [
      /else if\(8===r\.nodeType\)if\(r\.data===n\)d\.push\(\{type:2,index:l\}\);else\{.*?\}(?=l\+\+)/,
      'else r.data===n&&d.push({type:2,index:l});',
    ],
    [/"number"==typeof s\?this\._\$AC\(t\):\(.*?,s\)(?=;)/, 'this._$AC(t)'],
    [/\|\|t\.capture!==s\.capture\|\|t\.once!==s\.once\|\|t\.passive!==s\.passive/, ''],
  ],
  'lit-element': [[VERSIONS, '']],
};

/** What an element or a template would need of that. */
const NEEDED =
  /\b(?:hasChanged|noAccessor|reflect|useDefault|creationScope):|\btype: (?:Array|Number|Object)\b|\bmathml\b/;

/**
 * Leaves out of Lit what is for browsers that lack shadow roots or constructable style sheets: our elements need
 * `light-dark()`, which came to every browser years after both; and what no element of ours asks for. Fails the build
 * where a newer Lit is written otherwise, and where an element asks for it after all.
 */
export function dropPolyfills() {
  return {
    name: 'drop-polyfills',
    transform(code, id) {
      const [, file] =
        /[\\/]node_modules[\\/](?:@lit[\\/]reactive-element|lit-html|lit-element)[\\/]([\w-]+)\.js$/.exec(id) ?? [];
      if (file === undefined) {
        const [needed] = (!id.includes('node_modules') && NEEDED.exec(code)) || [];
        return needed ? this.error(`${id} needs ${needed}, which is left out of Lit.`) : null;
      }
      for (const [unused, instead] of UNUSED[file] ?? []) {
        if (!unused.test(code)) this.error(`${id} no longer has ${unused.source} as it did.`);
        code = code.replace(unused, instead);
      }
      return { code: code.replace(HOOKS, 'undefined'), map: null };
    },
  };
}
