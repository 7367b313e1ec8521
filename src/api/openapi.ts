import * as z from 'zod/mini';
import { bodiesAnswer } from './body.js';
import { bodySummaryAnswer } from './body-summary.js';
import { searchLine } from './body-search.js';
import { call, callDetail, callsAnswer } from './call.js';
import { callsEvent, statusEvent } from './events.js';
import { facetsAnswer } from './facets.js';
import { groupsAnswer } from './groups.js';
import { parameterMeta } from './parameters.js';
import { pricingAnswer } from './pricing.js';
import { problem } from './problem.js';
import { projectsAnswer } from './project.js';
import { LIST_PARAMETERS } from './parse-query.js';
import {
  bodiesQuery,
  bodySearchQuery,
  callsQuery,
  exportQuery,
  facetsQuery,
  groupsQuery,
  noQuery,
  pricingQuery,
  projectsQuery,
  repriceQuery,
  seriesQuery,
  stripQuery,
  type QuerySchema,
} from './query.js';
import { repriceAnswer } from './reprice.js';
import { seriesAnswer } from './series.js';
import { statusAnswer } from './status.js';
import { stripAnswer } from './strip.js';

/** The OpenAPI document, made from the shapes that the server checks with, so that the two can't differ. */

type Json = Record<string, unknown>;
type Query = QuerySchema | typeof bodiesQuery;

interface Route {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query: Query;
  /** Name under `components/schemas`, or the media type's own text or document. */
  readonly answer: keyof typeof SHAPES | 'text' | 'document' | 'csv' | 'jsonl' | 'ndjson' | 'events';
  /** What a 404 means here, where there is one. */
  readonly notFound?: string;
}

const SHAPES = {
  Status: statusAnswer,
  Projects: projectsAnswer,
  Calls: callsAnswer,
  Facets: facetsAnswer,
  Series: seriesAnswer,
  Groups: groupsAnswer,
  Strip: stripAnswer,
  Reprice: repriceAnswer,
  Call: call,
  CallDetail: callDetail,
  CallsEvent: callsEvent,
  StatusEvent: statusEvent,
  Bodies: bodiesAnswer,
  BodySummary: bodySummaryAnswer,
  BodySearchLine: searchLine,
  Pricing: pricingAnswer,
  Problem: problem,
};

const ROUTES: readonly Route[] = [
  { path: '/api/status', id: 'getStatus', summary: 'Source, daemon, capture', query: noQuery, answer: 'Status' },
  {
    path: '/api/projects',
    id: 'listProjects',
    summary: 'Projects, dearest first',
    query: projectsQuery,
    answer: 'Projects',
  },
  { path: '/api/calls', id: 'listCalls', summary: 'Calls in a total order', query: callsQuery, answer: 'Calls' },
  {
    path: '/api/calls/facets',
    id: 'listFacets',
    summary: 'Values of each repeatable filter, with their calls, that filter left out',
    query: facetsQuery,
    answer: 'Facets',
  },
  {
    path: '/api/calls/series',
    id: 'listSeries',
    summary: 'Sums by stretches of time in a zone',
    query: seriesQuery,
    answer: 'Series',
  },
  {
    path: '/api/calls/groups',
    id: 'listGroups',
    summary: 'Sums by one field, dearest first',
    query: groupsQuery,
    answer: 'Groups',
  },
  {
    path: '/api/calls/strip',
    id: 'getStrip',
    summary: 'The cost of every call over time, ready to be drawn',
    query: stripQuery,
    answer: 'Strip',
  },
  {
    path: '/api/calls/reprice',
    id: 'repriceCalls',
    summary: 'What the calls would have cost on another model, at other rates or without caching, per project',
    query: repriceQuery,
    answer: 'Reprice',
  },
  {
    path: '/api/calls.csv',
    id: 'exportCsv',
    summary: 'Every call of the filter as CSV (RFC 4180); a text like a formula has an apostrophe before it',
    query: exportQuery,
    answer: 'csv',
  },
  {
    path: '/api/calls.jsonl',
    id: 'exportJsonl',
    summary: 'Every call of the filter, a JSON object a line',
    query: exportQuery,
    answer: 'jsonl',
  },
  {
    path: '/api/events',
    id: 'listen',
    summary: 'Server-sent events: calls when the database changed, status when the daemon comes or goes',
    query: noQuery,
    answer: 'events',
  },
  {
    path: '/api/calls/{id}',
    id: 'getCall',
    summary: 'One call, its rate and the audit of its cost',
    query: noQuery,
    answer: 'CallDetail',
    notFound: 'There is no call with this id',
  },
  {
    path: '/api/bodies',
    id: 'listBodies',
    summary: 'What is kept of calls’ bodies',
    query: bodiesQuery,
    answer: 'Bodies',
  },
  {
    path: '/api/bodies/search',
    id: 'searchBodies',
    summary: 'Bodies that hold a text, newest call first, a line each, between lines that tell how far the search is',
    query: bodySearchQuery,
    answer: 'ndjson',
    notFound: 'This source has no bodies',
  },
  {
    path: '/api/bodies/summary',
    id: 'summarizeBodies',
    summary: 'What is kept of the bodies of calls, and why not, by project',
    query: projectsQuery,
    answer: 'BodySummary',
    notFound: 'This source has no bodies',
  },
  {
    path: '/api/bodies/{id}/{side}',
    id: 'getBodyText',
    summary: 'The stored characters of one side of a call',
    query: noQuery,
    answer: 'text',
    notFound: 'There is no such text; the detail says which state explains it',
  },
  {
    path: '/api/pricing',
    id: 'listPricing',
    summary: 'Rates per provider and model',
    query: pricingQuery,
    answer: 'Pricing',
  },
  { path: '/api/openapi.json', id: 'getOpenApi', summary: 'This document', query: noQuery, answer: 'document' },
];

