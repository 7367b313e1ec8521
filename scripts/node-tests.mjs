import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

// Runs every *.test.ts below the folders named on the command line, but those below a folder named with a minus before
// it: `test -test/browser`. Node 20 itself finds only JavaScript.

const HANGING_MS = 180_000;

async function listTests(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const words = process.argv.slice(2);
const left = words.filter((word) => word.startsWith('-')).map((word) => join(word.slice(1), sep));
const folders = words.filter((word) => !word.startsWith('-'));
const found = (await Promise.all(folders.map(listTests))).flat();
const files = found.filter((file) => !left.some((folder) => file.startsWith(folder)));
if (files.length === 0) {
  console.error(`There is no test in ${folders.join(', ')}.`);
  process.exit(1);
}
const command = ['--import', 'tsx', '--test', '--test-reporter=spec', `--test-timeout=${HANGING_MS}`, ...files];
const [code] = await once(spawn(process.execPath, command, { stdio: 'inherit' }), 'exit');
process.exit(code ?? 1);
