import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeAttribution } from '../../src/view/attribution.js';
import { explainAttribution, isFallen } from '../../src/view/attribution-words.js';
import { joinTags } from '../../src/view/project-tags.js';
import { joinWays } from '../../src/view/project-ways.js';

describe('how a call came to its project', () => {
  it('is told in words, and an unknown method as the daemon calls it', () => {
    assert.equal(describeAttribution('env'), 'environment');
    assert.equal(describeAttribution('smart_default'), 'unattributed');
    assert.equal(describeAttribution('telepathy'), 'telepathy');
    assert.equal(describeAttribution(null), 'unknown');
  });

  it('is summed over methods that read the same, most calls first', () => {
    assert.deepEqual(
      joinTags([
        { method: 'git', calls: 3 },
        { method: 'ide_sniff', calls: 2 },
        { method: 'parent_ide_sniff', calls: 4 },
        { method: null, calls: 1 },
      ]),
      [
        ['IDE', 6],
        ['git', 3],
        ['unknown', 1],
      ],
    );
  });

  it('keeps the methods that read the same, so that they can be filtered by', () => {
    assert.deepEqual(
      joinWays([
        { method: 'smart_default', calls: 1 },
        { method: 'resolve_timeout', calls: 2 },
        { method: 'smart_default', calls: 4 },
        { method: null, calls: 5 },
      ]),
      [
        { word: 'unattributed', calls: 7, methods: ['smart_default', 'resolve_timeout'] },
        { word: 'unknown', calls: 5, methods: [null] },
      ],
    );
  });

  it('is nothing for a project without calls', () => {
    assert.deepEqual(joinTags([]), []);
  });

  it('is explained for every word, and for a method of the program above too', () => {
    for (const method of [
      'env',
      'rcfile',
      'workdir',
      'git',
      'ide_sniff',
      'container',
      'mac_sandbox',
      'smart_default',
    ]) {
      const meaning = explainAttribution(describeAttribution(method), [method]);
      assert.match(meaning, /\.$/);
      assert.doesNotMatch(meaning, /only the daemon knows/, method);
    }
    assert.match(explainAttribution('git', ['git', 'parent_git']), /by the program that started it\.$/);
    assert.match(explainAttribution('telepathy', ['telepathy']), /only the daemon knows/);
  });

  it('is something to mend where a default caught the call', () => {
    assert.deepEqual(
      ['smart_default', 'resolve_error', 'process_heuristics', null].map((method) => isFallen(method)),
      [true, true, false, false],
    );
  });
});
