import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeAttribution } from '../../src/view/attribution.js';
import { joinTags } from '../../src/view/project-tags.js';

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
        { word: 'IDE', calls: 6 },
        { word: 'git', calls: 3 },
        { word: 'unknown', calls: 1 },
      ],
    );
  });

  it('is nothing for a project without calls', () => {
    assert.deepEqual(joinTags([]), []);
  });
});
