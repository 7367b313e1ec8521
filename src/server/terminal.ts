/** Characters that could move the cursor, recolour or reorder what a terminal shows. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** The text with control characters spelled out, so that no file name or message can steer a terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** One line for the user. */
export function say(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}

/** One line about something that is wrong. */
export function complain(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** A path as people write it: the home folder as `~`. */
export function shortenPath(path: string, home: string): string {
  const inHome = home !== '' && (path.startsWith(`${home}/`) || path.startsWith(`${home}\\`));
  return inHome ? `~${path.slice(home.length)}` : path;
}
