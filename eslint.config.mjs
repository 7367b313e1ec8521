import { fileURLToPath } from 'node:url';
import boundaries from 'eslint-plugin-boundaries';
import { configs as lit } from 'eslint-plugin-lit';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';

/** The rooms of the house, and from which others each may import; what a room does not name it may not have. */
const ROOMS = {
  api: { files: 'src/api/**', rooms: [], packages: ['zod', 'zod/**'] },
  server: {
    files: 'src/server/**',
    rooms: ['api', 'bodies', 'firstRows'],
    packages: ['@hono/**', 'hono', 'hono/**', 'libsql', 'smol-toml', 'temporal-polyfill', 'zod', 'zod/**'],
    hasNode: true,
  },
  daemon: { files: 'src/daemon/**', rooms: ['api'], packages: ['zod', 'zod/**'] },
  bodies: { files: 'src/bodies/**', rooms: ['api'], packages: ['diff', 'marked'] },
  filter: { files: 'src/filter/**', rooms: ['api'], packages: [] },
  styles: { files: 'src/styles/**', rooms: [], packages: ['lit', 'lit/**'] },
  view: {
    files: 'src/view/**',
    rooms: ['api', 'bodies', 'filter', 'styles'],
    packages: ['lit', 'lit/**'],
  },
  // What the server writes into a page with the browser's own views, and the script that goes with it.
  firstRows: { files: 'src/first-rows/**', rooms: ['api', 'styles', 'view'], packages: ['lit', 'lit/**'] },
  events: { files: 'src/{events,public-events,view-events}.ts', rooms: ['api'], packages: [] },
  controllers: {
    files: 'src/controllers/**',
    rooms: ['api', 'daemon', 'bodies', 'filter', 'events'],
    packages: ['lit', 'lit/**', '@lit/**', 'chart.js', 'chart.js/**'],
  },
  // What an element is made of beyond its own file, most of it loaded when it is first wanted.
  parts: {
    files: 'src/parts/**',
    rooms: ['api', 'daemon', 'bodies', 'filter', 'styles', 'view', 'events', 'controllers'],
    packages: ['lit', 'lit/**', '@lit/**'],
  },
  // The page of all elements, which is none itself.
  gallery: {
    files: 'src/gallery/**',
    rooms: ['api', 'daemon', 'view', 'parts'],
    packages: ['lit', 'lit/**'],
  },
  // An element that renders another's tag imports it, and then names it in `rooms` of a rule of its own.
  components: {
    files: 'components/**',
    rooms: ['api', 'daemon', 'bodies', 'styles', 'view', 'events', 'controllers', 'parts'],
    packages: ['lit', 'lit/**', '@lit/**'],
    isApart: true,
  },
};

const policies = Object.entries(ROOMS).flatMap(([room, { rooms, packages, hasNode, isApart }]) => {
  const from = { file: { categories: room } };
  const own = isApart ? rooms : [room, ...rooms];
  return [
    ...own.map((other) => ({ from, allow: { to: { file: { categories: other } } } })),
    { from, allow: { to: { module: { origin: 'external', source: packages } } } },
    ...(hasNode ? [{ from, allow: { to: { module: { origin: 'core' } } } }] : []),
  ];
});

const DOM = ['document', 'window', 'customElements', 'HTMLElement', 'Element', 'Node'];
const NETWORK = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'];
const forbid = (names, message) => ['error', ...names.map((name) => ({ name, message }))];

export default defineConfig(
  // The examples in React and Vue are projects by themselves, checked by their own compilers.
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'demo/react/', 'demo/vue/'] },
  {
    files: ['**/*.ts'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)) },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers are what most templates here hold.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Write a union of texts.' },
        { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'A module is enough.' },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from where it is.' },
        {
          selector: 'AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$/]',
          message: 'Recorded text is never markup.',
        },
        {
          selector: 'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe)$/]',
          message: 'Recorded text is never markup.',
        },
        { selector: 'CallExpression[callee.property.name="only"]', message: 'Run all tests.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/directives/unsafe-*', '**/style-map*', '**/static-html*'],
              message: 'Markup from text, and inline style, break the policy of the page.',
            },
          ],
        },
      ],
    },
  },
  {
    // `describe` and `it` of node:test give promises that the runner itself waits for.
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it'], package: 'node:test' }] },
      ],
      // chai's assertions are properties, and functions are taken from objects to be put back after the test.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
  {
    files: ['components/**/*.ts', 'src/{view,controllers,parts,gallery}/**/*.ts'],
    extends: [lit['flat/recommended']],
    rules: {
      'lit/no-legacy-imports': 'error',
      // It takes an event handler inside a template for a part of rendering.
      'lit/no-this-assign-in-render': 'off',
      'lit/ban-attributes': ['error', 'style'],
    },
  },
  {
    files: ['src/**/*.ts', 'components/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { [fileURLToPath(new URL('scripts/import-resolver.cjs', import.meta.url))]: {} },
      'boundaries/files': Object.entries(ROOMS).map(([category, { files }]) => ({ category, pattern: files })),
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': ['error', { default: 'disallow', checkAllOrigins: true, policies }],
    },
  },
  { files: ['src/api/**', 'src/daemon/**'], rules: { 'no-restricted-globals': forbid(DOM, 'No document here.') } },
  {
    files: ['src/bodies/**'],
    rules: { 'no-restricted-globals': forbid([...DOM, ...NETWORK], 'Pure: runs in a worker, asks nobody.') },
  },
  {
    files: ['src/{view,controllers,parts,filter,gallery}/**', 'components/**'],
    rules: { 'no-restricted-globals': forbid(NETWORK, 'Only src/daemon asks the server.') },
  },
);
