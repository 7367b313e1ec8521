import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { writeCssData, writeHtmlData, writeReactTypes, writeVueTypes } from './framework-types.mjs';

const EVENTS = ['src/events.ts', 'src/view-events.ts'];
const PUBLIC_TYPES = /^types\/(?:components\/hm-[\w-]+|src\/public-events|react|vue)\.d\.ts$/;

/**
 * What the package has for those who build pages with it, beside what is served: types without those that nothing public
 * leads to, types for frameworks, data for editors, and what a server gets in place of an element.
 */
export function packageFiles(root) {
  return {
    name: 'package-files',
    async generateBundle(_, bundle) {
      const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
      const manifest = JSON.parse(bundle['custom-elements.json'].source);
      emit('types/react.d.ts', writeReactTypes(manifest));
      emit('types/vue.d.ts', writeVueTypes(manifest));
      emit('vscode.html-custom-data.json', writeHtmlData(manifest));
      emit('vscode.css-custom-data.json', writeCssData(manifest));
      nameEvents(bundle);
      for (const name of listUnreachable(bundle)) delete bundle[name];
      for (const { name, facadeModuleId } of Object.values(bundle).filter(({ isEntry }) => isEntry)) {
        if (name.startsWith('hm-')) emit(`node/${name}.js`, writeStubs(this.getModuleInfo(facadeModuleId).exports));
      }
      emit('node/events.js', (await Promise.all(EVENTS.map((file) => compileAlone(join(root, file))))).join(''));
    },
  };
}

/** An element's types bring those of events, so that who imports it can listen to them: no type of its own names them. */
function nameEvents(bundle) {
  for (const name of listTypes(bundle)) {
    if (!name.startsWith('types/components/hm-')) continue;
    bundle[name].source = `import '../src/public-events.js';\n${bundle[name].source}`;
  }
}

function listTypes(bundle) {
  return Object.keys(bundle).filter((name) => name.endsWith('.d.ts'));
}

/** Types that no public ones are made of. */
function listUnreachable(bundle) {
  const types = listTypes(bundle);
  const reached = new Set(types.filter((name) => PUBLIC_TYPES.test(name)));
  for (const name of reached) {
    const { importedFiles } = ts.preProcessFile(String(bundle[name].source));
    for (const { fileName } of importedFiles.filter(({ fileName: path }) => path.startsWith('.'))) {
      reached.add(posix.join(posix.dirname(name), fileName).replace(/\.js$/, '.d.ts'));
    }
  }
  return types.filter((name) => !reached.has(name));
}

/**
 * What Node gets in place of an element's module. A page that is made on a server imports its elements there too, where
 * there is no document: classes of the same names let it, and the browser gets the elements.
 */
function writeStubs(names) {
  return names.map((name) => `export class ${name} extends (globalThis.HTMLElement ?? Object) {}\n`).join('');
}

/** The JavaScript of a module that imports nothing but types. */
async function compileAlone(path) {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(await readFile(path, 'utf8'), { compilerOptions });
  if (/^import\b/m.test(outputText)) throw new Error(`${path} imports more than types: Node would not find it.`);
  return outputText;
}
