import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the licences of the packages whose code is in the bundle beside it, as their authors ask. */
export function collectLicenses(fileName) {
  return {
    name: 'collect-licenses',
    async generateBundle(_options, bundle) {
      const folders = new Set();
      for (const chunk of Object.values(bundle)) {
        for (const id of Object.keys(chunk.modules ?? {})) {
          const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0];
          if (folder !== undefined) folders.add(folder);
        }
      }
      const texts = await Promise.all([...folders].sort().map(readLicense));
      this.emitFile({ type: 'asset', fileName, source: texts.join('\n\n') });
    },
  };
}

async function readLicense(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? 'See the package.' : await readFile(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
