import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { collectLicenses } from './scripts/collect-licenses.mjs';
import { dropPolyfills } from './scripts/drop-polyfills.mjs';
import { writeManifest } from './scripts/make-manifest.mjs';
import { packTemplates } from './scripts/pack-templates.mjs';
import { packageFiles } from './scripts/package-files.mjs';
import { sharePolicy } from './scripts/share-policy.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * What every element is made of, as one module: two copies of Lit on a page would each want the Trusted Types policy
 * `lit-html`, and the second would throw; and one file packs better than the dozen that rollup would make.
 */
const CORE = new RegExp(
  [
    'node_modules/(lit-html/(lit-html|is-server)|lit-element/lit-element|@lit/(reactive-element/(css-tag|reactive-element)))',
    'node_modules/@lit/context/lib/(create-context|context-request-event)',
    'src/api/(camel-case|filter|money)',
    'src/controllers/(adopt-sheet|daemon-task|define-element|lazy-part|scope|when-seen)',
    'src/daemon/(errors|get|origin|shape|sums)',
    'src/events',
    'src/styles/(base|tokens)',
    'src/view/(format|mark|money|states|time)',
  ]
    .map((path) => `/${path}\\.[jt]s$`)
    .join('|'),
);

/** What calls and bodies share: in one file it packs better than in several. */
const CALLS = /\/src\/(daemon\/calls|daemon\/call-shape|view\/call-letters)\.[jt]s$/;

/** What draws a call's mark as a picture, which the table of calls does by classes. */
const MARKS = /\/src\/(styles\/call-marks|view\/call-mark)\.[jt]s$/;

/** What nearly every element but the smallest needs: small pieces, of which each by itself would be a file. */
const SEEN =
  /\/src\/(api\/change-view|controllers\/calls-scope|styles\/(tabs|visually-hidden)|view\/amount|view-events)\.[jt]s$/;

/** Pieces that go together wherever they are used. */
const TOGETHER = [
  ['core', CORE],
  ['call-shape', CALLS],
  ['call-marks', MARKS],
  ['seen', SEEN],
  ['live', /\/src\/(controllers\/(live|shared-stream)|daemon\/(events|status))\.[jt]s$/],
  ['shares', /\/src\/(daemon\/projects|view\/(attribution|shares))\.[jt]s$/],
  ['call-rows', /\/src\/(controllers\/row-window|view\/call-(cells|columns|state))\.[jt]s$/],
  ['body-end', /\/src\/(parts|styles|view)\/body-end\.[jt]s$/],
  ['body-pieces', /\/src\/(parts\/body-pieces|styles\/body-highlights|view\/body-(highlights|text))\.[jt]s$/],
  ['one-call', /\/src\/(daemon\/(one-call|bodies)|parts\/previous-call|view\/(body-marked|told-elements))\.[jt]s$/],
];

function chooseChunk(id) {
  const path = id.replaceAll('\\', '/');
  return TOGETHER.find(([, pieces]) => pieces.test(path))?.[0];
}

async function listEntries(folder, pattern) {
  const names = await readdir(join(root, folder)).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return Object.fromEntries(
    names.filter((name) => pattern.test(name)).map((name) => [basename(name, '.ts'), join(root, folder, name)]),
  );
}

/**
 * Removes what an earlier build left in these folders of dist, so that nothing stale is ever served; right before the
 * new files are written, so that a build that fails leaves the old ones.
 */
function cleanFirst(...folders) {
  return {
    name: 'clean-first',
    async generateBundle() {
      await Promise.all(folders.map((folder) => rm(join(root, 'dist', folder), { recursive: true, force: true })));
    },
  };
}

/**
 * What is not served of the pages: projects that are built by themselves, one to be opened from disk, whose script our own
 * policy would refuse, and a picture for readers of the repository.
 */
const NOT_SERVED = /[\\/]demo[\\/](react|vue|examples[\\/]file\.html|screenshot\.png)$/;

/** Copies the pages, and names in them what their scripts import: a browser asks for all at once, not for one after another. */
function copyPages() {
  return {
    name: 'copy-pages',
    async writeBundle(_, bundle) {
      await cp(join(root, 'demo'), join(root, 'dist/demo'), {
        recursive: true,
        filter: (path) => !NOT_SERVED.test(path),
      });
      for (const name of Object.keys(await listEntries('demo', /\.html$/))) {
        const page = join(root, 'dist/demo', name);
        await writeFile(page, nameImports(await readFile(page, 'utf8'), bundle));
      }
    },
  };
}

/** What an element loads once it is seen, which on a page of its own is at once. */
const WHEN_SEEN = {
  'elements/hm-attention.js': 'attention',
  'elements/hm-calls.js': 'calls-section',
  'elements/hm-cost.js': 'cost-view',
  'elements/hm-pricing.js': 'price-list',
  'elements/hm-redaction.js': 'redaction',
  'elements/hm-spend.js': 'spend-part',
};

