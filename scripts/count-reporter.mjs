/** A reporter for @web/test-runner that ends with the sums of all tests, in the words of node:test. */
export function countReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { pass: 0, fail: 0, skipped: 0 };
      for (const session of sessions) {
        const before = counts.fail;
        if (session.testResults) countSuite(session.testResults, counts);
        // A file that could not be loaded has no test results, only errors.
        if (!session.passed && counts.fail === before) counts.fail += 1;
      }
      const sums = Object.entries(counts).map(([word, count]) => `ℹ ${word} ${count}`);
      // The progress bar leaves the cursor in the middle of its line.
      console.log(['', ...sums].join('\n'));
    },
  };
}

function countSuite(suite, counts) {
  for (const test of suite.tests) counts[test.skipped ? 'skipped' : test.passed ? 'pass' : 'fail'] += 1;
  for (const inner of suite.suites) countSuite(inner, counts);
}
