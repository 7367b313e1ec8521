import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import { button, chooseView, mountDrawn, pane, press, PRICED, restore, storeBodies, STREAMED } from './bodies.js';
import { find, findAll, readText, until } from './mount.js';

const REQUEST = JSON.stringify({
  model: 'claude-sonnet-4-6',
  max_tokens: 10,
  messages: [
    { role: 'user', content: 'One Fish, two fish, fishing' },
    { role: 'assistant', content: 'Red **fish**' },
  ],
});

async function look(element: HmBodyViewer, text: string): Promise<void> {
  const input = await until(() => element.shadowRoot!.querySelector<HTMLInputElement>('.find input'));
  input.value = text;
  input.dispatchEvent(new InputEvent('input'));
}

const count = (element: HmBodyViewer): string => readText(find(element, '.find .count'));
const untilCount = (element: HmBodyViewer, words: string): Promise<boolean> => until(() => count(element) === words);

describe('<hm-body-viewer>, find', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('opens with its button and with the key /, and leaves the key of the browser’s own find alone', async () => {
    const element = await mountDrawn('/captured', [PRICED]);
    const box = await until(() => element.shadowRoot!.querySelector<HTMLElement>('.box'));
    expect(press(box, 'f', { ctrlKey: true }).defaultPrevented).to.equal(false);
    expect(element.shadowRoot!.querySelector('.find')).to.equal(null);
    expect(press(box, '/').defaultPrevented).to.equal(true);
    await until(() => element.shadowRoot!.activeElement?.matches('.find input'));
    press(find(element, '.find input'), 'Escape');
    await until(() => element.shadowRoot!.querySelector('.find') === null);
    button(element.shadowRoot!, 'Find').click();
    await until(() => element.shadowRoot!.querySelector('.find'));
  });

  it('counts in all panes at once, and steps through the matches and round the ends', async () => {
    storeBodies({ request: REQUEST });
    const element = await mountDrawn('/captured', [PRICED]);
    button(element.shadowRoot!, 'Find').click();
    await look(element, 'fish');
    await untilCount(element, '1 of 4');
    expect(readText(find(element, '.per-pane'))).to.equal('Request of A 4 Response of A 0');
    await until(() => findAll(element, 'mark').length === 4);
    await until(() => findAll(element, 'mark.current').length === 1);
    press(find(element, '.find input'), 'Enter', { shiftKey: true });
    await untilCount(element, '4 of 4');
    await until(() => readText(find(element, 'mark.current').closest('.turn')!).startsWith('assistant'));
    press(find(element, '.find input'), 'Enter');
    await untilCount(element, '1 of 4');
  });

  it('looks for whole words, for the same case, and by regular expression', async () => {
    storeBodies({ request: REQUEST });
    const element = await mountDrawn('/captured', [PRICED]);
    button(element.shadowRoot!, 'Find').click();
    await look(element, 'fish');
    await untilCount(element, '1 of 4');
    button(element.shadowRoot!, 'Whole word').click();
    await untilCount(element, '1 of 3');
    button(element.shadowRoot!, 'Match case').click();
    await untilCount(element, '1 of 2');
  });

  it('says what is wrong with a regular expression', async () => {
    const element = await mountDrawn('/captured', [STREAMED]);
    button(element.shadowRoot!, 'Find').click();
    await until(() => element.shadowRoot!.querySelector('.find'));
    button(element.shadowRoot!, 'Regular expression').click();
    await look(element, '(message_');
    const mistake = await until(() => element.shadowRoot!.querySelector('.find .mistake'));
    expect(readText(mistake)).to.match(/Unterminated group/);
    await look(element, 'message_(start|stop)');
    await until(() => /^1 of \d+$/.test(count(element)) || count(element) === 'not found');
    await chooseView(element, 'Text');
    await until(() => /^1 of \d+$/.test(count(element)));
    await until(() => findAll(element, '.text-row mark').length > 1);
  });

  it('ends a regular expression that would run for ever', async () => {
    const element = await mountDrawn('/captured', [STREAMED], 'text');
    button(element.shadowRoot!, 'Find').click();
    await until(() => element.shadowRoot!.querySelector('.find'));
    button(element.shadowRoot!, 'Regular expression').click();
    await look(element, '([a-z":_{}, ]+)+#$');
    const mistake = await until(() => element.shadowRoot!.querySelector('.find .mistake'));
    expect(readText(mistake)).to.match(/took longer than 2 s/);
  });

  it('shows matches in tree and events, too', async () => {
    const element = await mountDrawn('/captured', [STREAMED], 'tree');
    button(element.shadowRoot!, 'Find').click();
    await look(element, 'message_stop');
    await until(() => /^1 of \d+$/.test(count(element)));
    // The first stands in the event's own line, which is marked as a whole, the second in its data.
    await until(() =>
      /message_stop/.test(readText(element.shadowRoot!.querySelector('.row.active') ?? document.createElement('i'))),
    );
    press(find(element, '.find input'), 'Enter');
    await until(() => findAll(element, '[role="treeitem"] mark.current').length === 1);
    await chooseView(element, 'Events');
    await until(() =>
      /message_stop/.test(
        readText(pane(element, 'Response of A').querySelector('.row.active') ?? document.createElement('i')),
      ),
    );
  });
});
