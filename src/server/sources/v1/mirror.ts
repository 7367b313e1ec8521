import { chmodSync } from 'node:fs';
import Database from 'libsql';
import { createTables } from '../demo/schema.js';
import { CALL_COLUMNS, toRateRow, toRow, UNKNOWN } from './rows.js';
import { toStored, type V1Call, type V1Project, type V1Rate } from './shapes.js';

/** `/v1` tells nothing of these. Without its table or column a reader knows that nobody knows; 0 or null would be a claim. */
const UNTOLD_TABLES = ['request_bodies', 'project_settings', 'cloud_state'];
const UNTOLD_COLUMNS = [
  'recorded_at',
  'source_machine',
  'source_workdir',
  'attribution_method',
  'time_to_first_token_ms',
  'fx_rate',
  'request_kind',
  'prompt_hash',
  'idempotency_key',
  'http_status_code',
  'provider_error_code',
  'error_class',
  'error_message_hash',
  'retryable',
];

const COLUMNS = CALL_COLUMNS.join(', ');

/** Calls of a project and the sum of their costs, as the daemon counts them: an unpriced one costs nothing there. */
export interface Figures {
  readonly calls: number;
  readonly cost: number;
}

/** What reading a project again has brought so far. */
export interface Taken {
  /** Calls seen in this reading, and those of them that were not known of this project, with their costs. */
  seen: number;
  fresh: Figures;
  /** Known calls that are not what they were. */
  changed: number;
}

/**
 * A private database with the daemon's tables, for the reader of the daemon's own. What is read of a project lies beside
 * them until `commit` puts all of it in at once, so that a reader never sees half of a change.
 */
export class Mirror {
  readonly #db: Database.Database;
  readonly #known: Database.Statement;
  readonly #see: Database.Statement;
  readonly #stage: Database.Statement;
  #figures = new Map<string, Figures>();
  #projects = '';
  #rates = '';

  constructor(path: string) {
    const db = new Database(path);
    this.#db = db;
    chmodSync(path, 0o600);
    db.pragma('busy_timeout = 2000');
    createTables(db, { indexes: true });
    // A copy that goes with this program: what a crash of the machine leaves of it is removed, not read.
    db.pragma('synchronous = OFF');
    // Calls come before their projects here.
    db.pragma('foreign_keys = OFF');
    db.exec(`DROP INDEX idx_requests_cloud_cursor; DROP INDEX ix_requests_project_id;
      CREATE INDEX ix_requests_project_cost ON requests (project_id, cost_usd_minor_units)`);
    for (const table of UNTOLD_TABLES) db.exec(`DROP TABLE ${table}`);
    for (const column of UNTOLD_COLUMNS) db.exec(`ALTER TABLE requests DROP COLUMN ${column}`);
    // Beside the tables, where no reader sees them.
    db.exec(`
      CREATE TEMP TABLE seen (project_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (id, project_id)) WITHOUT ROWID;
      CREATE TEMP TABLE staged AS SELECT ${COLUMNS} FROM requests WHERE 0;
    `);
    this.#known = db.prepare(`SELECT ${COLUMNS} FROM requests WHERE id = ?`).raw();
    this.#see = db.prepare('INSERT OR IGNORE INTO seen VALUES (?, ?)');
    this.#stage = db.prepare(`INSERT INTO staged VALUES (${CALL_COLUMNS.map(() => '?').join(', ')})`);
  }

  /** Of what is in the tables. */
  figuresOf(projectId: string): Figures {
    return this.#figures.get(projectId) ?? { calls: 0, cost: 0 };
  }

  /** The projects that have calls in the tables. */
  get projectIds(): readonly string[] {
    return [...this.#figures.keys()];
  }

  /** Whether these are the projects in the tables, as they are there. */
  lists(projects: readonly V1Project[]): boolean {
    return writeList(projects) === this.#projects;
  }

  /** Forgets what of this project, or of all, is not in the tables yet. */
  discard(projectId?: string): void {
    for (const table of ['seen', 'staged']) {
      if (projectId === undefined) this.#db.exec(`DELETE FROM ${table}`);
      else this.#db.prepare(`DELETE FROM ${table} WHERE project_id = ?`).run(projectId);
    }
  }

  /** Lays calls of a project beside the tables and adds to `taken` what they bring. */
  take(projectId: string, calls: readonly V1Call[], taken: Taken): void {
    this.#inTransaction(() => {
      for (const call of calls) {
        if (this.#see.run(projectId, call.id).changes === 0) continue;
        const row = toRow(projectId, call);
        const known = this.#known.get(call.id) as unknown[] | undefined;
        taken.seen++;
        if (known?.[1] !== projectId) {
          const { calls: count, cost } = taken.fresh;
          taken.fresh = { calls: count + 1, cost: cost + (call.cost_usd_minor_units ?? 0) };
        } else if (row.every((value, at) => value === known[at])) continue;
        else taken.changed++;
        this.#stage.run(...row);
      }
    });
  }

