import { SourceError } from '../../source.js';
import { readText, type Query } from './query.js';

/** Without these nothing true can be said about a call. */
const ESSENTIAL_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  projects: ['id', 'slug'],
  requests: [
    'id',
    'project_id',
    'provider',
    'model',
    'input_tokens',
    'output_tokens',
    'thinking_tokens',
    'cache_read_tokens',
    'cache_write_tokens',
    'cost_usd_minor_units',
    'requested_at',
    'status',
  ],
};

/** Tables that an older database may lack, and what each must have to be of use where it is there. */
const OPTIONAL_TABLES: Readonly<Record<string, readonly string[]>> = {
  request_bodies: ['request_id', 'request_body', 'response_body'],
  project_settings: ['project_id', 'body_capture_enabled'],
  pricing_rates: [
    'id',
    'provider',
    'model',
    'mode',
    'effective_from',
    'effective_to',
    'input_rate_per_million_minor_units',
    'output_rate_per_million_minor_units',
    'thinking_rate_per_million_minor_units',
    'cache_read_rate_per_million_minor_units',
    'cache_write_rate_per_million_minor_units',
  ],
  cloud_state: ['workspace_id', 'enabled'],
};

/** Which of the daemon's tables and columns this database has. */
export class Schema {
  readonly #columns: ReadonlyMap<string, ReadonlyMap<string, { readonly notNull: boolean }>>;

  constructor(columns: ReadonlyMap<string, ReadonlyMap<string, { readonly notNull: boolean }>>) {
    this.#columns = columns;
  }

  hasTable(table: string): boolean {
    return this.#columns.has(table);
  }

  hasColumn(table: string, column: string): boolean {
    return this.#columns.get(table)?.has(column) ?? false;
  }

  /** Whether the database itself keeps nulls out of the column. */
  isNotNull(table: string, column: string): boolean {
    return this.#columns.get(table)?.get(column)?.notNull ?? false;
  }

  /** The column behind its alias, or `fallback` in a database that lacks it. */
  column(table: string, alias: string, column: string, fallback = 'null'): string {
    return this.hasColumn(table, column) ? `${alias}.${column}` : fallback;
  }
}

/**
 * Reads which tables and columns there are.
 * @throws SourceError when an essential one is missing, naming all that are.
 */
export function readSchema(db: Query, path: string): Schema {
  const tables = new Map<string, Map<string, { notNull: boolean }>>();
  const names = [...Object.keys(ESSENTIAL_COLUMNS), ...Object.keys(OPTIONAL_TABLES)];
  const places = names.map(() => '?').join(', ');
  const rows = db.all(
    `select t.name, cast(c.name as blob), c."notnull" from sqlite_schema t, pragma_table_info(t.name) c
     where t.type = 'table' and t.name in (${places})`,
    names,
  );
  for (const [table, column, notNull] of rows) {
    const columns = tables.get(String(table)) ?? new Map<string, { notNull: boolean }>();
    tables.set(String(table), columns);
    columns.set(readText(column) ?? '', { notNull: notNull === 1 });
  }
  refuseMissing(db, path, listMissing(tables));
  for (const [table, needed] of Object.entries(OPTIONAL_TABLES)) {
    const columns = tables.get(table);
    if (columns !== undefined && needed.some((column) => !columns.has(column))) tables.delete(table);
  }
  return new Schema(tables);
}

function listMissing(tables: ReadonlyMap<string, ReadonlyMap<string, unknown>>): string[] {
  const missing: string[] = [];
  for (const [table, needed] of Object.entries(ESSENTIAL_COLUMNS)) {
    const columns = tables.get(table);
    if (columns === undefined) missing.push(`the table ${table}`);
    else missing.push(...needed.filter((column) => !columns.has(column)).map((column) => `${table}.${column}`));
  }
  return missing;
}

function refuseMissing(db: Query, path: string, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const [[tables]] = db.all('select count(*) from sqlite_schema') as [[number]];
  throw new SourceError(
    'wrong-schema',
    tables === 0
      ? `The database ${path} is empty; it is read as soon as the daemon has made its tables.`
      : `The database ${path} is not one that this program can read: it lacks ${missing.join(', ')}. Pass the daemon's db.sqlite with --db, or update Halton Meter.`,
  );
}
