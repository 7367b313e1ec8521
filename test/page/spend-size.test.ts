import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { listModules } from '../../scripts/measure-size.mjs';

const dist = new URL('../../dist/', import.meta.url);

/** The chart's chunk may weigh so much, gzip, with everything that it loads and the element has not. */
const CHART_LIMIT = 51_000;
/** The element itself with all else it is made of, which comes before. */
const ELEMENT_LIMIT = 34_000;

async function findChunk(name: RegExp): Promise<string> {
  const chunks = await readdir(new URL('elements/chunks/', dist));
  const found = chunks.filter((chunk) => name.test(chunk));
  assert.equal(found.length, 1, `There is one chunk ${name}, not ${found.join(', ')}.`);
  return `chunks/${found[0]}`;
}

const weigh = async (module: string): Promise<number> =>
  gzipSync(await readFile(new URL(`elements/${module}`, dist)), { level: 9 }).length;

/** Bytes of what one chunk brings to a page that has some modules. */
async function weighBeyond(chunk: string, loaded: ReadonlySet<string>): Promise<{ bytes: number; parts: string }> {
  const modules = (await listModules(dist, chunk)).filter((module) => !loaded.has(module));
  const sizes = await Promise.all(modules.map(weigh));
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    parts: modules.map((module, at) => `${module} ${sizes[at]}`).join(', '),
  };
}

describe('the JavaScript of spend, gzip,', () => {
  it('that draws its picture, Chart.js with all it loads, is at most 51,000 bytes', async () => {
    const element = new Set(await listModules(dist, 'hm-spend.js'));
    const { bytes, parts } = await weighBeyond(await findChunk(/^spend-chart-[\w-]{8}\.js$/), element);
    assert.ok(bytes <= CHART_LIMIT, `${bytes} bytes of ${CHART_LIMIT}: ${parts}`);
  });

  it('that draws the rest of it, with the element itself, is at most 34,000 bytes, and without Chart.js', async () => {
    const element = await weighBeyond('hm-spend.js', new Set());
    const modules = new Set(await listModules(dist, 'hm-spend.js'));
    const part = await weighBeyond(await findChunk(/^spend-part-[\w-]{8}\.js$/), modules);
    const bytes = element.bytes + part.bytes;
    assert.ok(bytes <= ELEMENT_LIMIT, `${bytes} bytes of ${ELEMENT_LIMIT}: ${element.parts}, ${part.parts}`);
    assert.ok(!part.parts.includes('spend-chart'));
  });

  it('names the licence of Chart.js among those of others', async () => {
    const licenses = await readFile(new URL('third-party-licenses.txt', dist), 'utf8');
    assert.match(licenses, /^chart\.js 4\.\d+\.\d+ \(MIT\)$/m);
  });
});
