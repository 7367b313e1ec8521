import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { shortenPath } from './terminal.js';

/** The daemon's `[bodies]` settings, with its own defaults where a key is missing. */
export interface CaptureConfig {
  readonly enabled: boolean;
  readonly maxBodyBytes: number;
  readonly retentionDays: number;
  /** `[cloud.bodies]`: whether bodies are sent to the vendor's cloud once this machine is paired with it. */
  readonly uploadsBodies: boolean;
}

export interface DaemonConfig {
  /** `[daemon] api_port`, null where it isn't set. */
  readonly apiPort: number | null;
  /** `[storage] db_path`, absolute; null where it isn't set. */
  readonly databasePath: string | null;
  /** Null where the file is there and can't be read: then nobody knows. */
  readonly capture: CaptureConfig | null;
  /** One line for each thing in the file that could not be used. */
  readonly warnings: readonly string[];
}

export const DEFAULT_CAPTURE: CaptureConfig = {
  enabled: true,
  maxBodyBytes: 524_288,
  retentionDays: 90,
  uploadsBodies: false,
};
export const DEFAULT_API_PORT = 8765;

const NO_CONFIG: DaemonConfig = { apiPort: null, databasePath: null, capture: DEFAULT_CAPTURE, warnings: [] };

/** The folder the daemon keeps its files in. */
export function daemonFolder(home: string): string {
  return join(home, '.halton-meter');
}

/** Reads `~/.halton-meter/config.toml`. A missing file is the daemon's defaults; a broken one a warning. Never throws. */
export async function readDaemonConfig(home: string): Promise<DaemonConfig> {
  const path = join(daemonFolder(home), 'config.toml');
  const shown = shortenPath(path, home);
  try {
    return interpret(parse(await readFile(path, 'utf8')), shown, home);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return NO_CONFIG;
    const problem =
      error instanceof TomlError
        ? `${shown}, line ${error.line}, column ${error.column}, is not valid TOML`
        : `${shown} can not be read (${code ?? 'unknown reason'})`;
    return { ...NO_CONFIG, capture: null, warnings: [`${problem}; going on with the daemon's defaults.`] };
  }
}

function interpret(file: Record<string, unknown>, shown: string, home: string): DaemonConfig {
  const warnings: string[] = [];
  function read<T>(table: string, key: string, expected: string, fits: (value: unknown) => value is T): T | null {
    const section = table.split('.').reduce<unknown>((inner, name) => (isTable(inner) ? inner[name] : undefined), file);
    const value = isTable(section) ? section[key] : undefined;
    if (value === undefined) return null;
    if (fits(value)) return value;
    warnings.push(`${shown}: [${table}] ${key} is not ${expected}; going on with the daemon's default.`);
    return null;
  }
  const databasePath = read('storage', 'db_path', 'a path', isFilledText);
  return {
    apiPort: read('daemon', 'api_port', 'a port', isPort),
    databasePath: databasePath === null ? null : expandPath(databasePath, home),
    capture: {
      enabled: read('bodies', 'enabled', 'true or false', isBoolean) ?? DEFAULT_CAPTURE.enabled,
      maxBodyBytes: read('bodies', 'max_body_bytes', 'a whole number', isCount) ?? DEFAULT_CAPTURE.maxBodyBytes,
      retentionDays: read('bodies', 'retention_days', 'a whole number', isCount) ?? DEFAULT_CAPTURE.retentionDays,
      uploadsBodies: read('cloud.bodies', 'enabled', 'true or false', isBoolean) ?? DEFAULT_CAPTURE.uploadsBodies,
    },
    warnings,
  };
}

/** `~` is the home folder; a relative path is taken from there too, as there is no better place to take it from. */
export function expandPath(path: string, home: string): string {
  return /^~($|[/\\])/.test(path) ? join(home, path.slice(1)) : resolve(home, path);
}

/** Where the daemon notes the ports it took. */
export function portsFile(home: string): string {
  return join(daemonFolder(home), 'effective-ports.json');
}

/** The port the daemon took (`effective-ports.json`), else the one it was told to take, else its default. */
export async function findApiPort(home: string, config: DaemonConfig): Promise<number> {
  const fallback = config.apiPort ?? DEFAULT_API_PORT;
  try {
    const ports: unknown = JSON.parse(await readFile(portsFile(home), 'utf8'));
    return isTable(ports) && isPort(ports.api_port) ? ports.api_port : fallback;
  } catch {
    // The daemon removes the file when it stops, and may be writing it just now.
    return fallback;
  }
}

/** The daemon's settings as they are now: read again only when the file has changed. */
export class DaemonConfigFile {
  readonly #home: string;
  #mark: string | null = null;
  #config: DaemonConfig = NO_CONFIG;

  constructor(home: string) {
    this.#home = home;
  }

  async read(): Promise<DaemonConfig> {
    const mark = await markFile(join(daemonFolder(this.#home), 'config.toml'));
    if (mark !== this.#mark) {
      this.#config = await readDaemonConfig(this.#home);
      this.#mark = mark;
    }
    return this.#config;
  }
}

/** Tells one state of a file from another, and from its absence, without reading it. Never throws. */
export async function markFile(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, mode } = await stat(path);
    return [ino, size, mtimeMs, mode].join();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isPort(value: unknown): value is number {
  return isCount(value) && value >= 1 && value <= 65_535;
}
