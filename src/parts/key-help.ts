import { render, type TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { keyHelp } from '../styles/key-help.js';

/** Shows keys over the page, until Esc. */
export function showKeys(root: DocumentFragment | HTMLElement, content: TemplateResult): void {
  adoptSheet(root, keyHelp);
  const dialog = document.createElement('dialog');
  dialog.className = 'help';
  dialog.setAttribute('aria-labelledby', 'help-title');
  render(content, dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  root.append(dialog);
  dialog.showModal();
}
