import ts from 'typescript';

/** `var(--hm-x, default)`: the name and what it is where no page sets it. */
const TOKEN = /^var\((--hm-[\w-]+), ([\s\S]+)\)$/;

/**
 * The tokens of src/styles/tokens.ts as the manifest has them. What only one element heeds, that documents itself.
 *
 * @param {string} source
 * @returns {{ name: string, default: string, description: string, syntax: string }[]}
 */
export function readTokens(source) {
  const file = ts.createSourceFile('tokens.ts', source, ts.ScriptTarget.ES2022, true);
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const [{ initializer }] = statement.declarationList.declarations;
    // What is worked out from a token is none by itself.
    if (initializer.template.text.startsWith('calc(')) return [];
    const [, name, value] = TOKEN.exec(initializer.template.text) ?? [];
    if (name === undefined) throw new Error(`${initializer.getText()} is no token.`);
    const [doc] = ts.getJSDocCommentsAndTags(statement);
    if (typeof doc?.comment !== 'string') throw new Error(`${name} has no comment.`);
    return { name, default: value, description: doc.comment.replace(/\s+/g, ' '), syntax: findSyntax(value) };
  });
}

/** The kind of value, by the grammar that CSS itself names such kinds with. */
export function findSyntax(value) {
  if (value.startsWith('light-dark(')) return '<color>';
  if (/^\d+px$/.test(value)) return '<length>';
  return '*';
}
