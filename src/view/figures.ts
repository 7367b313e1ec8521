import { html } from 'lit';
import { formatCount } from './format.js';

/** What isn't there, and what is nothing, stand back behind the figures. */
export const dash = html`<span class="muted">–</span>`;
export const zero = html`<span class="muted">0</span>`;

/** How many; none stands back. */
export const renderNumber = (count: number): unknown => (count === 0 ? zero : formatCount(count));
