import * as z from 'zod/mini';
import { count, millicents, textOrNull } from './primitives.js';

/** One value of a repeatable filter, with what it stands for in the window, this filter itself left out. */
export const facet = z.object({
  value: textOrNull,
  calls: count,
  unpriced_calls: count,
  cost_millicents: millicents,
});

const values = z.array(facet);

/** `GET /api/calls/facets`, most calls first within each. */
export const facetsAnswer = z.object({
  facets: z.object({
    project: values,
    provider: values,
    model: values,
    status: values,
    kind: values,
    mode: values,
    billing: values,
    attribution: values,
    error_class: values,
    error_code: values,
    http_status: values,
    machine: values,
    workdir: values,
    rates_source: values,
  }),
});

export type WireFacetsAnswer = z.infer<typeof facetsAnswer>;
