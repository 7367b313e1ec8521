import * as z from 'zod/mini';
import { LIST_FILTERS } from './filter.js';
import type { CallsQuery, PricingQuery, QuerySchema, RepriceQuery } from './query.js';
import { QueryError } from './query-error.js';

/** Names of parameters that may be repeated. */
export const LIST_PARAMETERS: ReadonlySet<string> = new Set([
  ...LIST_FILTERS,
  'like',
  'not',
  'not_like',
  'body_state',
  'phrase',
  'call',
]);

const quote = (value: string): string => JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);

/**
 * Reads a search string through a shape.
 * @throws QueryError for a parameter that is unknown, repeated where it can't be, malformed, out of range or contradictory.
 */
export function parseQuery<S extends QuerySchema>(schema: S, search: URLSearchParams): z.infer<S> {
  const names = new Set(search.keys());
  const input: Record<string, string | string[]> = {};
  for (const name of names) {
    if (!Object.hasOwn(schema.shape, name)) throw new QueryError(name, `There is no parameter ${quote(name)} here.`);
    const values = search.getAll(name);
    if (LIST_PARAMETERS.has(name)) input[name] = values;
    else if (values.length > 1) throw new QueryError(name, `The parameter ${name} can be given once only.`);
    else input[name] = values[0]!;
  }
  const parsed = z.safeParse(schema, input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const name = String(issue.path[0] ?? '');
    const given = input[name];
    const value = Array.isArray(given) ? given[Number(issue.path[1] ?? 0)] : given;
    const reason = value === undefined ? 'is missing' : issue.message;
    throw new QueryError(name, `The parameter ${name}${value === undefined ? '' : `, ${quote(value)},`} ${reason}.`);
  }
  refuseContradictions(parsed.data as AnyQuery);
  return parsed.data as z.infer<S>;
}

type AnyQuery = Partial<CallsQuery & PricingQuery & RepriceQuery>;

function refuseContradictions(query: AnyQuery): void {
  if (query.last !== undefined && (query.since !== undefined || query.until !== undefined)) {
    throw new QueryError('last', 'The parameter last can not stand beside since or until.');
  }
  if (query.cursor !== undefined && query.offset !== undefined) {
    throw new QueryError('cursor', 'The parameters cursor and offset can not stand together.');
  }
  if (query.at !== undefined && query.history) {
    throw new QueryError('at', 'The parameters at and history can not stand together.');
  }
  if ((query.to_provider === undefined) !== (query.to_model === undefined)) {
    const [given, missing] = query.to_model === undefined ? ['to_provider', 'to_model'] : ['to_model', 'to_provider'];
    throw new QueryError(given, `The parameter ${given} can not stand without ${missing}.`);
  }
  if (query.rates !== undefined && query.to_model !== undefined) {
    throw new QueryError('rates', 'The parameters rates and to_model can not stand together.');
  }
}
