import { tell, tellMark, type ToldCall, type ToldElement, type ToldPlain } from '../bodies/telling/told.js';
import type { ToldOf } from '../bodies/worker/protocol.js';
import { describeAttribution } from './attribution.js';
import { type CallDetail, pricePart, TOKEN_KINDS, type TokenKind } from './body-price.js';
import { type CellText, costCell, statusCell } from './call-state.js';
import { formatDuration, formatExactMoney, formatMoney } from './format.js';
import { formatClock, formatDay } from './time.js';

/** What is said of one call: told where the worker is, or in the page, and drawn there. */

const KINDS: readonly TokenKind[] = Object.values(TOKEN_KINDS);

export function tellCall({ call, timeZone }: ToldOf): ToldCall {
  return {
    context: describeContext(call, timeZone),
    price: tellPrice(call),
    facts: tellFacts(call, timeZone),
    recorded: Object.entries(TOKEN_KINDS).map(([kind, { label, count }]) => [
      kind as keyof typeof TOKEN_KINDS,
      label,
      count(call),
    ]),
  };
}

function describeContext({ project, model, requestedAt }: CallDetail, timeZone: string): string {
  const time = `${formatDay(requestedAt, timeZone)}, ${formatClock(requestedAt, timeZone)}`;
  return [project, model, time].filter((part) => part !== null).join(' · ');
}

const tellMuted = (said: ToldPlain): ToldElement<ToldPlain> => tell('span', said, 'muted');
const tellFigure = (said: ToldPlain): ToldElement<ToldPlain> => tell('td', said, 'number');
const tellOver = (columns: number, said: ToldPlain): ToldElement<ToldPlain> => ({
  ...tell('row', said),
  start: columns,
});

/** Tokens times rate, line by line, under it what was recorded. */
export function tellPrice(call: CallDetail): ToldPlain {
  const lines = KINDS.filter((kind) => kind.count(call) > 0);
  const { price } = call;
  const dash = tellMuted('–');
  const rows = lines.map((kind): ToldPlain => {
    const count = kind.count(call);
    return tell('tr', [
      tell('row', kind.label),
      tellFigure([call.complete ? '' : tellMuted('≥ '), count]),
      tellFigure(price ? formatExactMoney(kind.rate(price)) : dash),
      tellFigure(price ? tellMoney(pricePart(count, kind.rate(price))) : dash),
    ]);
  });
  const none = call.complete ? 'No tokens were recorded.' : 'No usage was sent: tokens are unknown.';
  return tell<ToldPlain>(
    'table',
    [
      tell(
        'thead',
        tell('tr', [
          tell('column', 'Price of this call'),
          tell('column', 'Tokens', 'number'),
          tell('column', 'per million', 'number'),
          tell('column', 'Cost', 'number'),
        ]),
      ),
      tell<ToldPlain>('tbody', rows.length > 0 ? rows : tell('tr', tellOver(4, none))),
      tell('tfoot', tell<ToldPlain>('tr', [tellOver(3, 'Recorded'), tellFigure(tellRecorded(call))])),
    ],
    'price',
  );
}

function tellRecorded(call: CallDetail): ToldPlain {
  const { costMillicents, complete } = call;
  if (costMillicents === null || costMillicents === 0) return tellCell(costCell(call));
  return [complete ? '' : tell('span', '≥\u00a0', 'muted bound'), tellMoney(costMillicents)];
}

/** To the millicent; leading zeros stand back, so that what counts is read first. */
function tellMoney(millicents: number): ToldPlain {
  if (millicents === 0) return tellMuted('0');
  const text = formatMoney(millicents, 5);
  const zeros = /^\$0\.0*/.exec(text)?.[0] ?? '';
  return [zeros === '' ? '' : tellMuted(zeros), text.slice(zeros.length)];
}

function tellCell({ text, lead, isMuted, mark }: CellText): ToldPlain {
  return [mark ? tellMark(mark) : '', lead ? tell('span', lead, 'muted bound') : '', isMuted ? tellMuted(text) : text];
}