const PATH_PARAMETERS: Readonly<Record<string, Json>> = {
  id: { description: 'Id of the call, percent-encoded', schema: { type: 'string' } },
  side: { description: 'Side of the call', schema: { type: 'string', enum: ['request', 'response'] } },
};

/** OpenAPI 3.1 of every route that this version serves. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Halton Meter, read locally',
      version: '1',
      description:
        'What Halton Meter recorded on this machine. GET and HEAD only. Money is integer millicents (100,000 = 1 USD); null is “not priced”, never 0.',
    },
    paths: Object.fromEntries(ROUTES.map((route) => [route.path, { get: describeOperation(route) }])),
    components: { schemas: mapValues(SHAPES, (shape) => toSchema(shape, 'output')) },
  };
}

function describeOperation(route: Route): Json {
  const parameters = [...describePath(route.path), ...describeQuery(route.query)];
  return {
    operationId: route.id,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    responses: {
      200: { description: route.summary, content: describeContent(route.answer) },
      ...(!MADE_WHILE_SENT.has(route.answer) && { 304: { description: 'The copy named by If-None-Match is current' } }),
      307: {
        description:
          'What is to be asked instead: the same at http://localhost, or at the daemon that answers it itself',
        headers: { Location: { description: 'Where', schema: { type: 'string' } } },
      },
      400: describeProblem('A parameter is unknown, repeated, malformed, out of range or contradictory; it is named'),
      403: describeProblem(
        'The request comes from another origin or site, another user, or without the key of --token',
      ),
      ...(route.notFound !== undefined && { 404: describeProblem(route.notFound) }),
      405: {
        ...describeProblem('The method is neither GET nor HEAD'),
        headers: { Allow: { description: 'The methods there are', schema: { type: 'string' } } },
      },
      421: describeProblem('The Host is not this server’s own'),
      ...describeFaults(route),
    },
  };
}

/** Their end is not known when they begin, so that they have no tag. */
const MADE_WHILE_SENT: ReadonlySet<Route['answer']> = new Set(['csv', 'jsonl', 'ndjson', 'events']);

function describeFaults({ answer }: Route): Json {
  if (answer === 'document') return {};
  if (answer === 'events') return { 503: describeProblem('Too many listen already') };
  return {
    500: describeProblem('A fault of this server; its terminal says where'),
    503: describeProblem('The figures can not be had; the title says why'),
  };
}

/** Answers that are no JSON document: their media types and what one of them, or a line of them, is. */
const OTHER_CONTENT: Readonly<Record<string, readonly [type: string, schema: Json]>> = {
  text: ['text/plain', { type: 'string' }],
  csv: ['text/csv', { type: 'string' }],
  jsonl: ['application/jsonl', refer('Call')],
  ndjson: ['application/x-ndjson', refer('BodySearchLine')],
  events: ['text/event-stream', { anyOf: [refer('CallsEvent'), refer('StatusEvent')] }],
  document: ['application/json', { type: 'object' }],
};

function describeContent(answer: Route['answer']): Json {
  const [type, schema] = OTHER_CONTENT[answer] ?? ['application/json', refer(answer)];
  return { [type]: { schema } };
}

function refer(shape: string): Json {
  return { $ref: `#/components/schemas/${shape}` };
}

function describeProblem(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

function describePath(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...PATH_PARAMETERS[name],
  }));
}

function describeQuery(query: Query): Json[] {
  return Object.entries<z.ZodMiniType>(query.shape).map(([name, shape]) => {
    const isOptional = shape instanceof z.ZodMiniOptional;
    const inner = isOptional ? (shape.def.innerType as z.ZodMiniType) : shape;
    const { description, type, example, ...limits } = parameterMeta.get(inner) ?? {};
    const { $schema: _dialect, ...read } = type === undefined ? toSchema(inner, 'input') : { type };
    return {
      name,
      in: 'query',
      required: !isOptional,
      ...(description !== undefined && { description }),
      ...(LIST_PARAMETERS.has(name) && { style: 'form', explode: true }),
      schema: { ...read, ...limits },
      ...(example !== undefined && { example }),
    };
  });
}

function toSchema(shape: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' }) as Json;
  return schema;
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, change: (value: V) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
