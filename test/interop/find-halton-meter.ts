import { execFile } from 'node:child_process';
import { lstat, mkdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findPython } from './python.js';

const run = promisify(execFile);

const REQUIREMENT = 'halton-meter>=0.6,<0.7';
const VERSIONS = /^0\.6\./;
const VENV_TIMEOUT_MS = 40_000;
const INSTALL_TIMEOUT_MS = 90_000;

/** What pip says when it could not ask the index; anything else is a failure to be seen. */
const NO_INDEX =
  /from versions: none|ConnectionError|Connection refused|NewConnectionError|name resolution|Network is unreachable|ReadTimeout|ConnectTimeout|ProxyError|SSLError|HTTP error 5\d\d/i;

const IS_WINDOWS = process.platform === 'win32';
const BIN = IS_WINDOWS ? 'Scripts' : 'bin';
const EXE = IS_WINDOWS ? '.exe' : '';

/** An installed halton-meter, and the Python it is installed in. */
export interface HaltonMeter {
  readonly executable: string;
  readonly python: string;
  /** Such as 0.6.4 */
  readonly version: string;
}

/** Why there is no halton-meter to run, in a few words. */
export interface NoHaltonMeter {
  readonly missing: string;
}

/**
 * The published halton-meter 0.6: the executable that HM_HALTON_METER names, else one installed from the Python index
 * into a virtual environment of our own below the system's folder for temporary files, which later runs use again.
 * @throws Error where HM_HALTON_METER names something else, or pip fails for another reason than an absent index.
 */
export async function findHaltonMeter(): Promise<HaltonMeter | NoHaltonMeter> {
  const named = process.env.HM_HALTON_METER;
  if (named) {
    const python = join(dirname(await realpath(named)), `python${EXE}`);
    const version = await askVersion(python);
    if (version === null) throw new Error(`HM_HALTON_METER names no halton-meter 0.6 in an environment: ${named}`);
    return { executable: named, python, version };
  }
  const python = await findPython();
  if (python === null) return { missing: 'there is no Python 3.11 or newer here that can make virtual environments' };

  const folder = join(await makeCache(), `python-${python.version}-halton-meter-0.6`);
  const installed = { executable: join(folder, BIN, `halton-meter${EXE}`), python: join(folder, BIN, `python${EXE}`) };
  const version = await askVersion(installed.python);
  if (version !== null) return { ...installed, version };

  await rm(folder, { recursive: true, force: true });
  await run(python.path, ['-m', 'venv', folder], { timeout: VENV_TIMEOUT_MS });
  const missing = await install(installed.python);
  if (missing !== null) {
    await rm(folder, { recursive: true, force: true });
    return { missing };
  }
  const now = await askVersion(installed.python);
  if (now === null) throw new Error(`pip installed something else than halton-meter 0.6 in ${folder}`);
  return { ...installed, version: now };
}

/** The version that this Python has, null where it has none of the ones we know. pip installs it after all it needs. */
async function askVersion(python: string): Promise<string | null> {
  const words = ['-I', '-c', 'from importlib.metadata import version; print(version("halton-meter"))'];
  try {
    const { stdout } = await run(python, words, { timeout: 20_000 });
    return VERSIONS.test(stdout) ? stdout.trim() : null;
  } catch {
    return null;
  }
}

/** Null when it is installed, else why the index gave nothing. */
async function install(python: string): Promise<string | null> {
  const words = ['-m', 'pip', 'install', '--quiet', '--no-input', '--retries', '1', '--timeout', '15', REQUIREMENT];
  try {
    await run(python, words, { timeout: INSTALL_TIMEOUT_MS, maxBuffer: 2 ** 24 });
    return null;
  } catch (error) {
    const { killed, stderr } = error as { killed?: boolean; stderr?: string };
    if (killed) return `the Python index did not give halton-meter within ${INSTALL_TIMEOUT_MS / 1000} seconds`;
    if (stderr !== undefined && NO_INDEX.test(stderr)) return 'the Python index can not be reached';
    throw error;
  }
}

/** A folder that is ours alone: others can write beside it, and what it holds is run. */
async function makeCache(): Promise<string> {
  const uid = process.getuid?.();
  const folder = join(tmpdir(), `hm-elements-interop-${uid ?? process.env.USERNAME ?? 'user'}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  const isOurs = found.isDirectory() && (uid === undefined || (found.uid === uid && (found.mode & 0o022) === 0));
  if (!isOurs) throw new Error(`${folder} belongs to someone else, or others may write to it. Remove it.`);
  return folder;
}
