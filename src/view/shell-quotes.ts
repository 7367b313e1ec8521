/** Names and texts as arguments of a command. */

/**
 * What no font draws, looks like a space or is a second one, breaks the line or turns its order: as it is, it would hide
 * what is run.
 */
const UNSEEN = /[\p{C}\p{DI}]|(?! )\p{Z}|(?<= ) /gu;

/** An argument as a POSIX shell takes it literally; a slug may be any text. */
export function quoteForShell(argument: string): string {
  return /^(?!-)[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/**
 * A name in a command that is shown: what stands there is what is copied and run. Unseen characters are written as the
 * bytes they are, which bash, zsh and POSIX shells of 2024 read between `$'` and `'`; so none of them reaches a terminal.
 */
export function quoteName(name: string): string {
  if (name.search(UNSEEN) < 0) return quoteForShell(name);
  // Octal: always three digits, so the one behind it is never taken for another.
  const write = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;
  return `$'${name.replace(/['\\]/g, '\\$&').replace(UNSEEN, (text) => Array.from(new TextEncoder().encode(text), write).join(''))}'`;
}

/** A name given to a command. One that begins with a dash would be taken for an option. */
export function quoteOperand(argument: string): string {
  return argument.startsWith('-') ? `-- ${quoteName(argument)}` : quoteName(argument);
}
