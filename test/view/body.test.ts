import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatMoneyDifference } from '../../src/view/body-differs.js';
import { pricePart } from '../../src/view/body-price.js';
import { splitText } from '../../src/view/body-text.js';
import { describeRedactions } from '../../src/view/body-words.js';
import { quoteForShell, quoteName, quoteOperand } from '../../src/view/shell-quotes.js';

describe('the text of a body in pieces', () => {
  const words = fc.array(fc.constantFrom('word ', '\n', 'x'.repeat(3_990), '🦊', '[REDACTED:jwt]', '[REDACTED:'), {
    maxLength: 400,
  });

  it('is the text again when the pieces are joined, whatever stands in it', () => {
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('');
        const pieces = splitText(text);
        assert.equal(pieces.join(''), text);
        assert.ok(pieces.every((piece) => piece.length > 0 && piece.length <= 4_000));
      }),
    );
  });

  it('never parts a character or a redaction mark', () => {
    for (let shift = 0; shift < 20; shift++) {
      const text = 'x'.repeat(3_985 + shift) + '[REDACTED:jwt]' + '🦊'.repeat(4_000);
      const pieces = splitText(text);
      assert.equal(pieces.filter((piece) => piece.includes('[REDACTED:jwt]')).length, 1);
      assert.ok(pieces.every((piece) => !/[\ud800-\udbff]$/.test(piece)));
    }
  });
});

describe('what one kind of tokens adds', () => {
  it('is exact beyond the range of doubles, and rounds half away from zero', () => {
    assert.equal(pricePart(1_234, 300_000), 370);
    assert.equal(pricePart(3, 500_000), 2);
    assert.equal(pricePart(0, 0, [3, 500_000]), -2);
    assert.equal(pricePart(9_007_199_254_740_991, 1_000_000), 9_007_199_254_740_991);
  });

  it('is told as a difference with its sign, and never as a rounded nothing', () => {
    assert.equal(formatMoneyDifference(12_060), '+$0.1206');
    assert.equal(formatMoneyDifference(-1_210), '−$0.0121');
    assert.equal(formatMoneyDifference(-4), '−$0.00004');
  });
});

describe('words about a body', () => {
  it('quotes a slug for a shell where it needs it', () => {
    assert.equal(quoteForShell('team/onboarding-bot'), 'team/onboarding-bot');
    assert.equal(quoteForShell('mac:ai.perplexity.mac'), 'mac:ai.perplexity.mac');
    assert.equal(quoteForShell(`it's $(rm -rf) "x"`), `'it'\\''s $(rm -rf) "x"'`);
    assert.equal(quoteForShell(''), `''`);
    assert.equal(quoteForShell('-x'), `'-x'`);
  });

  it('writes a name so that what is seen is what a shell reads, whatever turns or hides text', () => {
    assert.equal(quoteName('team/onboarding-bot'), 'team/onboarding-bot');
    assert.equal(quoteName(`it's`), `'it'\\''s'`);
    assert.equal(quoteOperand('-\u202eno'), `-- $'-\\342\\200\\256no'`);
    const names = [
      '\u202etessop\u202c 1',
      "a\u00a0b'\\7",
      '\u001b[201~\u0003\n9',
      '👩\u200d🔬 אב',
      '\u3164',
      'a  b',
      "\\'",
    ];
    for (const name of names) {
      const quoted = quoteName(name);
      assert.doesNotMatch(quoted, /[\p{C}\p{DI}\p{Zl}\p{Zp}\u00a0]/u);
      assert.equal(execFileSync('bash', ['-c', `printf %s ${quoted}`]).toString(), name);
    }
  });

  it('counts redactions by category, as "up to", since one secret may count twice', () => {
    assert.equal(describeRedactions({}), null);
    assert.equal(describeRedactions({ jwt: 0 }), null);
    assert.equal(describeRedactions({ anthropic_key: 2 }), 'up to 2 anthropic_key redacted');
    assert.equal(describeRedactions({ a: 1, b: 2, c: 1_000 }), 'up to 1 a, 2 b and 1,000 c redacted');
  });
});
