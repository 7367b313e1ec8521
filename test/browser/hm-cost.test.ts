import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-cost.js';
import '../../components/hm-scope.js';
import type { HmCost } from '../../components/hm-cost.js';
import type { HmScope } from '../../components/hm-scope.js';
import { alter, alterCall, catchCopies, PRICED, restore, STREAMED } from './bodies.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, until } from './mount.js';

/** Calls of test/fixtures/captured.json. */
const FAILED = '7f19935d-392f-4868-ae56-8b24e04e3cc9';
const UNPRICED = 'c818be46-5f13-408b-8633-89b8d41785c1';
const INSIDE = 'c3623be6-3c5f-4a45-8d51-e6f337551f8d';
const NO_USAGE = '96086969-7e75-4f58-b82e-753ffd764719';
const GEMINI = 'ab0894f0-c740-4859-809d-be981511f778';

const readRow = (row: HTMLElement): string => [...row.children].map(readText).join(' ').trim().replace(/ +/g, ' ');
const rows = (element: HmCost): string[] => findAll(element, '[part="table"] tbody tr').map(readRow);
const told = (element: HmCost): string => readText(find(element, '.told'));
const facts = (element: HmCost): string[] => findAll(element, '.facts').map(readText);
const button = (element: HmCost, words: string): HTMLButtonElement => {
  const found = findAll<HTMLButtonElement>(element, 'button').find((candidate) => readText(candidate) === words);
  return found ?? expect.fail(`There is no button ${words}.`);
};
/** Cents and less, as whole millicents; 0 and "no change" are none. */
const amountOf = (row: HTMLElement): number => {
  const text = readText(row.querySelector('td:nth-last-child(2)')!);
  const [, sign, figure] = /^([+−]?)\$(\d+\.\d{5})$/.exec(text) ?? [null, '', '0'];
  return Math.round(Number(figure) * 100_000) * (sign === '−' ? -1 : 1);
};

const mountCall = (id: string, daemon = '/captured'): Promise<HmCost> =>
  mountLoaded<HmCost>(html`<hm-cost daemon=${daemon} filter="tz=UTC" call=${id}></hm-cost>`);
const mountCalls = (ids: string): Promise<HmCost> =>
  mountLoaded<HmCost>(html`<hm-cost daemon="/captured" filter="tz=UTC" calls=${ids}></hm-cost>`);

function mountScope(selection: readonly string[]): { scope: HmScope; element: HmCost } {
  const scope = mount<HmScope>(
    html`<hm-scope daemon="/captured" .selection=${selection}><hm-cost></hm-cost></hm-scope>`,
  );
  return { scope, element: scope.querySelector('hm-cost')! };
}

