import { expect } from 'chai';
import { html, LitElement, type TemplateResult } from 'lit';
import { RowWindow } from '../../src/controllers/row-window.js';
import { find, findAll, mount, readText, unmount, until } from './mount.js';

/** A list of numbered rows and nothing else: what a window of rows is for. */
class NumberedRows extends LitElement {
  static override properties = { rowCount: { type: Number } };
  declare rowCount: number;

  readonly rows = new RowWindow(this, {
    parts: () => {
      const part = (name: string): HTMLElement | null => this.renderRoot.querySelector(`.${name}`);
      const [scroller, spacer, layer] = [part('scroller'), part('spacer'), part('layer')];
      return scroller && spacer && layer ? { scroller, spacer, layer } : null;
    },
    rowCount: () => this.rowCount,
  });

  constructor() {
    super();
    this.rowCount = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      .scroller { height: 560px; overflow: auto; position: relative; overflow-anchor: none; }
      .spacer { position: relative; overflow: clip; }
      .layer { position: absolute; inset: 0 0 auto; }
      .row { height: 28px; }
    `);
    this.shadowRoot!.adoptedStyleSheets.push(sheet);
  }

  protected override render(): TemplateResult {
    const numbers = [];
    for (let row = this.rows.first; row < this.rows.end; row++) numbers.push(row);
    return html`<div class="scroller">
      <div class="spacer">
        <div class="layer">${numbers.map((row) => html`<div class="row">${row}</div>`)}</div>
      </div>
    </div>`;
  }
}
customElements.define('numbered-rows', NumberedRows);

const inView = (element: NumberedRows): number[] => {
  const box = find(element, '.scroller').getBoundingClientRect();
  return findAll(element, '.row')
    .filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > box.top + 1 && top < box.bottom - 1;
    })
    .map((row) => Number(readText(row)));
};

/** The rows from the first to the last in view, with none missing, fill the box. */
const expectFilled = (element: NumberedRows): number[] => {
  const numbers = inView(element);
  expect(numbers.length).to.be.within(20, 21);
  expect(numbers).to.deep.equal(numbers.map((_, index) => numbers[0]! + index));
  return numbers;
};

const scrollTo = async (element: NumberedRows, scrollTop: number): Promise<void> => {
  const scroller = find(element, '.scroller');
  const scrolled = new Promise((resolve) => scroller.addEventListener('scroll', resolve, { once: true }));
  scroller.scrollTop = scrollTop;
  await scrolled;
  await element.updateComplete;
};

const mountRows = async (rowCount: number): Promise<NumberedRows> => {
  const element = mount<NumberedRows>(html`<numbered-rows .rowCount=${rowCount}></numbered-rows>`);
  await element.updateComplete;
  await until(() => inView(element).length >= Math.min(20, rowCount));
  return element;
};

describe('a window of rows', () => {
  afterEach(unmount);

  it('draws all of a short list', async () => {
    const element = await mountRows(7);
    expect(findAll(element, '.row').map((row) => readText(row))).to.deep.equal(['0', '1', '2', '3', '4', '5', '6']);
  });

  for (const rowCount of [5_000, 5_000_000]) {
    describe(`over ${rowCount.toLocaleString('en')} rows`, () => {
      it('draws a few dozen of them', async () => {
        const element = await mountRows(rowCount);
        expect(findAll(element, '.row').length).to.be.at.most(40);
        expect(expectFilled(element)[0]).to.equal(0);
      });

      it('reaches the last row by its scroll bar, and the first again', async () => {
        const element = await mountRows(rowCount);
        await scrollTo(element, find(element, '.scroller').scrollHeight);
        expect(expectFilled(element).at(-1)).to.equal(rowCount - 1);
        await scrollTo(element, 0);
        expect(expectFilled(element)[0]).to.equal(0);
      });

      it('moves by whole rows under a small scroll, wherever it stands', async () => {
        const element = await mountRows(rowCount);
        await scrollTo(element, Math.round(find(element, '.scroller').scrollHeight / 3));
        const [before] = expectFilled(element);
        await scrollTo(element, find(element, '.scroller').scrollTop + 280);
        expect(expectFilled(element)[0]).to.equal(before! + 10);
      });

      it('follows its first row from where the box was scrolled to, though it has not told it yet', async () => {
        const element = await mountRows(rowCount);
        await scrollTo(element, 2_800);
        const [before] = expectFilled(element);
        const scroller = find(element, '.scroller');
        scroller.scrollTop += 280;
        const { row, offsetPx } = element.rows.place;
        element.rows.standAt(row + 3, offsetPx);
        await element.updateComplete;
        expect(expectFilled(element)[0]).to.equal(before! + 13);
      });

      it('reveals any row, whole', async () => {
        const element = await mountRows(rowCount);
        for (const row of [rowCount - 1, 0, Math.floor(rowCount / 2), Math.floor(rowCount / 2) + 25, 3, rowCount - 2]) {
          element.rows.reveal(row);
          await element.updateComplete;
          const box = find(element, '.scroller').getBoundingClientRect();
          const drawn = findAll(element, '.row').find((candidate) => readText(candidate) === String(row))!;
          expect(drawn.getBoundingClientRect().top, `row ${row}`).to.be.at.least(box.top - 1);
          expect(drawn.getBoundingClientRect().bottom, `row ${row}`).to.be.at.most(box.bottom + 1);
          expectFilled(element);
        }
      });
    });
  }

  it('stays filled when the list shrinks under it', async () => {
    const element = await mountRows(5_000);
    await scrollTo(element, 100_000);
    element.rowCount = 30;
    await until(() => inView(element).at(-1) === 29);
    expectFilled(element);
  });
});
