import { html, render } from 'lit';
import { writeSnippets } from '../view/embed-snippets.js';
import { copyText } from './copy-text.js';

/** Below an element that has the page to itself: how the same gets into a page of the reader's own. */
export function showSnippet(tag: string, attributes: Readonly<Record<string, string>>, origin: string): void {
  const { iframe } = writeSnippets({ tag, attributes, origin });
  const section = document.createElement('section');
  section.className = 'embed';
  section.setAttribute('aria-labelledby', 'embed-title');
  const copy = async (): Promise<void> => {
    const said = section.querySelector('output')!;
    said.value = (await copyText(iframe)) ? 'Copied.' : 'This page may not copy.';
  };
  render(
    html`<div class="head">
        <h2 id="embed-title">Embed this</h2>
        <button type="button" @click=${copy}>Copy</button>
        <output></output>
      </div>
      <p>Into any page on this machine, a file too:</p>
      <pre tabindex="0" aria-labelledby="embed-title"><code>${iframe.trimEnd()}</code></pre>`,
    section,
  );
  document.body.append(section);
}
