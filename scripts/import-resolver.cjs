const { existsSync } = require('node:fs');
const { isBuiltin } = require('node:module');
const { dirname, resolve } = require('node:path');

// Tells eslint-plugin-boundaries which source an import means: paths carry `.js` where the file is TypeScript.

exports.interfaceVersion = 2;

exports.resolve = (specifier, importer) => {
  if (isBuiltin(specifier)) return { found: true, path: null };
  if (!specifier.startsWith('.')) return { found: false };
  const path = resolve(dirname(importer), specifier);
  const source = [path.replace(/\.js$/, '.ts'), path].find(existsSync);
  return source === undefined ? { found: false } : { found: true, path: source };
};
