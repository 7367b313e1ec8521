import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// Runs every suite, one after another, and ends with one line that sums them: `N passed, N failed`.

const root = fileURLToPath(new URL('..', import.meta.url));

/** Scripts of package.json. `counts` says that a suite prints how many tests it ran; the others are one check each. */
const SUITES = [
  { script: 'build', stopsAll: true },
  { script: 'size' },
  { script: 'test:api', counts: true },
  { script: 'test:browser', counts: true },
  { script: 'test:page', counts: true },
];

const npm = process.env.npm_execpath;
if (npm === undefined) {
  console.error('Run this as npm test.');
  process.exit(1);
}

/** The sums that node:test (`ℹ pass 12`) and our browser reporter (the same words) print at their end. */
function readCounts(output) {
  const sum = (word) =>
    [...output.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'gm'))].reduce((n, [, d]) => n + Number(d), 0);
  return { passed: sum('pass'), failed: sum('fail') + sum('cancelled') };
}

/** The lines that name a failed test: `✖ …`, once each. */
function readFailures(output) {
  return new Set([...output.matchAll(/^ *(✖ .*?)(?: \([\d.]+ms\))?$/gm)].map(([, line]) => line));
}

async function runSuite({ script, counts }) {
  console.log(`\n— ${script} —`);
  const child = spawn(process.execPath, [npm, 'run', '--silent', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    process.stdout.write(text);
  });
  const [code] = await once(child, 'close');
  if (!counts) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const counted = { ...readCounts(output), failures: readFailures(output) };
  // A suite that died before it counted, or that counted nothing, has failed as a whole.
  const isBroken = counted.failed === 0 && (code !== 0 || counted.passed === 0);
  return isBroken ? { ...counted, failed: 1 } : counted;
}

const total = { passed: 0, failed: 0 };
const failedSuites = [];
const allFailures = [];
for (const suite of SUITES) {
  const { passed, failed, failures = [] } = await runSuite(suite);
  allFailures.push(...failures);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedSuites.push(suite.script);
  if (failed > 0 && suite.stopsAll) break;
}
if (failedSuites.length > 0) {
  console.log(`\nFailed: ${failedSuites.join(', ')}`);
  for (const line of allFailures) console.log(line);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
