import { sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import '../../components/hm-calls.js';
import '../../components/hm-scope.js';
import type { HmCalls } from '../../components/hm-calls.js';
import type { HmScope } from '../../components/hm-scope.js';
import { openExportFile } from '../../src/parts/save-export.js';
import { button, listRows, openPanel, readHeads, readSaid, type, untilCopies } from './calls.js';
import { findAll, mount, mountLoaded, nextEvent, readText, unmount, until } from './mount.js';

const captured = html`<hm-calls daemon="/captured"></hm-calls>`;
const realClipboard = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
const realPicker = Object.getOwnPropertyDescriptor(window, 'showSaveFilePicker');
const realClick = HTMLAnchorElement.prototype.click;
const stored = 'hm-calls-views';

/** Takes what is copied from now on. */
function catchCopies(): string[] {
  const copies: string[] = [];
  const clipboard = { writeText: (text: string) => Promise.resolve(void copies.push(text)) };
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
  return copies;
}

/** Takes the next download in place of the browser. */
function catchDownload(): Promise<{ name: string; text: string }> {
  return new Promise((resolve) => {
    HTMLAnchorElement.prototype.click = function () {
      void fetch(this.href).then(async (answer) => resolve({ name: this.download, text: await answer.text() }));
    };
  });
}

/** Answers in place of the user who is asked for a file. */
function pickFiles(pick: () => Promise<unknown>): void {
  Object.defineProperty(window, 'showSaveFilePicker', { value: pick, configurable: true });
}

async function saveAs(element: HmCalls, name: string): Promise<void> {
  const panel = await openPanel(element, 'Views ▾');
  panel.querySelector<HTMLInputElement>('#view-name')!.value = name;
  panel.querySelector('form')!.requestSubmit();
  await until(() => [...panel.querySelectorAll('.name')].some((view) => readText(view) === name));
}

describe('what can be taken out of <hm-calls>', () => {
  const address = location.href;
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(() => {
    unmount();
    history.replaceState(null, '', address);
    localStorage.removeItem(stored);
    HTMLAnchorElement.prototype.click = realClick;
    if (realClipboard) Object.defineProperty(navigator, 'clipboard', realClipboard);
    else Reflect.deleteProperty(navigator, 'clipboard');
    if (realPicker) Object.defineProperty(window, 'showSaveFilePicker', realPicker);
    else Reflect.deleteProperty(window, 'showSaveFilePicker');
  });

  it('copies the chosen calls as JSON, CSV and ids', async () => {
    const copies = catchCopies();
    const element = await mountLoaded<HmCalls>(
      html`<hm-calls daemon="/captured" columns="model,cost,status,error,/max_tokens"></hm-calls>`,
    );
    await type(element, 'x', 'j', 'x');
    await untilCopies(element);
    for (const format of ['JSON', 'CSV', 'id']) {
      button(element, format).click();
      await until(() => readSaid(element) === `2 calls copied as ${format}.`);
    }
    const [json, csv, ids] = copies;
    const calls = JSON.parse(json!) as { id: string; cost_millicents: number | null }[];
    expect(calls).to.have.length(2);
    expect(ids).to.equal(calls.map(({ id }) => id).join('\n'));
    const [head, ...lines] = csv!.trim().split('\r\n');
    expect(head).to.equal('model,cost_millicents,status,error_class,/max_tokens');
    expect(lines).to.have.length(2);
  });

  it('copies what a column shows from inside requests as the export of all calls has it', async () => {
    const copies = catchCopies();
    const [filter, columns] = ['provider=anthropic', 'id,/max_tokens,model,/messages/*/role'];
    const element = await mountLoaded<HmCalls>(
      html`<hm-calls daemon="/captured" .filter=${filter} .columns=${columns}></hm-calls>`,
    );
    await type(element, 'x', 'j', 'x', 'j', 'x', 'j', 'x');
    await untilCopies(element);
    button(element, 'CSV').click();
    await until(() => copies.length === 1);
    const exported = await (await fetch(`/captured/api/calls.csv?${filter}&columns=${columns}`)).text();
    const lines = copies[0]!.split('\r\n');
    expect(lines.slice(0, 5)).to.deep.equal(exported.split('\r\n').slice(0, 5));
    expect(lines.filter((line) => /^[^,]+,\d+,/.test(line))).not.to.be.empty;
  });

  it('says that nothing was copied where a request could not be read', async () => {
    const copies = catchCopies();
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" columns="id,/max_tokens"></hm-calls>`);
    await untilCopies(element);
    const real = window.fetch;
    window.fetch = (input, init) => real(/\/request$/.test(String(input)) ? '/problem/api/bodies' : input, init);
    button(element, 'CSV').click();
    await until(() => readSaid(element).startsWith('Not copied. '));
    window.fetch = real;
    expect(copies).to.deep.equal([]);
  });

  it('copies the active call where none is chosen', async () => {
    const copies = catchCopies();
    const element = await mountLoaded<HmCalls>(captured);
    await type(element, 'j', 'j');
    await untilCopies(element);
    button(element, 'JSON').click();
    await until(() => copies.length === 1);
    const call = JSON.parse(copies[0]!) as { requested_at: string };
    expect(call.requested_at).to.equal(listRows(element)[2]!.querySelector('time')!.dateTime);
  });

  it('says so where the page may not copy', async () => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    const element = await mountLoaded<HmCalls>(captured);
    await untilCopies(element);
    button(element, 'id').click();
    await until(() => readSaid(element) === 'This page may not copy.');
  });

  it('exports every call of the filter as CSV with the columns that are shown, in their order', async () => {
    const element = await mountLoaded<HmCalls>(
      html`<hm-calls daemon="/captured" columns="cost,model,/max_tokens" sort="cost"></hm-calls>`,
    );
    const panel = await openPanel(element, 'Export ▾');
    expect(readText(panel)).to.contain('18 calls').and.to.contain('3 columns: Cost, Model, /max_tokens.');
    const download = catchDownload();
    button(element, 'CSV').click();
    const { name, text } = await download;
    expect(name).to.match(/^calls-\d{4}-\d\d-\d\d\.csv$/);
    const lines = text.trim().split(/\r?\n/);
    expect(lines[0]).to.equal('cost_millicents,model,/max_tokens');
    expect(lines.filter((line) => /^\d*,claude-sonnet-4-6,\d+$/.test(line))).not.to.be.empty;
    expect(lines).to.have.length(19);
    const costs = lines
      .slice(1)
      .map((line) => line.split(',')[0]!)
      .filter((cost) => cost !== '');
    expect(costs.map(Number)).to.deep.equal([...costs.map(Number)].sort((a, b) => b - a));
    await until(() => readText(panel).includes(`18 calls exported to ${name}.`));
  });

  it('exports as JSON Lines, only what the filter lets through', async () => {
    const element = await mountLoaded<HmCalls>(html`<hm-calls daemon="/captured" filter="provider=xai"></hm-calls>`);
    await openPanel(element, 'Export ▾');
    const download = catchDownload();
    button(element, 'JSON Lines').click();
    const lines = (await download).text.trim().split('\n');
    expect(lines).to.have.length(2);
    expect(JSON.parse(lines[0]!)).to.have.property('model', 'grok-4');
  });

  it('tells how far a long export is, and gives it up on demand', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Export ▾');
    element.daemon = '/hold/export/captured';
    await element.updateComplete;
    button(element, 'CSV').click();
    const progress = await until(() => panel.querySelector('progress'));
    expect(progress.max).to.equal(18);
    expect(readText(panel)).to.contain('0 of 18');
    button(element, 'Cancel').click();
    await until(() => readText(panel).includes('Export cancelled. Nothing was kept.'));
    await fetch('/release/export');
  });

  it('says why an export failed', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Export ▾');
    element.daemon = '/problem';
    await nextEvent(element, 'hm-error');
    button(element, 'CSV').click();
    await until(() => panel.querySelector('.mistake'));
    expect(readText(panel)).to.contain('The export failed.').and.to.contain('holds a lock');
  });

  it('writes a long export into a file as it comes, where the browser can', async () => {
    const written: string[] = [];
    const stream = {
      write: (piece: Uint8Array) => Promise.resolve(void written.push(new TextDecoder().decode(piece))),
      close: () => Promise.resolve(void written.push('end')),
    };
    const handle = { createWritable: () => Promise.resolve(stream) };
    pickFiles(() => Promise.resolve(handle));
    const file = await openExportFile('calls.csv', 'text/csv', 1_000_000);
    await file.write(new TextEncoder().encode('a,b\n'));
    expect(written).to.deep.equal(['a,b\n']);
    await file.finish();
    expect(written).to.deep.equal(['a,b\n', 'end']);
  });

  it('downloads a long export where no file may be asked for, as in a frame on a page of another origin', async () => {
    pickFiles(() => Promise.reject(new DOMException('no picker in frames', 'SecurityError')));
    const file = await openExportFile('calls.csv', 'text/csv', 1_000_000);
    await file.write(new TextEncoder().encode('a,b\n'));
    const download = catchDownload();
    await file.finish();
    expect(await download).to.deep.equal({ name: 'calls.csv', text: 'a,b\n' });
  });

  it('saves nothing where the user picks no file for a long export', async () => {
    pickFiles(() => Promise.reject(new DOMException('none picked', 'AbortError')));
    const error: unknown = await openExportFile('calls.csv', 'text/csv', 1_000_000).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('name', 'AbortError');
  });

  it('keeps a view under a name, shows it again, and forgets it', async () => {
    const scope = mount<HmScope>(html`<hm-scope daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    scope.filter = { provider: ['xai'] };
    scope.view = { columns: 'model,cost', sort: 'cost', order: 'asc' };
    await until(() => listRows(element).length === 2);
    await saveAs(element, 'Grok, cheapest first');
    scope.filter = { model: ['claude-sonnet-4-6'] };
    scope.view = {};
    await until(() => listRows(element).length > 2 && readHeads(element).length > 2);

    button(element, 'Grok, cheapest first').click();
    await until(() => listRows(element).length === 2);
    expect(scope.filter).to.deep.equal({ provider: ['xai'] });
    expect(scope.view).to.deep.equal({ columns: 'model,cost', sort: 'cost', order: 'asc' });
    expect(readHeads(element)).to.deep.equal(['Model', 'Cost']);
    expect(findAll(element, '.panel')).to.have.length(0);

    await openPanel(element, 'Views ▾');
    button(element, 'Delete Grok, cheapest first').click();
    await until(() => findAll(element, '.views').length === 0);
    expect(localStorage.getItem(stored)).to.equal('[]');
  });

  it('keeps the focus in its panel when a view is deleted and when an export is done, so that Esc closes it', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    await saveAs(element, 'Mine');
    const isInPanel = (): boolean => element.shadowRoot!.activeElement?.closest('.panel') != null;
    button(element, 'Delete Mine').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => findAll(element, '.views').length === 0);
    expect(isInPanel()).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await until(() => findAll(element, '.panel').length === 0);

    const panel = await openPanel(element, 'Export ▾');
    const download = catchDownload();
    button(element, 'CSV').focus();
    await sendKeys({ press: 'Enter' });
    await download;
    await until(() => readText(panel).includes('18 calls exported'));
    expect(isInPanel()).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await until(() => findAll(element, '.panel').length === 0);
    expect(readText(element.shadowRoot!.activeElement!)).to.equal('Export ▾');
  });

  it('gives the link to a view, which shows it to somebody else', async () => {
    const copies = catchCopies();
    const scope = mount<HmScope>(html`<hm-scope url daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    const element = scope.querySelector<HmCalls>('hm-calls')!;
    await nextEvent(element, 'hm-load');
    scope.filter = { provider: ['xai'] };
    scope.view = { group: 'model' };
    await until(() => element.shadowRoot!.querySelector('.groups table'));
    await saveAs(element, 'Grok');
    button(element, 'Copy link to Grok').click();
    await until(() => copies.length === 1);
    const link = new URL(copies[0]!);
    expect(link.origin).to.equal(location.origin);
    history.replaceState(null, '', link.search);
    const other = mount<HmScope>(html`<hm-scope url daemon="/captured"><hm-calls></hm-calls></hm-scope>`);
    expect(other.filter).to.deep.equal({ provider: ['xai'] });
    await until(() => other.querySelector('hm-calls')!.shadowRoot?.querySelector('.groups table'));
  });

  it('says so where the browser keeps nothing for a page', async () => {
    const element = await mountLoaded<HmCalls>(captured);
    const panel = await openPanel(element, 'Views ▾');
    const real = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    panel.querySelector<HTMLInputElement>('#view-name')!.value = 'Mine';
    panel.querySelector('form')!.requestSubmit();
    const mistake = await until(() => panel.querySelector('.mistake'));
    expect(readText(mistake)).to.contain('keeps nothing for this page');
    Object.defineProperty(window, 'localStorage', real);
  });
});
