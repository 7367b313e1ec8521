import type { Part } from '../bodies/conversation.js';
import type { FoldPlace } from './body-folds.js';
import { renderMarked } from './body-marked.js';
import type { PartOptions } from './body-parts.js';

/** What is known of one text of a part: whether it is open, what stands out in it, what differs. */
export function placeText(part: Part, field: string, options: PartOptions): FoldPlace {
  const fold = `${part.pointer}#${field}`;
  return {
    isOpen: options.isOpen(fold),
    toggle: () => options.toggle(fold),
    highlights: options.highlightsOf(part.pointer, field),
    copy: (text) => options.copy(text, 'Text'),
    changed: options.changesOf?.(part.pointer, field) ?? null,
  };
}

/** A name, title or address on a line with other words. */
export function renderNamed(text: string, pointer: string, field: string, options: PartOptions): unknown {
  const highlights = options.highlightsOf(pointer, field);
  return options.changesOf?.(pointer, field)?.renderInline(text, highlights) ?? renderMarked(text, highlights);
}
