import { parseArgs } from 'node:util';
import { LoopbackError, parseLoopbackUrl, parsePageOrigin } from './loopback.js';

export const DEFAULT_PORT = 3000;

export const SOURCES = ['auto', 'api', 'database', 'v1', 'demo'] as const;
/** Where the figures are to come from; `auto` takes the first of the others that there is. */
export type SourceChoice = (typeof SOURCES)[number];

export interface Options {
  readonly port: number;
  readonly source: SourceChoice;
  /** File named by the user, or null to look for the daemon's. */
  readonly db: string | null;
  /** Origin of the daemon named by the user, `http://127.0.0.1:8765`, or null to look for it. */
  readonly daemon: string | null;
  /** Folder of the user's own pages, as it was written. */
  readonly pages: string | null;
  /** Other origins whose pages may hold elements and read what they show. */
  readonly allowedOrigins: readonly string[];
  readonly token: boolean;
  readonly open: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** A command line that can't be meant; the message names the option. */
export class OptionError extends Error {}

export const HELP = `Usage: hm-elements [options]

Shows what Halton Meter recorded, at http://localhost:${DEFAULT_PORT}, on this machine only.

Options:
  --port NUMBER          port to serve on, 0 for any free one (default ${DEFAULT_PORT})
  --source NAME          where figures come from (default auto, the first there is):
                           api       a daemon that serves /api, asked by the page itself
                           database  the daemon's database, read only
                           v1        a daemon that serves /v1 alone, translated here
                           demo      made-up calls
  --db FILE              read this database instead of the daemon's
  --daemon URL           ask this daemon, on this machine only (default: the one that is found)
  --demo                 the same as --source demo
  --pages DIR            serve the pages in this folder at /pages/
  --allow-origin ORIGIN  let pages of this other local origin hold elements, such as
                         http://localhost:5173; may be given several times
  --token                answer only to who knows the address that is printed
  --open                 open the page in the browser
  --help                 print this
  --version              print the version`;

const FLAGS = new Set(['demo', 'token', 'open', 'help', 'version']);
const VALUES = new Set(['port', 'source', 'db', 'daemon', 'pages', 'allow-origin']);
const REPEATED = new Set(['allow-origin']);

/** What can't be meant together: the first has nothing to do where the second is. */
const CONFLICTS: readonly (readonly [string, string])[] = [
  ['db', 'demo'],
  ['source', 'demo'],
  ['daemon', 'demo'],
];
const NEEDS_NO_FILE: readonly SourceChoice[] = ['api', 'v1', 'demo'];

/**
 * Reads the words after the command's name.
 * @throws OptionError for an option that is unknown, given twice, without its value or out of range.
 */
export function parseOptions(words: readonly string[]): Options {
  const given = readWords(words);
  const last = (name: string): string | undefined => given.get(name)?.at(-1);
  for (const [one, other] of CONFLICTS) {
    if (given.has(one) && given.has(other)) refuseBoth(`--${one}`, `--${other}`);
  }
  const source = given.has('demo') ? 'demo' : parseSource(last('source'));
  if (given.has('db') && NEEDS_NO_FILE.includes(source)) refuseBoth('--db', `--source ${source}`);
  if (given.has('daemon') && source === 'demo') refuseBoth('--daemon', '--source demo');
  return {
    port: parsePort(last('port')),
    source,
    db: last('db') ?? null,
    daemon: parseWith(parseLoopbackUrl, 'daemon', last('daemon')),
    pages: last('pages') ?? null,
    allowedOrigins: (given.get('allow-origin') ?? []).map((text) => parseWith(parsePageOrigin, 'allow-origin', text)),
    token: given.has('token'),
    open: given.has('open'),
    help: given.has('help'),
    version: given.has('version'),
  };
}

/** Each option with its values, in their order. */
function readWords(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries([...FLAGS].map((name) => [name, { type: 'boolean' as const }])),
      ...Object.fromEntries([...VALUES].map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new OptionError(`Unexpected word ${JSON.stringify(token.value)}.`);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!FLAGS.has(name) && !VALUES.has(name)) throw new OptionError(`Unknown option ${rawName}.`);
    if (given.has(name) && !REPEATED.has(name)) throw new OptionError(`The option ${rawName} is given twice.`);
    if (FLAGS.has(name) && value !== undefined) throw new OptionError(`The option ${rawName} takes no value.`);
    // A word for itself that begins like an option is the next one, unless it is a number.
    const missing = !value || (!token.inlineValue && /^-(?!\d)/.test(value));
    if (VALUES.has(name) && missing) throw new OptionError(`The option ${rawName} needs a value.`);
    given.set(name, [...(given.get(name) ?? []), value ?? '']);
  }
  return given;
}

function refuseBoth(one: string, other: string): never {
  throw new OptionError(`The options ${one} and ${other} can not stand together.`);
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) {
    throw new OptionError(`The option --port takes a number from 0 to 65535, not ${JSON.stringify(text)}.`);
  }
  return port;
}

function parseSource(text = 'auto'): SourceChoice {
  const source = SOURCES.find((name) => name === text);
  if (source === undefined) {
    throw new OptionError(`The option --source takes one of ${SOURCES.join(', ')}, not ${JSON.stringify(text)}.`);
  }
  return source;
}

function parseWith(parse: (text: string) => string, name: string, text: string): string;
function parseWith(parse: (text: string) => string, name: string, text: string | undefined): string | null;
function parseWith(parse: (text: string) => string, name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof LoopbackError)) throw error;
    throw new OptionError(`The option --${name} ${error.message}`);
  }
}
