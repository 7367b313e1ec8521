import { html, nothing } from 'lit';
import type { WireBody } from '../api/body.js';
import type { CamelCased } from '../api/camel-case.js';
import { formatCount, formatPlural } from './format.js';
import { renderCallMark } from './call-mark.js';

type Body = CamelCased<WireBody>;
type Side = Body['request'] | Body['response'];

/** `231,402 bytes`, or `cut, 524,288 of 1,310,720 bytes`. Sizes are those before redaction, as the daemon noted them. */
export function renderSize(side: Side): unknown {
  if (side.truncated) return html`<span>${renderCallMark('body-cut')}cut, ${describeCut(side)}</span>`;
  const bytes = side.bytes ?? side.storedBytes;
  const isIncomplete = 'incomplete' in side && side.incomplete;
  return html`${bytes === null ? nothing : html`<span>${formatPlural(bytes, 'byte')}</span>`}
  ${isIncomplete ? html`<span>${renderCallMark('stream-cut')}stream cut</span>` : nothing}`;
}

export function describeCut(side: Side): string {
  if (side.storedBytes === null) return 'its end is missing';
  if (side.bytes === null) return `${formatPlural(side.storedBytes, 'byte')} stored`;
  return `${formatCount(side.storedBytes)} of ${formatPlural(side.bytes, 'byte')}`;
}

/** `up to 2 anthropic_key and 1 jwt redacted`; null where nothing was. One secret may count under two names. */
export function describeRedactions(redactions: Readonly<Record<string, number>>): string | null {
  const parts = Object.entries(redactions)
    .filter(([, count]) => count > 0)
    .map(([category, count]) => `${formatCount(count)} ${category}`);
  if (parts.length === 0) return null;
  return `up to ${parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0]} redacted`;
}
