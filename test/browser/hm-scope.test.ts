import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-projects.js';
import '../../components/hm-scope.js';
import type { HmProjects } from '../../components/hm-projects.js';
import type { HmScope } from '../../components/hm-scope.js';
import { FilterEvent, SelectEvent } from '../../src/events.js';
import { GoEvent, ViewEvent } from '../../src/view-events.js';
import { countSteps, find, findAll, mount, nextEvent, readText, unmount, until } from './mount.js';

const inside = (scope: HmScope): HmProjects => scope.querySelector<HmProjects>('hm-projects')!;

/** Puts a scope with one element on the page and waits for that element's answer. */
async function mountScope(
  template = html`<hm-scope daemon="/captured"><hm-projects></hm-projects></hm-scope>`,
): Promise<HmScope> {
  const scope = mount<HmScope>(template);
  await nextEvent(inside(scope), 'hm-load');
  return scope;
}

describe('<hm-scope>', () => {
  const address = location.href;
  afterEach(() => {
    unmount();
    history.replaceState(null, '', address);
  });

  it('draws what it holds and nothing else', async () => {
    const scope = await mountScope();
    expect(scope.shadowRoot!.querySelectorAll('*')).to.have.length(1);
    expect(find(scope, 'slot')).to.have.property('localName', 'slot');
  });

  it('gives the elements inside one daemon and one filter', async () => {
    const scope = await mountScope();
    expect(findAll(inside(scope), 'tbody tr')).to.have.length(1);
    const filtered = nextEvent(inside(scope), 'hm-load');
    scope.filter = { provider: ['xai'] };
    await filtered;
    const [row] = findAll(inside(scope), 'tbody tr');
    expect(readText(row!)).to.contain('cap');
    expect(find(inside(scope), 'tbody tr').querySelectorAll('td')[4]!.textContent.trim()).to.equal('2');
  });

  it('reaches an element that is put in later', async () => {
    const scope = mount<HmScope>(html`<hm-scope daemon="/captured"></hm-scope>`);
    const element = document.createElement('hm-projects');
    scope.append(element);
    await nextEvent(element, 'hm-load');
    expect(findAll(element, 'tbody tr')).to.have.length(1);
  });

  it('gives way to what an element says itself', async () => {
    const scope = mount<HmScope>(
      html`<hm-scope daemon="/problem"><hm-projects daemon="/captured"></hm-projects></hm-scope>`,
    );
    await nextEvent(inside(scope), 'hm-load');
    expect(findAll(inside(scope), 'tbody tr')).to.have.length(1);
  });

  it('hears what a user does, and the nearest scope alone keeps it', async () => {
    const outer = mount<HmScope>(
      html`<hm-scope daemon="/problem"
        ><hm-scope daemon="/captured"><hm-projects></hm-projects></hm-scope
      ></hm-scope>`,
    );
    const inner = outer.querySelector<HmScope>('hm-scope')!;
    await nextEvent(inside(inner), 'hm-load');
    const heard = nextEvent(document.body, 'hm-filter');
    find(inside(inner), 'tbody tr').click();
    await heard;
    expect(inner.filter).to.deep.equal({ project: ['cap'] });
    expect(outer.filter).to.deep.equal({});
  });

  it('lets the page hear what a user does, also from within', async () => {
    const scope = await mountScope();
    const heard = nextEvent(document.body, 'hm-filter');
    find(inside(scope), 'tbody tr').click();
    expect((await heard).change).to.deep.equal({ project: ['cap'] });
  });

  it('keeps filter and selection in the address, one step back for each change', async () => {
    const scope = await mountScope(html`<hm-scope url daemon="/captured"><hm-projects></hm-projects></hm-scope>`);
    inside(scope).dispatchEvent(new FilterEvent({ project: ['cap'], status: ['error'] }));
    expect(new URLSearchParams(location.search).getAll('project')).to.deep.equal(['cap']);
    inside(scope).dispatchEvent(new SelectEvent(['id-2', 'id-1']));
    expect(new URLSearchParams(location.search).getAll('call')).to.deep.equal(['id-2', 'id-1']);

    const back = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
    history.back();
    await back;
    expect(scope.selection).to.deep.equal([]);
    expect(scope.filter).to.deep.equal({ project: ['cap'], status: ['error'] });
  });

  it('restores the view of a shared link, and leaves other names in the address alone', async () => {
    const before = new URLSearchParams(location.search);
    const search = new URLSearchParams(before);
    for (const [name, value] of [
      ['provider', 'xai'],
      ['q', 'a b'],
      ['call', 'x'],
      ['theme', 'dark'],
    ])
      search.set(name!, value!);
    history.replaceState(null, '', `?${search}`);
    const scope = await mountScope(html`<hm-scope url daemon="/captured"><hm-projects></hm-projects></hm-scope>`);
    expect(scope.filter).to.deep.equal({ provider: ['xai'], q: 'a b' });
    expect(scope.selection).to.deep.equal(['x']);
    inside(scope).dispatchEvent(new FilterEvent({ provider: [], q: undefined }));
    inside(scope).dispatchEvent(new SelectEvent([]));
    expect(new URLSearchParams(location.search).get('theme')).to.equal('dark');
    expect(new URLSearchParams(location.search).has('provider')).to.equal(false);
    expect(new URLSearchParams(location.search).has('call')).to.equal(false);
  });

  it('keeps how calls are shown in the address, small changes without a step of their own', async () => {
    const scope = await mountScope(html`<hm-scope url daemon="/captured"><hm-projects></hm-projects></hm-scope>`);
    const steps = await countSteps(() => {
      inside(scope).dispatchEvent(new ViewEvent({ sort: 'cost', order: 'asc' }));
      inside(scope).dispatchEvent(new ViewEvent({ columns: 'time,model:180' }, true));
    });
    expect(steps).to.equal(1);
    expect(new URLSearchParams(location.search).get('columns')).to.equal('time,model:180');
    expect(scope.view).to.deep.equal({ sort: 'cost', order: 'asc', columns: 'time,model:180' });
    const again = await mountScope(html`<hm-scope url daemon="/captured"><hm-projects></hm-projects></hm-scope>`);
    expect(again.view).to.deep.equal({ sort: 'cost', order: 'asc', columns: 'time,model:180' });
    inside(again).dispatchEvent(new ViewEvent({ sort: undefined, order: '', columns: undefined }));
    expect([...new URLSearchParams(location.search).keys()])
      .not.to.include('sort')
      .and.not.to.include('columns');
  });

  it('takes the user to another of its elements, and to none outside', async () => {
    const scope = await mountScope();
    const outside = document.createElement('hm-calls');
    scope.after(outside);
    inside(scope).dispatchEvent(new GoEvent('projects'));
    expect(document.activeElement).to.equal(inside(scope));
    for (const to of ['calls', 'nowhere', 'projects, body > *']) inside(scope).dispatchEvent(new GoEvent(to));
    expect(document.activeElement).to.equal(inside(scope));
  });

  it('keeps in view where a user was taken while what stands above grows, until the user does something', async () => {
    const scope = await mountScope();
    const [above, below] = [document.createElement('div'), document.createElement('div')];
    for (const room of [above, below]) room.style.height = '2000px';
    scope.before(above);
    scope.after(below);
    const top = (): number => Math.round(inside(scope).getBoundingClientRect().top);
    inside(scope).dispatchEvent(new GoEvent('projects'));
    expect(top()).to.equal(0);
    // A browser keeps what is on the screen in its place by itself, but not where it is told not to.
    document.documentElement.style.overflowAnchor = 'none';
    above.style.height = '3000px';
    expect(top()).to.equal(1000);
    await until(() => top() === 0);
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    above.style.height = '3500px';
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
    expect(top()).to.equal(500);
    document.documentElement.style.overflowAnchor = '';
    above.remove();
    below.remove();
  });

  it('does not let a link choose whom the page asks, unless it is on this machine', async () => {
    history.replaceState(null, '', `?daemon=${encodeURIComponent('https://example.com')}`);
    const scope = mount<HmScope>(html`<hm-scope url><hm-projects></hm-projects></hm-scope>`);
    await nextEvent(inside(scope), 'hm-load');
    expect(findAll(inside(scope), 'tbody tr').length).to.be.greaterThan(10);
    const asked = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).host);
    expect(asked.every((host) => host === location.host)).to.equal(true);
  });

  it('leaves the address alone without its url attribute', async () => {
    const scope = await mountScope();
    inside(scope).dispatchEvent(new FilterEvent({ project: ['cap'] }));
    expect(scope.filter).to.deep.equal({ project: ['cap'] });
    expect(location.href).to.equal(address);
  });

  it('stops listening to the address when it leaves the page', async () => {
    const scope = await mountScope(html`<hm-scope url daemon="/captured"><hm-projects></hm-projects></hm-scope>`);
    inside(scope).dispatchEvent(new FilterEvent({ project: ['cap'] }));
    scope.remove();
    const back = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
    history.back();
    await back;
    expect(scope.filter).to.deep.equal({ project: ['cap'] });
  });

  it('takes up an element that was there before the scope knew its daemon', async () => {
    const scope = await mountScope();
    const loaded = nextEvent(inside(scope), 'hm-load');
    scope.daemon = '/empty';
    await loaded;
    await until(() => readText(find(inside(scope), '[part="empty"]')).includes('No projects yet.'));
  });
});