describe('<hm-cost> of one call', () => {
  afterEach(restore);

  it('shows tokens times rate line by line, down to the recorded millicent', async () => {
    const element = await mountCall(PRICED);
    expect(rows(element)).to.deep.equal([
      'Input, uncached 1,234 $3.00 $0.0037020',
      'Cache read 4,096 $0.30 $0.0012288',
      'Cache write 2,048 $3.75 $0.0076800',
      'Output 77 $15.00 $0.0011550',
      'Thinking 0 $15.00 0',
      'Rounded down by the daemon −$0.0000058',
      'Recorded $0.0137600',
    ]);
    expect(told(element)).to.match(/^This call cost \$0\.01376\. Its tokens times the rate .* give exactly that/);
    expect(readText(find(element, '.context'))).to.match(/^cap · claude-sonnet-4-6 · 24 Nov( 2026)?, 07:53:30$/);
  });

  it('keeps the points of its amounts in one line', async () => {
    const element = await mountCall(PRICED);
    const ends = findAll(element, 'tbody td:nth-last-child(2)')
      .filter((cell) => readText(cell) !== '0')
      .map((cell) => {
        const text = readText(cell);
        return text.length - text.indexOf('.');
      });
    expect(ends).to.have.length(6);
    expect(new Set(ends)).to.deep.equal(new Set([8]));
  });

  it('tells the rate, whose it is and its dates, and the audit', async () => {
    const element = await mountCall(PRICED);
    expect(facts(element)[0]).to.contain('Rate shipped with the daemon, bundled-2026-07-13, in force from the start');
    expect(facts(element)[0]).to.contain('Audit equal to the millicent');
  });

  it('tells from when to when a rate was in force that is replaced by now', async () => {
    alter(/\/api\/calls\/[^/]+$/, async (answer) => {
      const call = (await answer.json()) as { price: object };
      const price = {
        ...call.price,
        source: 'operator',
        effective_from: '2024-09-12T00:00:00Z',
        effective_to: '2025-10-28T00:00:00Z',
      };
      return Response.json({ ...call, price });
    });
    const element = await mountCall(PRICED);
    expect(facts(element)[0]).to.match(/Rate set by you, .*in force from 12 Sept? 2024 until 28 Oct 2025/);
  });

  it('says by how much the recorded cost differs', async () => {
    alterCall({ cost_millicents: 1_400, audit: 'differs' });
    const element = await mountCall(PRICED);
    expect(rows(element).slice(-3)).to.deep.equal([
      'Tokens times rate $0.0137600',
      'Recorded otherwise +$0.0002400',
      'Recorded $0.0140000',
    ]);
    expect(facts(element)[0]).to.contain('differs: $0.014 was recorded, $0.00024 more than tokens times rate give');
  });

  it('says why a cost cannot be recomputed, and draws no rate and no product then', async () => {
    const element = await mountCall(INSIDE);
    expect(told(element)).to.equal(
      'This call cost $0.00289. How that is made up cannot be recomputed: no rate is published for gpt-5.4. The price came from inside the daemon.',
    );
    expect(rows(element)[0]).to.equal('Input, uncached 388 – –');
    expect(rows(element).at(-1)).to.equal('Recorded $0.00289');
    expect(findAll(element, 'svg rect')).to.have.length(0);
  });

  it('says that a call is not priced, never 0', async () => {
    const element = await mountCall(UNPRICED);
    expect(told(element)).to.match(/^What this call cost is not known: it is not priced\. .* claude-unheard-of-9\.$/);
    expect(rows(element).at(-1)).to.equal('Recorded not priced');
    expect(readText(find(element, 'section'))).not.to.contain('$');
  });

  it('tells unknown tokens from none', async () => {
    const element = await mountCall(NO_USAGE);
    expect(told(element)).to.contain('sent no usage');
    expect(rows(element)[0]).to.equal('Input, uncached unknown – –');
    const failed = await mountCall(FAILED);
    expect(told(failed)).to.equal('This call cost nothing. No tokens were recorded.');
    expect(rows(failed).at(-1)).to.equal('Recorded 0');
  });

  it('says that the figures of a cut stream are lower bounds', async () => {
    alterCall({ complete: false });
    const element = await mountCall(PRICED);
    expect(told(element)).to.match(/^This call cost at least \$0\.01376\./);
    expect(rows(element)[0]).to.equal('Input, uncached ≥ 1,234 $3.00 $0.0037020');
    expect(rows(element).at(-1)).to.equal('Recorded ≥ $0.0137600');
  });

  it('prints the rule by which tokens are counted, and what the daemon is known not to price', async () => {
    const element = await mountCall(PRICED);
    const [rule, note] = findAll(element, '.note').map(readText);
    expect(rule).to.contain('Input excludes what was read from or written to the cache, output excludes thinking');
    expect(note).to.match(/^Cache writes kept for an hour cost more/);
    const other = await mountCall(GEMINI);
    expect(findAll(other, '.note')).to.have.length(1);
  });

  it('copies the calculation as text', async () => {
    const copied = catchCopies();
    const element = await mountCall(PRICED);
    button(element, 'Copy as text').click();
    await until(() => readText(find(element, 'output')) === 'Copied');
    expect(copied[0])
      .to.contain(PRICED)
      .and.to.match(/\nRecorded +\$0\.0137600\n/);
  });

  it('says so where the page may not copy', async () => {
    catchCopies(() => Promise.reject(new Error('no')));
    const element = await mountCall(PRICED);
    button(element, 'Copy as text').click();
    await until(() => readText(find(element, 'output')) === 'This page may not copy.');
  });

  it('sets it against the call before, until its author names another', async () => {
    const element = await mountCall(STREAMED);
    const selected = nextEvent(element, 'hm-select');
    button(element, 'Compare with previous call of this project').click();
    expect((await selected).calls).to.deep.equal([PRICED, STREAMED]);
    await until(() => element.shadowRoot!.querySelector('.of-two'));
    expect(told(element)).to.equal('A and B cost the same, $0.01376. Nothing in it differs.');
    const loaded = nextEvent(element, 'hm-load');
    element.call = INSIDE;
    await loaded;
    expect(told(element)).to.match(/^This call cost \$0\.00289/);
    element.calls = PRICED;
    await element.updateComplete;
    expect(readText(find(element, '[part="error"]'))).to.contain('It has one id.');
  });
});

