import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatRate, RATE_UNITS } from '../../src/view/rate-units.js';
import { parseRate, printRate } from '../../src/view/typed-rates.js';

const TOKENS = { million: 1_000_000n, thousand: 1_000n, token: 1n };

describe('a rate', () => {
  const rate = fc.oneof(fc.nat(1_000_000_000), fc.nat(10), fc.constantFrom(1, 30_000, 1_000_000_000));

  it('is shown for each unit to its last digit', () => {
    fc.assert(
      fc.property(rate, fc.constantFrom(...RATE_UNITS), (millicents, unit) => {
        const text = formatRate(millicents, unit);
        const [whole, fraction] = text.slice(1).replaceAll(',', '').split('.') as [string, string];
        assert.ok(fraction.length >= 2);
        // Dollars for a million tokens, from what is shown for some of them; both as whole numbers of 10^-17.
        const shown = BigInt(whole + fraction) * 10n ** BigInt(17 - fraction.length) * (1_000_000n / TOKENS[unit]);
        assert.equal(shown, BigInt(millicents) * 10n ** 12n);
      }),
    );
  });

  it('is read back from what is typed as it was printed', () => {
    fc.assert(
      fc.property(rate, fc.constantFrom(...RATE_UNITS), (millicents, unit) => {
        assert.equal(parseRate(printRate(millicents, unit), unit), millicents);
        assert.equal(parseRate(` $${printRate(millicents, unit)} `, unit), millicents);
      }),
    );
    assert.equal(parseRate('.5', 'million'), 50_000);
    assert.equal(parseRate('3.', 'million'), 300_000);
    assert.equal(parseRate('1.5000000000000', 'million'), 150_000);
  });

  it('is none where it is no number, too fine for a whole millicent, or more than the server takes', () => {
    for (const text of ['', ' ', '.', '$', '-1', '1e3', '1,000', 'free', 'Infinity']) {
      assert.equal(parseRate(text, 'million'), 'is not a number of dollars', text);
    }
    assert.equal(parseRate('0.000001', 'million'), 'has more than 5 digits behind the point');
    assert.equal(parseRate('0.000001', 'thousand'), 100);
    assert.equal(parseRate('10000.00001', 'million'), 'is above $10,000.00');
    assert.equal(parseRate('0.02', 'token'), 'is above $0.01');
  });
});
