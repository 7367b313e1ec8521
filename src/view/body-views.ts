import type { BodyMeta } from '../bodies/worker/protocol.js';

/** The views of a body, in their order. */
export const VIEWS = { conversation: 'Conversation', tree: 'Tree', text: 'Text', events: 'Events' } as const;

export type ViewName = keyof typeof VIEWS;

export const VIEW_NAMES = Object.keys(VIEWS) as ViewName[];

interface Known {
  /** Null: nothing was read yet. */
  readonly meta: BodyMeta | null;
  /** Undefined: it isn't known yet. */
  readonly hasConversation: boolean | undefined;
}

/** The views that a body has; empty while that isn't known. */
export function listViews({ meta, hasConversation }: Known): readonly ViewName[] {
  if (meta === null || hasConversation === undefined) return [];
  const has = { conversation: hasConversation, tree: meta.treeRows > 0, text: true, events: meta.events > 0 };
  return VIEW_NAMES.filter((view) => has[view]);
}

/** The wanted view where the body has it, else what suits it; null: that isn't known yet. Empty: nothing is wanted. */
export function chooseView(wanted: ViewName | '', known: Known): ViewName | null {
  const offered = listViews(known);
  if (wanted !== '' && offered.includes(wanted)) return wanted;
  if (offered.length === 0) return known.meta?.format === 'text' ? 'text' : null;
  if (known.meta?.fault) return 'text';
  return offered.includes('events') && !offered.includes('conversation') ? 'events' : offered[0]!;
}
