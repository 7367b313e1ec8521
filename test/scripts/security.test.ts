import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

// SECURITY.md says what stops whom, and which tests hold that.

const root = new URL('../../', import.meta.url);
const text = await readFile(new URL('SECURITY.md', root), 'utf8');

/** Cells of each row of a table, the heads and the lines below them apart. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()))
  .filter((cells) => !/^-+$/.test(cells[0]!) && cells.at(-1) !== 'held by');

describe('the threat model', () => {
  it('is there, with all that it is to tell of', () => {
    assert.ok(rows.length >= 30, String(rows.length));
    for (const word of [
      'root',
      'DNS rebinding',
      '0600|user alone',
      '--pages',
      'Trusted Types',
      'install script',
      'extensions',
    ])
      assert.match(text, new RegExp(word), word);
  });

  for (const [who = '', , tests = ''] of rows) {
    it(`names tests that there are, for: ${who}`, async () => {
      const files = [...tests.matchAll(/`([^`]+\.test\.ts)`: ((?:"[^"]+"(?:, )?)+)/g)];
      assert.ok(files.length > 0, 'no test is named');
      const left = tests.replace(/`[^`]+\.test\.ts`: (?:"[^"]+"(?:, )?)+/g, '').replace(/[;\s]/g, '');
      assert.equal(left, '', 'this is no test');
      for (const [, file = '', titles = ''] of files) {
        const source = await readFile(new URL(file, root), 'utf8');
        for (const [, title = ''] of titles.matchAll(/"([^"]+)"/g)) {
          const isThere = ["'", '`', '"'].some((quote) => source.includes(`it(${quote}${title}${quote}`));
          assert.ok(isThere, `${file} has no test "${title}"`);
        }
      }
    });
  }
});
