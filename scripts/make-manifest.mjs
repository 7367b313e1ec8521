import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create, ts as analyzed } from '@custom-elements-manifest/analyzer/index.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { ElementTypes } from './element-types.mjs';
import { findSyntax, readTokens } from './read-tokens.mjs';

/** Writes `dist/custom-elements.json`. */
export function writeManifest(root) {
  return {
    name: 'write-manifest',
    async generateBundle() {
      const source = `${JSON.stringify(await makeManifest(root), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'custom-elements.json', source });
    },
  };
}

/** Where the events' classes stand; their types are shipped beside the elements'. */
const EVENT_FILES = ['src/events.ts', 'src/view-events.ts'];

/**
 * The custom-elements manifest of all elements, by the analyzer and what it can't know of our manner: `defineElement()`,
 * types that stand in other files, the events' classes and the tokens.
 *
 * @param {string} root the folder of package.json
 * @returns {Promise<import('custom-elements-manifest/schema').Package>}
 */
export async function makeManifest(root) {
  const names = (await readdir(join(root, 'components'))).filter((name) => /^hm-.*\.ts$/.test(name)).sort();
  const files = names.map((name) => `components/${name}`);
  const types = new ElementTypes(root, [...files, ...EVENT_FILES]);
  const tokens = readTokens(await readFile(join(root, 'src/styles/tokens.ts'), 'utf8'));
  const modules = await Promise.all(
    files.map(async (file) =>
      analyzed.createSourceFile(file, await readFile(join(root, file), 'utf8'), analyzed.ScriptTarget.ES2022, true),
    ),
  );
  const manifest = create({
    modules,
    plugins: [...litPlugin(), findDefinitions(), describeElements(types), addTokens(tokens), nameBuiltModules()],
  });
  const events = EVENT_FILES.map((file) => ({
    kind: 'javascript-module',
    path: typesPath(file),
    declarations: types.describeEvents(file),
    exports: [],
  }));
  for (const event of events) {
    event.exports = event.declarations.map(({ name }) => ({
      kind: 'js',
      name,
      declaration: { name, module: event.path },
    }));
  }
  return joinLines({ ...manifest, modules: [...manifest.modules, ...events] });
}

/** The same with each paragraph in one line: where a source's lines end says nothing. */
function joinLines(manifest) {
  const text = JSON.stringify(manifest, (key, value) =>
    key === 'description' ? value.replace(/(?<!\n)\n(?!\n)/g, ' ').trim() : value,
  );
  return JSON.parse(text);
}

/** The types of a source file, as they stand in the package. */
function typesPath(file) {
  return `dist/types/${file.replace(/\.ts$/, '.d.ts')}`;
}

/** Takes `defineElement('hm-x', HmX)` for what it does. */
function findDefinitions() {
  return {
    name: 'find-definitions',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'defineElement') return;
      const [tag, element] = node.arguments;
      moduleDoc.exports.push({
        kind: 'custom-element-definition',
        name: tag.text,
        declaration: { name: element.text, module: moduleDoc.path },
      });
    },
  };
}

/** Leaves out what is nobody's business, and adds types as they are. */
function describeElements(types) {
  return {
    name: 'describe-elements',
    moduleLinkPhase({ moduleDoc: { path, declarations } }) {
      for (const element of declarations.filter(({ kind }) => kind === 'class')) {
        element.members = element.members.filter(
          ({ name, privacy, static: isStatic }) =>
            !isStatic && !name.startsWith('#') && (privacy ?? 'public') === 'public',
        );
        for (const member of element.members) {
          if (member.kind === 'field') member.type = types.findField(path, element.name, member.name);
        }
        const isPublic = ({ fieldName }) => element.members.some(({ name }) => name === fieldName);
        element.attributes = element.attributes?.filter(isPublic);
        for (const attribute of element.attributes ?? []) {
          const { type } = element.members.find(({ name }) => name === attribute.fieldName);
          // What is no text is written as one, by a converter.
          attribute.type = /\[\]$/.test(type.text) ? { text: 'string' } : type;
        }
        for (const event of element.events ?? []) event.type = types.findEvent(path, event.type.text);
      }
    },
  };
}

/** Adds the tokens to every element that draws; not those that one element alone heeds, and documents itself. */
function addTokens(tokens) {
  return {
    name: 'add-tokens',
    packageLinkPhase({ customElementsManifest }) {
      const elements = customElementsManifest.modules.flatMap(({ declarations }) =>
        declarations.filter(({ kind }) => kind === 'class'),
      );
      const documented = elements.flatMap(({ cssProperties = [] }) => cssProperties);
      for (const property of documented) property.syntax = findSyntax(property.default);
      const own = new Set(documented.map(({ name }) => name));
      const shared = tokens.filter(({ name }) => !own.has(name));
      for (const element of elements) {
        if (element.cssParts) element.cssProperties = [...(element.cssProperties ?? []), ...shared];
      }
    },
  };
}

/** What a page imports is what is built, not its source. */
function nameBuiltModules() {
  const built = (path) => path.replace(/^components\/(.*)\.ts$/, 'dist/elements/$1.js');
  return {
    name: 'name-built-modules',
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.path = built(module.path);
        for (const { declaration } of module.exports) declaration.module = built(declaration.module);
      }
    },
  };
}
