import type { WireCallDetail, WireCallsAnswer } from '../../src/api/call.js';
import type { WireFacetsAnswer } from '../../src/api/facets.js';
import type { WirePricingAnswer } from '../../src/api/pricing.js';
import type { WireProjectsAnswer } from '../../src/api/project.js';
import type { JsonQuestions, Source } from '../../src/server/source.js';

interface Answers {
  readonly calls: WireCallsAnswer;
  readonly call: WireCallDetail | null;
  readonly facets: WireFacetsAnswer;
  readonly pricing: WirePricingAnswer;
  readonly projects: WireProjectsAnswer;
}

/** What a source answers as JSON, read again. */
export async function readAnswer<V extends keyof Answers>(
  source: Source,
  verb: V,
  question: JsonQuestions[V],
): Promise<Answers[V]> {
  const bytes = await source.json(verb, question);
  return JSON.parse(bytes === null ? 'null' : Buffer.from(bytes).toString('utf8')) as Answers[V];
}
