import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

// What is installed with the package, what is in its bundles, and where its code asks anybody for anything.

const root = new URL('../../', import.meta.url);

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const readJson = async <T>(path: string): Promise<T> => JSON.parse(await readFile(new URL(path, root), 'utf8')) as T;

const lock = await readJson<{ packages: Record<string, Locked> }>('package-lock.json');
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const forUsers = packages.filter(([, { dev }]) => dev !== true);

const PERMISSIVE = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0']);

describe('what is installed', () => {
  it('pins every package, with a hash, from the npm registry', async () => {
    const { dependencies, devDependencies } = await readJson<Manifest>('package.json');
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(lock.packages[`node_modules/${name}`]!.version, version, name);
    }
    assert.ok(packages.length > 100);
    for (const [path, { integrity, resolved }] of packages) {
      assert.match(integrity ?? '', /^sha512-/, path);
      if (resolved !== undefined) assert.match(resolved, /^https:\/\/registry\.npmjs\.org\//, path);
    }
  });

  it('installs nothing that runs a script for users', () => {
    assert.ok(forUsers.length > 10);
    assert.deepEqual(
      forUsers.filter(([, { hasInstallScript }]) => hasInstallScript),
      [],
    );
  });

  it('has permissive licences only in what users get', async () => {
    for (const [path] of forUsers) {
      const license = lock.packages[path]!.license ?? (await readJson<Locked>(`${path}/package.json`)).license;
      assert.ok(PERMISSIVE.has(license!), `${path} ${license}`);
    }
  });
});

describe('what is bundled', () => {
  it('names the licence of each package in the bundles', async () => {
    for (const [folder, packages] of [
      ['dist', ['lit-html', 'lit-element', 'chart.js', 'marked', 'diff']],
      ['dist/server', ['hono', '@hono/node-server', 'zod', 'temporal-polyfill', 'smol-toml']],
    ] as const) {
      const text = await readFile(new URL(`${folder}/third-party-licenses.txt`, root), 'utf8');
      const named = [...text.matchAll(/^(\S+) (\d+\.\d+\.\d+) \((.+)\)$/gm)];
      assert.ok(named.length >= 5);
      for (const [, name = '', version, license = ''] of named) {
        assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
        assert.ok(PERMISSIVE.has(license), `${name} ${license}`);
      }
      for (const name of packages)
        assert.ok(
          named.some(([, bundled]) => bundled === name),
          name,
        );
    }
  });
});

/** Files below a folder whose text matches. */
async function findFiles(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(new URL(`${folder}/`, root), { recursive: true });
  const found: string[] = [];
  for (const name of names.filter((path) => path.endsWith('.ts')).map((path) => path.replaceAll('\\', '/'))) {
    const text = await readFile(new URL(`${folder}/${name}`, root), 'utf8');
    if (pattern.test(text)) found.push(`${folder}/${name}`);
  }
  return found;
}

describe('the code', () => {
  it("asks in one place of the browser's code, and nowhere else", async () => {
    const asks = /\bfetch\(|\bnew (EventSource|WebSocket|XMLHttpRequest)\b|\bsendBeacon\b/;
    const browser = (await Promise.all(['src', 'components'].map((folder) => findFiles(folder, asks)))).flat();
    const outside = browser.filter((path) => !/^src\/(daemon|server)\//.test(path));
    assert.deepEqual(outside, []);
    assert.ok(browser.includes('src/daemon/get.ts'));
  });

  it('opens connections in a few files of the server, each to a daemon on this machine', async () => {
    const asks =
      /import \{[^}]*\b(request|get|connect|Agent|createConnection|resolve|lookup)\b[^}]*\} from 'node:(http|https|net|tls|dns)[^']*'|\bfetch\(|from '(undici|axios|got|node-fetch|ws)'/;
    assert.deepEqual((await findFiles('src/server', asks)).sort(), ASKING);
  });
});

/** Their address comes from `--daemon`, config.toml or the daemon's own notes, and is a loopback one. */
const ASKING = [
  'src/server/ask-daemon.ts',
  'src/server/send-on.ts',
  'src/server/sources/api/daemon-events.ts',
  'src/server/sources/v1/v1-client.ts',
];
