import { compileScript, parse } from 'vue/compiler-sfc';
import ts from 'typescript';

/**
 * Stands in for @vitejs/plugin-vue, which our tests do without: Vue's own compiler makes a module of a component that has
 * its script in TypeScript and no style.
 */
export default function vue({ template: { compilerOptions } }) {
  return {
    name: 'vue',
    transform(code, id) {
      if (!id.endsWith('.vue')) return null;
      const { descriptor } = parse(code, { filename: id });
      const { content } = compileScript(descriptor, {
        id: 'app',
        inlineTemplate: true,
        templateOptions: { compilerOptions: { ...compilerOptions, expressionPlugins: ['typescript'] } },
      });
      const { outputText } = ts.transpileModule(content, {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
      });
      return { code: outputText, map: null };
    },
  };
}