/** What the daemon noted of one call, in words; of these terms only, where they are named. */
export function tellFacts(call: CallDetail, timeZone: string, terms?: readonly string[]): ToldPlain {
  const facts: [term: string, fact: ToldPlain][] = [
    ['Status', tellHow(call)],
    ['Audit', tellAudit(call)],
    ['Rate', describeRate(call, timeZone)],
    ['Project by', describeAttribution(call.attribution)],
    ['Asked from', tellPlace(call)],
    ['First token', describeFirstToken(call)],
    ['Id', tell('code', call.id)],
  ];
  if (call.billing === 'subscription_imputed') {
    const words = 'imputed: what a subscription’s calls would have cost. Not billed.';
    facts.splice(1, 0, ['Billing', [tellMark('imputed'), words]]);
  }
  const told = facts.filter(([term]) => terms?.includes(term) !== false);
  return tell(
    'dl',
    told.map(([term, fact]): ToldPlain => [tell('dt', term), tell('dd', fact)]),
    'facts',
  );
}

function tellHow(call: CallDetail): ToldPlain {
  const isUncounted = KINDS.every((kind) => kind.count(call) === 0);
  const details = [
    call.status !== 'error' && call.httpStatus !== null && call.httpStatus !== 200 ? `HTTP ${call.httpStatus}` : null,
    call.errorClass !== null ? call.errorCode : null,
    call.retryable === null ? null : call.retryable ? 'may be tried again' : 'no use in trying again',
    call.complete || isUncounted ? null : 'token counts are a lower bound',
  ].filter((detail) => detail !== null);
  return [tellCell(statusCell(call)), details.length > 0 ? tellMuted(`, ${details.join(', ')}`) : ''];
}

function tellAudit(call: CallDetail): ToldPlain {
  if (call.audit === 'equal') return 'equal to the millicent';
  if (call.audit === 'differs' && call.recomputedMillicents !== null && call.costMillicents !== null) {
    const less = call.recomputedMillicents - call.costMillicents;
    const by = `${formatExactMoney(Math.abs(less))} ${less > 0 ? 'less' : 'more'}`;
    const words = `${formatExactMoney(call.costMillicents)} was recorded, ${by} than tokens times rate give`;
    return [tellMark('warning'), `differs: ${words}`];
  }
  return `cannot be recomputed: ${explainNoAudit(call)}`;
}

/** Why tokens times rate can't be set against what was recorded. */
export function explainNoAudit({ price, costMillicents, model, requestedAt, ratesSource }: CallDetail): string {
  if (price !== null) return 'no cost was recorded';
  const why =
    model === null
      ? 'the call names no model'
      : isFromStart(requestedAt)
        ? 'its time cannot be read'
        : ratesSource === null || ratesSource === UNKNOWN
          ? `no rate is published for ${model}`
          : `no rate for ${model} is listed any more`;
  return costMillicents === null ? `no cost was recorded, and ${why}` : why;
}

/** Unreadable times, and rates without a known beginning, are told as the first instant there is. */
const isFromStart = (instant: string): boolean => instant.startsWith('1970-');

/** The daemon does not tell it over HTTP. */
const UNKNOWN = 'unknown';

const RATE_SOURCES: Readonly<Record<string, string>> = {
  bundled: 'shipped with the daemon',
  auto: 'updated by the daemon',
  operator: 'set by you',
  [UNKNOWN]: 'told over HTTP, not where it came from',
};

function describeRate(call: CallDetail, timeZone: string): string {
  const { price, ratesSource } = call;
  const recorded =
    ratesSource === null || ratesSource === 'override' || ratesSource === UNKNOWN ? '' : `, ${ratesSource}`;
  if (price === null) {
    return call.costMillicents === null ? 'none' : `inside the daemon, not published${recorded}`;
  }
  const source = RATE_SOURCES[price.source] ?? price.source;
  const until = price.effectiveTo === null ? '' : ` until ${formatDay(price.effectiveTo, timeZone)}`;
  const since = isFromStart(price.effectiveFrom)
    ? 'from the start'
    : `${until === '' ? 'since' : 'from'} ${formatDay(price.effectiveFrom, timeZone)}`;
  return `${source}${recorded}, in force ${since}${until}`;
}

function tellPlace({ workdir, machine }: CallDetail): ToldPlain {
  if (workdir === null) return machine === null ? tellMuted('unknown') : tell('code', machine);
  return [tell('code', workdir), machine === null ? '' : [' on ', tell('code', machine)]];
}

function describeFirstToken(call: CallDetail): string {
  if (call.latencyMs === null && call.ttftMs === null) return '–';
  if (call.latencyMs === null) return formatDuration(call.ttftMs!);
  return call.ttftMs === null
    ? `not measured, ${formatDuration(call.latencyMs)} in all`
    : `${formatDuration(call.ttftMs)} of ${formatDuration(call.latencyMs)}`;
}
