import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

// Runs every *.test.ts below the folders named on the command line: Node 20 itself finds only JavaScript.

const HANGING_MS = 180_000;

async function listTests(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const folders = process.argv.slice(2);
const files = (await Promise.all(folders.map(listTests))).flat();
if (files.length === 0) {
  console.error(`There is no test in ${folders.join(', ')}.`);
  process.exit(1);
}
const words = ['--import', 'tsx', '--test', '--test-reporter=spec', `--test-timeout=${HANGING_MS}`, ...files];
const [code] = await once(spawn(process.execPath, words, { stdio: 'inherit' }), 'exit');
process.exit(code ?? 1);
