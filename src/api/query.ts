import * as z from 'zod/mini';
import { LIST_FILTERS } from './filter.js';
import {
  bound,
  describe,
  fiveRates,
  flag,
  instantOrDay,
  list,
  MAX,
  named,
  namedValues,
  timeZone,
  wholeNumber,
} from './parameters.js';

/**
 * Query parameters of every route, as zod shapes over text. What they mean stands in `api.md`; the shapes say what is
 * well-formed, `parseQuery` (parse-query.ts) turns a search string into typed values or into a problem that names the parameter.
 */

/** Filters of calls, the same on every route that takes them. */
export const filterShape = {
  project: list('Project slug'),
  provider: list('Provider'),
  model: list('Model, exactly as stored'),
  status: list('Status'),
  kind: list('Request kind'),
  mode: list('Mode, such as stream'),
  billing: list('Billing basis; calls without one count as api'),
  attribution: list('How the call got its project'),
  error_class: list('Class of the error'),
  error_code: list("The provider's own code of the error"),
  http_status: list('Status code of the answer over HTTP, as text'),
  machine: list('Machine the call came from'),
  workdir: list('Folder the call came from'),
  rates_source: list('Where the rates of the recorded cost came from'),
  like: namedValues('A pattern in which * stands for any characters, OR with the exact values of the same name'),
  not: namedValues('A value that a call must not have; no value means null'),
  not_like: namedValues('A pattern that a call must not match; null matches none'),
  body_state: z.optional(
    describe(
      z
        .array(z.enum(['stored', 'truncated', 'failed', 'none'], 'is none of stored, truncated, failed, none'))
        .check(z.maxLength(4, 'is given more than 4 times')),
      { description: 'What is kept of the bodies; may be repeated' },
    ),
  ),
  priced: flag('Only calls with (true) or without (false) a recorded cost'),
  complete: flag('Only calls whose token counts are complete (true) or not (false)'),
  body: flag('Only calls with (true) or without (false) a stored body'),
  since: z.optional(describe(instantOrDay(), { description: 'First instant or day, inclusive' })),
  until: z.optional(
    describe(instantOrDay(), { description: 'Instant before which calls were made, or last whole day' }),
  ),
  last: z.optional(
    describe(z.string().check(z.regex(/^[1-9]\d{0,5}[dhm]$/, 'is not a span such as 30d, 12h or 45m')), {
      description: 'Span before now instead of since and until',
      example: '30d',
    }),
  ),
  tz: z.optional(timeZone()),
  min_cost: bound('Least cost in millicents'),
  max_cost: bound('Greatest cost in millicents'),
  min_latency: bound('Least latency in milliseconds'),
  max_latency: bound('Greatest latency in milliseconds'),
  min_ttft: bound('Least time to the first token in milliseconds'),
  max_ttft: bound('Greatest time to the first token in milliseconds'),
  min_tokens: bound('Least number of tokens, all five counts together'),
  max_tokens: bound('Greatest number of tokens, all five counts together'),
  prompt: z.optional(
    describe(z.string().check(z.minLength(1, 'is empty'), z.maxLength(128, 'is longer than 128 characters')), {
      description: 'A prompt_hash',
    }),
  ),
  repeated: flag('Only calls whose prompt an earlier call of the same project also had (true), or had not (false)'),
  repeated_within: z.optional(
    describe(z.string().check(z.regex(/^[1-9]\d{0,5}[smhd]$/, 'is not a span such as 90s, 10m, 1h or 2d')), {
      description: 'Only calls whose prompt an earlier call of the same project also had, at most so long before',
      example: '10m',
    }),
  ),
  phrase: z.optional(
    describe(
      z
        .array(z.string().check(z.minLength(1, 'is empty'), z.maxLength(1024, 'is longer than 1,024 characters')))
        .check(z.maxLength(20, 'is given more than 20 times')),
      { description: 'Characters that must occur just so, whatever their case, where q looks; may be repeated' },
    ),
  ),
  q: z.optional(
    describe(z.string().check(z.maxLength(1024, 'is longer than 1,024 characters')), {
      description:
        'Words that must all occur, whatever their case, in id, model, project, workdir, machine, error code or idempotency key',
    }),
  ),
};

export const SORTS = ['requested_at', 'cost', 'latency', 'ttft', 'input', 'output', 'tokens'] as const;
export type Sort = (typeof SORTS)[number];

/** `GET /api/calls` */
export const callsQuery = z.strictObject({
  ...filterShape,
  sort: z.optional(
    describe(z.enum(SORTS, `is none of ${SORTS.join(', ')}`), {
      description: 'Order; nulls last, ties by id ascending',
      default: 'requested_at',
    }),
  ),
  order: z.optional(
    describe(z.enum(['asc', 'desc'], 'is neither asc nor desc'), { description: 'Direction', default: 'desc' }),
  ),
  limit: z.optional(
    describe(wholeNumber(1, 1000), {
      description: 'Calls in the answer',
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 200,
    }),
  ),
  cursor: z.optional(
    describe(z.string().check(z.minLength(1, 'is empty'), z.maxLength(2048, 'is no cursor of this server')), {
      description: 'next_cursor of the answer before',
    }),
  ),
  offset: z.optional(
    describe(wholeNumber(0, MAX), {
      description: 'Place of the first call in this order',
      type: 'integer',
      minimum: 0,
    }),
  ),
});

