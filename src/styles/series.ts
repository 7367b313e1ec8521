import { css } from 'lit';

/** Colours of a chart's series past the four named providers, by first call. Apart from the tokens, since only charts need them. */
export const series5 = css`var(--hm-series-5, light-dark(#705909, #ffd36d))`;
export const series6 = css`var(--hm-series-6, light-dark(#0f9fd8, #b0defd))`;
export const series7 = css`var(--hm-series-7, light-dark(#771000, #fe9c7c))`;
export const series8 = css`var(--hm-series-8, light-dark(#542381, #7561be))`;
