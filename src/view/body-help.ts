import type { TemplateResult } from 'lit';
import { type KeyGroup, renderKeys } from './key-help.js';

/** The keys of the bodies. */
export const BODY_KEYS: KeyGroup = [
  'Bodies',
  [
    [['s'], 'search all bodies of the filter’s calls, from anywhere'],
    [['/'], 'find in the bodies that are shown'],
    [['n', 'N'], 'while something is found: next match, match before'],
    [['n', 'p'], 'else, of several calls: next difference, difference before'],
    [['Alt ↓', 'Alt ↑'], 'next difference, difference before, always'],
    [['Esc'], 'close what is found or searched'],
    [['↑', '↓'], 'in a tree: row before, next row'],
    [['→', '←'], 'in a tree: open, close'],
    [['?'], 'these keys'],
  ],
];

/** All keys of the bodies alone. */
export function renderBodyKeys(): TemplateResult {
  return renderKeys([BODY_KEYS]);
}