function nameImports(html, bundle) {
  const names = [...html.matchAll(/<script type="module" src="\/(elements\/[^"]+)"/g)].map(([, name]) => name);
  const imported = new Set(names);
  const seen = names.length === 1 ? WHEN_SEEN[names[0]] : undefined;
  if (seen !== undefined) {
    const drawing = Object.keys(bundle).find((name) => bundle[name].name === seen);
    if (drawing === undefined) throw new Error(`${names[0]} loads no ${seen}.`);
    imported.add(drawing);
  }
  for (const name of imported) for (const other of bundle[name].imports) imported.add(other);
  for (const name of names) imported.delete(name);
  const links = [...imported].map((name) => `<link rel="modulepreload" href="/${name}" />\n    `);
  return html.replace('<script', `${links.join('')}<script`);
}

function makeExecutable(name) {
  return {
    name: 'make-executable',
    async writeBundle({ dir }) {
      await chmod(join(dir, name), 0o755);
    },
  };
}

/** Compiles with the folder's own tsconfig.json, which says what belongs to the program; a type error fails the build. */
function checkedTypeScript(folder, compilerOptions) {
  return typescript({
    tsconfig: join(root, folder, 'tsconfig.json'),
    include: ['components/**/*.ts', 'src/**/*.ts'],
    filterRoot: root,
    compilerOptions: { noEmit: false, noEmitOnError: true, rootDir: root, ...compilerOptions },
  });
}

function minify() {
  return terser({
    module: true,
    ecma: 2022,
    compress: { passes: 3, keep_fargs: false, unsafe_arrows: true, inline: 1, lhs_constants: false },
    format: { comments: false },
  });
}

/** A warning is something we did not mean: it fails the build. What happens inside packages is not ours to mend. */
function refuseWarnings(warning) {
  const places = [warning.id, ...(warning.ids ?? [])].filter((place) => place !== undefined);
  if (places.length > 0 && places.every((place) => /[\\/]node_modules[\\/]/.test(place))) return;
  throw Object.assign(new Error(warning.message), warning);
}

async function browserConfig() {
  return {
    input: {
      ...(await listEntries('components', /^hm-.*\.ts$/)),
      ...(await listEntries('src/first-rows', /^first-frame\.ts$/)),
      events: join(root, 'src/public-events.ts'),
      ...(await listEntries('src/gallery', /^gallery\.ts$/)),
      ...(await listEntries('src/parts', /^embed-frame\.ts$/)),
      ...(await listEntries('src/controllers', /^follow-pages\.ts$/)),
    },
    // An element's module may give more than the element, so that what it shares needs no second module.
    preserveEntrySignatures: 'allow-extension',
    onwarn: refuseWarnings,
    plugins: [
      cleanFirst('elements', 'types', 'demo', 'node'),
      nodeResolve(),
      checkedTypeScript('components', { declaration: true, declarationDir: 'dist/types' }),
      // First: what it looks for is among what is dropped.
      sharePolicy(),
      dropPolyfills(),
      packTemplates(),
      minify(),
      collectLicenses('third-party-licenses.txt'),
      copyPages(),
      writeManifest(root),
      packageFiles(root),
    ],
    output: {
      dir: 'dist',
      format: 'es',
      entryFileNames: 'elements/[name].js',
      chunkFileNames: 'elements/chunks/[name]-[hash].js',
      onlyExplicitManualChunks: true,
      manualChunks: chooseChunk,
    },
  };
}

/** A bundle of its own: what it shares with the elements stands in one file with Lit, which wants a document. */
function workerConfig() {
  return {
    input: { 'body-worker': join(root, 'src/parts/body-worker.ts') },
    onwarn: refuseWarnings,
    plugins: [nodeResolve(), checkedTypeScript('components', {}), minify()],
    output: { dir: 'dist', format: 'es', entryFileNames: 'elements/[name].js', inlineDynamicImports: true },
  };
}

function serverConfig() {
  return {
    input: {
      main: 'src/server/main.ts',
      // What web-dev-server.config.mjs is made of.
      dashboard: 'src/server/dashboard.ts',
      headers: 'src/server/headers.ts',
      listen: 'src/server/listen.ts',
      options: 'src/server/options.ts',
      'own-user': 'src/server/own-user.ts',
      'request-listener': 'src/server/request-listener.ts',
      'database-worker': 'src/server/sources/database/database-worker.ts',
      'demo-worker': 'src/server/sources/demo/demo-worker.ts',
    },
    onwarn: refuseWarnings,
    // A package as a whole would stay in memory as a whole. What SQLite is made of can't be in a bundle.
    external: /^(node:|libsql$)/,
    plugins: [
      cleanFirst('server'),
      nodeResolve({ exportConditions: ['node'] }),
      checkedTypeScript('src/server', {}),
      packTemplates(),
      // Without comments, which would stay in memory too. Names stay, for whoever reads where an error was.
      terser({ module: true, compress: false, mangle: false, format: { comments: false } }),
      collectLicenses('third-party-licenses.txt'),
      makeExecutable('main.js'),
    ],
    output: {
      dir: 'dist/server',
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      banner: (chunk) => (chunk.isEntry && chunk.name === 'main' ? '#!/usr/bin/env node' : ''),
    },
  };
}

/** `--configServer` builds the server alone: all that the development server needs. */
export default async ({ configServer }) =>
  configServer ? [serverConfig()] : [await browserConfig(), workerConfig(), serverConfig()];
