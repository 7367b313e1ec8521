import type { CSSResult } from 'lit';
import type { WireCallsAnswer } from '../api/call.js';
import { fromWire } from '../api/camel-case.js';
import { base } from '../styles/base.js';
import { callMarks } from '../styles/call-marks.js';
import { calls } from '../styles/calls.js';
import { filter } from '../styles/filter.js';
import { stripPlace } from '../styles/strip-place.js';
import { printColumnRules } from './column-rules.js';
import { renderFirstCalls } from './render-calls.js';
import { firstRows } from './styles.js';
import { writeHtml } from './write-html.js';

/** Everything that the first rows are styled with: the same text on every page, so that a policy can name it. */
export const FIRST_ROWS_STYLE =
  [base, callMarks, calls, filter, stripPlace, firstRows].map((sheet: CSSResult) => sheet.cssText).join('') +
  printColumnRules();

/** As many as the element's box shows, and those that it draws below. */
export const FIRST_ROWS_COUNT = 23;

const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The shadow root of an `<hm-calls>` with the newest calls in it, in this process's zone; the element removes them when
 * its own are drawn. They stand in a shadow root of their own: nothing of the element finds them by mistake, and none of
 * their rules reaches it.
 */
export function writeFirstRows(answer: WireCallsAnswer): string {
  const rows = writeHtml(renderFirstCalls(fromWire(answer), timeZone));
  return (
    '<template shadowrootmode="open"><div class="first-rows"><template shadowrootmode="open">' +
    `<style>${FIRST_ROWS_STYLE}</style>${rows}</template></div></template>`
  );
}
