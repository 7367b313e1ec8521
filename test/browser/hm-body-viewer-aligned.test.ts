import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import {
  A,
  assistant,
  B,
  below,
  box,
  C,
  cellsOf,
  folds,
  IDS,
  mountAligned,
  mountCalls,
  requestOf,
  responseOf,
  rows,
  scrollList,
  stepWords,
  storeCalls,
  talk,
  untilAligned,
  user,
} from './aligned-calls.js';
import { button, chooseView, mountDrawn, pane, press, restore, textRows } from './bodies.js';
import { expectAccessible, find, findAll, nextEvent, readText, until } from './mount.js';

const ASK = user('Order 48-20931 was charged twice. It is 13:58.');
const ASK_LATER = user('Order 48-20931 was charged twice. It is 14:01.');
const LONG = Array.from({ length: 300 }, (_, line) => `line ${line}: settled as agreed`);
const loadedAligned = (): boolean =>
  performance.getEntriesByType('resource').some(({ name }) => name.includes('body-aligned'));

const untilShows = (element: HTMLElement & { shadowRoot: ShadowRoot | null }, words: RegExp): Promise<HTMLElement> =>
  until(() => findAll(element, '.aligned-row').find((row) => words.test(readText(row))));

/** Text is wrapped once the width of its box is known, which is a while after its first rows. */
async function untilWrapped(boxes: readonly HTMLElement[]): Promise<void> {
  let heights = '';
  for (let stillFrames = 0; stillFrames < 20; stillFrames++) {
    await new Promise(requestAnimationFrame);
    const now = boxes.map(({ scrollHeight }) => scrollHeight).join();
    if (now !== heights) stillFrames = 0;
    heights = now;
  }
}

