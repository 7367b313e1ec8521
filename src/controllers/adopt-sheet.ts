import type { CSSResult } from 'lit';

/** Gives a drawn element the styles of a part that is loaded later. */
export function adoptSheet(root: DocumentFragment | HTMLElement, styles: CSSResult): void {
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(styles.styleSheet!)) {
    root.adoptedStyleSheets.push(styles.styleSheet!);
  }
}
