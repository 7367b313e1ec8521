import type { LitElement } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyEnd } from '../styles/body-end.js';
import { renderEnd } from '../view/body-end.js';

/** What draws how a body ends, with its styles. */
export function makeEnd(host: LitElement): typeof renderEnd {
  adoptSheet(host.renderRoot, bodyEnd);
  return renderEnd;
}