describe('<hm-body-viewer>, calls side by side', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('loads what sets calls level only with the second call', async () => {
    storeCalls({ [A]: { request: requestOf(ASK) }, [B]: { request: requestOf(ASK_LATER) } });
    const element = await mountDrawn('/captured', [A]);
    expect(loadedAligned()).to.equal(false);
    element.calls = [A, B];
    await untilAligned(element);
    expect(loadedAligned()).to.equal(true);
  });

  it('opens at its beginning, also where the responses are compared before the requests', async () => {
    // So many that comparing them takes a while.
    const differing = (words: string): object[] => Array.from({ length: 1000 }, (_, at) => user(`${words} ${at}`));
    const calls = [A, B].map((id) => {
      const stored = { request: requestOf(...differing(`Asked by ${id}`)), response: responseOf(`Told to ${id}`) };
      return [id, stored] as const;
    });
    storeCalls(Object.fromEntries(calls));
    const element = mountCalls([A, B]);
    await untilShows(element, /Asked by \S+ 0/);
    expect(box(element).scrollTop).to.equal(0);
  });

  it('folds equal messages into one line that says how many they are and how long, and opens it', async () => {
    storeCalls({ [A]: { request: requestOf(...talk(14), ASK) }, [B]: { request: requestOf(...talk(14), ASK_LATER) } });
    const element = await mountAligned();
    const length = talk(14).reduce((sum, message) => sum + (message as { content: string }).content.length, 0);
    expect(folds(element)).to.deep.equal([
      'Equal parameters and system prompt',
      `14 equal messages, ${length} characters`,
    ]);
    expect(rows(element)).to.have.length(2);
    const fold = findAll(element, '.aligned-fold')[1]!;
    button(fold, 'Show').click();
    await untilShows(element, /Message 1 of what/);
    const [first] = rows(element, 'equal');
    expect(cellsOf(first!).map((cell) => readText(cell.querySelector('.said')!))).to.deep.equal([
      'Message 0 of what both calls have said before.',
      'Message 0 of what both calls have said before.',
    ]);
    // A redraw by something else leaves it open.
    press(box(element), 'n');
    await until(() => stepWords(element) === 'Difference 1 of 1');
    button(findAll(element, '.aligned-fold')[1]!, 'Hide').click();
    await until(() => !rows(element).some((row) => readText(row).includes('Message 0')));
  });

  it('shows every message where folding is switched off, and keeps that in the address', async () => {
    storeCalls({ [A]: { request: requestOf(...talk(3), ASK) }, [B]: { request: requestOf(...talk(3), ASK_LATER) } });
    const element = await mountAligned();
    const told = nextEvent(element, 'hm-view');
    button(element.shadowRoot!, 'Fold equal').click();
    expect((await told).change).to.deep.equal({ body_fold: 'off' });
    await untilShows(element, /Message 2 of what/);
    expect(folds(element)).to.deep.equal([]);
  });

  it('marks the words that differ where they stand, in A as only there, in B as new, by line as by colour', async () => {
    storeCalls({ [A]: { request: requestOf(ASK) }, [B]: { request: requestOf(ASK_LATER) } });
    const element = await mountAligned();
    const row = await until(() => rows(element, 'changed').find((one) => one.querySelector('ins')));
    const [a, b] = cellsOf(row);
    expect(readText(a!.querySelector('.said')!)).to.equal('Order 48-20931 was charged twice. It is 13:58.');
    expect([...a!.querySelectorAll('del')].map(readText).join(' ')).to.equal('13 58');
    expect([...b!.querySelectorAll('ins')].map(readText).join(' ')).to.equal('14 01');
    expect(a!.querySelector('ins')).to.equal(null);
    const [del, ins] = [getComputedStyle(a!.querySelector('del')!), getComputedStyle(b!.querySelector('ins')!)];
    expect([del.textDecorationStyle, ins.textDecorationStyle]).to.deep.equal(['dotted', 'solid']);
    expect(getComputedStyle(a!.querySelector('del')!, '::before').content).to.contain('only here');
    expect(getComputedStyle(b!.querySelector('ins')!, '::before').content).to.contain('new here');
    expect(readText(a!.querySelector('.role')!)).to.contain('differs');
  });

  it('shows of a long text what differs and what stands around it, and the rest when asked', async () => {
    const later = LONG.map((line, index) => (index === 200 ? 'line 200: disputed as agreed' : line));
    storeCalls({
      [A]: { request: requestOf(user(LONG.join('\n'))) },
      [B]: { request: requestOf(user(later.join('\n'))) },
    });
    const element = await mountAligned();
    const row = await until(() => rows(element, 'changed').find((one) => one.querySelector('ins')));
    const [a, b] = cellsOf(row);
    expect(readText(a!))
      .to.contain('line 200: settled as agreed')
      .and.to.match(/[\d,]+ equal characters/);
    expect(readText(b!)).to.contain('line 200: disputed').and.not.to.contain('line 50:');
    button(b!, `Show all ${later.join('\n').length.toLocaleString('en-US')} characters`).click();
    await until(() => readText(cellsOf(rows(element, 'changed')[0]!)[1]!).includes('line 50: settled'));
  });

  it('leaves a gap opposite of what only one call has, level with it', async () => {
    storeCalls({
      [A]: { request: requestOf(...talk(2), ASK) },
      [B]: { request: requestOf(...talk(2), assistant('A word in between that nobody expected.'), ASK) },
    });
    const element = await mountAligned();
    const [row] = rows(element, 'added');
    const [gap, said] = cellsOf(row!);
    expect(readText(gap!)).to.equal('A A: not in A');
    expect(gap!.matches('.gap')).to.equal(true);
    expect(readText(said!)).to.contain('only in B').and.to.contain('nobody expected');
    const [one, other] = [gap!.getBoundingClientRect(), said!.getBoundingClientRect()];
    expect([one.top, one.height]).to.deep.equal([other.top, other.height]);
  });

  it('marks a message that stands elsewhere in the other call, and leads there', async () => {
    const moved = user('The shop closes at six today, says the note.');
    storeCalls({
      [A]: { request: requestOf(moved, ...talk(30), ASK) },
      [B]: { request: requestOf(...talk(30), moved, ASK) },
    });
    const element = await mountAligned();
    expect(rows(element, 'moved')).to.have.length(2);
    const [first] = rows(element, 'moved');
    expect(readText(first!)).to.contain('moved: 31 in B');
    button(cellsOf(first!)[1]!, '31 in B').click();
    await until(() => rows(element, 'moved').find((row) => row.matches('.now') && readText(row).includes('1 in A')));
  });

  it('scrolls what is level level, and lets each call scroll by itself where that is switched off', async () => {
    const [a, b] = [
      talk(40),
      talk(40).map((message, index) => (index % 3 === 0 ? user(`Other words ${index}`) : message)),
    ];
    storeCalls({ [A]: { request: requestOf(...a) }, [B]: { request: requestOf(...b) } });
    const element = await mountAligned();
    for (const part of [0.3, 0.9, 0.6]) {
      await scrollList(element, part * box(element).scrollHeight);
      for (const row of rows(element)) {
        const tops = cellsOf(row).map((cell) => cell.getBoundingClientRect().top);
        expect(new Set(tops).size).to.equal(1);
      }
    }
    const told = nextEvent(element, 'hm-view');
    button(element.shadowRoot!, 'Aligned').click();
    expect((await told).change).to.deep.equal({ body_align: 'off' });
    const boxes = await until(() => {
      const found = ['Request of A', 'Request of B'].map((label) =>
        element.shadowRoot!.querySelector(`.pane[aria-label="${label}"] .box.talk`),
      );
      return found.every((one) => one !== null && one.scrollHeight > one.clientHeight + 300) && found;
    });
    boxes[0]!.scrollTop = 300;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(boxes[1]!.scrollTop).to.equal(0);
    button(element.shadowRoot!, 'Aligned').click();
    await untilAligned(element);
  });

  it('goes to the next and the previous difference by key and by button, each at the same height, and says which', async () => {
    const [a, b] = [
      talk(60),
      talk(60).map((message, index) =>
        index % 20 === 5 ? user(`Wholly other words ${index}. `.repeat(150)) : message,
      ),
    ];
    storeCalls({ [A]: { request: requestOf(...a, ASK) }, [B]: { request: requestOf(...b, ASK_LATER) } });
    const element = await mountAligned();
    const total = Number(/^(\d+) differences$/.exec(stepWords(element))?.[1]);
    expect(total).to.be.at.least(4);
    expect(find(element, '.steps span').role).to.equal('status');
    const heights: number[] = [];
    for (let step = 1; step <= 3; step++) {
      expect(press(box(element), 'n').defaultPrevented).to.equal(true);
      await until(() => stepWords(element) === `Difference ${step} of ${total}`);
      const now = await until(() => element.shadowRoot!.querySelector('.aligned-row.now'));
      heights.push(Math.round(below(element, now)));
    }
    expect(heights[1]).to.equal(heights[2]);
    press(box(element), 'p');
    await until(() => stepWords(element) === `Difference 2 of ${total}`);
    button(find(element, '.steps'), 'Next difference').click();
    await until(() => stepWords(element) === `Difference 3 of ${total}`);
    press(box(element), 'ArrowUp', { altKey: true });
    await until(() => stepWords(element) === `Difference 2 of ${total}`);
    button(find(element, '.steps'), 'Previous difference').click();
    button(find(element, '.steps'), 'Previous difference').click();
    await until(() => stepWords(element) === `Difference ${total} of ${total}`);
  });

  it('leaves n to what is found while the find bar is open, and shows a match in its cell, folded or not', async () => {
    storeCalls({ [A]: { request: requestOf(...talk(30), ASK) }, [B]: { request: requestOf(...talk(30), ASK_LATER) } });
    const element = await mountAligned();
    press(box(element), '/');
    const input = await until(() => element.shadowRoot!.querySelector<HTMLInputElement>('.find input'));
    input.value = 'Message 23 of';
    input.dispatchEvent(new InputEvent('input'));
    const first = await until(() => element.shadowRoot!.querySelector('.aligned mark.current'));
    expect(first.closest<HTMLElement>('.cell')!.dataset['column']).to.equal('A');
    expect(below(element, first)).to.be.within(0, box(element).clientHeight);
    press(box(element), 'n');
    const second = await until(() => {
      const mark = element.shadowRoot!.querySelector('.aligned mark.current');
      return mark !== first && mark?.closest<HTMLElement>('.cell')!.dataset['column'] === 'B' && mark;
    });
    expect(second.closest('.aligned-row')!.querySelectorAll('mark')).to.have.length(2);
  });

  it('opens the place that the address names, though it is folded, and marks it in its call', async () => {
    storeCalls({ [A]: { request: requestOf(...talk(50), ASK) }, [B]: { request: requestOf(...talk(50), ASK_LATER) } });
    const element = await mountDrawn('/captured', [A, B], 'conversation');
    element.at = 'b/messages/41';
    const spot = await until(() => element.shadowRoot!.querySelector('.aligned .spot'));
    expect(readText(spot)).to.contain('Message 41 of');
    expect(spot.closest<HTMLElement>('.cell')!.dataset['column']).to.equal('B');
    expect(below(element, spot)).to.be.within(0, box(element).clientHeight);
  });

  it('shows on a ruler where differences are and what is in view, and goes where it is pressed', async () => {
    const added = Array.from({ length: 30 }, (_, index) => assistant(`An added answer, number ${index}.`));
    storeCalls({
      [A]: { request: requestOf(...talk(4), ASK) },
      [B]: { request: requestOf(...talk(4), ...added, ASK_LATER) },
    });
    const element = await mountAligned();
    const ruler = find(element, '.ruler');
    expect(ruler.role).to.equal('scrollbar');
    expect(ruler.ariaLabel).to.equal('Where differences are');
    await until(() => ruler.querySelector('rect'));
    const kinds = [...ruler.querySelectorAll('rect')].map((mark) => mark.getAttribute('class')!.trim());
    expect(kinds).to.deep.equal(['mark-added', 'mark-changed']);
    expect(ruler.ariaValueText).to.equal('1 of 2 differences in view');
    const { left, top, height } = ruler.getBoundingClientRect();
    const at = { clientX: left + 5, clientY: top + height - 2, bubbles: true, button: 0, pointerId: 1 };
    ruler.setPointerCapture = () => undefined;
    ruler.dispatchEvent(new PointerEvent('pointerdown', at));
    ruler.dispatchEvent(new PointerEvent('pointerup', at));
    await untilShows(element, /It is 14:01/);
    const thumb = find(element, '.ruler .thumb').getBoundingClientRect();
    expect(ruler.ariaValueNow).to.equal('100');
    expect(thumb.bottom).to.be.closeTo(top + height, 3);
  });

  it('mirrors everything when the calls are swapped', async () => {
    storeCalls({
      [A]: { request: requestOf(...talk(2), assistant('Only the first has this.'), ASK) },
      [B]: { request: requestOf(...talk(2), ASK_LATER) },
    });
    const element = await mountAligned([A, B]);
    expect(rows(element, 'removed').map(readText).join()).to.contain('only in A');
    element.calls = [B, A];
    const row = await until(() => rows(element, 'added')[0]);
    expect(readText(row)).to.contain('only in B').and.to.contain('Only the first has this.');
    const changed = await until(() => rows(element, 'changed').find((one) => one.querySelector('ins')));
    expect(readText(cellsOf(changed)[0]!)).to.contain('14:01');
    expect(cellsOf(changed)[0]!.querySelector('del')).to.not.equal(null);
  });

  it('keeps the place when a call comes beside others, and compares each with A', async () => {
    const fork = talk(60).map((message, index) =>
      index % 4 === 1 ? assistant(`Message ${index} of what one call alone has said before.`) : message,
    );
    storeCalls({
      [A]: { request: requestOf(...talk(60)) },
      [B]: { request: requestOf(...fork) },
      [C]: { request: requestOf(...talk(60)) },
    });
    const element = await mountAligned([A, B]);
    // Far from the end: a list that becomes shorter there has to move.
    await scrollList(element, 400);
    const top = (): string => {
      const parts = findAll(element, '.aligned .layer > *');
      const first = parts.find((part) => below(element, part) + part.offsetHeight > 1)!;
      return readText(first.querySelector('.said') ?? first);
    };
    const before = top();
    element.calls = [A, B, C];
    // First beside what is there already, then, once it is read, set against it.
    await until(() => rows(element)[0]?.matches('.of-3') && !element.shadowRoot!.querySelector('.aligned .waiting'));
    expect(top()).to.equal(before);
    const row = await until(() =>
      rows(element, 'changed').find((one) => one.querySelector('ins') && readText(one).includes('as in A')),
    );
    expect(top()).to.equal(before);
    const [, b, c] = cellsOf(row);
    expect(readText(b!.querySelector('.role')!)).to.contain('differs');
    expect(readText(c!.querySelector('.role')!)).to.contain('as in A');
  });

  it('says why a call is not set against the others, and shows none level where there is nothing to compare', async () => {
    storeCalls({
      [A]: { request: requestOf(...talk(2)), response: responseOf('Yes.') },
      [B]: { request: requestOf(...talk(2)), response: 'plain words' },
      [C]: { request: 'no JSON at all', response: responseOf('No.') },
    });
    const element = await mountAligned([A, B, C]);
    await until(() => {
      const [requests, responses] = findAll(element, '.aligned-section').map(readText);
      return (
        requests === 'Requests 2 messages in A, 2 messages in B, C is no conversation, Text shows it' &&
        responses === 'Responses 1 message in A, B is no conversation, Text shows it, 1 message in C'
      );
    });
    element.calls = [A, C];
    await until(() =>
      findAll(element, '.aligned-section').some((one) => readText(one).includes('B is no conversation')),
    );
    await until(() => ['Yes.', 'No.'].every((words) => rows(element).some((row) => readText(row).includes(words))));
    element.calls = [B, C];
    await until(() => pane(element, 'Request of B').querySelector('.text-row'));
    expect(element.shadowRoot!.querySelector('.aligned')).to.equal(null);
  });

  it('does not claim that a cut body lacks what lay behind its cut', async () => {
    const whole = JSON.stringify(requestOf(...talk(8)));
    storeCalls({
      [A]: { request: whole },
      [B]: { request: whole.slice(0, whole.indexOf('Message 5')), isCut: true },
    });
    const element = await mountAligned();
    const last = await untilShows(element, /Message 7/);
    expect(readText(cellsOf(last)[1]!)).to.equal('B B: not known: B is cut before this');
    expect(readText(await until(() => element.shadowRoot!.querySelector('.aligned .end')))).to.contain('Cut here');
  });

  it('stacks the calls in a narrow place, row by row, each with its letter', async () => {
    await setViewport({ width: 390, height: 844 });
    storeCalls({ [A]: { request: requestOf(ASK) }, [B]: { request: requestOf(ASK_LATER) } });
    const element = await mountAligned();
    const [a, b] = cellsOf(rows(element, 'changed').at(-1)!).map((cell) => cell.getBoundingClientRect());
    expect(b!.top).to.be.at.least(a!.bottom);
    expect(b!.left).to.equal(a!.left);
    const letters = cellsOf(rows(element, 'changed')[0]!).map((cell) => cell.querySelector('.letter')!);
    expect(letters.map((letter) => getComputedStyle(letter).display)).to.deep.equal(['block', 'block']);
    expect(box(element).scrollWidth).to.be.at.most(box(element).clientWidth);
    await setViewport({ width: 1366, height: 900 });
  });

  it('scrolls the panes of text together by the same rows, with a switch', async () => {
    storeCalls({
      [A]: { request: requestOf(user(LONG.join('\n').repeat(4))) },
      [B]: { request: requestOf(user(`${LONG.join('\n').repeat(4)} and more`)) },
    });
    const element = await mountAligned();
    await chooseView(element, 'Text');
    const [a, b] = ['A', 'B'].map((letter) => pane(element, `Request of ${letter}`));
    const boxes = [a!, b!].map((one) => one.querySelector<HTMLElement>('.box')!);
    await until(() => [a!, b!].every((one) => textRows(one).length > 3));
    await untilWrapped(boxes);
    boxes[0]!.scrollTop = 700;
    await until(() => boxes[1]!.scrollTop === 700);
    boxes[1]!.scrollTop = 300;
    await until(() => boxes[0]!.scrollTop === 300);
    button(element.shadowRoot!, 'Link scrolling').click();
    await until(() => button(element.shadowRoot!, 'Link scrolling').ariaPressed === 'false');
    boxes[0]!.scrollTop = 400;
    await nextEvent(boxes[0]!, 'scroll' as 'click');
    expect(boxes[1]!.scrollTop).to.equal(300);
    button(element.shadowRoot!, 'Link scrolling').click();
    await until(() => button(element.shadowRoot!, 'Link scrolling').ariaPressed === 'true');
    boxes[0]!.scrollTop = 900;
    await until(() => boxes[1]!.scrollTop === 800);
  });

  it('says no difference where there is none, and sets four calls beside each other', async () => {
    const same = { request: requestOf(...talk(5)), response: responseOf('Done.') };
    storeCalls({ [A]: same, [B]: same, [C]: same });
    const element = await mountAligned([A, B, C]);
    expect(stepWords(element)).to.equal('No difference');
    expect(find(element, '.steps button').matches(':disabled')).to.equal(true);
    expect(findAll(element, '.ruler rect')).to.have.length(0);
    expect(IDS).to.have.length(4);
  });

  it('has a name for every part and no accessibility fault', async () => {
    storeCalls({
      [A]: { request: requestOf(...talk(6), ASK), response: responseOf('Yes, twice.') },
      [B]: { request: requestOf(...talk(6), user('Only here.'), ASK_LATER), response: responseOf('Yes, once.') },
    });
    const element = await mountAligned();
    press(box(element), 'n');
    await until(() => element.shadowRoot!.querySelector('.aligned-row.now'));
    await expectAccessible(element);
  });
});