describe('<hm-cost> of two calls', () => {
  afterEach(restore);

  it('tells why B cost less than A, and the other way round', async () => {
    const element = await mountCalls(`${PRICED},${GEMINI}`);
    expect(told(element)).to.match(/^B cost \$0\.0121 less than A \(×0\.12\): 2,048 fewer tokens written to the cache/);
    expect(told(element)).to.match(/the rates of gemini-2\.5-pro \([+−]\$/);
    button(element, 'From B to A').click();
    await element.updateComplete;
    expect(told(element)).to.match(/^A cost \$0\.0121 more than B \(×8\.29\): /);
    expect(rows(element)[0]).to.equal('B recorded $0.00166');
  });

  it('draws parts that sum exactly from what A cost to what B cost', async () => {
    const element = await mountCalls(`${PRICED},${GEMINI}`);
    const [first, ...rest] = findAll(element, 'tbody tr');
    const last = rest.pop()!;
    expect(rest.map((row) => readText(row.querySelector('th')!))).to.deep.equal([
      'Input, uncached',
      'Cache read',
      'Cache write',
      'Output',
      'Thinking',
      'Rates of gemini-2.5-pro',
    ]);
    const sum = rest.reduce((total, row) => total + amountOf(row), amountOf(first!));
    expect(sum).to.equal(amountOf(last));
    expect(amountOf(last)).to.equal(166);
  });

  it('draws each part as a bar that begins where the one before ended, named by where it begins and ends', async () => {
    const element = await mountCalls(`${PRICED},${GEMINI}`);
    const bars = findAll(element, 'tbody svg');
    const names = bars.map((bar) => bar.getAttribute('aria-label')!);
    expect(bars.every((bar) => bar.getAttribute('role') === 'img')).to.equal(true);
    expect(names[0]).to.equal('$0.01376');
    expect(names.at(-1)).to.equal('$0.00166');
    let reached = names[0];
    for (const name of names.slice(1, -1)) {
      const [, from, to] = /^from (\S+) to (\S+)$/.exec(name) ?? [null, name.replace('stays at ', ''), reached];
      expect(from).to.equal(reached);
      reached = to;
    }
    expect(reached).to.equal(names.at(-1));
    expect(bars.every((bar) => bar.querySelector('rect[width], .tick') !== null)).to.equal(true);
    expect(findAll(element, '[style]')).to.have.length(0);
  });

  it('shows a part without length as a tick, and says that nothing changed', async () => {
    const element = await mountCalls(`${PRICED},${STREAMED}`);
    const rate = findAll(element, 'tbody tr').find((row) => readText(row).startsWith('Rate change'))!;
    expect(readRow(rate)).to.equal('Rate change no change 0');
    expect(rate.querySelector('.tick')).not.to.equal(null);
    expect(told(element)).to.equal('A and B cost the same, $0.01376. Nothing in it differs.');
  });

  it('keeps apart what was recorded otherwise than its rates give', async () => {
    alter(new RegExp(`/api/calls/${STREAMED}$`), async (answer) =>
      Response.json({ ...((await answer.json()) as object), cost_millicents: 1_386, audit: 'differs' }),
    );
    const element = await mountCalls(`${PRICED},${STREAMED}`);
    expect(told(element)).to.equal(
      'B cost $0.0001 more than A (×1.01): recorded otherwise than tokens times rate give (+$0.0001).',
    );
    expect(rows(element).at(-2)).to.equal('Recorded otherwise +$0.00010');
  });

  it('has one part where a rate is not published, and says why', async () => {
    const element = await mountCalls(`${PRICED},${INSIDE}`);
    expect(told(element)).to.contain('That cannot be split: no rate is published for gpt-5.4.');
    expect(rows(element)[1]).to.equal('Input, uncached 1,234 388 −846 $3.00 – –');
    expect(rows(element).at(-2)).to.equal('Cannot be split −$0.01087');
  });

  it('tells no difference in money where one is not priced', async () => {
    const element = await mountCalls(`${PRICED},${UNPRICED}`);
    expect(told(element)).to.match(/^By how much B and A differ in money cannot be told\. B is not priced: /);
    expect(told(element)).to.contain('They have the same tokens.');
    expect(findAll(element, 'svg rect')).to.have.length(0);
    expect(rows(element).at(-1)).to.equal('B recorded not priced');
  });

  it('tells the facts of both', async () => {
    const element = await mountCalls(`${PRICED},${INSIDE}`);
    const heads = findAll(element, '.calls h3').map(readText);
    expect(heads[0]).to.match(/^A cap · claude-sonnet-4-6 · 24 Nov( 2026)?, 07:53:30$/);
    expect(heads[1]).to.match(/^B cap · gpt-5\.4 · 24 Nov( 2026)?, 07:53:31$/);
    expect(facts(element)[1]).to.contain('cannot be recomputed: no rate is published for gpt-5.4');
  });

  it('takes ids that were pasted with spaces', async () => {
    const element = await mountCalls(`  ${PRICED} , ${STREAMED}  `);
    expect(rows(element)).to.have.length(8);
  });

  for (const [calls, words] of [
    [PRICED, 'It has one id.'],
    [`${PRICED},${STREAMED},${INSIDE}`, 'It has 3 ids.'],
    [`${PRICED},${PRICED}`, 'names the same call twice'],
  ] as const) {
    it(`says what is wrong with calls that are not two (${words})`, async () => {
      const element = mount<HmCost>(html`<hm-cost daemon="/captured" calls=${calls}></hm-cost>`);
      const error = await until(() => element.shadowRoot!.querySelector('[part="error"]'));
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error)).to.contain(words);
      const loaded = nextEvent(element, 'hm-load');
      element.calls = `${PRICED},${STREAMED}`;
      await loaded;
      expect(findAll(element, '[part="error"]')).to.have.length(0);
    });
  }
});

