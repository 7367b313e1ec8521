import * as z from 'zod/mini';
import { count, instant, text, textOrNull } from './primitives.js';

/** How far a search has come: calls with stored bodies that are looked through, and how many there are in all. */
export const searchProgress = z.object({
  scanned: count,
  of: count,
  /** Calls of the filter, with or without bodies. */
  calls: count,
});

/** A body in which the text occurs. Places and lengths are UTF-16 code units of the stored text. */
export const searchHit = z.object({
  call_id: text,
  side: z.enum(['request', 'response']),
  /** How often it occurs in this body. */
  count,
  /** Stored characters around the first place where it occurs. */
  excerpt: text,
  /** That place in the body. */
  at: count,
  /** How many stored characters were found there: folding of case can make them more or fewer than were asked for. */
  length: count,
  /** Where they begin in the excerpt. */
  excerpt_at: count,
  project: text,
  provider: textOrNull,
  model: textOrNull,
  requested_at: instant,
});

/** One line of `GET /api/bodies/search`. It is whole when the last line says that all is scanned. */
export const searchLine = z.union([searchProgress, searchHit]);

export type WireSearchProgress = z.infer<typeof searchProgress>;
export type WireSearchHit = z.infer<typeof searchHit>;
export type WireSearchLine = z.infer<typeof searchLine>;
