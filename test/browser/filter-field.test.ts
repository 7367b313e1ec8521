import { expect } from 'chai';
import { html, LitElement, type TemplateResult } from 'lit';
import { changeFilter, type Filter } from '../../src/api/filter.js';
import { FilterField } from '../../src/controllers/filter-field.js';
import { FilterPlace } from '../../src/controllers/filter-place.js';
import { base } from '../../src/styles/base.js';
import { filter as filterStyles } from '../../src/styles/filter.js';
import { type FilterEditor, type FilterPart, renderFilterBar } from '../../src/view/filter-bar.js';
import { find, findAll, mount, readText, unmount, until } from './mount.js';

/** The page's part of a filter: what is shown, and what was asked for. */
class Scope {
  filter: Filter = {};
  readonly fixed: Filter = {};
  readonly timeZone = 'Europe/London';
  readonly changes: Filter[] = [];

  changeFilter(change: Filter): void {
    this.changes.push(change);
    this.filter = changeFilter(this.filter, change);
  }
}

const loadFilterEditor = (): Promise<FilterEditor> => import('../../src/view/filter-editor.js');

/** Nothing but the filter, with what it loads and how long it waits in the test's hands. */
class FilterOnly extends LitElement {
  static override styles = [base, filterStyles];

  readonly scope = new Scope();
  importEditor: () => Promise<FilterEditor> = loadFilterEditor;
  readonly place = new FilterPlace<FilterPart & { readonly field: FilterField<FilterEditor> }>(
    this,
    this.scope,
    async () => ({
      field: new FilterField(this, this.scope, await this.importEditor()),
      facets: undefined,
      facetsError: undefined,
      wantFacets: () => undefined,
    }),
  );

  /** Once it is loaded. */
  get field(): FilterField<FilterEditor> {
    return this.place.value!.field;
  }

  protected override render(): TemplateResult {
    return renderFilterBar({
      ...this.scope,
      place: this.place,
      change: (change) => this.scope.changeFilter(change),
    });
  }
}
customElements.define('filter-only', FilterOnly);

async function mountFilter(filter: Filter = {}): Promise<FilterOnly> {
  const element = document.createElement('filter-only') as FilterOnly;
  element.scope.filter = filter;
  mount(html`${element}`);
  await element.updateComplete;
  return element;
}

const input = (element: FilterOnly): HTMLInputElement => find<HTMLInputElement>(element, '.query input');

function write(element: FilterOnly, text: string): void {
  input(element).value = text;
  input(element).setSelectionRange(text.length, text.length);
  input(element).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

const compose = (element: FilterOnly, type: string): boolean =>
  input(element).dispatchEvent(new CompositionEvent(type, { bubbles: true, composed: true }));

/** A timer that is set later runs later: a pause of no length is over before this is. */
const afterTimers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the filter’s field', () => {
  afterEach(unmount);

  it('says when the script that reads filters could not be loaded, and tries again', async () => {
    const element = await mountFilter();
    let isThere = false;
    element.importEditor = () => (isThere ? loadFilterEditor() : Promise.reject(new Error('The network is gone.')));
    input(element).focus();
    const error = await until(() => element.shadowRoot!.querySelector('[part="error"]'));
    expect(readText(error)).to.equal('Could not read the script that reads filters. The network is gone. Try again');
    isThere = true;
    error.querySelector('button')!.click();
    await until(() => element.place.value !== undefined && findAll(element, '[part="error"]').length === 0);
    write(element, 'project:acme');
    element.field.apply();
    expect(element.scope.changes).to.deep.equal([{ project: ['acme'] }]);
  });

  it('loads nothing while there is no filter and nobody comes near', async () => {
    const element = await mountFilter();
    expect(element.place.value).to.equal(undefined);
    expect(findAll(element, '.chip')).to.have.length(0);
  });

  it('loads at once what shows a filter, and lets nobody write over it before', async () => {
    let resolve!: (editor: FilterEditor) => void;
    const element = document.createElement('filter-only') as FilterOnly;
    element.importEditor = () => new Promise((done) => (resolve = done));
    element.scope.filter = { project: ['acme'] };
    mount(html`${element}`);
    await element.updateComplete;
    expect(input(element).readOnly).to.equal(true);
    const { height } = find(element, '.chips').getBoundingClientRect();
    resolve(await loadFilterEditor());
    await until(() => input(element).value === 'project:acme');
    expect(input(element).readOnly).to.equal(false);
    expect(find(element, '.chips').getBoundingClientRect().height).to.equal(height);
  });

  it('takes what was typed before its reader was there', async () => {
    let resolve!: (editor: FilterEditor) => void;
    const element = await mountFilter();
    element.importEditor = () => new Promise((done) => (resolve = done));
    input(element).focus();
    write(element, 'cost>0.05');
    input(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    resolve(await loadFilterEditor());
    await until(() => element.scope.changes.length > 0);
    expect(element.scope.changes).to.deep.equal([{ min_cost: '5001' }]);
  });

  it('applies nothing in a pause within an input method’s composition', async () => {
    const element = await mountFilter();
    await element.place.load();
    element.field.pauseMs = 0;
    compose(element, 'compositionstart');
    write(element, 'モデル');
    await afterTimers();
    expect(element.scope.changes).to.deep.equal([]);
    compose(element, 'compositionend');
    write(element, 'モデル');
    await until(() => element.scope.changes.length > 0);
    expect(element.scope.changes).to.deep.equal([{ q: 'モデル' }]);
  });

  it('keeps what is typed on while a page takes its time to follow', async () => {
    const element = await mountFilter();
    await element.place.load();
    const late: Filter[] = [];
    element.scope.changeFilter = (change) => late.push(change);
    write(element, 'project:acme');
    element.field.apply();
    write(element, 'project:acme status:err');
    element.scope.filter = late[0]!;
    element.requestUpdate();
    await element.updateComplete;
    expect(input(element).value).to.equal('project:acme status:err');
  });

  it('waits with a term that is likely typed on', async () => {
    const element = await mountFilter();
    await element.place.load();
    element.field.pauseMs = 0;
    write(element, 'mod');
    await afterTimers();
    expect(element.scope.changes).to.deep.equal([]);
    write(element, 'mode of');
    await until(() => element.scope.changes.length > 0);
    expect(element.scope.changes).to.deep.equal([{ q: 'mode of' }]);
  });

  it('keeps the text of the input and the marks over it side by side when it scrolls', async () => {
    const element = await mountFilter();
    await element.place.load();
    input(element).focus();
    write(element, `project:${'x'.repeat(900)} latency>10x`);
    element.field.apply();
    await until(() => findAll(element, '.marks .bad').length > 0);
    input(element).scrollLeft = 4000;
    input(element).dispatchEvent(new Event('scroll'));
    expect(input(element).scrollLeft).to.be.greaterThan(1000);
    expect(find(element, '.marks').scrollLeft).to.be.closeTo(input(element).scrollLeft, 1);
  });
});
