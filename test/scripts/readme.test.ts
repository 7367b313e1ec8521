import assert from 'node:assert/strict';
import { access, readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { openApiDocument } from '../../src/api/openapi.js';
import { HELP } from '../../src/server/options.js';
import { writeSnippets } from '../../src/view/embed-snippets.js';

// What README, CONTRIBUTING and the others tell people to do and to look at is there.

const root = new URL('../../', import.meta.url);
const read = (name: string): Promise<string> => readFile(new URL(name, root), 'utf8');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'] as const;

const texts = new Map(await Promise.all(DOCUMENTS.map(async (name) => [name, await read(name)] as const)));
const readme = texts.get('README.md')!;
const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };

/** Fenced blocks of these languages. */
function listBlocks(text: string, languages: RegExp): string[] {
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, language = '', block = '']) =>
    languages.test(language) ? [block] : [],
  );
}

/** `#other-users-of-the-machine`, as GitHub makes it of a heading. */
function listAnchors(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

for (const [name, text] of texts) {
  describe(name, () => {
    it('links to files and headings that there are', async () => {
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
        const [path = '', anchor] = link.split('#');
        if (path !== '') await access(new URL(path, root));
        if (anchor !== undefined) assert.ok(listAnchors(path === '' ? text : await read(path)).has(anchor), link);
      }
    });

    it('names pages that the server has', async () => {
      const pages = (await readdir(new URL('demo/', root))).map((page) => `/${page.replace(/(index)?\.html$/, '')}`);
      const { paths } = openApiDocument() as { paths: object };
      const known = new Set([...pages, ...Object.keys(paths), '/pages/', '']);
      for (const [, path = ''] of text.matchAll(/[<(]http:\/\/localhost:3000([^)>\s]*)[)>]/g)) {
        assert.ok(known.has(path), path);
      }
    });

    it('runs scripts that the package has, with options that there are', () => {
      const commands =
        listBlocks(text, /^(sh|)$/).join('\n') + [...text.matchAll(/`([^`\n]+)`/g)].map(([, it = '']) => it).join('\n');
      for (const [, script = ''] of commands.matchAll(/\bnpm run ([\w:]+)/g)) assert.ok(script in scripts, script);
      for (const [line] of commands.matchAll(/(?:\bhm-elements|npm start --) .*/g)) {
        for (const [option] of line.matchAll(/(?<= )--[a-z-]+/g)) assert.ok(HELP.includes(`${option} `), line);
      }
    });

    it('names files and folders that there are', async () => {
      for (const [, path = ''] of text.matchAll(/`((?:src|components|demo|test|bench|scripts)\/[\w./-]*)`/g)) {
        // The one that is still to be written.
        if (path.includes('hm-x.')) continue;
        await access(new URL(path, root)).catch(() => assert.fail(`${path} is not there`));
      }
    });
  });
}

describe('CONTRIBUTING.md', () => {
  it('says of each dependency why it is there', async () => {
    const { dependencies, devDependencies } = JSON.parse(await read('package.json')) as Record<string, object>;
    const words = new Set([...texts.get('CONTRIBUTING.md')!.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word!));
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const [scope] = name.split('/');
      const short = /-[a-z-]+$/.exec(name.replace(/^.*-plugin/, ''))?.[0] ?? '';
      const forms = [name, `${scope}/*`, short, `-${name.split(/plugin-|runner-/).at(-1)}`];
      assert.ok(
        forms.some((form) => words.has(form)),
        name,
      );
    }
  });

  it('maps the rooms as the linter holds them', async () => {
    const rules = await read('eslint.config.mjs');
    const rooms = [...rules.matchAll(/^ {2}\w+: \{\s+files: '([\w/-]+)/gm)].map(([, folder = '']) =>
      folder.replace(/\/$/, ''),
    );
    assert.ok(rooms.length >= 9);
    for (const folder of rooms) assert.match(texts.get('CONTRIBUTING.md')!, new RegExp(`^\\| \`${folder}`, 'm'));
  });
});

describe('README.md', () => {
  it('has the options as --help prints them', () => {
    assert.deepEqual(listBlocks(readme, /^text$/), [`${HELP}\n`]);
  });

  it('has a line for each element, and for nothing else', async () => {
    const files = (await readdir(new URL('components/', root))).filter((file) => file.endsWith('.ts'));
    const rows = [...readme.matchAll(/^\| `<(hm-[a-z-]+)>` +\|/gm)].map(([, tag]) => `${tag}.ts`);
    assert.deepEqual(rows.sort(), files.sort());
  });

  it('has the snippets that the gallery writes', () => {
    const blocks = listBlocks(readme, /^html$/);
    const { sameOrigin, otherOrigin, iframe } = writeSnippets({
      tag: 'hm-projects',
      attributes: { filter: 'last=7d' },
      origin: 'http://localhost:3000',
    });
    for (const snippet of [sameOrigin, otherOrigin.replace(/^<!--.*\n/, ''), iframe]) {
      const plain = (text: string): string => text.replace(/['"]/g, '"').replace(/\s+/g, '');
      assert.ok(blocks.map(plain).includes(plain(snippet)), snippet);
    }
  });

  it('tells people messages that there are', async () => {
    const files = await readdir(new URL('src/server/', root), { recursive: true });
    const sources = await Promise.all(
      files.filter((file) => file.endsWith('.ts')).map((file) => read(`src/server/${file}`)),
    );
    const source = sources.join('\n');
    const list = readme.slice(readme.indexOf('## Troubleshooting'));
    const messages = [...list.matchAll(/\*\*`([^`]+)`\*\*/g)].map(([, message = '']) => message);
    assert.ok(messages.length >= 8);
    for (const message of messages) {
      for (const piece of message.split(/…|\d+|[().,:;]/).map((part) => part.trim())) {
        if (piece.length > 8) assert.ok(source.includes(piece), `"${piece}" of "${message}"`);
      }
    }
  });
});
