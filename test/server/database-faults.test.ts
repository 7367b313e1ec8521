import assert from 'node:assert/strict';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'libsql';
import { SourceError, type SourceFault } from '../../src/server/source.js';
import { DatabaseReader } from '../../src/server/sources/database/database-reader.js';
import { CIRCUMSTANCES, openContents, projectRow, requestRow, temporaryFolder } from './database-rows.js';
import { createDatabase, insertRows, loadCaptured } from './fixture-database.js';

function openReader(test: TestContext, path: string): DatabaseReader {
  const reader = new DatabaseReader(path);
  test.after(() => reader.close());
  return reader;
}

function countCalls(reader: DatabaseReader): number {
  return reader.calls(CIRCUMSTANCES, {}).total;
}

/** Every question fails with this fault, in a sentence that names the file. */
function assertFault(reader: DatabaseReader, path: string, fault: SourceFault, words = /./): void {
  const questions = [
    () => reader.status(CIRCUMSTANCES),
    () => reader.projects(CIRCUMSTANCES, {}),
    () => reader.calls(CIRCUMSTANCES, {}),
    () => reader.call(CIRCUMSTANCES, 'id'),
    () => reader.bodies(CIRCUMSTANCES, ['id']),
    () => reader.bodyPiece(CIRCUMSTANCES, 'id', 'request', { start: 0, most: 9 }),
    () => reader.pricing(CIRCUMSTANCES, {}),
  ];
  for (const ask of questions) {
    assert.throws(ask, (error) => {
      assert.ok(error instanceof SourceError, String(error));
      assert.equal(error.fault, fault, error.message);
      assert.ok(error.message.includes(path), error.message);
      assert.match(error.message, words);
      return true;
    });
  }
}

/**
 * Makes a database in one file. libsql lets go of a file only when its statements are collected, so it is a copy, which
 * nobody has open, that the test gets.
 */
function writeDatabase(path: string, id = 'a'): void {
  copyOf(path, (made) => {
    const db = createDatabase(made);
    insertRows(db, 'projects', [projectRow({ id: 'p1' })]);
    insertRows(db, 'requests', [requestRow({ id })]);
    return db;
  });
}

