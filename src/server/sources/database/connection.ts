import { accessSync, constants, statSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { SourceError } from '../../source.js';
import { isFolderFault, toFileError, toSourceError } from './faults.js';
import { PreparedQuery, type Query } from './query.js';
import { readSchema, type Schema } from './schema.js';

/** How long SQLite waits for another program that holds a lock; the thread stands still meanwhile. */
export const BUSY_TIMEOUT_MS = 2000;

/** The database in the midst of one read: nothing in it changes until the read ends. */
export interface Snapshot extends Query {
  readonly schema: Schema;
  /** Equal for equal contents, within one run of this program. */
  readonly version: string;
  /** Equal as long as rows kept their rowid and tables their columns. */
  readonly layout: string;
}

interface Opened {
  readonly db: Database.Database;
  readonly query: PreparedQuery;
  readonly file: FileMark;
  /** Opened as a file that nobody writes, because SQLite can't keep its books in this folder. */
  readonly immutable: boolean;
  schemaVersion: number;
  schema: Schema | null;
}

/** What tells one state of the files from another without opening them. */
interface FileMark {
  readonly inode: string;
  /** Also with the size and time of the file and its log: the only sign of change there is for an immutable file. */
  readonly contents: string;
}

/**
 * The one connection to the daemon's file. It only reads: the file is opened read-only and touched by `stat` and
 * `access` besides, since opening and closing it in any other way would drop SQLite's own locks in this process. A
 * file that is replaced is opened anew, one that is away is asked for again at each read.
 */
export class Connection {
  readonly path: string;
  readonly #run = `${process.pid.toString(36)}${Date.now().toString(36)}`;
  readonly #busyTimeoutMs: number;
  #opened: Opened | null = null;
  #openings = 0;

  constructor(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS) {
    this.path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  /**
   * Runs `read` on one unchanging state of the database.
   * @throws SourceError naming the file, and whatever `read` throws on its own account.
   */
  read<T>(read: (snapshot: Snapshot) => T): T {
    try {
      const opened = this.#open();
      const result = this.#readFrom(opened, read);
      if (!opened.immutable || markFile(this.path).contents === opened.file.contents) return result;
      // The file changed under a reader that takes no locks: what it read may be a mixture.
      return this.#readFrom(this.#open(), read);
    } catch (error) {
      throw toSourceError(error, this.path);
    }
  }

  /** Changes whenever the contents may have changed. Costs a `stat` and a look at one counter. */
  version(): string {
    try {
      return this.#versionOf(this.#open());
    } catch (error) {
      throw toSourceError(error, this.path);
    }
  }

  close(): void {
    this.#opened?.db.close();
    this.#opened = null;
  }

  #readFrom<T>(opened: Opened, read: (snapshot: Snapshot) => T): T {
    opened.db.exec('begin');
    try {
      const version = this.#versionOf(opened);
      const [[schemaVersion]] = opened.query.all('pragma schema_version') as [[number]];
      if (opened.schema === null || schemaVersion !== opened.schemaVersion) {
        opened.schema = readSchema(opened.query, this.path);
        opened.schemaVersion = schemaVersion;
      }
      return read({
        all: (sql, parameters) => opened.query.all(sql, parameters),
        schema: opened.schema,
        version,
        layout: `${this.#openings}.${schemaVersion}`,
      });
    } finally {
      this.#end(opened);
    }
  }

  #end(opened: Opened): void {
    try {
      opened.db.exec('rollback');
    } catch {
      // SQLite ends the transaction by itself at some errors; a connection that still hangs in one is of no more use.
      if (opened.db.inTransaction) this.close();
    }
  }

  #versionOf(opened: Opened): string {
    const [[changes]] = opened.query.all('pragma data_version') as [[number]];
    return `${this.#run}.${this.#openings}.${changes}`;
  }

  #open(): Opened {
    let file: FileMark;
    try {
      file = markFile(this.path);
    } catch (error) {
      this.close();
      throw error;
    }
    const current = this.#opened;
    if (current !== null && current.file.inode === file.inode) {
      if (!current.immutable || current.file.contents === file.contents) return current;
    }
    this.close();
    this.#openings++;
    this.#opened = openFile(this.path, file, this.#busyTimeoutMs);
    return this.#opened;
  }
}

function openFile(path: string, file: FileMark, busyTimeoutMs: number): Opened {
  const url = `${pathToFileURL(path).href}?mode=ro`;
  const parts = { file, schemaVersion: 0, schema: null };
  try {
    return { ...parts, ...connect(url, busyTimeoutMs), immutable: false };
  } catch (error) {
    if (!isFolderFault(error)) throw error;
    if (hasLog(path)) {
      throw new SourceError(
        'unreadable',
        `The database ${path} has a log beside it (-wal), and its folder ${dirname(path)} can not be written to, which SQLite needs to read the two together; give this user write access to the folder.`,
      );
    }
    return { ...parts, ...connect(`${url}&immutable=1`, busyTimeoutMs), immutable: true };
  }
}

function connect(url: string, busyTimeoutMs: number): Pick<Opened, 'db' | 'query'> {
  const db = new Database(url, { timeout: busyTimeoutMs });
  try {
    const query = new PreparedQuery(db);
    // The system keeps the pages that are read anyway: two megabytes of them here would be the same once more.
    db.exec('pragma query_only = 1; pragma mmap_size = 0; pragma cache_size = -512');
    // Opening reads nothing: what is wrong with the file or its folder shows at the first read.
    query.all('select count(*) from sqlite_schema');
    return { db, query };
  } catch (error) {
    db.close();
    throw error;
  }
}

function markFile(path: string): FileMark {
  let stats: BigIntStats;
  let log: BigIntStats | undefined;
  try {
    stats = statSync(path, { bigint: true });
    accessSync(path, constants.R_OK);
    log = statSync(findLog(path), { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    throw toFileError(error, path);
  }
  if (!stats.isFile()) {
    throw new SourceError('not-a-database', `${path} is no file; pass the daemon's db.sqlite with --db.`);
  }
  const inode = `${stats.dev}.${stats.ino}`;
  return { inode, contents: `${inode}.${stats.size}.${stats.mtimeNs}.${log?.size ?? 0n}` };
}

const findLog = (path: string): string => `${path}-wal`;

function hasLog(path: string): boolean {
  return (statSync(findLog(path), { throwIfNoEntry: false })?.size ?? 0) > 0;
}
