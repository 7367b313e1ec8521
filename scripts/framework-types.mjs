/**
 * Types of our elements for frameworks, and data for editors, made from the custom-elements manifest. What a property
 * takes is said by the element's own class, so that it can't be said in two ways; the manifest says which there are.
 */

/**
 * @typedef {object} Told
 * @property {string} tag
 * @property {string} name of the class
 * @property {string} summary
 * @property {string} description
 * @property {readonly { name: string }[]} members public fields
 * @property {readonly { name: string, description?: string, type?: { text: string } }[]} attributes
 * @property {readonly { name: string, description?: string, type: { text: string } }[]} events
 * @property {readonly { name: string, description?: string }[]} cssParts
 * @property {readonly { name: string, description?: string, default?: string }[]} cssProperties
 */

/** @param {import('custom-elements-manifest/schema').Package} manifest @returns {Told[]} in the order of their tags */
function listElements(manifest) {
  return manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ customElement, tagName }) => customElement && tagName)
    .map((element) => ({
      tag: element.tagName,
      name: element.name,
      summary: element.summary ?? '',
      description: element.description ?? '',
      members: (element.members ?? []).filter(
        ({ kind, privacy, static: isStatic }) => kind === 'field' && !isStatic && (privacy ?? 'public') === 'public',
      ),
      attributes: element.attributes ?? [],
      events: element.events ?? [],
      cssParts: element.cssParts ?? [],
      cssProperties: element.cssProperties ?? [],
    }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

/** `types/react.d.ts`: the tags in JSX, from React 19 on, which sets properties and hears events of any name. */
export function writeReactTypes(manifest) {
  const elements = listElements(manifest);
  const tags = elements.map(
    ({ tag, name, summary, members, events }) => `      /** ${summary} */
      '${tag}': Tag<${name}, ${writeNames(members)}, ${writeEvents(events)}>;`,
  );
  return `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${writeImports(elements)}
/** An element's properties, with \`onhm-filter\` for its event \`hm-filter\`, and what every HTML element takes. */
type Tag<E extends HTMLElement, Names extends keyof E, Events> = Omit<
  DetailedHTMLProps<HTMLAttributes<E>, E>,
  Names
> &
  Partial<Pick<E, Names>> & { [Name in keyof Events as \`on\${Name & string}\`]?: (event: Events[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${tags.join('\n')}
    }
  }
}
`;
}

/** `types/vue.d.ts`: the tags in Vue's templates, written as Vue's own guide to custom elements does. */
export function writeVueTypes(manifest) {
  const elements = listElements(manifest);
  const tags = elements.map(
    ({ tag, name, summary, members, events }) => `    /** ${summary} */
    '${tag}': Tag<${name}, ${writeNames(members)}, ${writeEvents(events)}>;`,
  );
  return `import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
${writeImports(elements)}
/** An element's properties, what every HTML element takes, and its events: \`@hm-filter\`. */
type Tag<E extends HTMLElement, Names extends keyof E, Events> = new () => E & {
  /** For templates alone: the element has no such property. */
  $props: HTMLAttributes & Partial<Pick<E, Names>> & PublicProps;
  /** For templates alone: the element has no such property. */
  $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

declare module 'vue' {
  interface GlobalComponents {
${tags.join('\n')}
  }
}
`;
}

/** `vscode.html-custom-data.json`: tags and attributes, for `html.customData` of an editor. */
export function writeHtmlData(manifest) {
  const tags = listElements(manifest).map(({ tag, summary, description, attributes, events }) => ({
    name: tag,
    description: describe(
      [summary, description, ...events.map(({ name, description: told }) => `- \`${name}\`: ${told}`)].join('\n\n'),
    ),
    attributes: attributes.map(({ name, description: told, type }) => ({
      name,
      description: describe(told),
      ...(type?.text === 'boolean' ? { valueSet: 'v' } : listValues(type?.text)),
    })),
  }));
  return writeJson({ version: 1.1, tags });
}

/** `vscode.css-custom-data.json`: custom properties and parts, for `css.customData` of an editor. */
export function writeCssData(manifest) {
  const elements = listElements(manifest);
  const properties = new Map();
  const parts = new Map();
  for (const { tag, cssProperties, cssParts } of elements) {
    for (const { name, description, default: usual } of cssProperties) {
      properties.set(name, { name, description: describe(`${description ?? ''} Default: \`${usual}\`.`) });
    }
    for (const { name, description } of cssParts) {
      const told = parts.get(name) ?? [];
      parts.set(name, [...told, `- \`<${tag}>\`: ${description}`]);
    }
  }
  return writeJson({
    version: 1.1,
    properties: [...properties.values()],
    pseudoElements: [...parts].map(([name, told]) => ({
      name: `::part(${name})`,
      description: describe(told.join('\n')),
    })),
  });
}

function writeImports(elements) {
  const classes = elements.map(({ tag, name }) => `import type { ${name} } from './components/${tag}.js';\n`);
  const events = new Set(elements.flatMap(({ events: own }) => own.map(({ type }) => type.text)));
  return `${classes.join('')}import type { ${[...events].sort().join(', ')} } from './src/public-events.js';\n`;
}

/** `'daemon' | 'filter'` */
function writeNames(members) {
  return members.length === 0 ? 'never' : members.map(({ name }) => `'${name}'`).join(' | ');
}

/** `{ 'hm-filter': FilterEvent }` */
function writeEvents(events) {
  return events.length === 0 ? 'object' : `{ ${events.map(({ name, type }) => `'${name}': ${type.text}`).join('; ')} }`;
}

/** The values of a union of texts. */
function listValues(type = '') {
  const values = [...type.matchAll(/'([^']+)'/g)].map(([, name]) => ({ name }));
  return values.length === 0 ? {} : { values };
}

function describe(text = '') {
  return { kind: 'markdown', value: text.trim() };
}

function writeJson(data) {
  return `${JSON.stringify(data, null, 2)}\n`;
}
