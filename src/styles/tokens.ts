import { css } from 'lit';

/**
 * The look's values, each a custom property with its default, so that an element needs no stylesheet on the page and a
 * page can set `--hm-…` anywhere above it. Colours follow the page's `color-scheme`.
 */

/** Background behind everything; also of sticky heads. */
export const bg = css`var(--hm-bg, light-dark(#ffffff, #161615))`;
/** Background of bars, folded lines, expanded rows. */
export const sunken = css`var(--hm-sunken, light-dark(#f6f5f2, #1f1f1d))`;
/** Background of the row under the pointer. */
export const hover = css`var(--hm-hover, light-dark(#f0eeea, #282826))`;
/** Background of chosen rows. */
export const selected = css`var(--hm-selected, light-dark(#e4edfb, #1c2b47))`;
/** Text. */
export const ink = css`var(--hm-ink, light-dark(#1b1a18, #e9e6e0))`;
/** Text that stands back: heads, units, zeros. */
export const muted = css`var(--hm-muted, light-dark(#635f58, #a8a39a))`;
/** Hairlines; decoration only. */
export const line = css`var(--hm-line, light-dark(#e1ded8, #33322f))`;
/** Lines that carry meaning, edges of controls. */
export const lineStrong = css`var(--hm-line-strong, light-dark(#8a867f, #7b7871))`;
/** The line a section starts with. */
export const rule = css`var(--hm-rule, light-dark(#1b1a18, #7b7871))`;
/** Links, focus, what is chosen. */
export const accent = css`var(--hm-accent, light-dark(#1d4fb8, #8fb4ff))`;
/** Failures. */
export const error = css`var(--hm-error, light-dark(#b42318, #ff9182))`;
/** Cut streams and bodies, warnings. */
export const warn = css`var(--hm-warn, light-dark(#8a5200, #e8ad4b))`;
/** Calls without a price. */
export const unpriced = css`var(--hm-unpriced, light-dark(#7b3fa3, #cfa3f2))`;
/** What a subscription's calls would have cost. */
export const imputed = css`var(--hm-imputed, light-dark(#0f6a6f, #66c4c4))`;
/** The mark of live data. */
export const live = css`var(--hm-live, light-dark(#1a7440, #6bc98d))`;
/** Background of what only A has. */
export const diffA = css`var(--hm-diff-a, light-dark(#fbe3c4, #4d3415))`;
/** Background of what only B has. */
export const diffB = css`var(--hm-diff-b, light-dark(#d6e5fd, #1c3663))`;
/** What is charged by anthropic. */
export const series1 = css`var(--hm-series-1, light-dark(#d87822, #cc7d1b))`;
/** What is charged by openai. */
export const series2 = css`var(--hm-series-2, light-dark(#004442, #37c6c8))`;
/** What is charged by gemini. */
export const series3 = css`var(--hm-series-3, light-dark(#5b6bcc, #8492f1))`;
/** What is charged by xai. */
export const series4 = css`var(--hm-series-4, light-dark(#a2487d, #98506b))`;
/** The first provider past the named ones, by its first call. */
export const series5 = css`var(--hm-series-5, light-dark(#705909, #ffd36d))`;
/** The second provider past the named ones. */
export const series6 = css`var(--hm-series-6, light-dark(#0f9fd8, #b0defd))`;
/** The third provider past the named ones. */
export const series7 = css`var(--hm-series-7, light-dark(#771000, #fe9c7c))`;
/** The fourth provider past the named ones. */
export const series8 = css`var(--hm-series-8, light-dark(#542381, #7561be))`;
/** Every provider past the named ones. */
export const seriesOther = css`var(--hm-series-other, light-dark(#8f8c86, #8b8882))`;
/** Font of ids, paths, filter texts and bodies. */
export const mono = css`var(--hm-mono, ui-monospace, 'SF Mono', Menlo, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace)`;
/** Size of text and of figures in tables. */
export const size = css`var(--hm-size, 13px)`;
/** Height of a table row. */
export const row = css`var(--hm-row, 28px)`;
/** Rounding of controls. */
export const radius = css`var(--hm-radius, 3px)`;
/** Height of one captured body; it scrolls within. */
export const bodyHeight = css`var(--hm-body-height, 560px)`;

/* Lengths that are so many pixels at the default `--hm-size`, and grow with it: of text and of lines, never of edges. */
export const px9 = css`calc(var(--hm-size, 13px) * 9 / 13)`;
export const px10 = css`calc(var(--hm-size, 13px) * 10 / 13)`;
export const px11 = css`calc(var(--hm-size, 13px) * 11 / 13)`;
export const px12 = css`calc(var(--hm-size, 13px) * 12 / 13)`;
export const px15 = css`calc(var(--hm-size, 13px) * 15 / 13)`;
export const px16 = css`calc(var(--hm-size, 13px) * 16 / 13)`;
export const px18 = css`calc(var(--hm-size, 13px) * 18 / 13)`;
export const px20 = css`calc(var(--hm-size, 13px) * 20 / 13)`;
export const px22 = css`calc(var(--hm-size, 13px) * 22 / 13)`;
export const px28 = css`calc(var(--hm-size, 13px) * 28 / 13)`;
export const px34 = css`calc(var(--hm-size, 13px) * 34 / 13)`;
