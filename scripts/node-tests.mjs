import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';

// Runs every *.test.ts below the folders named on the command line, but those below a folder named with a minus before
// it: `test -test/browser`. Node 20 itself finds only JavaScript, and on two cores runs one file after the other; with
// `--pairs` at least two go beside each other, which is for those that mostly wait.

const HANGING_MS = 180_000;

async function listTests(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const words = process.argv.slice(2);
const left = words.filter((word) => /^-[^-]/.test(word)).map((word) => join(word.slice(1), sep));
const folders = words.filter((word) => !word.startsWith('-'));
const found = (await Promise.all(folders.map(listTests))).flat();
const files = found.filter((file) => !left.some((folder) => file.startsWith(folder)));
if (files.length === 0) {
  console.error(`There is no test in ${folders.join(', ')}.`);
  process.exit(1);
}
const least = words.includes('--pairs') ? 2 : 1;
const options = [
  ...['--import', 'tsx', '--test', '--test-reporter=spec', `--test-timeout=${HANGING_MS}`],
  `--test-concurrency=${Math.max(least, availableParallelism() - 1)}`,
];
const [code] = await once(spawn(process.execPath, [...options, ...files], { stdio: 'inherit' }), 'exit');
process.exit(code ?? 1);
