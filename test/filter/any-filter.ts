import fc from 'fast-check';
import type { Filter } from '../../src/api/filter.js';
import { BODY_STATES, LISTS, type Measure } from '../../src/filter/names.js';

/** Filters that the contract holds, of texts made to be mistaken for the language. */

export const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '*', ' ', ':', '-', '~', '>', 'a', 'u', '{', '}', '\n', '\u202e'),
    minLength: 1,
    maxLength: 12,
  }),
  fc.constantFrom(
    'none',
    '"none"',
    'docker:web',
    'mac:ai.perplexity.mac',
    'C:\\Users\\someone',
    'C:\\new\\',
    '\\u{41}',
    'a b',
    ' a ',
    '-x',
    '--',
    'cost>5',
    '<script>alert(1)</script>',
    '👩‍💻',
    'claude-*',
    '*',
    "it's",
    'tz:UTC',
    'words:a',
    'e'.repeat(255),
    '"'.repeat(255),
    'line\nbreak\ttab',
    '\u0000',
    '__proto__',
    'constructor',
  ),
);

const textList = fc.uniqueArray(hostile, { minLength: 1, maxLength: 4 });
const valueList = fc.uniqueArray(fc.oneof(hostile, fc.constant('')), { minLength: 1, maxLength: 4 });
const namedList = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...LISTS), fc.oneof(hostile, fc.constant(''))).map(([name, value]) => `${name}:${value}`),
  { minLength: 1, maxLength: 4 },
);
const yesNo = fc.constantFrom('true', 'false');
const amount = fc.oneof(
  fc.nat(),
  fc.nat({ max: 30 }).map((n) => n * 100_000),
  fc.nat({ max: 30 }).map((n) => n * 60_000 + 1),
  fc.maxSafeNat(),
  fc.constant(Number.MAX_SAFE_INTEGER - 1),
);

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const instant = fc
  .tuple(
    fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
    fc.constantFrom('minute' as const, 'second' as const, 'tenth' as const, 'millisecond' as const),
    fc.constantFrom('Z', 'z', '+00:00', '-05:30', '+14:00'),
  )
  .map(([date, precision, zone]) => {
    const text = date.toISOString();
    const clocks = { minute: `${text.slice(0, 16)}:00`, second: text.slice(0, 19), tenth: text.slice(0, 21) };
    return (precision === 'millisecond' ? text.slice(0, 23) : clocks[precision]) + zone;
  });
const moment = fc.oneof(day, instant);

export const zone = fc.constantFrom(
  'UTC',
  'Europe/London',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
);

const times = fc.oneof(
  fc.constant<Filter>({}),
  fc
    .tuple(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('d', 'h', 'm'))
    .map(([n, unit]): Filter => ({ last: `${n}${unit}` })),
  moment.map((since): Filter => ({ since })),
  moment.map((until): Filter => ({ until })),
  day.map((since): Filter => ({ since, until: since })),
  fc.tuple(day, day).map(([a, b]): Filter => (a < b ? { since: a, until: b } : { since: b, until: a })),
);

const range = (name: Measure): fc.Arbitrary<Filter> =>
  fc.record({ min: amount, max: amount }, { requiredKeys: [] }).map(({ min, max }) => {
    const [low, high] = min !== undefined && max !== undefined && min > max ? [max, min] : [min, max];
    return {
      ...(low === undefined ? {} : { [`min_${name}`]: String(low) }),
      ...(high === undefined ? {} : { [`max_${name}`]: String(high) }),
    };
  });

export const contractFilter: fc.Arbitrary<Filter> = fc
  .tuple(
    fc.record(
      {
        ...(Object.fromEntries(LISTS.map((list) => [list, valueList])) as Record<
          (typeof LISTS)[number],
          typeof valueList
        >),
        like: namedList,
        not: namedList,
        not_like: namedList,
        body_state: fc.uniqueArray(fc.constantFrom(...BODY_STATES), { minLength: 1, maxLength: 4 }),
        phrase: textList,
        priced: yesNo,
        complete: yesNo,
        body: yesNo,
        repeated: yesNo,
        repeated_within: fc
          .tuple(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('s', 'm', 'h', 'd'))
          .map(([n, unit]) => `${n}${unit}`),
        prompt: hostile.filter((text) => text.length <= 128),
        q: hostile,
        tz: zone,
      },
      { requiredKeys: [] },
    ),
    times,
    range('cost'),
    range('latency'),
    range('ttft'),
    range('tokens'),
  )
  .map((parts) => Object.assign({}, ...parts) as Filter);

const fragment = fc.constantFrom(
  ...['-', '"', '\\', ':', '*', ' ', '  ', '>', '>=', '<', '=', '~', '\u00a0', '.', '$', 'k', 'ms', 's'],
  ...['project:', 'model:', '-kind:', 'error:', 'folder:', 'cost', 'tokens', 'latency', 'body:', 'priced:', 'none'],
  ...[
    'last:',
    'since:',
    'until:',
    'on:',
    'tz:',
    'prompt:',
    'words:',
    'repeated:',
    '7d',
    '90s',
    'UTC',
    'Europe/London',
    'yes',
    'true',
    'false',
    'no',
  ],
  ...['2026-11-18', '2026-11-18T14:00', '2026-02-30', '0.05', '100', 'stored', 'claude-*', 'acme', '\\u{41}', '😀'],
);

/** Texts near the language: terms, halves of terms, and anything else. */
export const anyText = fc.oneof(
  fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join('')),
  fc
    .array(
      fc.tuple(fragment, fragment).map((parts) => parts.join('')),
      { maxLength: 8 },
    )
    .map((terms) => terms.join(' ')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