  /** Puts what lies beside into the tables at once: for the first copy, which nobody reads before its end. */
  flush(): void {
    this.#inTransaction(() => this.#moveStaged());
  }

  /**
   * Puts what lies beside into the tables, takes out the calls of `whole` projects that were not seen and of those that
   * are not among `projects`, and gives the new figures of `read` to `isRight`: where it says no, nothing has happened.
   */
  commit(
    projects: readonly V1Project[],
    read: readonly string[],
    whole: readonly string[],
    isRight: (figuresOf: (projectId: string) => Figures) => boolean,
  ): boolean {
    const figures = new Map<string, Figures>();
    const listed = writeList(projects);
    const isDone = this.#inTransaction(() => {
      this.#moveStaged();
      let gone = 0;
      for (const id of whole) {
        gone += this.#run(`DELETE FROM requests WHERE project_id = ? AND id NOT IN (${SEEN})`, id, id);
      }
      if (listed !== this.#projects) gone += this.#writeProjects(projects);
      for (const id of new Set([...read, ...this.#figures.keys()])) {
        const found = this.#sum(id);
        if (found.calls > 0) figures.set(id, found);
      }
      if (!isRight((id) => figures.get(id) ?? { calls: 0, cost: 0 })) return false;
      // Rows that went could leave their places to others unnoticed: with new tables all is read anew.
      if (gone > 0) this.#db.exec(NEW_LAYOUT);
      this.discard();
      return true;
    });
    if (isDone) {
      this.#figures = figures;
      this.#projects = listed;
    }
    return isDone;
  }

  /** Takes out everything but the rates: the daemon has another database. */
  clear(): void {
    this.#inTransaction(() => this.#db.exec(`DELETE FROM requests; DELETE FROM projects; ${NEW_LAYOUT}`));
    this.#figures = new Map();
    this.#projects = '';
  }

  writeRates(rates: readonly V1Rate[]): void {
    const listed = JSON.stringify(rates);
    if (listed === this.#rates) return;
    this.#inTransaction(() => {
      this.#db.exec('DELETE FROM pricing_rates');
      const insert = this.#db.prepare(`INSERT INTO pricing_rates VALUES (${'?, '.repeat(13)}?)`);
      for (const rate of rates) insert.run(...toRateRow(rate));
      return true;
    });
    this.#rates = listed;
  }

  close(): void {
    this.#db.close();
  }

  #moveStaged(): void {
    this.#db.exec(`INSERT INTO requests (${COLUMNS}, rates_source, billing_basis)
      SELECT ${COLUMNS}, '${UNKNOWN}', '${UNKNOWN}' FROM staged WHERE true
      ON CONFLICT (id) DO UPDATE SET ${CALL_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')};
      DELETE FROM staged`);
  }

  #sum(projectId: string): Figures {
    const [calls, cost] = this.#db
      .prepare('SELECT count(*), coalesce(sum(cost_usd_minor_units), 0) FROM requests WHERE project_id = ?')
      .raw()
      .get(projectId) as [number, number];
    return { calls, cost };
  }

  /** How many calls went with their projects. */
  #writeProjects(projects: readonly V1Project[]): number {
    this.#db.exec('DELETE FROM projects');
    const insert = this.#db.prepare('INSERT INTO projects VALUES (?, ?, ?, ?, ?)');
    for (const { id, name, slug, created_at, archived_at } of projects) {
      insert.run(id, name, slug, toStored(created_at), archived_at === null ? null : toStored(archived_at));
    }
    return this.#run('DELETE FROM requests WHERE project_id NOT IN (SELECT id FROM projects)');
  }

  #run(sql: string, ...parameters: readonly string[]): number {
    return this.#db.prepare(sql).run(...parameters).changes;
  }

  /** What `act` did is undone where it throws or gives false. */
  #inTransaction<T>(act: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = act();
      this.#db.exec(result === false ? 'ROLLBACK' : 'COMMIT');
      return result;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

/** To a reader the tables are new ones. */
const NEW_LAYOUT = 'CREATE TABLE moved (at INTEGER); DROP TABLE moved';

const SEEN = 'SELECT id FROM seen WHERE project_id = ?';

const writeList = (projects: readonly V1Project[]): string =>
  JSON.stringify(
    projects.map(({ id, name, slug, created_at, archived_at }) => [id, name, slug, created_at, archived_at]),
  );
