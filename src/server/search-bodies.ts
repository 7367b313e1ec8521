import type { WireSearchLine } from '../api/body-search.js';
import type { BodySearchQuery } from '../api/query.js';
import type { Source } from './source.js';

/**
 * What a search finds as lines of JSON, as it finds it and only as fast as it is read: who leaves ends it. The search
 * is begun before it resolves, so that what is wrong with the question is told as such; what goes wrong later is given
 * to `onFault`, which has to cut the answer off. Null when the source has no bodies.
 */
export async function streamBodySearch(
  source: Pick<Source, 'searchBodies'>,
  query: BodySearchQuery,
  onFault: (fault: unknown) => void,
): Promise<ReadableStream<Uint8Array> | null> {
  const search = await source.searchBodies(query);
  if (search === null) return null;
  const { of, calls } = search;
  let scanned = 0;
  let hasBegun = false;
  return new ReadableStream(
    {
      async pull(controller) {
        const lines: WireSearchLine[] = [];
        if (hasBegun) {
          try {
            const step = await search.advance();
            scanned = step.scanned;
            lines.push(...step.hits);
          } catch (fault) {
            return onFault(fault);
          }
        }
        hasBegun = true;
        lines.push({ scanned, of, calls });
        controller.enqueue(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), 'utf8'));
        if (scanned >= of) controller.close();
      },
    },
    // Nothing is read before it is wanted.
    { highWaterMark: 0 },
  );
}
