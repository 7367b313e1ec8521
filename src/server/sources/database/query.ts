import type Database from 'libsql';

/** What SQLite hands over. Never a string out of a row: see `selectText`. */
export type Cell = number | string | Buffer | null;
export type Parameter = string | number | null;

/** An open database, as the query modules see it. */
export interface Query {
  /** All rows of a SELECT as arrays. Complete when it returns, so no cursor keeps the daemon's log from being folded. */
  all(sql: string, parameters?: readonly Parameter[]): Cell[][];
}

/** Part of a statement with the values of its places. */
export interface Sql {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

const MAX_PREPARED = 100;

/** Runs statements on a connection and keeps those that come again. */
export class PreparedQuery implements Query {
  readonly #db: Database.Database;
  readonly #prepared = new Map<string, Database.Statement>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  all(sql: string, parameters: readonly Parameter[] = []): Cell[][] {
    // The parameters go in as one array: libsql takes a single value that is null for a record of named ones.
    return this.#prepare(sql).all([...parameters]) as Cell[][];
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql).raw();
    } else {
      this.#prepared.delete(sql);
    }
    this.#prepared.set(sql, statement);
    if (this.#prepared.size > MAX_PREPARED) this.#prepared.delete(this.#prepared.keys().next().value!);
    return statement;
  }
}

/** A text column for a SELECT: as bytes, because libsql ends the whole process at a text that is no valid UTF-8. */
export const selectText = (expression: string): string => `cast(${expression} as blob)`;

/**
 * A number column for a SELECT. SQLite lets any text stand in it, and infinity: those are unknown, not 0. A text is
 * beyond every number, so one comparison finds both.
 */
export const selectNumber = (expression: string): string =>
  `iif(${expression} between -1.7976931348623157e308 and 1.7976931348623157e308, ${expression}, null)`;

/** A number as text: SQLite's own JSON cuts a real number to 15 digits; 17 give it back as it was. */
export const printReal = (expression: string): string => `printf('%!.17g', ${expression})`;

/** Reads a cell that `selectText` selected. */
export function readText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  return Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell);
}

export function readNumber(cell: Cell | undefined): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

/** A whole number, null where there is none. */
export function readInteger(cell: Cell | undefined): number | null {
  const value = readNumber(cell);
  if (value === null) return null;
  const whole = Math.round(value);
  return Number.isSafeInteger(whole) ? whole : null;
}

/** A count of a column that can't be null: what is no count there reads as 0. */
export function readCount(cell: Cell | undefined): number {
  return Math.max(0, readInteger(cell) ?? 0);
}

/** `in (?, ?)` for values that may hold null, which SQL's `in` never finds. */
export function isAmong(expression: string, values: readonly (string | null)[]): Sql {
  const texts = values.filter((value) => value !== null);
  const parts: string[] = [];
  if (texts.length > 0) parts.push(`${expression} in (${texts.map(() => '?').join(', ')})`);
  if (texts.length < values.length) parts.push(`${expression} is null`);
  return { sql: parts.length === 0 ? '0' : `(${parts.join(' or ')})`, parameters: texts };
}
