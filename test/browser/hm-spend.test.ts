import { emulateMedia, sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-scope.js';
import '../../components/hm-spend.js';
import type { HmScope } from '../../components/hm-scope.js';
import type { HmSpend } from '../../components/hm-spend.js';
import type { WireGroupsAnswer } from '../../src/api/groups.js';
import { expectAccessible, find, findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';
import {
  today,
  daysAgo,
  read,
  ask,
  mountDrawn,
  PAST,
  mountPast,
  button,
  keyRows,
  rowOf,
  tableRows,
  money,
  add,
  picture,
  showTable,
} from './spend.js';

describe('<hm-spend>', () => {
  before(async function () {
    this.timeout(60_000);
    await setViewport({ width: 1366, height: 900 });
    await Promise.all([ask('/api/status'), ask('/captured/api/status'), ask('/empty/api/status')]);
  });
  afterEach(async () => {
    await sendMouse({ type: 'move', position: [0, 0] });
    unmount();
  });

  it('shows what each provider cost, and sums that make the whole', async () => {
    const answer = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=provider`);
    const element = await mountPast();
    for (const { key, cost_millicents: cost, imputed_millicents: imputed } of answer.groups.slice(0, 4)) {
      expect(money(rowOf(element, key!)[1]!)).to.equal(Math.round((cost! - imputed) / 1000));
    }
    const { cost_millicents: cost, imputed_millicents: imputed, unpriced_calls: unpriced } = answer.totals;
    expect(rowOf(element, 'All')[1]).to.match(/^≥/);
    expect(money(rowOf(element, 'All')[1]!)).to.equal(Math.round(cost! / 1000));
    expect(money(rowOf(element, 'Imputed')[1]!)).to.equal(Math.round(imputed / 1000));
    expect(rowOf(element, 'Not priced')[1]).to.equal(`${unpriced} calls, cost unknown`);
    const shares = keyRows(element).filter(([name]) => !/^(Billed|Not priced|All)$/.test(name!));
    const tenths = shares.map((row) => Math.round(10 * Number(/^([\d.]+) %/.exec(row[2]!)?.[1] ?? 0)));
    expect(add(tenths)).to.equal(1000);
    expect(rowOf(element, 'All')[2]).to.equal('100.0 %');
  });

  it('says all of it in a sentence', async () => {
    const element = await mountPast();
    const sentence = find(element, '[part="plot"] [role="group"]').getAttribute('aria-label')!;
    expect(sentence).to.match(
      /^Spend by the day, .*, by provider: at least \$[\d,.]+ in all, of it \$[\d,.]+ imputed and not billed, \d+ calls not priced\./,
    );
    expect(sentence).to.match(
      /The dearest day is \w+day \d+ \w+, (at least )?\$[\d.]+\. Most is anthropic, [\d.]+ %\./,
    );
  });

  it('has this month, today and a call in figures, whatever time the bars show', async () => {
    const month = `${today().slice(0, 8)}01`;
    const before = await ask<WireGroupsAnswer>(`/api/calls/groups?tz=UTC&since=${month}&by=provider`);
    const element = await mountPast();
    const figures = findAll(element, '.figures > div').map(readText);
    expect(figures).to.have.length(4);
    expect(figures[0]).to.match(/^This month so far at least \$[\d,.]+/);
    // The demo goes on between the two questions.
    expect(money(figures[0]!)).to.be.within(
      Math.floor(before.totals.cost_millicents! / 1000),
      before.totals.cost_millicents! / 1000 + 500,
    );
    expect(figures[1]).to.match(/^Today, until \d\d:\d\d /);
    expect(figures[2]).to.match(/so far \+ \$[\d.]+ a day, the last 7 full days, × [\d.]+ days left$/);
    expect(figures[3]).to.match(/^Per call \$0\.0\d+/);
  });

  it('measures calls and tokens by its attribute and its tabs', async () => {
    const answer = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=provider`);
    const element = await mountDrawn(html`<hm-spend .filter=${PAST} measure="calls"></hm-spend>`);
    expect(rowOf(element, 'All')[1]).to.equal(answer.totals.calls.toLocaleString('en-US'));
    expect(button(element, 'Calls').getAttribute('aria-pressed')).to.equal('true');
    button(element, 'Tokens').click();
    await element.updateComplete;
    expect(element.measure).to.equal('tokens');
    expect(readText(find(element, '.key thead'))).to.contain('Tokens');
    expect(keyRows(element).map(([name]) => name)).not.to.include('Billed');
  });

  for (const [by, head] of [
    ['model', 'Model'],
    ['project', 'Project'],
    ['status', 'Status'],
  ] as const) {
    it(`splits by ${by}, to the same whole`, async () => {
      const whole = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=${by}`);
      const element = await mountDrawn(html`<hm-spend .filter=${PAST} by=${by}></hm-spend>`);
      expect(readText(find(element, '.key thead th'))).to.equal(head);
      expect(money(rowOf(element, 'All')[1]!)).to.equal(Math.round(whole.totals.cost_millicents! / 1000));
      expect(find<HTMLSelectElement>(element, 'select[aria-label="Split"]').value).to.equal(by);
    });
  }

  it('puts the long tail together, and opens it', async () => {
    const { groups } = await ask<WireGroupsAnswer>(`/api/calls/groups?${PAST}&by=model`);
    const element = await mountDrawn(html`<hm-spend .filter=${PAST} by="model"></hm-spend>`);
    const other = button(element, `other (${groups.length - 6})`);
    expect(other.getAttribute('aria-expanded')).to.equal('false');
    other.click();
    await element.updateComplete;
    expect(findAll(element, '.key tbody button')).to.have.length(groups.length);
    button(element, 'Put the small ones together').click();
    await element.updateComplete;
    expect(findAll(element, '.key tbody button')).to.have.length(7);
  });

  it('chooses a bucket that fits, or takes the one that is asked for', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC&last=24h"></hm-spend>`);
    const select = find<HTMLSelectElement>(element, 'select[aria-label="Bucket"]');
    expect(readText(select.selectedOptions[0]!)).to.equal('by the hour, fitting');
    element.filter = 'tz=UTC&last=60d';
    element.bucket = 'week';
    await nextEvent(element, 'hm-load');
    await showTable(element);
    expect(tableRows(element).length).to.be.within(9, 10);
    expect(tableRows(element)[1]![0]).to.match(/^week of /);
    expect(tableRows(element).at(-1)![0]).to.match(/, so far$/);
  });

  it('says so when the bucket asked for would make too many bars', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC&last=90d" bucket="hour"></hm-spend>`);
    expect(readText(find(element, '.legend'))).to.contain('Too many bars by the hour: by the day');
  });

  it('asks for a time by its tabs, and shows which one the filter says', async () => {
    const scope = mount<HmScope>(html`<hm-scope .filter=${read('tz=UTC')}><hm-spend></hm-spend></hm-scope>`);
    const element = scope.querySelector<HmSpend>('hm-spend')!;
    await nextEvent(element, 'hm-load');
    const pressed = (): string[] => findAll(element, '[aria-label="Period"] [aria-pressed="true"]').map(readText);
    expect(pressed()).to.deep.equal(['All']);
    const asked = nextEvent(scope, 'hm-filter');
    button(element, '7 days').click();
    expect((await asked).change).to.deep.equal({ last: '7d', since: undefined, until: undefined });
    await nextEvent(element, 'hm-load');
    expect(pressed()).to.deep.equal(['7 days']);
    button(element, 'Today').click();
    await nextEvent(element, 'hm-load');
    expect(pressed()).to.include('Today');
  });

  it('takes any days through fields', async () => {
    const element = await mountDrawn(html`<hm-spend filter="tz=UTC"></hm-spend>`);
    button(element, 'Custom…').click();
    await element.updateComplete;
    const [since, until_] = findAll<HTMLInputElement>(element, '.custom input');
    since!.value = daysAgo(20);
    until_!.value = daysAgo(10);
    const asked = nextEvent(element, 'hm-filter');
    button(element, 'Show').click();
    expect((await asked).change).to.deep.equal({ last: undefined, since: daysAgo(20), until: daysAgo(10) });
  });

  it('offers no time where the page’s author fixed it', async () => {
    const element = await mountPast();
    expect(findAll(element, '[aria-label="Period"]')).to.have.length(0);
  });

  it('says that there are no calls in an empty database', async () => {
    const element = await mountLoaded<HmSpend>(html`<hm-spend daemon="/empty"></hm-spend>`);
    expect(readText(find(element, '[part="empty"]'))).to.match(/^No calls yet\./);
    expect(findAll(element, '.figures')).to.have.length(0);
  });

  it('prints its table whole', async () => {
    const element = await mountPast();
    await showTable(element);
    const isCut = (): boolean => {
      const { scrollHeight, clientHeight } = find(element, '.numbers');
      return scrollHeight > clientHeight + 1;
    };
    expect(isCut()).to.equal(true);
    await emulateMedia({ media: 'print' });
    expect(isCut()).to.equal(false);
    await emulateMedia({ media: 'screen' });
  });

  it('says that no call matches, and leads back to all times', async () => {
    const scope = mount<HmScope>(
      html`<hm-scope .filter=${read('tz=UTC&since=2001-01-01&until=2001-01-31')}><hm-spend></hm-spend></hm-scope>`,
    );
    const element = scope.querySelector<HmSpend>('hm-spend')!;
    await nextEvent(element, 'hm-load');
    expect(readText(find(element, 'section'))).to.contain('No calls in this time.');
    expect(findAll(element, '.figures')).to.have.length(1);
    button(element, 'Show all times').click();
    await nextEvent(element, 'hm-load');
    expect(keyRows(element).length).to.be.greaterThan(3);
  });

  it('does not lead to all times where no call of them matches', async () => {
    const scope = mount<HmScope>(
      html`<hm-scope .filter=${read('tz=UTC&provider=nobody')}><hm-spend></hm-spend></hm-scope>`,
    );
    const element = scope.querySelector<HmSpend>('hm-spend')!;
    await nextEvent(element, 'hm-load');
    expect(readText(find(element, '[part="empty"]'))).to.equal('No calls of this filter.');
  });

  for (const [prefix, words] of [
    ['/down', 'does not answer'],
    ['/broken', 'it is not JSON'],
    ['/wrong', 'in an unknown form'],
    ['/problem', 'Another program holds a lock on the database.'],
  ] as const) {
    it(`says what failed and where when the server misbehaves (${prefix})`, async () => {
      const element = mount<HmSpend>(html`<hm-spend daemon=${prefix}></hm-spend>`);
      await nextEvent(element, 'hm-error');
      const error = find(element, '[part="error"]');
      expect(error.getAttribute('role')).to.equal('alert');
      expect(readText(error)).to.contain('Could not read spend.').and.to.contain(words).and.to.contain(location.host);
    });
  }

  it('says that it is reading until the first answer, and keeps the room', async () => {
    const element = mount<HmSpend>(html`<hm-spend daemon="/hold/spend/captured"></hm-spend>`);
    await until(() => element.shadowRoot?.querySelector('[aria-label="Measure"]'));
    expect(readText(find(element, '[part="loading"]'))).to.equal('Reading spend…');
    const height = element.offsetHeight;
    const loaded = nextEvent(element, 'hm-load');
    await fetch('/release/spend');
    await loaded;
    expect(findAll(element, '[part="loading"]')).to.have.length(0);
    expect(Math.abs(element.offsetHeight - height)).to.be.at.most(2);
  });

  it('keeps what it shows while it reads again and when that fails', async () => {
    const element = await mountDrawn(html`<hm-spend daemon="/captured"></hm-spend>`);
    const rows = keyRows(element);
    const failed = nextEvent(element, 'hm-error');
    element.daemon = '/problem';
    await element.updateComplete;
    expect(find(element, 'section').getAttribute('aria-busy')).to.equal('true');
    await failed;
    expect(keyRows(element)).to.deep.equal(rows);
    expect(readText(find(element, '[part="error"]'))).to.match(/What stands below is from \d\d:\d\d:\d\d\./);
    const loaded = nextEvent(element, 'hm-load');
    element.daemon = '/captured';
    await loaded;
    expect(findAll(element, '[part="error"]')).to.have.length(0);
  });

  it('stands in a narrow place without scrolling sideways, its key below the picture', async () => {
    const element = await mountPast();
    expect(find(element, '.key').getBoundingClientRect().left).to.be.greaterThan(
      picture(element).getBoundingClientRect().right,
    );
    element.style.width = '358px';
    await until(() => find(element, 'canvas').offsetWidth <= 358);
    expect(find(element, '.key').getBoundingClientRect().top).to.be.at.least(
      picture(element).getBoundingClientRect().bottom,
    );
    expect(find(element, 'section').scrollWidth).to.be.at.most(358);
    const columns = findAll(element, '.figures > div').map((figure) => Math.round(figure.getBoundingClientRect().left));
    expect(new Set(columns).size).to.equal(2);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a name and no accessibility fault in ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const element = await mountDrawn(html`<hm-spend filter="tz=UTC" by="model"></hm-spend>`);
      await showTable(element);
      button(element, 'Custom…').click();
      await element.updateComplete;
      expect(readText(find(element, '#title'))).to.equal('Spend');
      await expectAccessible(element);
      await emulateMedia({ colorScheme: 'light' });
    });
  }
});
