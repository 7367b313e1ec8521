import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import {
  button,
  catchCopies,
  CUT,
  mountDrawn,
  pane,
  PRICED,
  realFetch,
  restore,
  storeBodies,
  STREAMED,
  textRows,
} from './bodies.js';
import { find, readText, until } from './mount.js';

const openMenu = async (within: HTMLElement): Promise<HTMLElement> => {
  (await until(() => within.querySelector<HTMLElement>('.menu > button'))).click();
  return until(() => within.querySelector<HTMLElement>('.menu .panel'));
};

describe('<hm-body-viewer>, copying', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('copies a body as it is stored and says so, or says that the browser refused', async () => {
    const copied = catchCopies();
    const element = await mountDrawn('/captured', [STREAMED]);
    const response = pane(element, 'Response of A');
    button(await openMenu(response), 'Copy: As stored').click();
    await until(() => copied.length === 1);
    expect(copied[0]).to.equal(await (await realFetch(`/captured/api/bodies/${STREAMED}/response`)).text());
    catchCopies(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    button(await openMenu(response), 'Copy: As stored').click();
    await until(() => readText(find(element, 'section > [role="status"]')) === 'The browser refused to copy.');
  });

  it('copies JSON with indents, the rebuilt message, and a command with a placeholder for the key', async () => {
    const copied = catchCopies();
    const element = await mountDrawn('/captured', [STREAMED]);
    button(await openMenu(pane(element, 'Response of A')), 'Copy: Rebuilt message').click();
    await until(() => copied.length === 1);
    expect((JSON.parse(copied[0]!) as { type: string }).type).to.equal('message');
    const request = pane(element, 'Request of A');
    button(await openMenu(request), 'Copy: JSON with indents').click();
    await until(() => copied.length === 2);
    expect(copied[1]).to.match(/^\{\n {2}"/);
    button(await openMenu(request), 'Copy: cURL, key left out').click();
    await until(() => copied.length === 3);
    expect(copied[2])
      .to.contain('curl https://api.anthropic.com/v1/messages')
      .and.to.contain('"x-api-key: $ANTHROPIC_API_KEY"');
  });

  it('asks before it copies more than a million characters', async () => {
    const copied = catchCopies();
    storeBodies({ request: JSON.stringify({ a: 'lorem ipsum '.repeat(100_000) }) });
    const element = await mountDrawn('/captured', [PRICED]);
    const menu = await openMenu(pane(element, 'Request of A'));
    button(menu, 'Copy: As stored').click();
    const sure = await until(() =>
      [...menu.querySelectorAll('button')].find((one) => readText(one) === 'Copy all 1,200,008 characters'),
    );
    expect(copied).to.deep.equal([]);
    sure.click();
    await until(() => copied.length === 1);
  });

  it('saves a body under the name of its call', async () => {
    const element = await mountDrawn('/captured', [PRICED]);
    const saved: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(`${this.download} ${this.protocol}`);
    };
    try {
      button(await openMenu(pane(element, 'Request of A')), 'Save: As stored').click();
      await until(() => saved.length === 1);
      expect(saved).to.deep.equal([`${PRICED}-request.json blob:`]);
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
  });

  it('gives a selection to the clipboard as it is stored, without line numbers and without ends of wrapped rows', async () => {
    const element = await mountDrawn('/captured', [CUT], 'text');
    const request = pane(element, 'Request of A');
    await until(() => textRows(request).length > 5);
    const said = [...request.querySelectorAll('.text-row > .said')];
    const text = (row: Element): Node => [...row.childNodes].find((node) => node.nodeType === Node.TEXT_NODE)!;
    getSelection()!.setBaseAndExtent(text(said[0]!), 10, text(said[2]!), 20);
    const length = said[0]!.textContent.length + said[1]!.textContent.length + 10;
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    said[0]!.dispatchEvent(event);
    const stored = await (await realFetch(`/captured/api/bodies/${CUT}/request`)).text();
    expect(event.clipboardData!.getData('text/plain')).to.equal(stored.slice(10, 10 + length));
  });
});
