import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { html, nothing, svg } from 'lit';
import { writeHtml } from '../../src/first-rows/write-html.js';

const HOSTILE = `</template><script>alert("1")</script>'&\u202e`;
const ESCAPED = '&lt;/template&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;\u202e';

describe('a template written as HTML', () => {
  it('holds values as text, whatever they hold', () => {
    assert.equal(writeHtml(html`<b>${HOSTILE}</b>`), `<b>${ESCAPED}</b>`);
  });

  it('keeps a value inside its attribute, whatever it holds', () => {
    assert.equal(writeHtml(html`<b title=${HOSTILE}></b>`), `<b title="${ESCAPED}"></b>`);
    assert.equal(writeHtml(html`<b class="a ${HOSTILE} ${1} z">x</b>`), `<b class="a ${ESCAPED} 1 z">x</b>`);
  });

  it('has flags only where they are set, and no attribute for nothing', () => {
    assert.equal(writeHtml(html`<p ?hidden=${true} ?inert=${false} id=${nothing}></p>`), '<p hidden=""></p>');
  });

  it('leaves out events and properties', () => {
    const act = (): void => undefined;
    assert.equal(writeHtml(html`<a href="/" @click=${act} .value=${'x'} id=${'a'}>x</a>`), '<a href="/" id="a">x</a>');
  });

  it('holds templates, lists of them, numbers and false, and nothing for null', () => {
    const inner = svg`<path d=${'M0 0'} />`;
    assert.equal(
      writeHtml(html`<svg>${inner}</svg><i>${[1, html`<u>${2}</u>`, null, undefined, nothing]}</i><b>${false}</b>`),
      '<svg><path d="M0 0" /></svg><i>1<u>2</u></i><b>false</b>',
    );
  });

  it('keeps a text apart from its neighbours, as it stands in the page', () => {
    assert.equal(writeHtml(html`<b>Rows ${1} of ${2}</b>`), '<b>Rows <!---->1<!----> of <!---->2</b>');
  });

  it('is refused where a value is no text', () => {
    assert.throws(() => writeHtml(html`<b>${{ a: 1 }}</b>`), /holds object/);
  });
});
