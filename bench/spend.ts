import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import puppeteer from 'puppeteer-core';
import { rollup, type Plugin } from 'rollup';
import typescript from 'typescript';
import { findBrowser } from '../scripts/find-browser.mjs';
import { printGoal, printHeading, printPair } from './print.js';
import { median } from './rounds.js';

// A live update of spend, 90 days by 5 providers: from the answer to the last pixel, in one go on the main thread; and in
// the same run Chart.js by itself with the same numbers, its own axes and nothing of ours. Elements' templates are not
// in it: they draw some dozen cells.

const ROUNDS = 200;
/** The first redraws find code that was not compiled yet. */
const WARM_UP = 30;
const GOAL_MS = 10;

/** Sources as they are, without their types. */
function stripTypes(): Plugin {
  return {
    name: 'strip-types',
    resolveId(source, importer) {
      if (importer === undefined || !/^\.{1,2}\/.*\.js$/.test(source) || importer.includes('node_modules')) return null;
      return fileURLToPath(new URL(source.replace(/\.js$/, '.ts'), `file://${importer}`));
    },
    async load(id) {
      if (!id.endsWith('.ts')) return null;
      const { ES2022: target } = typescript.ScriptTarget;
      return typescript.transpileModule(await readFile(id, 'utf8'), {
        compilerOptions: { target, module: typescript.ModuleKind.ESNext },
      }).outputText;
    },
  };
}

async function bundlePage(): Promise<string> {
  const input = fileURLToPath(new URL('spend-page.ts', import.meta.url));
  const bundle = await rollup({ input, plugins: [stripTypes(), nodeResolve({ browser: true })], onwarn: () => {} });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  return output[0].code;
}

interface BenchWindow extends Window {
  readonly benchRedraws: (rounds: number) => { oursMs: number[]; theirsMs: number[] };
}

const script = await bundlePage();
const { executablePath, args, env } = await findBrowser();
const browser = await puppeteer.launch({ executablePath, args, env, headless: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  await page.addScriptTag({ content: script });
  const { oursMs, theirsMs } = await page.evaluate(
    (rounds) => (window as unknown as BenchWindow).benchRedraws(rounds),
    ROUNDS + WARM_UP,
  );
  const pair = { oursMs: oursMs.slice(WARM_UP), theirsMs: theirsMs.slice(WARM_UP) };
  printHeading();
  printPair('spend, 90 days by 5, one call more', 'the same numbers by Chart.js alone', pair, null);
  printGoal(`a median of at most ${GOAL_MS} ms`, median(pair.oursMs) <= GOAL_MS);
} finally {
  await browser.close();
}
