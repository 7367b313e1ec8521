import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env for the browser's process, in place of ours
 */

const CACHE = fileURLToPath(new URL('../node_modules/.cache/hm-elements', import.meta.url));

/** What a browser under test would otherwise do on the network by itself. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
];

/**
 * The Chromium to test in: `HM_BROWSER` or `CHROME_PATH` (a path, or the word `bundled`), else one that is installed,
 * else the one that npm brought (Linux on x64 only).
 * @returns {Promise<Browser>}
 */
export async function findBrowser() {
  const asked = process.env.HM_BROWSER || process.env.CHROME_PATH;
  if (asked !== undefined && asked !== 'bundled') {
    if (!(await isExecutable(asked))) throw new Error(`HM_BROWSER or CHROME_PATH names no program: ${asked}`);
    return prepare(asked);
  }
  if (asked !== 'bundled') {
    for (const path of usualPlaces()) if (await isExecutable(path)) return prepare(path);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return prepareBundled();
  throw new Error('No Chromium, Chrome or Edge found here. Install one, or name it with HM_BROWSER.');
}

function usualPlaces() {
  const { LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': PROGRAMFILES_X86, HOME = '', PATH = '' } = process.env;
  if (process.platform === 'darwin') {
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Google Chrome Canary'];
    return ['/Applications', join(HOME, 'Applications')].flatMap((folder) =>
      programs.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (process.platform === 'win32') {
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'];
  const folders = [...new Set(['/usr/bin', ...PATH.split(delimiter).filter((folder) => folder !== ''), '/snap/bin'])];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function prepare(executablePath, env = process.env) {
  const needsNoSandbox = process.platform === 'linux' && !(await canSandbox(executablePath, env));
  return { executablePath, args: needsNoSandbox ? [...QUIET, '--no-sandbox'] : QUIET, env };
}

/** Chromium refuses to sandbox itself for root, and can't in containers that allow no user namespaces. */
async function canSandbox(executablePath, env) {
  if (process.getuid?.() === 0) return false;
  const profile = join(tmpdir(), `hm-elements-sandbox-${process.pid}`);
  try {
    const words = [...QUIET, '--headless', `--user-data-dir=${profile}`, '--dump-dom', 'about:blank'];
    await promisify(execFile)(executablePath, words, { env, timeout: 30_000 });
    return true;
  } catch (error) {
    if (/sandbox/i.test(error.stderr ?? '')) return false;
    throw error;
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** Unpacks the Chromium of the package @sparticuz/chromium, once, with the libraries it needs beside it. */
async function prepareBundled() {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../../package.json'), 'utf8'));
  const folder = join(CACHE, `chromium-${version}`);
  const executablePath = join(folder, 'chromium');
  if (!(await isExecutable(executablePath))) await unpackBundled(folder);
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return prepare(executablePath, {
    ...process.env,
    LD_LIBRARY_PATH: libraries,
    FONTCONFIG_PATH: join(folder, 'fonts'),
  });
}

async function unpackBundled(folder) {
  const unfinished = `${folder}-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  // The package unpacks into the temporary folder, and brings its libraries only where it takes itself to be in the cloud.
  const { TMPDIR, AWS_LAMBDA_JS_RUNTIME, FONTCONFIG_PATH, LD_LIBRARY_PATH } = process.env;
  Object.assign(process.env, { TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    restoreEnv({ TMPDIR, AWS_LAMBDA_JS_RUNTIME, FONTCONFIG_PATH, LD_LIBRARY_PATH });
  }
  await writeFile(join(unfinished, 'fonts/fonts.conf'), fontsConfig(join(folder, 'fonts')));
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another run was faster.
    await rm(unfinished, { recursive: true, force: true });
    if (!(await isExecutable(join(folder, 'chromium')))) throw error;
  }
}

function fontsConfig(folder) {
  const folders = [folder, '/usr/share/fonts', '/usr/local/share/fonts'].map((path) => `<dir>${path}</dir>`).join('');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>\n`;
}

function restoreEnv(before) {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
