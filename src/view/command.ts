import { html, type TemplateResult } from 'lit';

/** An argument as a POSIX shell takes it literally; a slug may be any text. */
export function quoteForShell(argument: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** A name given to a command. One that begins with a dash would be taken for an option. */
export function quoteOperand(argument: string): string {
  return argument.startsWith('-') ? `-- ${quoteForShell(argument)}` : quoteForShell(argument);
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
