import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureEntry, measurePage, measureViewer } from './measure-size.mjs';

// Prints what a page loads before any click, and fails where it is more than we promise.

const dist = new URL('../dist/', import.meta.url);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

if (!existsSync(new URL('demo/index.html', dist))) {
  console.error(`Nothing is built in ${fileURLToPath(dist)}: run npm run build first.`);
  process.exit(1);
}
for (const { name, limit, parts, total } of [
  await measurePage(dist),
  await measureEntry(dist, 'hm-projects.js'),
  await measureEntry(dist, 'hm-status.js'),
  await measureEntry(dist, 'hm-pricing.js'),
  await measureEntry(dist, 'hm-calls.js'),
  await measureViewer(dist),
]) {
  console.log(`${name}, JavaScript, gzip`);
  for (const [part, bytes] of parts) console.log(`  ${kilobytes(bytes)}  ${part}`);
  console.log(`  ${kilobytes(total)}  in all, of at most ${kilobytes(limit).trim()}`);
  if (total > limit) {
    console.error(`${name} loads ${total} bytes of JavaScript, ${total - limit} more than its limit of ${limit}.`);
    process.exitCode = 1;
  }
}
