import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { detectFormat } from '../../src/bodies/body-format.js';
import { splitEvents } from '../../src/bodies/event-stream.js';

describe('splitEvents', () => {
  it('leaves no character of an event stream out', () => {
    const lines = fc.array(fc.constantFrom('event: a', 'data: {"b": 1}', 'data:x', ': note', '', 'id: 7', '\ufeff'));
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), (parts, lineEnd) => {
        const text = parts.join(lineEnd);
        const kept = splitEvents(text).map((event) => event.text.replace(/[\r\n]/g, ''));
        assert.equal(kept.join(''), text.replace(/^\ufeff/, '').replace(/[\r\n]/g, ''));
      }),
    );
  });
});

describe('detectFormat', () => {
  it('takes no text for JSON that only begins like it', () => {
    for (const text of ['[INFO] started', '{curly}', 'plain', '']) assert.equal(detectFormat(text, null), 'text');
    assert.equal(detectFormat(' {"error": 1}', 'text/event-stream'), 'json');
    assert.equal(detectFormat('"only a string"', 'application/json'), 'json');
    assert.equal(detectFormat('"only a string"', 'text/plain'), 'text');
  });
});
