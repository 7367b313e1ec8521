import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printCsv } from '../../src/view/call-csv.js';

describe('calls as CSV', () => {
  it('have a head, and a line each with the fields in their order', () => {
    const calls = [{ model: 'grok-4', cost_millicents: 12, complete: true }];
    assert.equal(
      printCsv(['cost_millicents', 'model', 'complete'], calls),
      'cost_millicents,model,complete\r\n12,grok-4,true\r\n',
    );
  });

  it('leave a cell empty for what is not known, never 0', () => {
    assert.equal(
      printCsv(['cost_millicents', 'machine'], [{ cost_millicents: null }]),
      'cost_millicents,machine\r\n,\r\n',
    );
  });

  it('quote what holds a comma, a quote or a line break', () => {
    assert.equal(printCsv(['a'], [{ a: 'x,"y"\nz' }]), 'a\r\n"x,""y""\nz"\r\n');
  });

  it('let no spreadsheet take a text for a formula', () => {
    for (const text of ['=1+1', '+1', '-1', '@x', '\t=1']) {
      assert.equal(
        printCsv(['a'], [{ a: text }])
          .split('\r\n')[1]!
          .replaceAll('"', ''),
        `'${text}`,
      );
    }
  });
});
