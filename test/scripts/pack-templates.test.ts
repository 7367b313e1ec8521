import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rollup } from 'rollup';
import { packTemplates } from '../../scripts/pack-templates.mjs';

/** What the build makes of a module that declares these lines, with Lit and the tokens left outside. */
async function pack(lines: string, input = 'element'): Promise<string> {
  const source = `import { css, html } from 'lit';\nimport * as t from './tokens.js';\n${lines}`;
  const bundle = await rollup({
    input,
    external: /^/,
    // Lit and the tokens do nothing but what is asked of them; one of the two is not asked.
    treeshake: { moduleSideEffects: 'no-external' },
    logLevel: 'silent',
    plugins: [{ name: 'source', resolveId: (id) => (id === input ? id : null), load: () => source }, packTemplates()],
  });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

describe('packed templates', () => {
  it('keep the spaces of a style sheet that mean something, and the texts in it', async () => {
    const code = await pack(`export const style = css\`
      th :focus-visible,
      tr > a::after {
        content: ' not;  a { rule } ';
        /* why: the look */
        margin: 0 -8px;
      }
      @container (max-width: 460px) { p + p { width: calc(1px + 2px) } }
    \`;`);
    assert.ok(
      code.includes(
        "th :focus-visible,tr>a::after{content:' not;  a { rule } ';margin:0 -8px}" +
          '@container (max-width:460px){p + p{width:calc(1px + 2px)}}',
      ),
      code,
    );
  });

  it('have the tokens written out, as a text that needs no tag', async () => {
    const code = await pack('export const style = css`b { color: ${t.live}; }`;');
    assert.ok(code.includes('(`b{color:var(--hm-live,light-dark(#1a7440,#6bc98d))}`)'), code);
    assert.ok(code.includes('unsafeCSS'), code);
    assert.ok(!code.includes('tokens.js'), code);
  });

  it('call the tokens of most sheets by short names, which the sheet of every element explains', async () => {
    const short = /var\((--_\w)\)/.exec(await pack('export const style = css`b { color: ${t.ink}; }`;'))?.[1];
    const base = await pack(
      'export const base = css`:host { color: ${t.ink}; } a:host { margin: 0; }`;',
      '/styles/base.ts',
    );
    assert.ok(base.includes(`;${short}:var(--hm-ink,light-dark(#1b1a18,#e9e6e0));`), base);
    assert.ok(base.endsWith(`;color:var(${short})}a:host{margin:0}\`);\n\nexport { base };\n`), base);
  });

  it('fail the build for a token that does not exist and for any other value', async () => {
    await assert.rejects(pack('export const style = css`b { color: ${t.inc}; }`;'), /only a token can stand in a css/);
    await assert.rejects(pack('export const style = css`b { color: ${html}; }`;'), /only a token can stand in a css/);
  });

  it('keep one space between words of markup, and what stands in a <pre>', async () => {
    const code = await pack(
      'export const a = html`<td\n  ><b>1</b>\n  <i>2</i></td\n>`; export const b = html`<pre>\n  x</pre>`;',
    );
    assert.ok(code.includes('html`<td><b>1</b> <i>2</i></td>`'), code);
    assert.ok(code.includes('html`<pre>\n  x</pre>`'), code);
  });
});
