import type { WireCall } from '../api/call.js';
import type { CamelCased } from '../api/camel-case.js';
import { formatPlural } from './format.js';
import type { StripHit } from './strip-hit.js';
import type { Lane } from './strip-scale.js';
import type { StripPicture } from './strip-picture.js';
import { describeTime, formatCost } from './strip-words.js';
import { formatClock, formatDay } from './time.js';

type Call = CamelCased<WireCall>;

const KINDS: Readonly<Record<Lane, string>> = { zero: 'of cost 0', failed: 'failed', unpriced: 'not priced' };

/** The lines about what is under the pointer. `call` is the one it names, once it is known, or null where it is gone. */
export function describeHit(
  picture: StripPicture,
  hit: StripHit,
  call: Call | null | undefined,
  timeZone: string,
): string[] {
  if (hit.calls === 1) return [describeOne(picture, hit, call, timeZone), describeCall(call)];
  const kind = hit.kind === 'call' || hit.kind === 'bin' ? '' : ` ${KINDS[hit.kind]}`;
  const range = hit.costs === null ? '' : `, ${formatCost(hit.costs[0])} to ${formatCost(hit.costs[1])}`;
  return [
    `${formatPlural(hit.calls, 'call')}${kind}${range}`,
    describeTime(picture, hit.column, hit.column, timeZone),
    call
      ? `newest ${formatClock(call.requestedAt, timeZone)}: ${describeCost(call)}, ${describeCall(call)}`
      : describeCall(call),
  ];
}

function describeOne(picture: StripPicture, hit: StripHit, call: Call | null | undefined, timeZone: string): string {
  if (call) {
    return `${formatDay(call.requestedAt, timeZone)}, ${formatClock(call.requestedAt, timeZone)}: ${describeCost(call)}`;
  }
  const time = describeTime(picture, hit.column, hit.column, timeZone);
  if (hit.kind === 'call') return `${time}: ${formatCost(hit.costs![0])}`;
  return hit.kind === 'bin' ? `${time}: one call` : `${time}: one call ${KINDS[hit.kind]}`;
}

function describeCost({ costMillicents, status, errorClass }: Call): string {
  const cost = costMillicents === null ? 'not priced' : formatCost(costMillicents);
  return status === 'success' ? cost : `${(errorClass ?? status ?? 'unknown status').replaceAll('_', ' ')}, ${cost}`;
}

function describeCall(call: Call | null | undefined): string {
  if (call === undefined) return '…';
  return call === null ? 'no longer there' : `${call.model ?? 'unknown model'} in ${call.project}`;
}
