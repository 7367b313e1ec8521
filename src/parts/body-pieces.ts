import type { LitElement } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyHighlights } from '../styles/body-highlights.js';
import type { TextPieces } from '../view/body-folds.js';
import { renderHighlighted } from '../view/body-highlights.js';
import { renderChunks } from '../view/body-text.js';

/** What draws texts that are long, or that something stands out in, with its styles. */
export function makePieces(host: LitElement): TextPieces {
  adoptSheet(host.renderRoot, bodyHighlights);
  return { renderChunks, renderHighlighted };
}
