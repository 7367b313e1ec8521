import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NPM = process.env.npm_execpath;

/** Runs a program of Node's to its end and gives what it printed. @throws Error with all it printed where it fails. */
export async function runNode(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  return run(process.execPath, words, cwd, env);
}

async function run(command: string, words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, words, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/** npm itself, whether the tests were started by it or not. */
export function runNpm(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  return NPM === undefined ? run('npm', words, cwd, env) : runNode([NPM, ...words], cwd, env);
}

/** Packs the package, as for the registry, into this folder, and gives the file's name. */
export async function packPackage(folder: string): Promise<string> {
  const output = await runNpm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], ROOT);
  return output.trim();
}

/**
 * Makes a project of this folder that has the packed package in its `node_modules`, with these of our own packages; what
 * it needs comes from there.
 */
export async function makeProject(folder: string, tarball: string, packages: readonly string[]): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(modules, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', modules], folder, {});
  await rename(join(modules, 'package'), join(modules, 'hm-elements'));
  for (const name of packages) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
  }
}

/** Makes a project of a folder of ours the same way, from a copy. */
export async function copyProject(
  from: string,
  folder: string,
  tarball: string,
  packages: readonly string[],
): Promise<void> {
  const left = /[\\/](node_modules|dist)([\\/]|$)/;
  await cp(join(ROOT, from), folder, { recursive: true, filter: (path) => !left.test(path.slice(ROOT.length)) });
  await rm(join(folder, 'node_modules'), { recursive: true, force: true });
  await makeProject(folder, tarball, packages);
}

interface Locked {
  readonly dev?: boolean;
  readonly [key: string]: unknown;
}

/**
 * Installs the packed package into an empty folder as its user would, with the versions of our own lock file, which npm
 * has fetched before; `home` is the user's.
 */
export async function installPackage(folder: string, tarball: string, home: string): Promise<void> {
  const read = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(ROOT, name), 'utf8')) as T;
  const { version, dependencies, bin, engines, license } = await read<Record<string, unknown>>('package.json');
  const { lockfileVersion, packages } = await read<{
    readonly lockfileVersion: number;
    readonly packages: Readonly<Record<string, Locked>>;
  }>('package-lock.json');
  const file = `file:${tarball}`;
  const wanted = { name: 'empty', private: true, dependencies: { 'hm-elements': file } };
  const needed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const lock = {
    name: 'empty',
    lockfileVersion,
    requires: true,
    packages: {
      '': wanted,
      'node_modules/hm-elements': { version, resolved: file, dependencies, bin, engines, license },
      ...Object.fromEntries(needed),
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(wanted));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  // The cache is this user's own: the home is not.
  const cache = (await runNpm(['config', 'get', 'cache'], ROOT)).trim();
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm(['ci', ...options], folder, { HOME: home, USERPROFILE: home, npm_config_cache: cache });
}
