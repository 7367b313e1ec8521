import type { CallList } from './call-list.js';

/**
 * Takes away the rows that came in the page's HTML, once the list has its own, or can say why there are none; the list
 * then stands where those were scrolled to, and has the focus if they had it.
 */
export function replaceFirstRows(root: DocumentFragment | HTMLElement, list: CallList): void {
  if (list.calls.data === undefined && list.calls.error === undefined) return;
  const first = root.querySelector('.first-rows');
  if (first === null) return;
  const scrollTop = first.shadowRoot?.querySelector('.grid')?.scrollTop ?? 0;
  const hadFocus = first.shadowRoot?.activeElement?.matches('.grid') ?? false;
  first.remove();
  if (scrollTop > 0) list.window.standAt(0, scrollTop);
  if (hadFocus) list.grid?.focus({ preventScroll: true });
}
