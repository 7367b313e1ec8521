import type { BodyMeta } from '../bodies/worker/protocol.js';

export type ViewName = 'conversation' | 'tree' | 'text' | 'events';

interface Known {
  /** Null: nothing was read yet. */
  readonly meta: BodyMeta | null;
  /** Undefined: it isn't known yet. */
  readonly hasConversation: boolean | undefined;
}

/** The views that a body has; empty while that isn't known. */
export function listViews({ meta, hasConversation }: Known): readonly ViewName[] {
  if (meta === null || hasConversation === undefined) return [];
  return [
    ...(hasConversation ? ['conversation' as const] : []),
    ...(meta.treeRows > 0 ? ['tree' as const] : []),
    'text',
    ...(meta.events > 0 ? ['events' as const] : []),
  ];
}

/** The wanted view where the body has it, else what suits it; null: that isn't known yet. Empty: nothing is wanted. */
export function chooseView(wanted: ViewName | '', known: Known): ViewName | null {
  const offered = listViews(known);
  if (wanted !== '' && offered.includes(wanted)) return wanted;
  if (offered.length === 0) return known.meta?.format === 'text' ? 'text' : null;
  if (known.meta?.fault) return 'text';
  return offered.includes('events') && !offered.includes('conversation') ? 'events' : offered[0]!;
}
