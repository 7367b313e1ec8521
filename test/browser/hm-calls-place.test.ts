import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import type { HmScope } from '../../components/hm-scope.js';
import { FilterEvent } from '../../src/events.js';
import { listRows } from './calls.js';
import { find, mount, nextEvent, unmount, until } from './mount.js';

const inScope = html`<hm-scope url><hm-calls></hm-calls></hm-scope>`;
/** A list that nothing arrives in, and that is there at once. */
const capturedInScope = html`<hm-scope url daemon="/captured"><hm-calls></hm-calls></hm-scope>`;

/** The instant of the first row that is whole in view. */
function firstInView(element: HmCalls): string | null {
  const { bottom } = find(element, '.heads').getBoundingClientRect();
  const row = listRows(element).find((candidate) => candidate.getBoundingClientRect().top >= bottom - 1);
  return row?.querySelector<HTMLTimeElement>('time[datetime]')?.dateTime ?? null;
}

const isAtRest = (): boolean => JSON.stringify(history.state ?? {}).includes('offsetPx');

/** Scrolls, and waits until rows stand there and the place is kept. */
async function scrollTo(element: HmCalls, scrollTop: number): Promise<string> {
  const before = firstInView(element);
  find(element, '.grid').scrollTop = scrollTop;
  return until(() => isAtRest() && firstInView(element) !== before && firstInView(element));
}

async function mountScope(template = inScope): Promise<[HmScope, HmCalls]> {
  const scope = mount<HmScope>(template);
  const element = scope.querySelector<HmCalls>('hm-calls')!;
  await nextEvent(element, 'hm-load');
  return [scope, element];
}

describe('the place in <hm-calls>', () => {
  const address = location.href;
  const page = document.documentElement.style;
  before(() => setViewport({ width: 1366, height: 900 }));
  // Less than the captured calls need.
  before(() => page.setProperty('--hm-calls-height', '200px'));
  after(() => page.removeProperty('--hm-calls-height'));
  afterEach(() => {
    unmount();
    history.replaceState(null, '', address);
  });

  it('is found again after a reload, on the same calls', async function () {
    this.timeout(30_000);
    const [, element] = await mountScope();
    const before = await scrollTo(element, 140_000);
    unmount();
    const [, again] = await mountScope();
    await until(() => firstInView(again) === before);
    expect(find(again, '.grid').scrollTop).to.be.greaterThan(139_000);
  });

  it('is found again by a step back to another filter', async () => {
    const [scope, element] = await mountScope(capturedInScope);
    const before = await scrollTo(element, 140);
    const filtered = nextEvent(element, 'hm-load');
    element.dispatchEvent(new FilterEvent({ status: ['error'] }));
    await filtered;
    await until(() => find(element, '.grid').scrollTop === 0);
    history.back();
    await until(() => scope.filter.status === undefined && firstInView(element) === before);
    expect(find(element, '.grid').scrollTop).to.equal(140);
  });

  it('goes down with its calls when others arrived meanwhile, but stays at the newest where those were read', async () => {
    const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const key = JSON.stringify([{ tz: timeZone }, 'requested_at', 'desc']);
    // Left when there were three calls less than the 18 there are.
    const leave = (row: number): void =>
      history.replaceState({ 'hm-calls#': { key, row, offsetPx: 0, total: 15, active: row } }, '');
    leave(2);
    const [, further] = await mountScope(capturedInScope);
    await until(() => find(further, '.grid').scrollTop === 5 * 28);
    expect(find(further, '.active').id).to.equal('row-5');
    leave(0);
    const [, top] = await mountScope(capturedInScope);
    await until(() => top.shadowRoot!.querySelector('#row-0.active'));
    expect(find(top, '.grid').scrollTop).to.equal(0);
  });

  it('is kept for an element with an id outside a scope, and not for one without', async () => {
    const first = mount<HmCalls>(html`<hm-calls id="mine" daemon="/captured"></hm-calls>`);
    await nextEvent(first, 'hm-load');
    const before = await scrollTo(first, 140);
    const again = mount<HmCalls>(html`<hm-calls id="mine" daemon="/captured"></hm-calls>`);
    await nextEvent(again, 'hm-load');
    await until(() => firstInView(again) === before);
    const other = mount<HmCalls>(html`<hm-calls daemon="/captured"></hm-calls>`);
    await nextEvent(other, 'hm-load');
    expect(find(other, '.grid').scrollTop).to.equal(0);
  });

  it('leaves alone what the page itself keeps in its history', async () => {
    history.replaceState({ mine: 1 }, '');
    const [, element] = await mountScope(capturedInScope);
    await scrollTo(element, 140);
    expect((history.state as { mine: number }).mine).to.equal(1);
    history.replaceState('mine', '');
    find(element, '.grid').scrollTop = 0;
    await until(() => listRows(element)[0]!.id === 'row-0');
    expect(history.state).to.equal('mine');
  });
});
