import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isJsonPointer } from '../../src/bodies/is-json-pointer.js';
import type { Call } from '../../src/view/call-state.js';
import { CALL_COLUMNS } from '../../src/view/all-columns.js';
import { type ColumnChoice, type ColumnLayout, defaultColumns, layOutColumns } from '../../src/view/call-layout.js';
import { parseColumns } from '../../src/view/chosen-columns.js';
import { printColumns } from '../../src/view/column-choices.js';

const bodies = { readPointer: (pointer: string) => ({ text: pointer }), readState: () => undefined };

const readChoices = (columns: readonly ColumnChoice[]): ColumnChoice[] =>
  columns.map(({ key, widthPx }) => ({ key, widthPx }));

describe('the columns of the calls', () => {
  it('are read from a text and printed to the same text', () => {
    const text = 'time,model:180,cost,/max_tokens:90,/a%2Cb%3Ac';
    const { columns, unknown } = parseColumns(text);
    assert.deepEqual(unknown, []);
    const choices = readChoices(columns);
    assert.deepEqual(choices.at(-1), { key: '/a,b:c', widthPx: null });
    assert.deepEqual(choices[1], { key: 'model', widthPx: 180 });
    assert.equal(printColumns(columns), text);
  });

  it('survive printing and reading, whatever a pointer holds', () => {
    const pointer = fc
      .array(fc.string(), { minLength: 1, maxLength: 4 })
      .map((steps) => steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
    const key = fc.oneof(fc.constantFrom(...CALL_COLUMNS.map((column) => column.key)), pointer);
    const widthPx = fc.option(fc.integer({ min: 40, max: 2000 }));
    const choice = fc.record({ key, widthPx }, { noNullPrototype: true });
    const columns = fc.uniqueArray(choice, { selector: (column) => column.key, maxLength: 8 });
    fc.assert(
      fc.property(columns, (chosen) => {
        // White space at an end of a text is nobody's choice.
        if (chosen.some((column) => column.key !== column.key.trim())) return;
        const { columns, unknown } = parseColumns(printColumns(chosen));
        assert.deepEqual([readChoices(columns), unknown], [chosen, []]);
      }),
    );
  });

  it('name what is no column', () => {
    assert.deepEqual(parseColumns('time,colour,model:wide,cost:1:2,/~2').unknown, [
      'colour',
      'model:wide',
      'cost:1:2',
      '/~2',
    ]);
  });

  it('are pointers only where RFC 6901 has them', () => {
    for (const pointer of ['/max_tokens', '/tools/*/name', '/a~1b', '/', '/ '])
      assert.ok(isJsonPointer(pointer), pointer);
    for (const text of ['', 'max_tokens', '/a~2', '/~']) assert.ok(!isJsonPointer(text), text);
  });

  it('fit every width without a choice, fewer the narrower it is', () => {
    let fewest = Infinity;
    for (let widthPx = 2200; widthPx >= 300; widthPx -= 1) {
      const layout = layOutColumns(null, widthPx, widthPx + 16, bodies);
      assert.ok(layout.widthPx <= widthPx + 16, `${layout.widthPx} in ${widthPx}`);
      assert.ok(layout.columns.length <= fewest);
      fewest = layout.columns.length;
    }
    assert.deepEqual(
      defaultColumns(300).map(({ key }) => key),
      ['time', 'model', 'cost'],
    );
  });

  it('are as much wider as letters are, and fewer where they take more room', () => {
    const usual = layOutColumns(null, 1200, 1216, bodies);
    const large = layOutColumns(null, 1200, 1216, bodies, 1.5);
    const widthOf = ({ columns }: ColumnLayout, key: string): number | undefined =>
      columns.find((column) => column.key === key)?.widthPx;
    assert.equal(widthOf(large, 'time'), 183);
    assert.equal(widthOf(usual, 'time'), 122);
    assert.ok(large.columns.length < usual.columns.length);
    assert.ok(large.widthPx <= 1216);
  });

  it('keep the width that was chosen, and share what is left', () => {
    const chosen = parseColumns('model:300,project,workdir').columns;
    const { columns, widthPx } = layOutColumns(chosen, 1000, 1016, bodies);
    assert.equal(columns[0]!.widthPx, 300);
    assert.ok(columns[1]!.widthPx > 96 && columns[2]!.widthPx > 150);
    assert.ok(widthPx > 1010 && widthPx <= 1016);
  });

  it('may need more room than there is where they were chosen', () => {
    const chosen = parseColumns('model:900,workdir:900').columns;
    assert.equal(layOutColumns(chosen, 1000, 1016, bodies).widthPx, 1846);
  });

  it('have a name for each field of a call, each once', () => {
    const fields = CALL_COLUMNS.map(({ field }) => field);
    assert.equal(new Set(fields).size, fields.length);
    const call = { requestedAt: '2026-11-24T00:00:00Z' } as Partial<Call>;
    assert.ok('requestedAt' in call && fields.includes('requested_at'));
  });
});
