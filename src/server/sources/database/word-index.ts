import type { CallColumns } from './call-columns.js';
import type { Snapshot } from './connection.js';
import { readText, selectText, type Query, type Sql } from './query.js';

/** Columns with few values: their values are searched, not their rows. */
const LISTED = ['model', 'machine', 'workdir', 'errorCode'] as const;
type Listed = (typeof LISTED)[number];

/** Folds case as Unicode does, in the direction in which ß meets SS. */
export const foldCase = (text: string): string => text.toLowerCase().toUpperCase();

/** Whatever is not ASCII: SQLite's own `upper` leaves it as it is. */
const IS_FOREIGN = `glob '*[^' || char(1) || '-' || char(127) || ']*'`;

/**
 * Finds the calls in which words occur. It keeps the distinct values of the columns that have few, and the rare ids
 * and keys that SQLite can't fold, and reads of a grown table only what is new: these columns of a row never change.
 */
export class WordIndex {
  readonly #values: Readonly<Record<Listed, Map<string, string>>> = {
    model: new Map(),
    machine: new Map(),
    workdir: new Map(),
    errorCode: new Map(),
  };
  readonly #foreignKeys = new Map<number, string>();
  #layout = '';
  #lastRowid = 0;

  /** One condition for each word of `text`; none where there is no word. */
  findWords(text: string, snapshot: Snapshot, columns: CallColumns): Sql[] {
    const words = text.split(/\s+/u).filter((word) => word !== '');
    if (words.length === 0) return [];
    this.#catchUp(snapshot, columns);
    const projects = snapshot.all(`select ${selectText('id')}, ${selectText('slug')} from projects`);
    const rowless = snapshot.all(
      `select distinct ${selectText('r.project_id')} from requests r
       where not exists (select 1 from projects p where p.id = r.project_id)`,
    );
    const slugs = new Map<string, string>();
    for (const [id, slug] of projects) slugs.set(readText(id) ?? '', foldCase(readText(slug) ?? ''));
    for (const [id] of rowless) slugs.set(readText(id) ?? '', foldCase(readText(id) ?? ''));
    return words.map((word) => this.#findWord(foldCase(word), slugs, columns));
  }

  #findWord(word: string, slugs: ReadonlyMap<string, string>, columns: CallColumns): Sql {
    const parts: string[] = [];
    const parameters: string[] = [];
    for (const key of [columns.id, columns.idempotencyKey]) {
      parts.push(`instr(upper(${key}), ?) > 0`);
      parameters.push(word);
    }
    const lists: [string, ReadonlyMap<string | number, string>][] = [
      [columns.projectId, slugs],
      ['r.rowid', this.#foreignKeys],
      ...LISTED.map((name): [string, ReadonlyMap<string, string>] => [columns[name], this.#values[name]]),
    ];
    for (const [expression, values] of lists) {
      const matches = [...values].filter(([, folded]) => folded.includes(word)).map(([value]) => value);
      if (matches.length === 0) continue;
      parts.push(`${expression} in (select value from json_each(?))`);
      parameters.push(JSON.stringify(matches));
    }
    return { sql: `(${parts.join(' or ')})`, parameters };
  }

  #catchUp(snapshot: Snapshot, columns: CallColumns): void {
    const [[last]] = snapshot.all('select coalesce(max(rowid), 0) from requests') as [[number]];
    if (snapshot.layout !== this.#layout || last < this.#lastRowid) {
      for (const values of Object.values(this.#values)) values.clear();
      this.#foreignKeys.clear();
      this.#layout = snapshot.layout;
      this.#lastRowid = 0;
    }
    if (last === this.#lastRowid) return;
    this.#readValues(snapshot, columns);
    this.#readForeignKeys(snapshot, columns);
    this.#lastRowid = last;
  }

  #readValues(db: Query, columns: CallColumns): void {
    const expressions = LISTED.map((name) => columns[name]);
    const rows = db.all(
      `select ${expressions.map((_, place) => selectText(`v${place}`)).join(', ')} from (
         select distinct ${expressions.map((expression, place) => `${expression} as v${place}`).join(', ')}
         from requests r where r.rowid > ?)`,
      [this.#lastRowid],
    );
    for (const row of rows) {
      for (const [place, name] of LISTED.entries()) {
        const value = readText(row[place]);
        if (value !== null && !this.#values[name].has(value)) this.#values[name].set(value, foldCase(value));
      }
    }
  }

  #readForeignKeys(db: Query, { id, idempotencyKey }: CallColumns): void {
    const rows = db.all(
      `select r.rowid, ${selectText(id)}, ${selectText(idempotencyKey)} from requests r
       where r.rowid > ? and (${id} ${IS_FOREIGN} or ${idempotencyKey} ${IS_FOREIGN})`,
      [this.#lastRowid],
    );
    // A word holds no white space, so none can be found across the border of the two.
    for (const [rowid, idText, keyText] of rows) {
      this.#foreignKeys.set(Number(rowid), foldCase(`${readText(idText) ?? ''}\n${readText(keyText) ?? ''}`));
    }
  }
}
