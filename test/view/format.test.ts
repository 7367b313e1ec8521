import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatAmount } from '../../src/view/amount.js';
import { formatAge } from '../../src/view/age.js';
import {
  formatCount,
  formatDuration,
  formatExactMoney,
  formatMoney,
  formatPlural,
  formatShare,
} from '../../src/view/format.js';

describe('money', () => {
  it('reads as dollars with the asked decimals, rounded half up', () => {
    assert.equal(formatMoney(128_407_000, 2), '$1,284.07');
    assert.equal(formatMoney(6_378, 4), '$0.0638');
    assert.equal(formatMoney(500, 2), '$0.01');
    assert.equal(formatMoney(100_000, 0), '$1');
  });

  it('says that an amount which rounds to nothing is still above nothing', () => {
    assert.equal(formatMoney(499, 2), '<$0.01');
    assert.equal(formatMoney(1, 4), '<$0.0001');
    assert.equal(formatMoney(0, 2), '$0.00');
  });

  it('keeps the sign of a negative amount, also of one that rounds to nothing', () => {
    assert.equal(formatMoney(-128_407_000, 2), '−$1,284.07');
    assert.equal(formatMoney(-1, 2), '>−$0.01');
  });

  it('never differs from integer arithmetic, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 50 }), fc.constantFrom(2, 4, 5), (millicents, decimals) => {
        const step = 10n ** BigInt(5 - decimals);
        const steps = (BigInt(millicents) + step / 2n) / step;
        const shown = formatMoney(millicents, decimals);
        if (steps === 0n) return shown.startsWith('<$0.');
        return BigInt(shown.replace(/\D/g, '')) === steps;
      }),
    );
  });

  it('shows every digit of an exact amount and no more than it has past the cents', () => {
    assert.equal(formatExactMoney(6_378), '$0.06378');
    assert.equal(formatExactMoney(200_000), '$2.00');
    assert.equal(formatExactMoney(337_500), '$3.375');
    assert.equal(formatExactMoney(3_750), '$0.0375');
    assert.equal(formatExactMoney(0), '$0.00');
  });

  it('can be read back from the exact text without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (millicents) => {
        const [whole, decimals] = formatExactMoney(millicents).replace(/[$,]/g, '').split('.');
        return BigInt(whole!) * 100_000n + BigInt(decimals!.padEnd(5, '0')) === BigInt(millicents);
      }),
    );
  });
});

describe('counts and shares', () => {
  it('group thousands', () => {
    assert.equal(formatCount(48_213), '48,213');
    assert.equal(formatPlural(1, 'call'), '1 call');
    assert.equal(formatPlural(2_000, 'call'), '2,000 calls');
    assert.equal(formatPlural(0, 'project'), '0 projects');
  });

  it('are shortened from a million on, where the last digits say nothing', () => {
    assert.equal(formatAmount(999_999), '999,999');
    assert.equal(formatAmount(451_900_000), '451.9 M');
    assert.equal(formatAmount(2_000_000_000), '2.0 G');
  });

  it('give a share no figure where there is nothing to share', () => {
    assert.equal(formatShare(1, 3), '33.3 %');
    assert.equal(formatShare(0, 3), '0.0 %');
    assert.equal(formatShare(1, 1_000_000), '<0.1 %');
    assert.equal(formatShare(0, 0), '–');
  });
});

describe('durations and ages', () => {
  it('change their unit where a person would', () => {
    assert.equal(formatDuration(36.2), '36 ms');
    assert.equal(formatDuration(999.6), '1.0 s');
    assert.equal(formatDuration(7_249), '7.2 s');
    assert.equal(formatDuration(59_960), '1 min 0 s');
    assert.equal(formatDuration(72_000), '1 min 12 s');
    assert.equal(formatDuration(3_599_800), '1 h 0 min');
    assert.equal(formatDuration(7_380_000), '2 h 3 min');
  });

  it('tell roughly how long ago something was, and never that it will be', () => {
    assert.equal(formatAge(3_400), '3 s');
    assert.equal(formatAge(-5_000), '0 s');
    assert.equal(formatAge(89_000), '89 s');
    assert.equal(formatAge(14 * 60_000), '14 min');
    assert.equal(formatAge(2 * 3_600_000), '2 h');
    assert.equal(formatAge(5 * 86_400_000), '5 days');
  });
});
