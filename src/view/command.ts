import { html, type TemplateResult } from 'lit';

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