/** `GET /api/projects` */
export const projectsQuery = z.strictObject(filterShape);

/** `GET /api/bodies` */
export const bodiesQuery = z.strictObject({
  call: describe(
    z
      .array(z.string().check(z.minLength(1, 'is empty')))
      .check(z.minLength(1, 'is missing'), z.maxLength(50, 'is given more than 50 times')),
    { description: 'Id of a call; 1 to 50 of them' },
  ),
});

/** `GET /api/pricing` */
export const pricingQuery = z.strictObject({
  tz: filterShape.tz,
  history: flag('All rates there ever were (true), or the current ones'),
  implied: flag('Also the rates that the recorded costs of unlisted models imply (true)'),
  at: z.optional(describe(instantOrDay(), { description: 'Rates in force at this instant, or when this day began' })),
});

/** `GET /api/calls/facets` */
export const facetsQuery = projectsQuery;

export const BUCKETS = ['hour', 'day', 'week', 'month'] as const;
export const SERIES_KEYS = ['none', 'project', 'provider', 'model', 'status'] as const;

/** `GET /api/calls/series` */
export const seriesQuery = z.strictObject({
  ...filterShape,
  bucket: z.optional(
    describe(z.enum(BUCKETS, `is none of ${BUCKETS.join(', ')}`), {
      description: 'Length of a bucket',
      default: 'day',
    }),
  ),
  by: z.optional(
    describe(z.enum(SERIES_KEYS, `is none of ${SERIES_KEYS.join(', ')}`), {
      description: 'What the calls are split by',
      default: 'none',
    }),
  ),
});

export const GROUP_KEYS = [...LIST_FILTERS, 'day'] as const;

/** `GET /api/calls/groups` */
export const groupsQuery = z.strictObject({
  ...filterShape,
  by: describe(z.enum(GROUP_KEYS, `is none of ${GROUP_KEYS.join(', ')}`), {
    description: 'What the calls are grouped by',
  }),
});

/** `GET /api/calls/strip` */
export const stripQuery = z.strictObject({
  ...filterShape,
  columns: z.optional(
    describe(wholeNumber(10, 2000), {
      description: 'Columns of the picture: stretches of time',
      type: 'integer',
      minimum: 10,
      maximum: 2000,
      default: 240,
    }),
  ),
  rows: z.optional(
    describe(wholeNumber(5, 400), {
      description: 'Rows of the picture: steps of the logarithmic cost axis',
      type: 'integer',
      minimum: 5,
      maximum: 400,
      default: 44,
    }),
  ),
});

/** `GET /api/calls/reprice`: with neither a model nor rates each call at the rate in force when it was made. */
export const repriceQuery = z.strictObject({
  ...filterShape,
  to_provider: named("Provider of the model whose current rates are taken, by the calls' name for it"),
  to_model: named('Model whose current rates are taken, a thinking call its thinking rate where it has one'),
  rates: fiveRates(
    'Rates to take instead, in millicents per million tokens: input, output, thinking, cache read, cache write',
  ),
  caching: z.optional(
    describe(z.enum(['keep', 'none'], 'is neither keep nor none'), {
      description: 'With none, cache reads and writes are charged as input that was not cached',
      default: 'keep',
    }),
  ),
});

/** `GET /api/calls.csv` and `GET /api/calls.jsonl` */
export const exportQuery = z.strictObject({
  ...filterShape,
  sort: callsQuery.shape.sort,
  order: callsQuery.shape.order,
  columns: z.optional(
    describe(z.string().check(z.minLength(1, 'is empty'), z.maxLength(2048, 'is longer than 2,048 characters')), {
      description:
        'Fields of a call, separated by commas, in their order; all fields where it is missing. A JSON Pointer, with % and , percent-encoded, is what the stored request has there',
      example: 'requested_at,project,model,cost_millicents',
    }),
  ),
});

/** `GET /api/bodies/search` */
export const bodySearchQuery = z.strictObject({
  ...filterShape,
  text: describe(z.string().check(z.minLength(1, 'is empty'), z.maxLength(1024, 'is longer than 1,024 characters')), {
    description: 'Characters that a stored body must hold, whatever their case, as they are or as JSON escapes them',
  }),
});

/** Routes without parameters. */
export const noQuery = z.strictObject({});

export type FilterQuery = z.infer<typeof projectsQuery>;
export type CallsQuery = z.infer<typeof callsQuery>;
export type BodiesQuery = z.infer<typeof bodiesQuery>;
export type PricingQuery = z.infer<typeof pricingQuery>;
export type SeriesQuery = z.infer<typeof seriesQuery>;
export type GroupsQuery = z.infer<typeof groupsQuery>;
export type StripQuery = z.infer<typeof stripQuery>;
export type RepriceQuery = z.infer<typeof repriceQuery>;
export type ExportQuery = z.infer<typeof exportQuery>;
export type BodySearchQuery = z.infer<typeof bodySearchQuery>;

export type QuerySchema =
  | typeof callsQuery
  | typeof projectsQuery
  | typeof bodiesQuery
  | typeof pricingQuery
  | typeof seriesQuery
  | typeof groupsQuery
  | typeof stripQuery
  | typeof repriceQuery
  | typeof exportQuery
  | typeof bodySearchQuery
  | typeof noQuery;
