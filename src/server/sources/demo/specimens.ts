import { FAILURES } from './failures.js';
import type { Wish } from './sessions.js';

/** A session that must be there, however the dice fall. */
export interface Specimen {
  readonly slug: string;
  readonly hoursAgo: number;
  readonly wish: Wish;
}

const PLACES = [
  'acme-checkout',
  'support-triage',
  'docs-search',
  'fraud-review',
  'ide-assist',
  'nightly-evals',
] as const;

/** Each kind of failure at two providers, in the newest days, where the bodies are kept. */
const REFUSED = FAILURES.flatMap((outcome, index) =>
  [0, 1].map((round): Specimen => {
    const place = (index + round * 3) % PLACES.length;
    return { slug: PLACES[place] ?? PLACES[0], hoursAgo: 3 + index * 11 + round * 5, wish: { outcome, stored: true } };
  }),
);

const full = (slug: string, hoursAgo: number, wish: Wish = {}): Specimen => ({
  slug,
  hoursAgo,
  wish: { stored: true, fullBodies: true, turns: 3, ...wish },
});

/** Bodies as long as their token counts say: some large, some so large that the daemon cut them. */
const LARGE: readonly Specimen[] = [
  full('acme-checkout', 0.04),
  full('acme-checkout', 0.12),
  full('acme-checkout', 0.3, { asked: 30_000 }),
  full('acme-checkout', 0.5, { asked: 240_000, turns: 2 }),
  full('ide-assist', 1.1, { asked: 34_000 }),
  full('ide-assist', 6, { asked: 150_000, turns: 2 }),
  full('ide-assist', 30, { asked: 41_000 }),
  full('docs-search', 2.2, { asked: 310_000, turns: 1 }),
  full('docs-search', 50, { asked: 28_000 }),
  full('release-notes', 20, { asked: 38_000, answered: 30_000, streamed: true, turns: 1 }),
  full('release-notes', 75, { asked: 31_000, answered: 26_000, streamed: true, turns: 1 }),
  full('nightly-evals', 9, { asked: 27_000 }),
  full('fraud-review', 26, { asked: 29_000 }),
  full('acme-checkout', 70, { asked: 33_000 }),
  full('acme-checkout', 400, { asked: 36_000 }),
  full('ide-assist', 800, { asked: 165_000, turns: 2 }),
];

/** The last minutes, streams that broke off, or brought no usage, and calls that a policy stopped. */
const ODD: readonly Specimen[] = [
  { slug: 'support-triage', hoursAgo: 0.011, wish: { stored: true } },
  { slug: 'docs-search', hoursAgo: 0.017, wish: { stored: true } },
  { slug: 'acme-checkout', hoursAgo: 0.022, wish: { stored: true } },
  { slug: 'default', hoursAgo: 0.026, wish: { stored: true } },
  { slug: 'fraud-review', hoursAgo: 0.03, wish: { stored: true } },
  { slug: 'acme-checkout', hoursAgo: 0.9, wish: { outcome: 'cut', streamed: true, stored: true } },
  { slug: 'ide-assist', hoursAgo: 4, wish: { outcome: 'cut', streamed: true, stored: true } },
  { slug: 'support-triage', hoursAgo: 5.5, wish: { outcome: 'cut', streamed: true, stored: true } },
  { slug: 'fraud-review', hoursAgo: 8, wish: { outcome: 'cut', streamed: true, stored: true } },
  { slug: 'docs-search', hoursAgo: 10, wish: { outcome: 'cut', streamed: true, stored: true } },
  { slug: 'support-triage', hoursAgo: 2, wish: { outcome: 'silent', streamed: true, stored: true } },
  { slug: 'docs-search', hoursAgo: 3, wish: { outcome: 'silent', streamed: true, stored: true } },
  { slug: 'fraud-review', hoursAgo: 12, wish: { outcome: 'silent', streamed: true, stored: true } },
  { slug: 'nightly-evals', hoursAgo: 10, wish: { outcome: 'blocked' } },
  { slug: 'support-triage', hoursAgo: 1.5, wish: { outcome: 'blocked' } },
];

export const SPECIMENS: readonly Specimen[] = [...REFUSED, ...LARGE, ...ODD];
