import { basename } from 'node:path';

/**
 * A reporter for @web/test-runner that ends with what failed and the sums of all tests, in the words of node:test. What
 * failed stands at the end too, because the end is what is kept of a long log.
 */
export function countReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { pass: 0, fail: 0, skipped: 0 };
      const failures = [];
      for (const session of sessions) {
        const before = counts.fail;
        if (session.testResults) countSuite(session.testResults, [basename(session.testFile)], counts, failures);
        // A file that could not be loaded has no test results, only errors.
        if (!session.passed && counts.fail === before) {
          counts.fail += 1;
          const reasons = session.errors.map(({ message }) => message);
          failures.push(`✖ ${[basename(session.testFile), ...reasons].join(' › ')}`);
        }
      }
      const sums = Object.entries(counts).map(([word, count]) => `ℹ ${word} ${count}`);
      // The progress bar leaves the cursor in the middle of its line.
      console.log(['', ...failures, ...sums].join('\n'));
    },
  };
}

function countSuite(suite, path, counts, failures) {
  for (const test of suite.tests) {
    const outcome = test.skipped ? 'skipped' : test.passed ? 'pass' : 'fail';
    counts[outcome] += 1;
    if (outcome === 'fail') failures.push(`✖ ${[...path, test.name].join(' › ')}: ${test.error?.message}`);
  }
  for (const inner of suite.suites) countSuite(inner, [...path, inner.name], counts, failures);
}
