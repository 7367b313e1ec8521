import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromWire } from '../../src/api/camel-case.js';

describe('names from the wire', () => {
  it('become camelCase at every depth, also before digits', () => {
    assert.deepEqual(
      fromWire({ p95_latency_ms: 1, daily: [{ cost_millicents: null, calls: 2 }], daemon: { url: 'x' } }),
      {
        p95LatencyMs: 1,
        daily: [{ costMillicents: null, calls: 2 }],
        daemon: { url: 'x' },
      },
    );
  });

  it('stay as they are where they are data', () => {
    assert.deepEqual(fromWire({ categories: { openai_key: 3 }, redactions: { bearer_token: 1 } }), {
      categories: { openai_key: 3 },
      redactions: { bearer_token: 1 },
    });
  });

  it('leave texts, numbers and null alone', () => {
    assert.deepEqual(fromWire(['a_b', 1, null, true]), ['a_b', 1, null, true]);
  });
});
