/** The heads in the row of heads, the one over the boxes first. */
export function listHeads(heads: HTMLElement): HTMLElement[] {
  return [...heads.querySelectorAll<HTMLElement>('[role="columnheader"]')];
}

/** The place of a head among the columns, from 0; null for what is none. */
export function findHead(target: EventTarget | null): number | null {
  const head = target instanceof Element ? target.closest<HTMLElement>('[role="columnheader"]') : null;
  const place = head === null ? 0 : listHeads(head.closest<HTMLElement>('.heads')!).indexOf(head);
  return place < 1 ? null : place - 1;
}
