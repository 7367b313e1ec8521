import { html, nothing, type TemplateResult } from 'lit';
import type { ToldElement, ToldPlain, ToldTag } from '../bodies/telling/told.js';
import { renderCallMark } from './call-mark.js';
import { formatCount } from './format.js';

const ELEMENTS: Readonly<Record<ToldTag, (name: unknown, said: unknown, start: unknown) => TemplateResult>> = {
  b: (name, said) => html`<b class=${name}>${said}</b>`,
  blockquote: (_, said) => html`<blockquote>${said}</blockquote>`,
  br: () => html`<br />`,
  caption: (_, said) =>
    html`<caption>
      ${said}
    </caption>`,
  code: (_, said) => html`<code>${said}</code>`,
  column: (name, said) => html`<th scope="col" class=${name}>${said}</th> `,
  dd: (_, said) => html`<dd>${said}</dd>`,
  div: (_, said) => html`<div>${said}</div> `,
  dl: (name, said) => html`<dl class=${name}>${said}</dl>`,
  dt: (_, said) => html`<dt>${said}</dt> `,
  em: (_, said) => html`<em>${said}</em>`,
  heading: (name, said) => html`<p class=${name} role="heading" aria-level="4">${said}</p>`,
  hr: () => html`<hr />`,
  li: (_, said) => html`<li>${said}</li>`,
  ol: (name, said, start) =>
    html`<ol class=${name} start=${start}>
      ${said}
    </ol>`,
  p: (name, said) => html`<p class=${name}>${said}</p> `,
  row: (_, said, columns) => html`<th scope="row" colspan=${columns}>${said}</th> `,
  s: (_, said) => html`<s>${said}</s>`,
  scroller: (_, said) => html`<div class="scroller" tabindex="0" role="group" aria-label="Table">${said}</div>`,
  span: (name, said) => html`<span class=${name}>${said}</span>`,
  table: (name, said) =>
    html`<table class=${name}>
      ${said}
    </table>`,
  tbody: (_, said) =>
    html`<tbody>
      ${said}
    </tbody>`,
  td: (name, said) => html`<td class=${name}>${said}</td> `,
  tfoot: (_, said) =>
    html`<tfoot>
      ${said}
    </tfoot>`,
  thead: (_, said) =>
    html`<thead>
      ${said}
    </thead>`,
  tr: (_, said) =>
    html`<tr>
      ${said}
    </tr>`,
  ul: (name, said) =>
    html`<ul class=${name}>
      ${said}
    </ul>`,
};

/** `said`: what stands in it, as it is drawn. */
export function renderElement({ tag, className, start }: ToldElement<unknown>, said: unknown): TemplateResult {
  return ELEMENTS[tag](className ?? nothing, said, start ?? nothing);
}

/** Draws what is told without a place of a body. */
export function renderPlain(told: ToldPlain): unknown {
  if (typeof told === 'string') return told;
  if (typeof told === 'number') return formatCount(told);
  if (isList(told)) return told.map(renderPlain);
  return told.tag === 'mark' ? renderCallMark(told.mark) : renderElement(told, renderPlain(told.said ?? ''));
}

const isList = (told: ToldPlain): told is readonly ToldPlain[] => Array.isArray(told);
