import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

/** As `npm run build` writes it. */
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Named {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly syntax?: string;
  readonly type?: { readonly text: string; readonly references?: readonly { readonly module: string }[] };
}
interface Declaration extends Named {
  readonly tagName?: string;
  readonly summary?: string;
  readonly members: readonly (Named & { readonly privacy?: string; readonly inheritedFrom?: unknown })[];
  readonly attributes?: readonly Named[];
  readonly events?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}
interface Module {
  readonly path: string;
  readonly declarations: readonly Declaration[];
}

const { schemaVersion, modules } = JSON.parse(await readFile(join(root, 'dist/custom-elements.json'), 'utf8')) as {
  readonly schemaVersion: string;
  readonly modules: readonly Module[];
};
const elements = modules.flatMap(({ declarations }) => declarations.filter(({ tagName }) => tagName !== undefined));

/** All our sources that draw, in one text. */
async function readSources(...folders: readonly string[]): Promise<string> {
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.ts'));
      return Promise.all(names.map((name) => readFile(join(root, folder, name), 'utf8')));
    }),
  );
  return texts.flat().join('\n');
}

function findElement(tag: string): Declaration {
  return elements.find(({ tagName }) => tagName === tag)!;
}

function listNames(items: readonly Named[] = []): string[] {
  return items.map(({ name }) => name);
}

describe('custom-elements.json', () => {
  it('has every element, with the module that a page imports', async () => {
    assert.match(schemaVersion, /^1\./);
    const files = (await readdir(join(root, 'components'))).filter((name) => name.endsWith('.ts'));
    assert.deepEqual(
      elements.map(({ tagName }) => `${tagName}.ts`),
      files.sort(),
    );
    for (const { path } of modules) await readFile(join(root, path));
  });

  it('describes everything it names', () => {
    for (const element of elements) {
      assert.ok(element.summary, `${element.tagName} has no summary`);
      const { members, attributes, events, cssParts, cssProperties } = element;
      for (const { name, description } of [members, attributes, events, cssParts, cssProperties].flatMap(
        (items) => items ?? [],
      )) {
        assert.ok(description, `${element.tagName}: ${name} has no description`);
      }
    }
  });

  it('writes out what a type that stands elsewhere allows, in the order of its source', () => {
    const types = Object.fromEntries(findElement('hm-calls').attributes!.map(({ name, type }) => [name, type!.text]));
    assert.equal(types['order'], "'asc' | 'desc'");
    assert.equal(types['sort'], "'requested_at' | 'cost' | 'latency' | 'ttft' | 'input' | 'output' | 'tokens'");
    const defaults = findElement('hm-spend').attributes!.map((one) => [one.name, one.type!.text, one.default]);
    assert.deepEqual(defaults.at(-1), ['bucket', "'hour' | 'day' | 'week' | 'month' | ''", "''"]);
  });

  it('leaves out what is private, static or comes from Lit', () => {
    const status = findElement('hm-status');
    assert.deepEqual(listNames(status.members), ['daemon', 'filter']);
    assert.deepEqual(listNames(status.attributes), ['daemon', 'filter']);
    for (const { members } of elements) {
      for (const { name, privacy, inheritedFrom } of members) {
        assert.equal(privacy ?? 'public', 'public', name);
        assert.equal(inheritedFrom, undefined, name);
      }
    }
  });

  it('says of each event which class it is, and where its types stand', async () => {
    for (const { events = [] } of elements) {
      for (const { type } of events) {
        const [{ module }] = type!.references as [{ module: string }];
        assert.match(await readFile(join(root, module), 'utf8'), new RegExp(`class ${type!.text} `));
        const declared = modules.find(({ path }) => path === module)!.declarations;
        assert.ok(declared.some(({ name }) => name === type!.text));
      }
    }
  });

  it('has every part that a template or a row is given, and none besides', async () => {
    const source = await readSources('components', 'src/view', 'src/parts');
    const given = [...source.matchAll(/\bpart="([\w-]+)"|\.part\.add\('([\w-]+)'\)/g)].map(([, a, b]) => a ?? b!);
    const documented = elements.flatMap(({ cssParts }) => listNames(cssParts));
    assert.deepEqual([...new Set(documented)].sort(), [...new Set(given)].sort());
  });

  it('has every custom property that a style heeds, with its default, and none besides', async () => {
    const source = await readSources('components', 'src/styles', 'src/view', 'src/parts');
    const heeded = new Map(
      [...source.matchAll(/var\((--hm-[\w-]+), ((?:[^()]|\([^()]*\))+)\)/g)].map(([, name, value]) => [name!, value!]),
    );
    const documented = new Map(
      elements.flatMap(({ cssProperties = [] }) => cssProperties.map((one) => [one.name, one.default!] as const)),
    );
    const sorted = (properties: ReadonlyMap<string, string>): unknown => [...properties].sort();
    assert.deepEqual(sorted(documented), sorted(heeded));
  });

  it('has about twenty tokens that all elements share, the colours of series being one', () => {
    const drawn = elements.filter(({ cssParts }) => cssParts !== undefined);
    const shared = listNames(drawn[0]!.cssProperties);
    for (const { cssProperties } of drawn) {
      for (const name of shared) assert.ok(listNames(cssProperties).includes(name), name);
    }
    const families = new Set(shared.map((name) => name.replace(/-series-.*/, '-series')));
    assert.ok(families.size >= 18 && families.size <= 24, String(families.size));
  });
});
