import type * as z from 'zod';
import { readCaptured } from './fixture-database.js';

// What tests ask the API, and the parts of its document that they read.

export type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Record<string, unknown> }[];
  readonly responses: Readonly<
    Record<string, { headers?: object; content?: Record<string, { schema: { $ref?: string; type?: string } }> }>
  >;
}

/** A call with bodies. */
export const STORED_ID = String(readCaptured().request_bodies[0]!.request_id);

/** One question for each path of the document, with parameters that it names. */
export const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  '/api/status': ['/api/status'],
  '/api/projects': ['/api/projects', '/api/projects?provider=openai&priced=true&tz=Asia/Kathmandu'],
  '/api/calls': ['/api/calls', '/api/calls?sort=tokens&order=asc&limit=2&offset=3', '/api/calls?q=nothing+has+this'],
  '/api/calls/facets': ['/api/calls/facets', '/api/calls/facets?provider=openai'],
  '/api/calls/series': ['/api/calls/series', '/api/calls/series?bucket=week&by=model&tz=Asia/Kathmandu'],
  '/api/calls/groups': ['/api/calls/groups?by=day', '/api/calls/groups?by=workdir', '/api/calls/groups'],
  '/api/calls/strip': ['/api/calls/strip', '/api/calls/strip?columns=10&rows=5', '/api/calls/strip?q=nothing+has+this'],
  '/api/calls/reprice': [
    '/api/calls/reprice',
    '/api/calls/reprice?to_provider=gemini&to_model=gemini-2.5-pro&caching=none',
    '/api/calls/reprice?rates=1,2,3,4,5&q=nothing+has+this',
    '/api/calls/reprice?to_provider=gemini&to_model=nothing',
    '/api/calls/reprice?to_model=gemini-2.5-pro',
  ],
  '/api/calls.csv': ['/api/calls.csv', '/api/calls.csv?columns=id,model&sort=cost', '/api/calls.csv?columns=nothing'],
  '/api/calls.jsonl': ['/api/calls.jsonl', '/api/calls.jsonl?q=nothing+has+this', '/api/calls.jsonl?limit=2'],
  '/api/events': ['/api/events?since=2026-01-01'],
  '/api/calls/{id}': [`/api/calls/${STORED_ID}`, '/api/calls/nobody'],
  '/api/bodies': [`/api/bodies?call=${STORED_ID}`, '/api/bodies'],
  '/api/bodies/search': [
    '/api/bodies/search?text=a',
    '/api/bodies/search?text=a&q=nothing+has+this',
    '/api/bodies/search',
  ],
  '/api/bodies/summary': ['/api/bodies/summary', '/api/bodies/summary?provider=openai&last=30d'],
  '/api/bodies/{id}/{side}': [`/api/bodies/${STORED_ID}/request`, '/api/bodies/nobody/response'],
  '/api/pricing': [
    '/api/pricing',
    '/api/pricing?history=true',
    '/api/pricing?implied=true',
    '/api/pricing?at=2026-01-01',
  ],
  '/api/openapi.json': ['/api/openapi.json', '/api/openapi.json?unknown=1'],
};
