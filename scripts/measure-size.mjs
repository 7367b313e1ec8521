import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'rollup/parseAst';

/** Bytes of JavaScript, gzip. */
export const PAGE_LIMIT = 45_000;
export const ELEMENT_LIMIT = 16_000;
/** With what stands below the rates, which comes after them, and the stream of events. */
export const PRICES_REST_LIMIT = 20_300;
export const CALLS_LIMIT = 26_000;
/** With the costs over time, which come after the rows. */
export const CALLS_REST_LIMIT = 45_000;
/** At rest too, with the stream of events. */
export const VIEWER_LIMIT = 30_000;

/** What each of these may weigh with all that it imports, and draws with once it is in view. */
const ELEMENTS = {
  'hm-projects.js': { limit: ELEMENT_LIMIT },
  'hm-status.js': { limit: ELEMENT_LIMIT },
  'hm-pricing.js': { limit: ELEMENT_LIMIT, drawing: 'price-list' },
  'hm-calls.js': { limit: CALLS_LIMIT, drawing: 'calls-section' },
};

/**
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} limit
 * @property {[part: string, bytes: number][]} parts every file with what it weighs, dearest first
 * @property {number} total
 */

/**
 * What the index page loads before any click: the modules of its script tags, all that these import, and the script that
 * the server writes into the page.
 * @param {URL} dist
 * @returns {Promise<Measured>}
 */
export async function measurePage(dist) {
  const html = await readFile(new URL('demo/index.html', dist), 'utf8');
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="\/elements\/([^"]+)"/g)].map(([, name]) => name);
  if (scripts.length === 0) throw new Error('The index page has no script of ours.');
  return measure('The index page', PAGE_LIMIT, dist, [...scripts, 'first-frame.js']);
}

/** One element's module with everything it imports, and what it loads once it is in view, until its data are drawn. @returns {Promise<Measured>} */
export async function measureEntry(dist, entry) {
  const { limit, drawing } = ELEMENTS[entry];
  const entries = drawing === undefined ? [entry] : [entry, await findChunk(dist, drawing)];
  return measure(entry, limit, dist, entries);
}

/**
 * What hm-body-viewer.js loads until the conversation of one chosen call is drawn, Markdown with it: itself and the
 * viewer, without the worker. test/page/body-load.test.ts holds the same in a browser.
 * @param {URL} dist
 * @returns {Promise<Measured>}
 */
export async function measureViewer(dist) {
  return measure('One chosen call', VIEWER_LIMIT, dist, ['hm-body-viewer.js', await findChunk(dist, 'body-viewer')]);
}

/** The chunk that rollup named so, below `elements/`. */
export async function findChunk(dist, name) {
  const files = await readdir(new URL('elements/chunks/', dist));
  const found = files.filter((file) => new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file));
  if (found.length !== 1) throw new Error(`There is no chunk ${name}.`);
  return `chunks/${found[0]}`;
}

/**
 * Files below `elements/` that a module and all it imports are: what `import()` of it loads.
 * @param {URL} dist
 * @param {string} entry
 * @returns {Promise<string[]>}
 */
export async function listModules(dist, entry) {
  return (await measure(entry, Infinity, dist, [entry])).parts.map(([part]) => part);
}

/**
 * What one file below `elements/` weighs.
 * @param {URL} dist
 * @param {string} module
 * @returns {Promise<number>}
 */
export async function weighModule(dist, module) {
  return weigh(await readFile(new URL(`elements/${module}`, dist)));
}

const weigh = (code) => gzipSync(code, { level: 9 }).length;

async function measure(name, limit, dist, entries) {
  const sizes = new Map();
  const waiting = entries.map((entry) => new URL(`elements/${entry}`, dist).href);
  for (let href = waiting.pop(); href !== undefined; href = waiting.pop()) {
    if (sizes.has(href)) continue;
    const code = await readFile(new URL(href), 'utf8');
    sizes.set(href, weigh(code));
    for (const specifier of listStaticImports(code)) waiting.push(new URL(specifier, href).href);
  }
  const base = new URL('elements/', dist).href;
  const parts = [...sizes].map(([href, bytes]) => [href.slice(base.length), bytes]).sort((a, b) => b[1] - a[1]);
  return { name, limit, parts, total: parts.reduce((sum, [, bytes]) => sum + bytes, 0) };
}

/** What a module can't start without. `import()` is what it may load later. */
function listStaticImports(code) {
  return parseAst(code)
    .body.filter(({ type, source }) => /^(Import|Export\w+)Declaration$/.test(type) && source)
    .map(({ source }) => source.value);
}
