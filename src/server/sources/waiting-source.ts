import { SourceError, type Source, type SourceStatus } from '../source.js';

/** In place of a source that is not there: nothing is known, and every question is told what is waited for. */
export function makeWaitingSource(reason: string): Source {
  const refuse = (): Promise<never> => Promise.reject(new SourceError('waiting', reason));
  const status: SourceStatus = { database: null, capture: null, cloud: null, features: ['events'] };
  return {
    status: () => Promise.resolve(status),
    calls: refuse,
    bodies: refuse,
    bodyText: refuse,
    searchBodies: refuse,
    json: refuse,
    version: refuse,
    changes: refuse,
    close: () => Promise.resolve(),
  };
}
