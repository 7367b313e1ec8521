import type { Problem } from '../api/problem.js';
import { QueryError } from '../api/query-error.js';
import { ContractError } from './contract.js';
import { SourceError, type SourceFault } from './source.js';

const FAULT_TITLES: Readonly<Record<SourceFault, string>> = {
  missing: 'Database missing',
  unreadable: 'Database unreadable',
  locked: 'Database locked',
  'not-a-database': 'Not a database',
  damaged: 'Database damaged',
  'wrong-schema': 'Database of another kind',
  broken: 'Database reader broken',
  silent: 'Daemon silent',
  unusable: 'Daemon answers otherwise',
  copying: 'Still copying',
  waiting: 'Source not there',
  replaced: 'Source replaced',
};

export function makeProblem(status: number, title: string, detail: string): Problem {
  return { type: 'about:blank', title, status, detail };
}

/** The problem to answer for what a route threw, and the line for the server's own log where the fault is ours. */
export function explainFault(fault: unknown): { readonly problem: Problem; readonly log?: string } {
  if (fault instanceof QueryError) return { problem: fault.toProblem() };
  if (fault instanceof SourceError) return { problem: makeProblem(503, FAULT_TITLES[fault.fault], fault.message) };
  if (fault instanceof ContractError) {
    const detail = 'The answer broke the contract of this API, so it was not sent. This is a fault of hm-elements.';
    return { problem: makeProblem(500, 'Broken contract', detail), log: `${fault.message} ${fault.places.join(', ')}` };
  }
  const problem = makeProblem(
    500,
    'Unexpected fault',
    'hm-elements failed to answer. The terminal it runs in says where.',
  );
  return { problem, log: `Unexpected fault: ${describeWithoutData(fault)}` };
}

/** Where it happened, without the message, which could quote what was recorded. */
function describeWithoutData(fault: unknown): string {
  if (!(fault instanceof Error)) return typeof fault;
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [fault.name, ...frames.slice(0, 4).map((line) => line.trim())].join(' ');
}
