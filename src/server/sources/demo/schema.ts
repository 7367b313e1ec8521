import type Database from 'libsql';

/** What a daemon of version 0.6.4 writes into `PRAGMA user_version`. */
export const SCHEMA_VERSION = 19;

/**
 * The daemon's own tables, with its names, column types and indexes. Only those that hold something to read: the rest
 * (its sync states, policies, audit log) is not ours to show and never opened.
 */
const TABLES = `
  CREATE TABLE projects (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    slug VARCHAR(255) NOT NULL UNIQUE,
    created_at DATETIME NOT NULL,
    archived_at DATETIME
  );

  CREATE TABLE requests (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    project_id VARCHAR(36) NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
    provider VARCHAR(64) NOT NULL,
    model VARCHAR(255) NOT NULL,
    mode VARCHAR(32) NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    thinking_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    cost_usd_minor_units BIGINT,
    latency_ms FLOAT,
    tokens_complete BOOLEAN NOT NULL,
    requested_at DATETIME NOT NULL,
    recorded_at DATETIME NOT NULL,
    source_machine TEXT,
    source_workdir TEXT,
    attribution_method VARCHAR(32),
    status VARCHAR(32) NOT NULL,
    time_to_first_token_ms INTEGER,
    fx_rate NUMERIC(10, 6),
    request_kind VARCHAR(32),
    prompt_hash VARCHAR(64),
    idempotency_key VARCHAR(255),
    rates_source VARCHAR(64),
    http_status_code INTEGER,
    provider_error_code VARCHAR(128),
    error_class VARCHAR(32),
    error_message_hash VARCHAR(64),
    retryable BOOLEAN,
    billing_basis VARCHAR(24)
  );

  CREATE TABLE request_bodies (
    request_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES requests (id) ON DELETE CASCADE,
    request_body TEXT,
    response_body TEXT,
    request_body_bytes INTEGER NOT NULL DEFAULT 0,
    response_body_bytes INTEGER NOT NULL DEFAULT 0,
    request_content_type VARCHAR(255),
    response_content_type VARCHAR(255),
    request_truncated BOOLEAN NOT NULL DEFAULT 0,
    response_truncated BOOLEAN NOT NULL DEFAULT 0,
    streaming_incomplete BOOLEAN NOT NULL DEFAULT 0,
    redaction_applied BOOLEAN NOT NULL DEFAULT 0,
    capture_error TEXT,
    redaction_summary TEXT,
    captured_at DATETIME NOT NULL,
    uploaded_at DATETIME
  );

  CREATE TABLE project_settings (
    project_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    body_capture_enabled BOOLEAN NOT NULL DEFAULT 1,
    updated_at DATETIME NOT NULL
  );

  CREATE TABLE pricing_rates (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    provider VARCHAR(64) NOT NULL,
    model VARCHAR(255) NOT NULL,
    mode VARCHAR(32) NOT NULL,
    effective_from DATETIME NOT NULL,
    effective_to DATETIME,
    input_rate_per_million_minor_units BIGINT NOT NULL,
    output_rate_per_million_minor_units BIGINT NOT NULL,
    thinking_rate_per_million_minor_units BIGINT NOT NULL,
    cache_read_rate_per_million_minor_units BIGINT NOT NULL,
    cache_write_rate_per_million_minor_units BIGINT NOT NULL DEFAULT 0,
    last_verified_at DATETIME,
    is_seed_default BOOLEAN NOT NULL DEFAULT 1,
    source VARCHAR(16) NOT NULL DEFAULT 'bundled'
  );

  CREATE TABLE cloud_state (
    endpoint VARCHAR(512) PRIMARY KEY,
    workspace_id VARCHAR(36),
    workspace_name VARCHAR(255),
    machine_id VARCHAR(36),
    hostname_reported VARCHAR(255),
    api_key_ciphertext BLOB,
    api_key_fingerprint VARCHAR(64),
    base_url VARCHAR(512),
    enabled BOOLEAN NOT NULL DEFAULT 0,
    connected_at DATETIME,
    last_error TEXT,
    paused_reason VARCHAR(64)
  );
`;

/** Apart from the tables, so that a generator can fill them first: an index built at the end costs far less. */
const INDEXES = `
  CREATE INDEX ix_requests_requested_at ON requests (requested_at);
  CREATE INDEX ix_requests_project_id ON requests (project_id);
  CREATE INDEX idx_requests_project_requested_at ON requests (project_id, requested_at);
  CREATE INDEX idx_requests_provider_model_requested_at ON requests (provider, model, requested_at);
  CREATE INDEX idx_requests_cloud_cursor ON requests (recorded_at, id);
  CREATE INDEX idx_request_bodies_captured_at ON request_bodies (captured_at);
  CREATE INDEX idx_request_bodies_uploaded_at ON request_bodies (uploaded_at);
  CREATE INDEX idx_request_bodies_captured_uploaded ON request_bodies (captured_at, uploaded_at);
`;

/**
 * Makes the daemon's tables in an empty database, in WAL mode as the daemon keeps it. Without `indexes`, call
 * {@link createIndexes} once the rows are in. Throws when a table of that name is there already.
 */
export function createTables(db: Database.Database, { indexes = true }: { readonly indexes?: boolean } = {}): void {
  db.pragma('journal_mode = WAL');
  db.exec(TABLES);
  if (indexes) createIndexes(db);
  db.pragma(`user_version = ${SCHEMA_VERSION}`);
}

/** The daemon's indexes, over tables made without them. */
export function createIndexes(db: Database.Database): void {
  db.exec(INDEXES);
}
