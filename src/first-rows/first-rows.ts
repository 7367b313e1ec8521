import type { CSSResult, TemplateResult } from 'lit';
import type { WireCallsAnswer } from '../api/call.js';
import { fromWire } from '../api/camel-case.js';
import type { WireProjectsAnswer } from '../api/project.js';
import { base } from '../styles/base.js';
import { calls } from '../styles/calls.js';
import { filter } from '../styles/filter.js';
import { projects } from '../styles/projects.js';
import { stripPlace } from '../styles/strip-place.js';
import { table } from '../styles/table.js';
import { printColumnRules } from './column-rules.js';
import { describeRange, renderFirstCalls } from './render-calls.js';
import { renderFirstProjects } from './render-projects.js';
import { beside, firstRows } from './styles.js';
import { writeHtml } from './write-html.js';

/** As many calls as the element's box shows, and those that it draws below. */
export const FIRST_CALLS = 23;

/** The zone that the rows are written in: this process's. */
export const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const join = (sheets: readonly CSSResult[]): string => sheets.map(({ cssText }) => cssText).join('');
const BESIDE_STYLE = join([beside]);
const CALLS_STYLE = join([base, calls, filter, stripPlace, firstRows]) + printColumnRules();
const PROJECTS_STYLE = join([base, table, projects]);

/** Every style that stands in what is written here, always the same, so that a page's policy can name them. */
export const FIRST_ROWS_STYLES = [BESIDE_STYLE, CALLS_STYLE, PROJECTS_STYLE];

/** The shadow root of an `<hm-calls>` that nobody has asked for anything yet, with the newest calls in it. */
export function writeFirstCalls(answer: WireCallsAnswer): string {
  const rows = writeRoot(CALLS_STYLE, renderFirstCalls(fromWire(answer), timeZone));
  return rows.replace(/(?<=<span class="range">)(?=<)/, describeRange(answer.total));
}

/** The shadow root of such an `<hm-projects>`. */
export function writeFirstProjects(answer: WireProjectsAnswer): string {
  return writeRoot(PROJECTS_STYLE, renderFirstProjects(fromWire(answer), timeZone));
}

/**
 * Rows stand in a shadow root of their own beside what the element will draw: nothing of the element finds them by
 * mistake, and none of their rules reaches it.
 */
function writeRoot(style: string, rows: TemplateResult): string {
  return (
    `<template shadowrootmode="open"><style>${BESIDE_STYLE}</style><div class="first-rows">` +
    `<template shadowrootmode="open"><style>${style}</style>${writeHtml(rows)}</template></div></template>`
  );
}
