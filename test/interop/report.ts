import type { HaltonMeter } from './find-halton-meter.js';
import { runHaltonMeter } from './halton-cli.js';

/** What one project or model comes to: the report's words, for its figures and for ours. */
export interface Figures {
  readonly requests: number;
  /** Sum over the priced calls: 0 where none is. */
  readonly cost_millicents: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly avg_latency_ms: number;
  readonly p95_latency_ms: number;
}

/** `halton-meter report --json`, as far as we compare it. */
export interface Report {
  readonly summary: Pick<Figures, 'requests' | 'cost_millicents' | 'input_tokens' | 'output_tokens'> & {
    readonly date_from: string | null;
    readonly date_to: string | null;
    readonly incomplete_count: number;
    readonly cost_excluded_count: number;
  };
  /** `daily_cost_buckets`: the last seven UTC days, today last. */
  readonly by_project: ReadonlyArray<Figures & { readonly project: string; readonly daily_cost_buckets: number[] }>;
  readonly by_model: ReadonlyArray<Figures & { readonly model: string }>;
}

export async function readReport(meter: HaltonMeter, home: string, words: readonly string[]): Promise<Report> {
  return JSON.parse(await runHaltonMeter(meter, home, ['report', '--json', ...words])) as Report;
}

/** The report's figures alone, by name. */
export function byName<T extends Figures>(rows: readonly T[], nameOf: (row: T) => string): Map<string, Figures> {
  return new Map(
    rows.map((row) => [
      nameOf(row),
      {
        requests: row.requests,
        cost_millicents: row.cost_millicents,
        input_tokens: row.input_tokens,
        output_tokens: row.output_tokens,
        avg_latency_ms: row.avg_latency_ms,
        p95_latency_ms: row.p95_latency_ms,
      },
    ]),
  );
}
