import { classesOf } from '../view/call-cells.js';
import { type Call, type CellText, statusCell } from '../view/call-state.js';
import type { ColumnLayout, LaidColumn } from '../view/call-layout.js';
import { LETTERS } from '../view/call-letters.js';
import { formatCount } from '../view/format.js';

/** What is to be drawn. */
export interface RowsView {
  readonly first: number;
  readonly end: number;
  readonly layout: ColumnLayout;
  readonly timeZone: string;
  /** Row that keys act on. */
  readonly active: number;
  readonly selection: readonly string[];
  /** The row that is open, or null. */
  readonly openedRow: number | null;
  readonly callAt: (row: number) => Call | undefined;
  /** Rises when cells may read differently although their calls are the same. */
  readonly version: number;
}

interface Cell {
  readonly element: HTMLElement;
  readonly text: Text;
  lead: HTMLElement | null;
  below: HTMLElement | null;
  leadText: string;
  words: string;
  classes: string;
}

interface Row {
  readonly element: HTMLElement;
  readonly choice: HTMLElement;
  letter: HTMLElement | null;
  readonly cells: readonly Cell[];
  number: number;
  call: Call | undefined;
  drawn: string;
  place: number;
}

const NO_PLACE = -1;
const UNDRAWN = -2;

/**
 * The rows of the calls table as plain DOM: a fling draws other calls in every frame, and then each cell costs the text
 * that it writes and nothing more. Rows that leave on one side come back on the other, so that they stay in reading order.
 */
export class CallRows {
  #layer: HTMLElement | null = null;
  #layout = '';
  #rows: Row[] = [];

  draw(layer: HTMLElement, view: RowsView): void {
    if (layer !== this.#layer || view.layout.key !== this.#layout) {
      layer.replaceChildren();
      this.#layer = layer;
      this.#layout = view.layout.key;
      this.#rows = [];
    }
    this.#turn(layer, view);
    this.#rows.forEach((row, index) => drawRow(row, view.first + index, view));
  }

  /** A row that is drawn, or undefined. */
  elementOf(row: number): HTMLElement | undefined {
    return this.#rows.find(({ number }) => number === row)?.element;
  }

  /** Has as many rows as are wanted, those that go on being seen where they are. */
  #turn(layer: HTMLElement, { first, end, layout }: RowsView): void {
    const wanted = end - first;
    const rows = this.#rows;
    const shift = rows.length === 0 ? 0 : first - rows[0]!.number;
    for (let moves = Math.abs(shift) < rows.length ? shift : 0; moves !== 0; moves -= Math.sign(moves)) {
      const row = moves > 0 ? rows.shift()! : rows.pop()!;
      if (moves > 0) rows.push(row);
      else rows.unshift(row);
      layer.insertBefore(row.element, moves > 0 ? null : layer.firstChild);
    }
    while (rows.length > wanted) rows.pop()!.element.remove();
    while (rows.length < wanted) {
      const row = makeRow(layout.columns);
      rows.push(row);
      layer.append(row.element);
    }
  }
}

function makeRow(columns: readonly LaidColumn[]): Row {
  const element = make('div', 'row', '');
  element.part.add('row');
  const choice = make('span', 'gridcell', 'blank');
  const arrow = make('span', null, 'arrow');
  arrow.ariaHidden = 'true';
  choice.append(arrow);
  const cells = columns.map(makeCell);
  element.append(choice, ...cells.map((cell) => cell.element));
  return { element, choice, letter: null, cells, number: NO_PLACE, call: undefined, drawn: '', place: UNDRAWN };
}

function makeCell(column: LaidColumn): Cell {
  const element = make(column.key === 'time' ? 'time' : 'span', 'gridcell', column.classes);
  const text = new Text();
  element.append(text);
  return { element, text, lead: null, below: null, leadText: '', words: '', classes: column.classes };
}

function make(tag: 'div' | 'span' | 'time', role: string | null, classes: string): HTMLElement {
  const element = document.createElement(tag);
  element.role = role;
  element.className = classes;
  return element;
}

function drawRow(row: Row, number: number, view: RowsView): void {
  const call = view.callAt(number);
  const isOpen = view.openedRow === number;
  if (row.number !== number) {
    row.number = number;
    row.element.id = `row-${number}`;
    row.element.ariaRowIndex = String(number + 2);
  }
  const state = [call === undefined && 'waiting', number === view.active && 'active', isOpen && 'open'];
  const classes = state.filter(Boolean).join(' ');
  if (row.element.className !== classes) row.element.className = classes;
  drawChoice(row, call === undefined ? UNDRAWN : view.selection.indexOf(call.id));

  const drawn = `${call === undefined ? number : isOpen} ${view.version} ${view.timeZone}`;
  if (row.call === call && row.drawn === drawn) return;
  row.call = call;
  row.drawn = drawn;
  row.element.ariaBusy = call === undefined ? 'true' : null;
  row.choice.ariaExpanded = call === undefined ? null : String(isOpen);
  row.cells.forEach((cell, index) => {
    const column = view.layout.columns[index]!;
    if (call === undefined) drawWaiting(cell, column, index === 0 ? `row ${formatCount(number + 1)}` : null);
    else drawCell(cell, column, call, view);
  });
}

function drawChoice(row: Row, place: number): void {
  if (row.place === place) return;
  row.place = place;
  row.element.ariaSelected = place === UNDRAWN ? null : String(place >= 0);
  row.choice.className = place === UNDRAWN ? 'blank' : place >= 0 ? 'choice' : 'choice box';
  row.letter?.remove();
  row.letter = null;
  if (place < 0) return;
  row.letter = make('span', null, 'letter');
  row.letter.textContent = LETTERS[place] ?? '+';
  row.choice.prepend(row.letter);
}

function drawWaiting(cell: Cell, column: LaidColumn, words: string | null): void {
  write(cell, words === null ? `${column.classes} bar` : column.classes, '', words ?? '');
  cell.element.removeAttribute('datetime');
  writeBelow(cell, '');
}

function drawCell(cell: Cell, column: LaidColumn, call: Call, view: RowsView): void {
  const content = column.cell(call, view.timeZone);
  write(cell, column.classes + classesOf(content), content.lead ?? '', content.text);
  if (content.instant !== undefined && cell.element instanceof HTMLTimeElement) cell.element.dateTime = content.instant;
  if (view.layout.isNarrow && column.key === 'model') writeBelow(cell, call.project, statusCell(call));
}

/** A second line: where there is no column that tells how a call went, it says what is not usual, before what may be cut. */
function writeBelow(cell: Cell, words: string, state?: CellText): void {
  if (cell.below === null) {
    if (words === '') return;
    cell.below = make('span', null, 'below');
    cell.element.append(cell.below);
  }
  cell.below.textContent = words;
  if (!state?.mark) return;
  const told = make('span', null, `marked ${state.mark}`);
  told.textContent = state.text;
  cell.below.prepend(told, ' ');
}

function write(cell: Cell, classes: string, lead: string, words: string): void {
  if (cell.classes !== classes) {
    cell.classes = classes;
    cell.element.className = classes;
  }
  if (cell.words !== words) {
    cell.words = words;
    cell.text.data = words;
  }
  if (cell.leadText === lead) return;
  cell.leadText = lead;
  if (cell.lead === null) {
    cell.lead = make('span', null, 'muted');
    cell.element.prepend(cell.lead);
  }
  cell.lead.textContent = lead;
}
