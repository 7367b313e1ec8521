// private: quick measuring build
import { rollup } from 'rollup';
import { transform } from 'esbuild';
import { readFile, writeFile, rm, mkdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { minify as terserMinify } from 'terser';
import make from './rollup.config.mjs';
const OUT = '/tmp/hm/bodies-size-tools/dist';
const configs = await make({});
const esb = {
  name: 'esb',
  resolveId(source, importer) { if (importer && source.startsWith('.') && source.endsWith('.js') && !importer.includes('node_modules')) { return new URL(source.replace(/\.js$/, '.ts'), 'file://' + importer).pathname; } },
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const { code: out } = await transform(code, { loader: 'ts', target: 'es2022', tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true, experimentalDecorators: true } } });
    return { code: out, map: null };
  },
};
const perModule = process.argv.includes('--modules');
async function build(config, write) {
  const plugins = config.plugins.filter(p => !['clean-first', 'copy-pages', 'typescript', 'collect-licenses'].includes(p.name)).map(p => p);
  plugins.splice(0, 0, esb);
  const bundle = await rollup({ ...config, plugins });
  const { output } = await bundle.generate(config.output);
  return output;
}
await rm(OUT, { recursive: true, force: true });
const outs = await build(configs[0]);
const gz = (c) => gzipSync(c, { level: 9 }).length;
for (const c of outs) if (c.type === 'chunk') { const p = `${OUT}/${c.fileName}`; await mkdir(p.slice(0, p.lastIndexOf('/')), { recursive: true }); await writeFile(p, c.code); }
if (process.argv.includes('--worker')) for (const c of await build(configs[1])) { await writeFile(`${OUT}/${c.fileName}`, c.code); console.log('worker', gz(c.code)); }
const by = Object.fromEntries(outs.filter(c => c.type === 'chunk').map(c => [c.fileName, c]));
// static closure helper
function closure(names) { const seen = new Set(); const go = n => { if (seen.has(n) || !by[n]) return; seen.add(n); by[n].imports.forEach(go); }; names.forEach(go); return [...seen]; }
const find = n => Object.keys(by).find(f => by[f].name === n);
const extra = process.argv.slice(2).filter(a => !a.startsWith('--'));
const names = closure(['elements/hm-body-viewer.js', find('body-viewer'), ...extra.map(find)].filter(Boolean));
let total = 0;
for (const n of names.sort((a, b) => gz(by[b].code) - gz(by[a].code))) { const s = gz(by[n].code); total += s; console.log(String(s).padStart(6), n); }
console.log(String(total).padStart(6), 'total');
if (perModule) {
  const rows = [];
  for (const n of names) for (const [id, m] of Object.entries(by[n].modules)) {
    if (!m.code) continue;
    const min = (await terserMinify(m.code, { module: true, ecma: 2022, mangle: { toplevel: true }, compress: { unused: false, toplevel: false } })).code ?? '';
    rows.push([gz(min), min.length, by[n].name, id.replace(/^.*bodies-size\//, '')]);
  }
  rows.sort((a, b) => b[0] - a[0]);
  for (const r of rows) console.log(r.map((x, i) => i < 2 ? String(x).padStart(6) : x).join('  '));
}
