import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureEntry, measurePage, measureViewer, type Measured } from '../../scripts/measure-size.mjs';

const dist = new URL('../../dist/', import.meta.url);

function assertWithin({ name, total, limit, parts }: Measured): void {
  assert.ok(
    total <= limit,
    `${name} loads ${total} bytes of ${limit}: ${parts.map((part) => part.join(' ')).join(', ')}`,
  );
}

describe('the JavaScript, gzip,', () => {
  it('that the index page loads before any click is at most 45,000 bytes', async () => {
    const measured = await measurePage(dist);
    assert.equal(measured.limit, 45_000);
    assertWithin(measured);
  });

  for (const [entry, limit] of [
    ['hm-projects.js', 16_000],
    ['hm-status.js', 16_000],
    ['hm-pricing.js', 16_000],
    ['hm-calls.js', 26_000],
  ] as const) {
    it(`of ${entry} with all it loads in view until its data are drawn is at most ${limit} bytes`, async () => {
      const measured = await measureEntry(dist, entry);
      assert.equal(measured.limit, limit);
      assertWithin(measured);
    });
  }

  it('that one chosen call loads until its conversation is drawn is at most 30,000 bytes', async () => {
    const measured = await measureViewer(dist);
    assert.equal(measured.limit, 30_000);
    assertWithin(measured);
  });

  it('is one copy of Lit, whatever elements a page loads', async () => {
    const { parts } = await measurePage(dist);
    const cores = parts.map(([part]) => part).filter((part) => /^chunks\/core-/.test(part));
    assert.equal(cores.length, 1);
  });
});
