import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import {
  button,
  catchCopies,
  CUT,
  mountDrawn,
  pane,
  press,
  PRICED,
  restore,
  storeBodies,
  STREAMED,
  treeRows,
  untilDrawn,
  untilTree,
} from './bodies.js';
import { find, mount, readText, until } from './mount.js';

const NUMBERS =
  '{"big": 12345678901234567890, "price": 1.10, "a": "\\u00dc\\/", "a": 2, "e": 1E+2, "n": [[], {}, null]}';

const active = (within: HTMLElement): string => {
  const tree = within.querySelector('[role="tree"]');
  const row = tree && within.querySelector(`[id="${tree.getAttribute('aria-activedescendant')}"]`);
  return row === null ? '' : readText(row).replace(/^[▸▾] ?/, '');
};

describe('<hm-body-viewer>, tree', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('shows numbers, escapes and equal keys exactly as written', async () => {
    storeBodies({ request: NUMBERS });
    const element = await mountDrawn('/captured', [PRICED], 'tree');
    const request = pane(element, 'Request of A');
    await untilTree(request, /null/);
    expect(treeRows(request).slice(0, 7)).to.deep.equal([
      '6 keys',
      '"big": 12345678901234567890',
      '"price": 1.10',
      '"a": "\\u00dc\\/"',
      '"a": 2',
      '"e": 1E+2',
      '"n": 3 items',
    ]);
  });

  it('is walked, opened and closed by the keys of a tree', async () => {
    const element = await mountDrawn('/captured', [PRICED], 'tree');
    const request = pane(element, 'Request of A');
    await untilTree(request, /"model"/);
    const tree = request.querySelector<HTMLElement>('[role="tree"]')!;
    tree.focus();
    await until(() => active(request) === '3 keys');
    expect(press(tree, 'ArrowDown').defaultPrevented).to.equal(true);
    await until(() => active(request) === '"max_tokens": 100');
    press(tree, 'ArrowDown');
    await until(() => active(request) === '"messages": 1 item');
    press(tree, 'ArrowLeft');
    await until(() => treeRows(request).length === 4);
    press(tree, 'ArrowRight');
    await until(() => treeRows(request).length > 4);
    press(tree, 'End');
    await until(() => active(request) === '"model": "claude-sonnet-4-6"');
    press(tree, 'ArrowLeft');
    await until(() => active(request) === '3 keys');
    press(tree, 'Home');
    expect(press(tree, 'a').defaultPrevented).to.equal(false);
    const row = request.querySelector('[role="treeitem"]:nth-child(3)')!;
    expect([row.getAttribute('aria-level'), row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize')])
      .to.deep //
      .equal(['2', '2', '3']);
  });

  it('copies value, path and pointer of the chosen row', async () => {
    storeBodies({ request: '{"a b": [{"~/": "x\\ny"}]}' });
    const copied = catchCopies();
    const element = await mountDrawn('/captured', [PRICED], 'tree');
    const request = pane(element, 'Request of A');
    await untilTree(request, /x\\ny/);
    [...request.querySelectorAll<HTMLElement>('[role="treeitem"]')].at(-1)!.click();
    await until(() => request.querySelector('.path')?.textContent.includes('a b'));
    button(request, 'Copy value').click();
    button(request, 'Copy path').click();
    button(request, 'Copy pointer').click();
    await until(() => copied.length === 3);
    expect(copied).to.deep.equal(['x\ny', '["a b"][0]["~/"]', '/a b/0/~0~1']);
    await until(() => readText(find(element, 'section > [role="status"]')) === 'Pointer copied.');
  });

  it('opens and marks a place that the address names, in every pane that has it, and takes one into the address', async () => {
    const url = location.href;
    history.replaceState(null, '', `?call=${PRICED}&at=/content/0/text`);
    try {
      const scope = mount(html`<hm-scope url daemon="/captured"><hm-body-viewer></hm-body-viewer></hm-scope>`);
      const element = scope.querySelector('hm-body-viewer')!;
      await until(() => element.shadowRoot?.querySelector('.pane'));
      const response = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.pane.response'));
      await until(() => /^"text": /.test(active(response)));
      expect(active(pane(element, 'Request of A'))).to.equal('');
      button(response, 'Link').click();
      await until(() => new URLSearchParams(location.search).get('at') === 'a-response/content/0/text');
      history.replaceState(null, '', `?call=${PRICED}&at=/no/such`);
      dispatchEvent(new PopStateEvent('popstate'));
      await until(() => element.shadowRoot!.querySelector('.at-note')?.textContent.includes('There is no /no/such'));
    } finally {
      history.replaceState(null, '', url);
    }
  });

  it('marks the nearest place where a pane is named, and says where a body was cut before it', async () => {
    const element = mount<HmBodyViewer>(
      html`<hm-body-viewer daemon="/captured" calls=${CUT} at="a-request/zzz"></hm-body-viewer>`,
    );
    await untilDrawn(element);
    const note = await until(() => element.shadowRoot!.querySelector('.at-note'));
    expect(readText(note)).to.match(/\/zzz lies behind the place where the request of A is cut\./);
    element.at = 'not a pointer';
    await until(() => readText(find(element, '.at-note')).includes('“not a pointer” is no place in a body'));
  });

  it('opens a text that is too long for its row, piece by piece', async () => {
    const element = await mountDrawn('/captured', [CUT], 'tree');
    const request = pane(element, 'Request of A');
    const row = await until(() =>
      [...request.querySelectorAll<HTMLElement>('[role="treeitem"]')].find((one) =>
        /524,\d+ characters/.test(readText(one)),
      ),
    );
    row.querySelector<HTMLElement>('.indent')!.click();
    await until(() => request.querySelectorAll('.row-piece').length > 3);
    expect(Number(request.querySelector<HTMLElement>('.spacer')!.offsetHeight)).to.be.greaterThan(10_000);
    // However long it is, only what shows is drawn.
    expect(request.querySelectorAll('[role="treeitem"]').length).to.be.lessThan(60);
  });

  it('says in the tree and below it where a body was cut', async () => {
    const element = await mountDrawn('/captured', [CUT], 'tree');
    const request = pane(element, 'Request of A');
    expect(readText(await until(() => request.querySelector('.end')))).to.match(
      /^Cut here: 524,288 of [\d,]+ bytes stored\. The rest was never kept\.$/,
    );
  });

  it('shows the events of a stream with the JSON in them', async () => {
    const element = await mountDrawn('/captured', [STREAMED], 'tree');
    const response = pane(element, 'Response of A');
    await untilTree(response, /^1 message_start/);
    response.querySelector<HTMLElement>('[role="treeitem"] .indent')!.click();
    await untilTree(response, /^"type": "message_start"/);
  });

  it('shows text that is no JSON with the place of its fault', async () => {
    storeBodies({ request: '{"a": 1,\n "b": tru}' });
    const element = await mountDrawn('/captured', [PRICED]);
    const request = pane(element, 'Request of A');
    expect(readText(await until(() => request.querySelector('.end')))).to.match(
      /^Not JSON from line 2, column \d+: expected .+, found .+\.$/,
    );
    expect(request.querySelectorAll('.text-row').length).to.equal(2);
  });
});
