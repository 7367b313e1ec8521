import type { TreeRow } from '../bodies/worker/rows.js';

/** What a key asks of a tree. */
export type TreeStep =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'fold'; readonly isOpen: boolean }
  | { readonly kind: 'all' }
  | { readonly kind: 'parent' };

interface Place {
  readonly active: number;
  readonly rows: number;
  /** Rows in a page. */
  readonly page: number;
}

/** The keys of ARIA's tree pattern; null: none of them. */
export function treeStep(key: string, row: TreeRow | undefined, { active, rows, page }: Place): TreeStep | null {
  const isOpen = row?.isOpen ?? null;
  switch (key) {
    case 'ArrowDown':
      return { kind: 'move', to: active + 1 };
    case 'ArrowUp':
      return { kind: 'move', to: active - 1 };
    case 'PageDown':
      return { kind: 'move', to: active + page };
    case 'PageUp':
      return { kind: 'move', to: active - page };
    case 'Home':
      return { kind: 'move', to: 0 };
    case 'End':
      return { kind: 'move', to: rows - 1 };
    case 'ArrowRight':
      if (isOpen === null) return { kind: 'move', to: active };
      return isOpen ? { kind: 'move', to: active + 1 } : { kind: 'fold', isOpen: true };
    case 'ArrowLeft':
      return isOpen === true ? { kind: 'fold', isOpen: false } : { kind: 'parent' };
    case 'Enter':
    case ' ':
      return isOpen === null ? { kind: 'move', to: active } : { kind: 'fold', isOpen: !isOpen };
    case '*':
      return { kind: 'all' };
    default:
      return null;
  }
}