describe('<hm-cost> in a scope', () => {
  afterEach(restore);

  it('asks for a choice while there is none', async () => {
    const { element } = mountScope([]);
    await element.updateComplete;
    expect(readText(find(element, '[part="empty"]'))).to.equal('Choose a call to see what it cost.');
  });

  it('follows the choice: one call, then two, then none', async () => {
    const { scope, element } = mountScope([PRICED]);
    await nextEvent(element, 'hm-load');
    expect(told(element)).to.match(/^This call cost/);
    scope.selection = [PRICED, GEMINI];
    await nextEvent(element, 'hm-load');
    expect(told(element)).to.match(/^B cost/);
    scope.selection = [];
    await until(() => element.shadowRoot!.querySelector('[part="empty"]'));
    expect(findAll(element, 'table')).to.have.length(0);
  });

  it('sets the first two of more against each other, and any other two on demand', async () => {
    const { element } = mountScope([PRICED, STREAMED, GEMINI]);
    await nextEvent(element, 'hm-load');
    const pressed = (): string[] => findAll(element, '.tabs [aria-pressed="true"]').map(readText);
    expect(findAll(element, '.tabs button').map(readText)).to.deep.equal(['A and B', 'A and C', 'B and C']);
    expect(pressed()).to.deep.equal(['A and B']);
    const loaded = nextEvent(element, 'hm-load');
    button(element, 'B and C').click();
    await loaded;
    expect(pressed()).to.deep.equal(['B and C']);
    expect(told(element)).to.match(/^C cost \$0\.0121 less than B/);
    button(element, 'From C to B').click();
    await element.updateComplete;
    expect(told(element)).to.match(/^B cost \$0\.0121 more than C/);
  });

  it('takes its attribute before the choice', async () => {
    const { element } = mountScope([PRICED]);
    element.call = INSIDE;
    await nextEvent(element, 'hm-load');
    expect(told(element)).to.match(/^This call cost \$0\.00289/);
  });

  it('tells the scope that the user chose the call before too', async () => {
    const { scope, element } = mountScope([STREAMED]);
    await nextEvent(element, 'hm-load');
    button(element, 'Compare with previous call of this project').click();
    await until(() => scope.selection.length === 2);
    await until(() => element.shadowRoot!.querySelector('.of-two'));
    expect(scope.selection).to.deep.equal([PRICED, STREAMED]);
  });
});

