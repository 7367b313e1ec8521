import { SourceError } from '../../source.js';

/** SQLite's primary result codes, as far as they mean something to a reader. */
const RESULT_CODES: ReadonlyMap<number, string> = new Map([
  [1, 'SQLITE_ERROR'],
  [3, 'SQLITE_PERM'],
  [5, 'SQLITE_BUSY'],
  [6, 'SQLITE_LOCKED'],
  [8, 'SQLITE_READONLY'],
  [10, 'SQLITE_IOERR'],
  [11, 'SQLITE_CORRUPT'],
  [14, 'SQLITE_CANTOPEN'],
  [23, 'SQLITE_AUTH'],
  [26, 'SQLITE_NOTADB'],
]);

/** The primary result code of an SQLite error (`SQLITE_IOERR_READ` is `SQLITE_IOERR`), null for any other error. */
export function readResultCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { rawCode } = error as { readonly rawCode?: unknown };
  // Opening fails with the number at the end of a message and nowhere else.
  const number =
    typeof rawCode === 'number' ? rawCode : Number(/^ConnectionFailed\(.*: (\d+)"\)/.exec(error.message)?.[1]);
  // The low byte; libsql has no name for most of the longer codes.
  return Number.isNaN(number) ? null : (RESULT_CODES.get(number & 0xff) ?? `SQLITE_${number}`);
}

/** SQLite can't make the small files it needs beside a database in WAL mode. */
export function isFolderFault(error: unknown): boolean {
  const code = readResultCode(error);
  return code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN';
}

/** Says in one sentence what is wrong with the file at `path`, and what to do. Errors of our own come back as they are. */
export function toSourceError(error: unknown, path: string): unknown {
  if (error instanceof SourceError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  switch (readResultCode(error)) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new SourceError(
        'locked',
        `The database ${path} is locked by another program; try again when that has finished.`,
      );
    case 'SQLITE_NOTADB':
      return new SourceError(
        'not-a-database',
        `The file ${path} is no SQLite database; pass the daemon's db.sqlite with --db.`,
      );
    case 'SQLITE_CORRUPT':
    case 'SQLITE_IOERR':
      return new SourceError(
        'damaged',
        `The database ${path} is damaged (${detail}); stop the daemon and restore the file, or check it with "pragma integrity_check".`,
      );
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
    case 'SQLITE_AUTH':
      return new SourceError(
        'unreadable',
        `The database ${path} can not be opened for reading (${detail}); check the rights of the file and of its folder.`,
      );
    case 'SQLITE_ERROR':
      if (/no such (table|column)/.test(detail)) {
        return new SourceError(
          'wrong-schema',
          `The database ${path} changed its tables while it was read (${detail}); try again.`,
        );
      }
      return error;
    default:
      return error;
  }
}

/** What `stat` and `access` say, as a fault. */
export function toFileError(error: unknown, path: string): SourceError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SourceError(
      'missing',
      `There is no file ${path}; it is read as soon as it is there. Start the daemon, or pass another file with --db.`,
    );
  }
  return new SourceError(
    'unreadable',
    `The file ${path} can not be read (${code ?? 'unknown reason'}); check the rights of the file and of its folder.`,
  );
}
