import type { CallColumns } from '../call-columns.js';
import { selectNumber, type Cell, type Query } from '../query.js';
import type { CallTable } from './call-table.js';
import { TOKEN_FIELDS } from './call-table.js';
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
  #signatures = new Uint32Array(0);

  /** The rowid of the call that ends the next chunk, null where there is none after `rowid`. */
  findEnd(db: Query, rowid: number, calls: number): number | null {
    const [[end]] = db.all(
      'select max(rowid) from (select rowid from requests where rowid > ? order by rowid limit ?)',
      [rowid, calls],
    ) as [[number | null]];
    return end;
  }

  /**
   * Reads the calls with rowids above `after` up to `end`, at most `limit` of them, into the places from `at` on.
   * Returns how many there were. Where fewer are read than stand there, what remains is the caller's to mend.
   */
  read(db: Query, columns: CallColumns, table: CallTable, after: number, end: number, at: number): number {
    const [row] = db.all(selectColumns(columns), [after, end]);
    const cells = row!.map((cell: Cell) => cell as Buffer);
    const rowids = cells[0]!;
    // A number and its comma take two bytes at least.
    const most = (rowids.length + 1) >> 1;
    if (this.#numbers.length < most) {
      this.#numbers = new Float64Array(most);
      this.#signatures = new Uint32Array(most);
    }
    const count = parseWholes(rowids, this.#numbers);
    if (count === 0) return 0;
    table.reserve(at + count);
    const numbers = this.#numbers.subarray(0, count);
    table.rowid.write(numbers, at);
    this.#times.parse(cells[1]!, table.micros.subarray(at));
    parseWholes(cells[2]!, table.cost.subarray(at));
    parseReals(cells[3]!, table.latencyMs.subarray(at));
    parseWholes(cells[4]!, table.ttftMs.subarray(at));
    for (const [index, field] of TOKEN_FIELDS.entries()) {
      parseWholes(cells[5 + index]!, numbers);
      table.tokens[field].write(numbers, at);
    }
    parseHashes(cells[10]!, table.promptHigh.subarray(at), table.promptLow.subarray(at));
    table.signatures.readLines(cells[11]!, this.#signatures);
    table.signature.write(this.#signatures.subarray(0, count), at);
    return count;
  }
}

function selectColumns(columns: CallColumns): string {
  const whole = (expression: string): string => `json_group_array(${expression})`;
  const signature = SIGNATURE_FIELDS.map((field) =>
    field === 'isComplete' ? `iif(${columns.isComplete}, '1', '0')` : `cast(${columns[field]} as text)`,
  );
  const arrays = [
    whole('r.rowid'),
    whole(`cast(${columns.requestedAt} as text)`),
    whole(`cast(round(${selectNumber(columns.cost)}) as integer)`),
    realArray(columns.latencyMs),
    whole(selectNumber(columns.ttftMs)),
    ...TOKEN_FIELDS.map((field) => whole(`max(0, coalesce(cast(${columns[field]} as integer), 0))`)),
    whole(`substr(cast(${columns.promptHash} as text), -${HASH_CHARACTERS})`),
    `coalesce(group_concat(json_array(${signature.join(', ')}), char(10)), '')`,
  ];
  return `select ${arrays.map((array) => `cast(${array} as blob)`).join(', ')}
    from requests r where r.rowid > ? and r.rowid <= ?`;
}

/** SQLite's own JSON cuts a real number to 15 digits; 17 give it back as it was. */
function realArray(column: string): string {
  const real = selectNumber(column);
  return `'[' || coalesce(group_concat(iif(${real} is null, 'null', printf('%!.17g', ${real}))), '') || ']'`;
}

/** The 64 bits that the column of prompt hashes has for this one. */
export function promptText(prompt: string): Buffer {
  const json = JSON.stringify([...prompt].slice(-HASH_CHARACTERS).join(''));
  return Buffer.from(json.slice(1, -1), 'utf8');
}
