import { svg, type TemplateResult } from 'lit';
import { drawMark, type Mark, renderMark } from './mark.js';

/** What only calls and their bodies can be marked with. */
const SHAPES = {
  error: svg`<path d="M1.5 1.5l7 7m0-7l-7 7" stroke-width="2" fill="none"/>`,
  'stream-cut': svg`<path d="M0 1h7L5.4 3 7 5 5.4 7 7 9H0zM9 1h1v8H9z"/>`,
  'body-cut': svg`<path d="M1 1h4v8H1z"/><path d="M1.2 1.2h7.6v7.6H1.2z" stroke-width="1.4" fill="none"/>`,
  blocked: svg`<path d="M0 0h10v10H0zM2 4v2h6V4z" fill-rule="evenodd"/>`,
};

type OnlyOfCalls = keyof typeof SHAPES;
export type CallMark = Mark | OnlyOfCalls;

const isOnlyOfCalls = (mark: CallMark): mark is OnlyOfCalls => Object.hasOwn(SHAPES, mark);

export function renderCallMark(mark: CallMark): TemplateResult {
  return isOnlyOfCalls(mark) ? drawMark(mark, SHAPES[mark]) : renderMark(mark);
}
