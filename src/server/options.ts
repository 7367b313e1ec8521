import { parseArgs } from 'node:util';

export const DEFAULT_PORT = 3000;

export interface Options {
  readonly port: number;
  /** File named by the user, or null to look for the daemon's. */
  readonly db: string | null;
  readonly demo: boolean;
  readonly open: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** A command line that can't be meant; the message names the option. */
export class OptionError extends Error {}

export const HELP = `Usage: hm-elements [options]

Shows what Halton Meter recorded, at http://localhost:${DEFAULT_PORT}, on this machine only.

Options:
  --port NUMBER  port to serve on, 0 for any free one (default ${DEFAULT_PORT})
  --db FILE      read this database instead of the daemon's
  --demo         show made-up calls
  --open         open the page in the browser
  --help         print this
  --version      print the version`;

const FLAGS = new Set(['demo', 'open', 'help', 'version']);
const VALUES = new Set(['port', 'db']);

/**
 * Reads the words after the command's name.
 * @throws OptionError for an option that is unknown, given twice, without its value or out of range.
 */
export function parseOptions(words: readonly string[]): Options {
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: {
      port: { type: 'string' },
      db: { type: 'string' },
      demo: { type: 'boolean' },
      open: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new OptionError(`Unexpected word ${JSON.stringify(token.value)}.`);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!FLAGS.has(name) && !VALUES.has(name)) throw new OptionError(`Unknown option ${rawName}.`);
    if (given.has(name)) throw new OptionError(`The option ${rawName} is given twice.`);
    if (FLAGS.has(name) && value !== undefined) throw new OptionError(`The option ${rawName} takes no value.`);
    const missing = value === undefined || value === '' || (!token.inlineValue && value.startsWith('-'));
    if (VALUES.has(name) && missing) throw new OptionError(`The option ${rawName} needs a value.`);
    given.set(name, value ?? '');
  }
  if (given.has('db') && given.has('demo'))
    throw new OptionError('The options --db and --demo can not stand together.');
  return {
    port: parsePort(given.get('port')),
    db: given.get('db') ?? null,
    demo: given.has('demo'),
    open: given.has('open'),
    help: given.has('help'),
    version: given.has('version'),
  };
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) {
    throw new OptionError(`The option --port takes a number from 0 to 65535, not ${JSON.stringify(text)}.`);
  }
  return port;
}
