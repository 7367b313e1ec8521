import { html, type TemplateResult } from 'lit';

/** What no font draws, looks like a space, breaks the line or turns its order: as it is, it would hide what is run. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{DI}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** An argument as a POSIX shell takes it literally; a slug may be any text. */
export function quoteForShell(argument: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/**
 * A name in a command that is shown: what stands there is what is copied and run. Unseen characters are written as the
 * bytes they are, which bash, zsh and POSIX shells of 2024 read between `$'` and `'`; so none of them reaches a terminal.
 */
export function quoteName(name: string): string {
  if (!UNSEEN.test(name)) return quoteForShell(name);
  const bytes = (text: string): string =>
    // Octal: always three digits, so the one behind it is never taken for another.
    [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return `$'${[...name].map((text) => (UNSEEN.test(text) ? bytes(text) : text.replace(/['\\]/, '\\$&'))).join('')}'`;
}

/** A name given to a command. One that begins with a dash would be taken for an option. */
export function quoteOperand(argument: string): string {
  return argument.startsWith('-') ? `-- ${quoteName(argument)}` : quoteName(argument);
}

/**
 * A command to run in a terminal, with a button that copies it and says so. The change is the daemon's to make: we never
 * write. `shown` is the command as it is drawn, where something in it is marked.
 */
export function renderCommand(
  command: string,
  copy: (text: string) => Promise<boolean>,
  shown: unknown = command,
): TemplateResult {
  const onCopy = async ({ currentTarget }: Event): Promise<void> => {
    const said = (currentTarget as Element).parentElement!.querySelector('output')!;
    said.value = (await copy(command)) ? 'Copied' : 'This page may not copy: select the command instead.';
  };
  return html`<div class="command">
    <code>${shown}</code><button type="button" aria-label="Copy ${command}" @click=${onCopy}>Copy</button
    ><output></output>
  </div>`;
}
