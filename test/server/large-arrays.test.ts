import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { copyArray, makeArray } from '../../src/server/sources/database/columns/large-arrays.js';

const MANY = 1_000_003;

describe('a large array', () => {
  it('is of the wanted kind and length, holds zeros, and keeps its values when it grows', () => {
    for (const type of [Float64Array, Float32Array, Uint32Array, Int32Array, Uint16Array, Uint8Array]) {
      for (const length of [0, 3, MANY]) {
        const made = makeArray<InstanceType<typeof type>>(type, length);
        assert.equal(made.constructor, type);
        assert.equal(made.length, length);
        assert.equal(made.byteOffset, 0);
        assert.ok(!made.some((value) => value !== 0));
        made.fill(7);
        const grown = copyArray(made, length + 5);
        assert.equal(grown.constructor, type);
        assert.equal(grown.length, length + 5);
        assert.equal(grown.lastIndexOf(7), length - 1);
        assert.equal(grown.indexOf(0), length);
      }
    }
  });

  it('is there also on a system that sets no addresses aside', (test) => {
    test.mock.method(WebAssembly, 'Memory', () => {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    });
    const made = makeArray(Float64Array, MANY);
    made[MANY - 1] = 7;
    assert.equal(made.length, MANY);
    assert.equal(made.indexOf(7), MANY - 1);
  });
});