function copyOf(path: string, make: (made: string) => Database.Database): void {
  const made = `${path}.made`;
  const db = make(made);
  db.pragma('wal_checkpoint(truncate)');
  db.close();
  copyFileSync(made, path);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${made}${suffix}`, { force: true });
}

/** Runs `act` as a user whom file modes bind: they don't bind root. */
function asOrdinaryUser(act: () => void): void {
  if (process.geteuid?.() !== 0) {
    act();
    return;
  }
  process.seteuid?.(65_534);
  try {
    act();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a database that is not there', () => {
  it('is named, not created, and read as soon as it is there', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    const reader = openReader(test, path);
    assertFault(reader, path, 'missing', /no file/);
    assert.equal(existsSync(path), false);
    writeDatabase(path);
    assert.equal(countCalls(reader), 1);
    rmSync(path);
    assertFault(reader, path, 'missing');
    assert.throws(() => reader.version(), SourceError);
    writeDatabase(path, 'b');
    assert.equal(reader.calls(CIRCUMSTANCES, {}).calls[0]?.id, 'b');
  });

  it('is told from a folder of that name, and from a path through a file', (test) => {
    const folder = temporaryFolder(test);
    assertFault(openReader(test, folder), folder, 'not-a-database');
    writeFileSync(join(folder, 'file'), '');
    const through = join(folder, 'file', 'db.sqlite');
    assertFault(openReader(test, through), through, 'missing');
  });

  it('replaced by another shows the other, at once, and under another version', (test) => {
    const folder = temporaryFolder(test);
    const path = join(folder, 'db.sqlite');
    writeDatabase(path, 'old');
    const reader = openReader(test, path);
    assert.equal(reader.calls(CIRCUMSTANCES, {}).calls[0]?.id, 'old');
    const version = reader.version();
    writeDatabase(join(folder, 'new.sqlite'), 'new');
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    renameSync(join(folder, 'new.sqlite'), path);
    assert.notEqual(reader.version(), version);
    assert.equal(reader.calls(CIRCUMSTANCES, {}).calls[0]?.id, 'new');
    const writer = new Database(path);
    test.after(() => writer.close());
    insertRows(writer, 'requests', [requestRow({ id: 'newer' })]);
    assert.equal(countCalls(reader), 2);
  });
});

describe('a file that can not be read as a database', () => {
  it('is called no database when it is none', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    writeFileSync(path, 'these are notes, not a database. '.repeat(100));
    assertFault(openReader(test, path), path, 'not-a-database');
  });

  it('is called empty when it is, and stays so', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    writeFileSync(path, '');
    const reader = openReader(test, path);
    assertFault(reader, path, 'wrong-schema', /is empty/);
    assert.equal(statSync(path).size, 0);
    copyOf(path, createDatabase);
    assert.equal(countCalls(reader), 0);
  });

  it('is called damaged when its end is cut off', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    copyOf(path, loadCaptured);
    truncateSync(path, 8192);
    const reader = openReader(test, path);
    for (const ask of [() => reader.calls(CIRCUMSTANCES, {}), () => reader.status(CIRCUMSTANCES)]) {
      assert.throws(ask, (error) => error instanceof SourceError && error.fault === 'damaged');
    }
  });

  it('gives an error or its true figures, and never ends the server, wherever its bytes are wrong', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    copyOf(path, loadCaptured);
    const sound = readFileSync(path);
    for (let page = 0; page < Math.min(60, sound.length / 4096); page++) {
      const bytes = Buffer.from(sound);
      bytes.fill(0xfe, page * 4096 + 2000, page * 4096 + 2600);
      const damaged = join(path, '..', `damaged-${page}.sqlite`);
      writeFileSync(damaged, bytes);
      const reader = new DatabaseReader(damaged);
      const questions = [
        () => reader.calls(CIRCUMSTANCES, { q: 'a' }),
        () => reader.projects(CIRCUMSTANCES, {}),
        () => reader.pricing(CIRCUMSTANCES, { history: true }),
        () => reader.status(CIRCUMSTANCES),
        () =>
          reader
            .calls(CIRCUMSTANCES, {})
            .calls.map(({ id }) => reader.bodyPiece(CIRCUMSTANCES, id, 'request', { start: 0, most: 1_000_000 })),
      ];
      for (const ask of questions) {
        try {
          assert.ok(ask());
        } catch (error) {
          assert.ok(error instanceof SourceError, String(error));
        }
      }
      reader.close();
    }
  });

  it('names every table and column that is missing', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    const db = new Database(path);
    db.exec('create table requests (id, project_id, provider, model, status, requested_at)');
    db.close();
    const reader = openReader(test, path);
    assertFault(
      reader,
      path,
      'wrong-schema',
      /the table projects, requests\.input_tokens, .*requests\.cost_usd_minor_units/,
    );
  });

  it('is called locked while another program keeps it to itself, and read when that is over', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    writeDatabase(path);
    const other = new Database(path);
    test.after(() => other.close());
    other.pragma('journal_mode = delete');
    const reader = openReader(test, path);
    assert.equal(countCalls(reader), 1);
    other.exec('begin exclusive');
    assert.throws(
      () => countCalls(reader),
      (error) => error instanceof SourceError && error.fault === 'locked' && error.message.includes(path),
    );
    other.exec('rollback');
    assert.equal(countCalls(reader), 1);
  });
});

function canOpen(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    return false;
  }
}

describe('rights', { skip: process.platform === 'win32' && 'Windows has no such modes' }, () => {
  /** A folder that an ordinary user can go through to what is in it; null where the machine has none. */
  function openFolder(test: TestContext): string | null {
    for (const parent of [tmpdir(), '/var/tmp', '/dev/shm']) {
      if (!existsSync(parent)) continue;
      const folder = mkdtempSync(join(parent, 'hm-rights-'));
      test.after(() => {
        chmodSync(folder, 0o755);
        rmSync(folder, { recursive: true });
      });
      chmodSync(folder, 0o755);
      writeFileSync(join(folder, 'probe'), '');
      let isReachable = false;
      asOrdinaryUser(() => (isReachable = canOpen(join(folder, 'probe'))));
      if (isReachable) return folder;
    }
    test.skip('no temporary folder of this machine is open to an ordinary user');
    return null;
  }

  it('that keep the file from being read are named', (test) => {
    const folder = openFolder(test);
    if (folder === null) return;
    const path = join(folder, 'db.sqlite');
    writeDatabase(path);
    chmodSync(path, 0o000);
    asOrdinaryUser(() => assertFault(openReader(test, path), path, 'unreadable'));
  });

  it('on the folder do not hide what is in a file without a log, nor what is written later', (test) => {
    const folder = openFolder(test);
    if (folder === null) return;
    const path = join(folder, 'db.sqlite');
    writeDatabase(path);
    chmodSync(path, 0o644);
    chmodSync(folder, 0o555);
    const reader = openReader(test, path);
    asOrdinaryUser(() => assert.equal(countCalls(reader), 1));
    assert.equal(existsSync(`${path}-wal`), false);

    // A writer that may write there comes: its call is in the log, which a file taken for unchanging does not show.
    chmodSync(folder, 0o755);
    const writer = new Database(path);
    test.after(() => writer.close());
    insertRows(writer, 'requests', [requestRow({ id: 'b' })]);
    for (const suffix of ['-wal', '-shm']) chmodSync(`${path}${suffix}`, 0o644);
    asOrdinaryUser(() => assert.equal(countCalls(reader), 2));
  });

  it('on the folder are named when the log can not be read with the file', (test) => {
    const folder = openFolder(test);
    if (folder === null) return;
    const { path: live, db } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    const path = join(folder, 'db.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(`${live}${suffix}`, `${path}${suffix}`);
    assert.ok(db.open && statSync(`${path}-wal`).size > 0);
    for (const suffix of ['', '-wal']) chmodSync(`${path}${suffix}`, 0o644);
    chmodSync(folder, 0o555);
    asOrdinaryUser(() => assertFault(openReader(test, path), path, 'unreadable', /folder/));
  });
});

describe('a database in use', () => {
  it('is never written to', (test) => {
    const path = join(temporaryFolder(test), 'db.sqlite');
    copyOf(path, loadCaptured);
    const before = readFileSync(path);
    const reader = openReader(test, path);
    reader.status(CIRCUMSTANCES);
    reader.projects(CIRCUMSTANCES, { q: 'cap' });
    reader.calls(CIRCUMSTANCES, { repeated: true });
    reader.pricing(CIRCUMSTANCES, {});
    reader.close();
    assert.deepEqual(readFileSync(path), before);
  });

  it('shows each call once it is written, and lets its writer fold the log', (test) => {
    const { db, reader } = openContents(test, {});
    let version = reader.version();
    for (let calls = 1; calls <= 50; calls++) {
      insertRows(db, 'requests', [requestRow({ id: `call-${calls}` })]);
      assert.equal(countCalls(reader), calls);
      assert.notEqual(reader.version(), version);
      version = reader.version();
    }
    assert.equal(reader.version(), version);
    const [checkpoint] = db.pragma('wal_checkpoint(truncate)') as { busy: number }[];
    assert.equal(checkpoint?.busy, 0);
    assert.equal(countCalls(reader), 50);
  });

  it('shows costs and projects that were changed afterwards', (test) => {
    const { db, reader } = openContents(test, {
      projects: [projectRow({ id: 'p1' }), projectRow({ id: 'p2' })],
      requests: [requestRow({ id: 'a' })],
    });
    assert.equal(reader.calls(CIRCUMSTANCES, {}).totals.cost_millicents, 45);
    db.exec("update requests set cost_usd_minor_units = 99, project_id = 'p2'");
    assert.equal(reader.calls(CIRCUMSTANCES, {}).totals.cost_millicents, 99);
    assert.equal(reader.calls(CIRCUMSTANCES, {}).calls[0]?.project, 'slug-of-p2');
    assert.equal(reader.projects(CIRCUMSTANCES, {}).projects[0]?.slug, 'slug-of-p2');
  });

  it('goes on being read after a column was added', (test) => {
    const { db, reader } = openContents(test, { requests: [requestRow({ id: 'a' })] });
    assert.equal(countCalls(reader), 1);
    db.exec('alter table requests add column something_new text');
    db.exec('pragma user_version = 20');
    assert.equal(countCalls(reader), 1);
    assert.equal(reader.status(CIRCUMSTANCES).database?.schema_version, 20);
  });
});
