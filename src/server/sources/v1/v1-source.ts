import type { WireStatus } from '../../../api/status.js';
import type { Source } from '../../source.js';

export interface V1SourceOptions {
  /** The daemon's origin, `http://127.0.0.1:8765`. */
  readonly url: string;
  /** The clock that `last` and prices in force are counted from, milliseconds since 1970. */
  readonly now?: () => number;
  /** Where to make the folder of the private copy; default the system's folder for temporary files. */
  readonly directory?: string;
}

export interface V1Source {
  readonly source: Source;
  /** The daemon's state, from the same questions that keep the copy current: it costs none of its own. */
  askDaemon(): Promise<WireStatus['daemon']>;
  /** Asks the daemon nothing more, and removes the copy. */
  close(): Promise<void>;
}

export function openV1Source(_options: V1SourceOptions): Promise<V1Source> {
  return Promise.reject(new Error('being written'));
}
