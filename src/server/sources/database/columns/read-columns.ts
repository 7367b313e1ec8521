import type { CallColumns } from '../call-columns.js';
import { printReal, selectNumber, type Cell, type Query } from '../query.js';
import type { CallTable } from './call-table.js';
import { TOKEN_COUNTS, TOKEN_FIELDS } from './call-fields.js';
import type { KeyWords } from './key-words.js';
import { parseHashes, parseReals, parseWholes, TimeParser } from './parse-columns.js';
import { SIGNATURE_FIELDS } from './signature-table.js';

/** Enough of a SHA-256 to tell a million prompts apart. */
const HASH_CHARACTERS = 16;

/**
 * Reads calls into a table's columns. SQLite writes each column of a chunk as one text: that takes a fraction of the
 * time of fetching rows, whose every value crosses into JavaScript by itself.
 */
export class ColumnReader {
  readonly #times = new TimeParser();
  #numbers = new Float64Array(0);
  #sums = new Float64Array(0);
  #signatures = new Uint32Array(0);

  /** The rowid of the call that ends the next chunk, of so many calls at most; null where there is none after `rowid`. */
  findEnd(db: Query, rowid: number, calls: number): number | null {
    // Rowids mostly follow each other, and to walk through them would read every page twice.
    const [guess] = db.all(
      'select rowid from requests where rowid = ? + (select min(rowid) from requests where rowid > ?)',
      [calls - 1, rowid],
    );
    if (guess !== undefined) return Number(guess[0]);
    const [[end]] = db.all(
      'select max(rowid) from (select rowid from requests where rowid > ? order by rowid limit ?)',
      [rowid, calls],
    ) as [[number | null]];
    return end;
  }

  /**
   * Reads the calls with rowids above `after` up to `end` into the places from `at` on, and tells `words` of their ids
   * and keys. Returns how many there were. Where fewer are read than stand there, what remains is the caller's to mend.
   */
  read(
    db: Query,
    columns: CallColumns,
    table: CallTable,
    { after, end, at, words }: { after: number; end: number; at: number; words: KeyWords | null },
  ): number {
    const cells = readCells(db, columns, [after, end]);
    const rowids = cells[0]!;
    // A number and its comma take two bytes at least.
    const most = (rowids.length + 1) >> 1;
    if (this.#numbers.length < most) {
      this.#numbers = new Float64Array(most);
      this.#sums = new Float64Array(most);
      this.#signatures = new Uint32Array(most);
    }
    const count = parseWholes(rowids, this.#numbers);
    if (count === 0) return 0;
    table.reserve(at + count);
    const numbers = this.#numbers.subarray(0, count);
    table.rowid.write(numbers, at);
    this.#times.parse(cells[1]!, table.micros.subarray(at));
    parseWholes(cells[2]!, numbers);
    table.cost.write(toMillicents(numbers), at);
    parseReals(cells[3]!, table.latencyMs.subarray(at));
    parseWholes(cells[4]!, numbers);
    table.ttftMs.write(numbers, at);
    const sums = this.#sums.subarray(0, count).fill(0);
    for (let index = 0; index < TOKEN_COUNTS; index++) {
      parseWholes(cells[5 + index]!, numbers);
      table.tokens.write(toCounts(numbers), at * TOKEN_COUNTS + index, TOKEN_COUNTS);
      for (let place = 0; place < count; place++) sums[place]! += numbers[place]!;
    }
    table.tokenSums.write(sums, at);
    parseHashes(cells[10]!, table.promptHigh.subarray(at), table.promptLow.subarray(at));
    table.signatures.readLines(cells[11]!, this.#signatures);
    table.signature.write(this.#signatures.subarray(0, count), at);
    words?.add(cells[12]!, db, columns, { after, end });
    return count;
  }
}

/** What is no count, text or null, reads as 0. */
function toCounts(numbers: Float64Array): Float64Array {
  for (let place = 0; place < numbers.length; place++) {
    const value = numbers[place]!;
    if (!(value > 0)) numbers[place] = 0;
    else if (!Number.isSafeInteger(value)) numbers[place] = value < Infinity ? Math.trunc(value) : 0;
  }
  return numbers;
}

/** Halves are rounded away from 0, as SQLite does. */
function toMillicents(numbers: Float64Array): Float64Array {
  for (let place = 0; place < numbers.length; place++) {
    const value = numbers[place]!;
    if (!Number.isInteger(value)) numbers[place] = Math.sign(value) * Math.round(Math.abs(value));
  }
  return numbers;
}

/** How columns are written into JSON. */
interface Written {
  readonly text: (expression: string) => string;
  readonly number: (expression: string) => string;
}

const AS_STORED: Written = { text: (expression) => expression, number: (expression) => expression };
/** Takes a fifth longer. */
const WITHOUT_BYTES: Written = { text: (expression) => `cast(${expression} as text)`, number: selectNumber };

function readCells(db: Query, columns: CallColumns, range: readonly [number, number]): Buffer[] {
  const read = (written: Written): Buffer[] =>
    db.all(selectColumns(columns, written), range)[0]!.map((cell: Cell) => cell as Buffer);
  try {
    return read(AS_STORED);
  } catch (error) {
    // Bytes where a text or a number belongs, which JSON has no form for.
    if (!(error instanceof Error) || !error.message.includes('BLOB')) throw error;
    return read(WITHOUT_BYTES);
  }
}

function selectColumns(columns: CallColumns, { text, number }: Written): string {
  const array = (expression: string): string => `json_group_array(${expression})`;
  const signature = SIGNATURE_FIELDS.map((field) =>
    field === 'isComplete' ? `iif(${columns.isComplete}, '1', '0')` : text(columns[field]),
  );
  const lines = (expression: string): string => `coalesce(group_concat(${text(expression)}, char(10)), '')`;
  const arrays = [
    array('r.rowid'),
    array(text(columns.requestedAt)),
    array(number(columns.cost)),
    realArray(columns.latencyMs),
    array(number(columns.ttftMs)),
    ...TOKEN_FIELDS.map((field) => array(number(columns[field]))),
    array(`substr(${text(columns.promptHash)}, -${HASH_CHARACTERS})`),
    `coalesce(group_concat(json_array(${signature.join(', ')}), char(10)), '')`,
    `upper(${lines(columns.id)} || char(10) || ${lines(columns.idempotencyKey)})`,
  ];
  return `select ${arrays.map((one) => `cast(${one} as blob)`).join(', ')}
    from requests r where r.rowid > ? and r.rowid <= ?`;
}

function realArray(column: string): string {
  const real = selectNumber(column);
  return `'[' || coalesce(group_concat(iif(${real} is null, 'null', ${printReal(real)})), '') || ']'`;
}

/** The 64 bits that the column of prompt hashes has for this one. */
export function promptText(prompt: string): Buffer {
  const json = JSON.stringify([...prompt].slice(-HASH_CHARACTERS).join(''));
  return Buffer.from(json.slice(1, -1), 'utf8');
}