describe('<hm-cost> alone on a page', () => {
  afterEach(restore);

  it('shows the newest call, and another by its id, or two', async () => {
    const element = await mountLoaded<HmCost>(html`<hm-cost daemon="/captured" filter="tz=UTC"></hm-cost>`);
    expect(readText(find(element, '.context'))).to.match(/^the newest · cap · /);
    const input = find<HTMLInputElement>(element, 'input');
    const show = async (ids: string): Promise<void> => {
      input.value = ids;
      const loaded = nextEvent(element, 'hm-load');
      input.focus();
      await sendKeys({ press: 'Enter' });
      await loaded;
    };
    await show(` ${PRICED} `);
    expect(told(element)).to.match(/^This call cost \$0\.01376/);
    await show(`${PRICED} ${GEMINI}`);
    expect(told(element)).to.match(/^B cost/);
    await show('');
    expect(readText(find(element, '.context'))).to.match(/^the newest/);
  });

  it('keeps the call it shows when a newer one comes, and offers that', async () => {
    const element = await mountLoaded<HmCost>(html`<hm-cost daemon="/captured" filter="tz=UTC"></hm-cost>`);
    const before = told(element);
    alter(/\/api\/calls$/, async (answer) => {
      const { calls, ...rest } = (await answer.json()) as { calls: object[] };
      return Response.json({ ...rest, calls: calls.map((call) => ({ ...call, id: PRICED })) });
    });
    const again = nextEvent(element, 'hm-load');
    const shelf = element.parentElement!;
    element.remove();
    await new Promise(requestAnimationFrame);
    shelf.append(element);
    await again;
    expect(told(element)).to.equal(before);
    const newest = nextEvent(element, 'hm-load');
    button(element, 'Show the newest').click();
    await newest;
    expect(told(element)).to.match(/^This call cost \$0\.01376/);
    expect(findAll(element, 'button').map(readText)).not.to.include('Show the newest');
  });

  it('says what is missing in an empty database', async () => {
    const element = await mountLoaded<HmCost>(html`<hm-cost daemon="/empty"></hm-cost>`);
    expect(readText(find(element, '[part="empty"]'))).to.match(/^No calls yet\./);
  });

  it('names an id that no call has', async () => {
    const element = await mountCall('no-such-call');
    expect(readText(find(element, '[part="empty"]'))).to.contain('There is no call no-such-call.');
    const two = await mountCalls(`${PRICED},no-such-call`);
    expect(readText(find(two, '[part="empty"]'))).to.contain('There is no call no-such-call.');
    expect(told(two)).to.match(/^This call cost \$0\.01376/);
    // One can't be turned round.
    expect(findAll(two, '.tools button').map(readText)).to.deep.equal(['Copy as text']);
  });

  it('lets other two be chosen where no call has the ids of these two', async () => {
    const { element } = mountScope(['gone', 'gone-too', PRICED]);
    await nextEvent(element, 'hm-load');
    expect(findAll(element, '.tools button').map(readText)).to.deep.equal(['A and B', 'A and C', 'B and C']);
    const loaded = nextEvent(element, 'hm-load');
    findAll(element, '.tools button')[2]!.click();
    await loaded;
    expect(told(element)).to.match(/^This call cost \$0\.01376/);
  });

  it('breaks an id of any length, and keeps what turns text within it', async () => {
    const element = await mountCall(`\u202e${'x'.repeat(3_000)}`);
    expect(find(element, '[part="empty"] p').scrollWidth).to.be.at.most(element.offsetWidth);
    expect(find(element, '[part="empty"] bdi').textContent).to.match(/^\u202ex+$/);
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmCost>(html`<hm-cost daemon=${prefix} call=${PRICED}></hm-cost>`);
      await nextEvent(element, 'hm-error');
      const error = find(element, '[part="error"]');
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error)).to.contain('Could not read this call.').and.to.contain(words);
      expect(readText(error)).to.contain(location.host);
    });
  }

  it('says that it is reading until the first answer', async () => {
    const element = mount<HmCost>(html`<hm-cost daemon="/hold/cost/captured" call=${PRICED}></hm-cost>`);
    const loading = await until(() => element.shadowRoot!.querySelector('[part="loading"]'));
    expect(readText(loading)).to.equal('Reading this call…');
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/cost');
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
  });

  it('keeps what it shows while it reads again and when that fails, and tries again', async () => {
    const element = await mountCall(PRICED);
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    expect(rows(element)).to.have.length(7);
    await failed;
    expect(rows(element)).to.have.length(7);
    expect(readText(find(element, '[part="error"]'))).to.match(/What stands below is from \d\d:\d\d:\d\d\./);
    const loaded = nextEvent(element, 'hm-load');
    element.daemon = '/captured';
    await loaded;
    expect(findAll(element, '[part="error"]')).to.have.length(0);
  });

  it('shows no other call under the error of the one that was asked for', async () => {
    const element = await mountCall(PRICED);
    alter(new RegExp(`/api/calls/${INSIDE}$`), () => new Response('', { status: 500 }));
    const failed = nextEvent(element, 'hm-error');
    element.call = INSIDE;
    await failed;
    expect(findAll(element, 'table')).to.have.length(0);
    expect(readText(find(element, '[part="error"]'))).not.to.contain('What stands below');
  });

  it('reads again when it comes back, and says when the call is gone by then', async () => {
    const element = await mountCall(PRICED);
    const shelf = element.parentElement!;
    const other = document.createElement('div');
    shelf.append(other);
    other.append(element);
    expect(rows(element)).to.have.length(7);
    alter(new RegExp(`/api/calls/${PRICED}$`), () =>
      Response.json({ type: 'about:blank', title: 'x', status: 404, detail: 'There is none.' }, { status: 404 }),
    );
    element.remove();
    await new Promise(requestAnimationFrame);
    const again = nextEvent(element, 'hm-load');
    shelf.append(element);
    await again;
    expect(readText(find(element, '[part="empty"]'))).to.contain(`There is no call ${PRICED}.`);
  });
});

