import * as z from 'zod/mini';
import { LIST_FILTERS, type ListFilter } from './filter.js';
import type { Rates } from './price-tokens.js';

/** What query parameters are made of: shapes over text, each with what the OpenAPI document says of it. */

interface ParameterMeta {
  readonly description: string;
  /** What the OpenAPI document shows instead of the text the shape reads. */
  readonly type?: 'integer' | 'boolean';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
  readonly example?: string | number;
}

/** Descriptions and public types of parameters, read by the OpenAPI document. */
export const parameterMeta = z.registry<ParameterMeta>();

export function describe<S extends z.core.$ZodType>(schema: S, meta: ParameterMeta): S {
  parameterMeta.add(schema, meta);
  return schema;
}

export const wholeNumber = (minimum: number, maximum: number) =>
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^-?\d{1,16}$/, 'is not a whole number')),
      z.transform((digits: string) => Number(digits)),
    ),
    z.number().check(z.gte(minimum, `is below ${minimum}`), z.lte(maximum, `is above ${maximum}`)),
  );

const yesNo = () =>
  z.pipe(
    z.enum(['true', 'false'], 'is neither true nor false'),
    z.transform((word: 'true' | 'false') => word === 'true'),
  );

/** OR within a name; an empty value stands for null. */
const valueList = () =>
  z.pipe(
    z
      .array(z.string().check(z.maxLength(1024, 'is longer than 1,024 characters')))
      .check(z.maxLength(200, 'is given more than 200 times')),
    z.transform((values: string[]) => values.map((value) => (value === '' ? null : value))),
  );

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const INSTANT = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)$/;

export const instantOrDay = () =>
  z
    .string()
    .check(
      z.refine(
        (value) => DAY.test(value) || INSTANT.test(value),
        'is neither a day (YYYY-MM-DD) nor an instant with Z or an offset (2026-11-24T13:00:00Z)',
      ),
    );

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

export const timeZone = () =>
  describe(z.string().check(z.refine(isTimeZone, 'is no IANA time zone')), {
    description: 'IANA name of the zone in which days are counted',
    default: 'UTC',
    example: 'Europe/London',
  });

/** A filter's name and a value of it, from one text: `model:claude-*`. No value stands for null. */
export interface NamedValue {
  readonly name: ListFilter;
  readonly value: string | null;
}

export const namedValues = (what: string) =>
  z.optional(
    describe(
      z.pipe(
        z
          .array(
            z.string().check(
              z.maxLength(1024, 'is longer than 1,024 characters'),
              z.refine(
                (text) => (LIST_FILTERS as readonly string[]).includes(text.split(':', 1)[0]!) && text.includes(':'),
                `is not one of ${LIST_FILTERS.join(', ')}, a colon and a value`,
              ),
            ),
          )
          .check(z.maxLength(200, 'is given more than 200 times')),
        z.transform((texts: string[]): NamedValue[] =>
          texts.map((text) => {
            const at = text.indexOf(':');
            return { name: text.slice(0, at) as ListFilter, value: text.slice(at + 1) || null };
          }),
        ),
      ),
      { description: what, example: 'model:claude-*' },
    ),
  );

export const MAX = Number.MAX_SAFE_INTEGER;
export const list = (what: string) =>
  z.optional(describe(valueList(), { description: `${what}; may be repeated, empty means null` }));
export const bound = (description: string) =>
  z.optional(describe(wholeNumber(0, MAX), { description, type: 'integer', minimum: 0 }));
export const flag = (description: string) => z.optional(describe(yesNo(), { description, type: 'boolean' }));

/** One name, as it is stored. */
export const named = (description: string) =>
  z.optional(
    describe(z.string().check(z.minLength(1, 'is empty'), z.maxLength(1024, 'is longer than 1,024 characters')), {
      description,
    }),
  );

/** 10,000 US dollars a million tokens: more would leave the range in which a sum over many calls is exact. */
const MOST_RATE = 1_000_000_000;

/** Five rates from one text: `300000,1500000,1500000,30000,375000`. */
export const fiveRates = (description: string) =>
  z.optional(
    describe(
      z.pipe(
        z.string().check(
          z.regex(/^\d{1,10}(,\d{1,10}){4}$/, 'is not five whole numbers with commas between them'),
          z.refine(
            (text) => text.split(',').every((rate) => Number(rate) <= MOST_RATE),
            `has a rate above ${MOST_RATE}`,
          ),
        ),
        z.transform((text: string): Rates => {
          const [input, output, thinking, cacheRead, cacheWrite] = text.split(',').map(Number);
          return {
            input: input!,
            output: output!,
            thinking: thinking!,
            cacheRead: cacheRead!,
            cacheWrite: cacheWrite!,
          };
        }),
      ),
      { description, example: '300000,1500000,1500000,30000,375000' },
    ),
  );
