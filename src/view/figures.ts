import { html } from 'lit';
import { formatCount } from './format.js';

/** What is nothing stands back behind the figures. */
export const zero = html`<span class="muted">0</span>`;

/** How many; none stands back. */
export const renderNumber = (count: number): unknown => (count === 0 ? zero : formatCount(count));
