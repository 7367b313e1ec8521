import type { CallShape } from '../projects.js';

export const LAPTOP = 'mbp-14';
export const CI = 'ci-runner-3';

/** Short talk without tools. */
export const CHATTY: CallShape = {
  turns: [1, 6],
  prefix: 260,
  firstAsk: 90,
  laterAsk: 60,
  answer: 240,
  thinkingShare: 0,
  thinking: 0,
  spread: 0.7,
};
