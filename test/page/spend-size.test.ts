import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { findChunk, listModules } from '../../scripts/measure-size.mjs';
import { weighModules, type Weighed } from './weigh-modules.js';

const dist = new URL('../../dist/', import.meta.url);

/** The chart's chunk may weigh so much, gzip, with everything that it loads and the element has not. */
const CHART_LIMIT = 51_000;
/** The element itself with all else it is made of, which comes before. */
const ELEMENT_LIMIT = 34_000;

/** What one chunk brings to a page that has some modules. */
async function weighBeyond(name: string, loaded: readonly string[]): Promise<Weighed> {
  const modules = await listModules(dist, await findChunk(dist, name));
  return weighModules(
    dist,
    modules.filter((module) => !loaded.includes(module)),
  );
}

describe('the JavaScript of spend, gzip,', () => {
  it('that draws its picture, Chart.js with all it loads, is at most 51,000 bytes', async () => {
    const { bytes, words } = await weighBeyond('spend-chart', await listModules(dist, 'hm-spend.js'));
    assert.ok(bytes <= CHART_LIMIT, `${CHART_LIMIT} at most, not ${words}`);
  });

  it('that draws the rest of it, with the element itself, is at most 34,000 bytes, and without Chart.js', async () => {
    const modules = await listModules(dist, 'hm-spend.js');
    const element = await weighModules(dist, modules);
    const part = await weighBeyond('spend-part', modules);
    const bytes = element.bytes + part.bytes;
    assert.ok(bytes <= ELEMENT_LIMIT, `${bytes} bytes of ${ELEMENT_LIMIT}: ${element.words}; ${part.words}`);
    assert.ok(!part.modules.some((module) => module.includes('spend-chart')));
  });

  it('names the licence of Chart.js among those of others', async () => {
    const licenses = await readFile(new URL('third-party-licenses.txt', dist), 'utf8');
    assert.match(licenses, /^chart\.js 4\.\d+\.\d+ \(MIT\)$/m);
  });
});