describe('how <hm-cost> looks and is worked', () => {
  afterEach(restore);

  it('puts the bars under their figures in a narrow place, with nothing to scroll sideways', async () => {
    const element = await mountCalls(`${PRICED},${GEMINI}`);
    element.style.width = '358px';
    await new Promise(requestAnimationFrame);
    const shown = findAll(element, 'thead th').filter((head) => head.offsetWidth > 0);
    expect(shown.map(readText)).to.deep.equal(['From one to the other', 'B less A', 'In money', '$0$0.0138']);
    const row = findAll(element, 'tbody tr')[1]!;
    const [label, bar] = [row.firstElementChild!, row.lastElementChild!].map((cell) => cell.getBoundingClientRect());
    expect(bar!.top).to.be.at.least(label!.bottom - 1);
    const scroller = find(element, '.scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
  });

  it('is worked by keyboard, and keeps the focus', async () => {
    const { element } = mountScope([PRICED, STREAMED, GEMINI]);
    await nextEvent(element, 'hm-load');
    findAll(element, '.tabs button')[0]!.focus();
    await sendKeys({ press: 'Tab' });
    const loaded = nextEvent(element, 'hm-load');
    await sendKeys({ press: 'Enter' });
    await loaded;
    expect(told(element)).to.match(/^C cost/);
    expect(readText(element.shadowRoot!.activeElement!)).to.equal('A and C');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    expect(told(element)).to.match(/^A cost/);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const one = await mountCall(PRICED);
      expect(readText(find(one, `#${find(one, 'table').getAttribute('aria-labelledby')}`))).to.equal('Cost of a call');
      await expectAccessible(one);
      const { element } = mountScope([PRICED, STREAMED, GEMINI]);
      await nextEvent(element, 'hm-load');
      await expectAccessible(element);
      element.style.width = '358px';
      await expectAccessible(element);
      await expectAccessible(await mountLoaded<HmCost>(html`<hm-cost daemon="/captured"></hm-cost>`));
    });
  }
});
