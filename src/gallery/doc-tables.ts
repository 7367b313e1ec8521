import { html, type TemplateResult } from 'lit';
import type { ManifestType } from '../daemon/manifest.js';
import type { ElementDocs } from './element-docs.js';
import { renderDocTable, renderProse } from './prose.js';

/** All that an element's page documents, a table each. */
export function renderDocTables(docs: ElementDocs): TemplateResult {
  const { attributes, properties, events, slots, parts, ownProperties } = docs;
  return html`${renderDocTable({
    title: 'Attributes',
    heads: ['Name', 'Type', 'Default', 'What it does'],
    rows: attributes.map((one) => [
      code(one.name),
      renderType(one.type),
      one.default ? code(one.default) : '',
      renderProse(one.description),
    ]),
  })}
  ${renderDocTable({
    title: 'Properties',
    heads: ['Name', 'Type', 'Default', 'What it does'],
    rows: properties.map((one) => [
      code(one.name),
      renderType(one.type),
      one.default ? code(one.default) : '',
      renderProse(one.description),
    ]),
  })}
  ${renderDocTable({
    title: 'Events',
    heads: ['Name', 'Class', 'Carries', 'When'],
    rows: events.map(({ name, type, fields, description }) => [
      code(name),
      code(type.text),
      fields.length === 0
        ? html`<span class="muted">nothing</span>`
        : fields.map((field) => html`<div>${code(field.name)}: ${renderType(field.type)}</div>`),
      renderProse(description),
    ]),
  })}
  ${renderDocTable({
    title: 'Slots',
    heads: ['Name', 'What stands there'],
    rows: slots.map(({ name, description }) => [name ? code(name) : 'default', renderProse(description)]),
  })}
  ${renderDocTable({
    title: 'Parts',
    heads: ['Name', 'What it is'],
    rows: parts.map(({ name, description }) => [code(`::part(${name})`), renderProse(description)]),
  })}
  ${renderDocTable({
    title: 'Custom properties of its own',
    heads: ['Name', 'Default', 'What it is'],
    rows: ownProperties.map((one) => [code(one.name), code(one.default ?? ''), renderProse(one.description)]),
  })}
  ${
    parts.length > 0
      ? html`<p class="muted">It heeds the <a href="#tokens">tokens</a> that all elements share as well.</p>`
      : null
  }`;
}

function code(text: string): TemplateResult {
  return html`<code>${text}</code>`;
}

/** Alternatives one by one, so that a line may end between them. */
function renderType({ text }: ManifestType): unknown {
  return text
    .split(' | ')
    .map((one, index) => (index === 0 ? code(one) : html`<span class="muted"> or </span>${code(one)}`));
}
