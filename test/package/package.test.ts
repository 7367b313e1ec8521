import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { makeFolder, removeFolder } from '../built-server.js';
import { installPackage, packPackage, ROOT, runNode } from './packed.js';

interface Described {
  readonly name: string;
  readonly customElements: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

let folder: string;
let home: string;
let installed: string;
let files: readonly string[];
let described: Described;

before(async () => {
  folder = await makeFolder();
  home = join(folder, 'home');
  await mkdir(home);
  const user = join(folder, 'user');
  await mkdir(user);
  await installPackage(user, join(folder, await packPackage(folder)), home);
  installed = join(user, 'node_modules/hm-elements');
  const entries = await readdir(installed, { withFileTypes: true, recursive: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
    .sort();
  described = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Described;
});

after(() => removeFolder(folder));

function readInstalled(file: string): Promise<string> {
  return readFile(join(installed, file), 'utf8');
}

/** What a page may import by name: the names of `exports` that are modules, with each element for its pattern. */
async function listModules(): Promise<readonly string[]> {
  const tags = (await readdir(join(ROOT, 'components'))).filter((name) => /^hm-.*\.ts$/.test(name));
  return Object.keys(described.exports)
    .filter((path) => path.endsWith('.js'))
    .flatMap((path) => (path === './hm-*.js' ? tags.map((name) => `./${name.replace(/ts$/, 'js')}`) : [path]))
    .map((path) => path.replace('.', described.name));
}

describe('the packed package', () => {
  it('holds what its users need, and nothing else', () => {
    const others = files.filter(
      (file) =>
        !/^(package\.json|README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE)$/.test(file) &&
        !/^dist\/(custom-elements|vscode\.(html|css)-custom-data)\.json$/.test(file) &&
        !/^dist\/((server\/)?third-party-licenses\.txt|demo\/(examples\/)?[\w-]+\.(html|css|svg)|node\/[\w-]+\.js|server\/[\w-]+\.js)$/.test(
          file,
        ) &&
        !/^dist\/elements\/(chunks\/)?[\w-]+\.js$/.test(file) &&
        !/^dist\/types\/[\w/-]+\.d\.ts$/.test(file),
    );
    assert.deepEqual(others, []);
    for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', described.customElements])
      assert.ok(files.includes(file));
  });

  it('tells nothing of the machine that made it, and has no source map', async () => {
    for (const file of files) {
      const text = await readInstalled(file);
      for (const place of [ROOT.replace(/[\\/]$/, ''), homedir(), folder]) {
        assert.ok(place.length < 4 || !text.includes(place), `${file} names ${place}`);
      }
      assert.doesNotMatch(text, /sourceMappingURL/, file);
    }
  });

  it('is what publint takes for a right package', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it('leads from every type to types that it has, or that its dependencies have', async () => {
    const { dependencies } = JSON.parse(await readInstalled('package.json')) as { dependencies: object };
    const known = [...Object.keys(dependencies), 'react', 'vue'];
    for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
      for (const [, from] of (await readInstalled(file)).matchAll(/(?:from|import) ?\(?['"]([^'"]+)['"]/g)) {
        const target = join(file, '..', from!).replace(/\.js$/, '.d.ts');
        assert.ok(
          from!.startsWith('.') ? files.includes(target) : known.includes(from!.split('/')[0]!),
          `${file}: ${from}`,
        );
      }
    }
  });

  it('lets a server import every module that a page may, without a document', async () => {
    const modules = await listModules();
    assert.ok(modules.length > 10);
    const script = `for (const name of ${JSON.stringify(modules)}) {
      const given = Object.entries(await import(name));
      if (given.length === 0) throw new Error(name + ' gives nothing');
      for (const [key, value] of given) console.log(name, key, typeof value);
    }`;
    const printed = await runNode(['--input-type=module', '--eval', script], join(installed, '../..'));
    const lines = printed.trim().split('\n');
    assert.ok(lines.every((line) => line.endsWith(' function')));
    assert.ok(lines.includes('hm-elements/hm-calls.js HmCalls function'));
    assert.deepEqual(
      lines.flatMap((line) => /events\.js (\w+)/.exec(line)?.[1] ?? []),
      ['FilterEvent', 'GoEvent', 'LoadErrorEvent', 'LoadEvent', 'SelectEvent', 'ViewEvent'],
    );
  });

  it('gives a server the same names as a browser', async () => {
    for (const file of files.filter((name) => name.startsWith('dist/node/hm-'))) {
      const built = await readInstalled(file.replace('node', 'elements'));
      for (const [, name] of (await readInstalled(file)).matchAll(/export class (\w+)/g)) {
        assert.match(built, new RegExp(`export\\{[^}]*\\b${name}\\b[^}]*\\}`), file);
      }
    }
  });

  it('has a manifest that leads to files it has', async () => {
    const manifest = await readInstalled(described.customElements);
    const modules = [...manifest.matchAll(/"(?:path|module)": "([^"]+)"/g)].map(([, path]) => path!);
    assert.ok(modules.includes('dist/elements/hm-calls.js'));
    assert.deepEqual(
      modules.filter((path) => !files.includes(path)),
      [],
    );
  });

  it('tells editors of every element', async () => {
    const data = JSON.parse(await readInstalled('dist/vscode.html-custom-data.json')) as {
      readonly tags: readonly { readonly name: string; readonly attributes: readonly { readonly name: string }[] }[];
    };
    const modules = (await listModules()).filter((name) => name.includes('/hm-'));
    assert.deepEqual(
      data.tags.map(({ name }) => `hm-elements/${name}.js`),
      modules,
    );
    assert.ok(data.tags.every(({ attributes }) => attributes.some(({ name }) => name === 'daemon')));
    assert.match(await readInstalled('dist/vscode.css-custom-data.json'), /"::part\(table\)"/);
  });
});

describe('npx hm-elements, from the packed package in an empty folder,', () => {
  it('serves the page, its elements and the API', async () => {
    const user = join(installed, '../..');
    const child = spawn('npx', ['--no-install', 'hm-elements', '--demo', '--port', '0'], {
      cwd: user,
      env: { ...process.env, HOME: home, USERPROFILE: home, npm_config_cache: join(home, 'cache') },
      stdio: ['ignore', 'pipe', 'inherit'],
      // npx does not pass on a signal: its whole group is ended.
      detached: true,
    });
    try {
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
      while (!/http:\/\/localhost:\d+\n/.test(printed)) {
        const ended = once(child, 'exit').then(() => assert.fail(`It ended: ${printed}`));
        await Promise.race([once(child.stdout, 'data'), ended]);
      }
      const [url] = /http:\/\/localhost:\d+/.exec(printed)!;
      const page = await fetch(url);
      assert.equal(page.status, 200);
      const scripts = [...(await page.text()).matchAll(/"(\/elements\/[^"]+)"/g)].map(([, path]) => path!);
      assert.ok(scripts.length > 5);
      for (const path of scripts) assert.equal((await fetch(url + path)).status, 200, path);
      const status = (await (await fetch(`${url}/api/status`)).json()) as {
        source: string;
        server: { version: string };
      };
      assert.equal(status.source, 'demo');
    } finally {
      process.kill(-child.pid!);
    }
  });
});
