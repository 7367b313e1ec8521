import { prettyPrint } from '../json-pretty.js';
import type { Answers } from './engine.js';
import type { HeldBodies } from './held-bodies.js';
import { type Folded, PREVIEW_CHARACTERS } from './rows.js';
import { MOST_ROWS, sliceRows } from './slice-rows.js';
import { describeNode } from './tree-place.js';

type Named =
  | 'textRows'
  | 'place'
  | 'text'
  | 'treeRows'
  | 'fold'
  | 'foldAll'
  | 'reveal'
  | 'node'
  | 'pretty'
  | 'events'
  | 'marks'
  | 'stepMark';

/** Rows of the views that show a body as it is stored, and ways to places in them. */
export function answerRows(bodies: HeldBodies): Pick<Answers, Named> {
  return {
    textRows: ({ key, from, to }) => {
      const { rows, text } = bodies.get(key).body;
      return sliceRows(from, to, rows.count, (row) => ({
        start: rows.startOf(row),
        line: rows.lineOf(row),
        isContinued: rows.isContinued(row),
        text: text.slice(rows.startOf(row), rows.endOf(row)),
      }));
    },
    place: ({ key, ...at }) => {
      const { body } = bodies.get(key);
      return body.place('offset' in at ? at.offset : body.rows.startOf(body.rows.rowOfLine(at.line)));
    },
    text: ({ key, start, end }) => bodies.get(key).body.text.slice(start, end),
    treeRows: ({ key, from, to }) => {
      const { tree } = bodies.get(key).body;
      return tree?.rows(from, Math.min(to, from + MOST_ROWS)) ?? { from: 0, rows: [], total: 0 };
    },
    fold: ({ key, id, isOpen }) => {
      const { tree, spot } = bodies.spot(key, id);
      tree.fold(spot, isOpen);
      return { treeRows: tree.rowCount, row: tree.rowOf(spot) };
    },
    foldAll: ({ key, id, isOpen }): Folded => {
      if (id !== null) {
        const { tree, spot } = bodies.spot(key, id);
        tree.foldAll(spot, isOpen);
        return { treeRows: tree.rowCount, row: tree.rowOf(spot) };
      }
      const tree = bodies.tree(key);
      tree.foldAll(null, isOpen);
      return { treeRows: tree.rowCount, row: 0 };
    },
    reveal: ({ key, ...where }) => {
      const tree = bodies.tree(key);
      const place =
        'pointer' in where
          ? tree.finder.findPointer(where.pointer)
          : {
              spot: 'id' in where ? tree.finder.findId(where.id) : tree.finder.findOffset(where.offset),
              found: 'exact' as const,
            };
      if (!place?.spot) throw new RangeError('There is nothing there in this body.');
      const { spot, found } = place;
      const { rows } = tree.rows(tree.rowOf(spot), tree.rowOf(spot) + 1);
      const { pointer } = describeNode(spot.branch, spot.position, tree.read(spot));
      const { id, range } = rows[0]!;
      return { treeRows: tree.rowCount, row: tree.rowOf(spot), id, pointer, range, found };
    },
    node: ({ key, id }) => {
      const { tree, spot } = bodies.spot(key, id);
      return describeNode(spot.branch, spot.position, tree.read(spot));
    },
    pretty: ({ key, id }) => {
      const { body } = bodies.get(key);
      if (id !== undefined) {
        const { tree, spot } = bodies.spot(key, id);
        const { document, text, start, end } = tree.read(spot);
        return document === null ? text.slice(start, end) : prettyPrint(text, start, end);
      }
      return body.json === null || body.fault !== null ? null : prettyPrint(body.text, 0, body.text.length);
    },
    events: ({ key, from, to }) => {
      const { body } = bodies.get(key);
      const { events } = body;
      if (events === null) return { from: 0, rows: [], total: 0 };
      return sliceRows(from, to, events.count, (index) => {
        const { name, data, complete } = events.read(index);
        const [start, end] = [events.startOf(index), events.endOf(index)];
        const shown = data?.slice(0, PREVIEW_CHARACTERS) ?? null;
        return { index, name, data: shown, start, end, isComplete: complete, textRow: body.rows.rowAt(start) };
      });
    },
    marks: ({ key, from, to, category }) => {
      const { marks, rows } = bodies.get(key).body;
      return sliceRows(from, to, marks.count(category), (place) => {
        const mark = marks.read(place, category);
        return { ...mark, textRow: rows.rowAt(mark.start) };
      });
    },
    stepMark: ({ key, offset, isBack, category }) => {
      const { marks, rows } = bodies.get(key).body;
      const place = marks.step(offset, isBack, category);
      if (place === null) return null;
      const mark = marks.read(place, category);
      return { ...mark, textRow: rows.rowAt(mark.start) };
    },
  };
}
