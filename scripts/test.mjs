import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// Runs every suite, one after another, and ends with one line that sums them: `N passed, N failed`.

const root = fileURLToPath(new URL('..', import.meta.url));
const node = process.execPath;
const rollup = fileURLToPath(new URL('../node_modules/rollup/dist/bin/rollup', import.meta.url));
const webTestRunner = fileURLToPath(new URL('../node_modules/@web/test-runner/dist/bin.js', import.meta.url));

/** `counts` says that the suite prints how many tests it ran; the others are one check each. */
const SUITES = [
  { name: 'build', words: [rollup, '-c'], stopsAll: true },
  { name: 'size', words: ['scripts/size.mjs'] },
  { name: 'api and server', words: ['scripts/node-tests.mjs', 'test/api', 'test/server'], counts: true },
  { name: 'browser', words: [webTestRunner], counts: true },
  { name: 'page', words: ['scripts/node-tests.mjs', 'test/page'], counts: true },
];

/** The sums that node:test (`ℹ pass 12`) and our browser reporter (the same words) print at their end. */
function readCounts(output) {
  const sum = (word) =>
    [...output.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'gm'))].reduce((n, [, d]) => n + Number(d), 0);
  return { passed: sum('pass'), failed: sum('fail') + sum('cancelled') };
}

async function runSuite({ name, words, counts }) {
  console.log(`\n— ${name} —`);
  const child = spawn(node, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    process.stdout.write(text);
  });
  const [code] = await once(child, 'close');
  if (!counts) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const counted = readCounts(output);
  // A suite that died before it counted, or that counted nothing, has failed as a whole.
  const isBroken = counted.failed === 0 && (code !== 0 || counted.passed === 0);
  return isBroken ? { ...counted, failed: 1 } : counted;
}

const total = { passed: 0, failed: 0 };
const failedSuites = [];
for (const suite of SUITES) {
  const { passed, failed } = await runSuite(suite);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedSuites.push(suite.name);
  if (failed > 0 && suite.stopsAll) break;
}
if (failedSuites.length > 0) console.log(`\nFailed: ${failedSuites.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
