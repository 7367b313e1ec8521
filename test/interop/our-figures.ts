import assert from 'node:assert/strict';
import type { WireCall, WireCallsAnswer } from '../../src/api/call.js';
import type { WireProject } from '../../src/api/project.js';
import type { Figures } from './report.js';

/** Asks our server; anything but a 200 fails the test. */
export async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url);
  const text = await response.text();
  assert.equal(response.status, 200, `${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Every call that a query finds, page by page, as a page author would. */
export async function listCalls(origin: string, query: string, limit = 97): Promise<WireCall[]> {
  const calls: WireCall[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: WireCallsAnswer = await ask(`${origin}/api/calls?${query}&limit=${limit}${next}`);
    calls.push(...page.calls);
    cursor = page.next_cursor;
  } while (cursor !== null);
  assert.equal(new Set(calls.map((call) => call.id)).size, calls.length, 'A call came twice');
  return calls;
}

/** What the calls of each name come to. */
export function sumBy(calls: readonly WireCall[], nameOf: (call: WireCall) => string): Map<string, Figures> {
  const groups = new Map<string, WireCall[]>();
  for (const call of calls) {
    const group = groups.get(nameOf(call));
    if (group) group.push(call);
    else groups.set(nameOf(call), [call]);
  }
  return new Map([...groups].map(([name, group]) => [name, sum(group)]));
}

function sum(calls: readonly WireCall[]): Figures {
  const add = (valueOf: (call: WireCall) => number): number => calls.reduce((total, call) => total + valueOf(call), 0);
  const latencies = calls.map((call) => call.latency_ms!).sort((a, b) => a - b);
  const rank = 0.95 * (latencies.length - 1);
  const [low, high] = [latencies[Math.floor(rank)]!, latencies[Math.ceil(rank)]!];
  return {
    requests: calls.length,
    cost_millicents: add((call) => call.cost_millicents ?? 0),
    input_tokens: add((call) => call.input_tokens),
    output_tokens: add((call) => call.output_tokens),
    avg_latency_ms: add((call) => call.latency_ms!) / calls.length,
    p95_latency_ms: low + (high - low) * (rank - Math.floor(rank)),
  };
}

/** One project of `/api/projects` in the report's words. A sum over unpriced calls only is null with us and 0 there. */
export function figuresOf(project: WireProject): Figures {
  if (project.cost_millicents === null) assert.equal(project.unpriced_calls, project.calls);
  return {
    requests: project.calls,
    cost_millicents: project.cost_millicents ?? 0,
    input_tokens: project.input_tokens,
    output_tokens: project.output_tokens,
    avg_latency_ms: project.avg_latency_ms!,
    p95_latency_ms: project.p95_latency_ms!,
  };
}

/** Counts and costs are the same to the last digit; latencies but for the order in which fractions were added up. */
export function assertSameFigures(ours: ReadonlyMap<string, Figures>, theirs: ReadonlyMap<string, Figures>): void {
  assert.deepEqual([...ours.keys()].sort(), [...theirs.keys()].sort());
  for (const [name, expected] of theirs) {
    const { avg_latency_ms: averageMs, p95_latency_ms: p95Ms, ...counts } = ours.get(name)!;
    const { avg_latency_ms: expectedAverageMs, p95_latency_ms: expectedP95Ms, ...expectedCounts } = expected;
    assert.deepEqual(counts, expectedCounts, name);
    assert.ok(
      Math.abs(averageMs - expectedAverageMs) < 1e-6,
      `${name}: average ${averageMs}, not ${expectedAverageMs}`,
    );
    assert.ok(Math.abs(p95Ms - expectedP95Ms) < 1e-6, `${name}: p95 ${p95Ms}, not ${expectedP95Ms}`);
  }
}

/** An instant with six digits of a second, however many were written. */
export function toMicroseconds(instant: string | null): string | null {
  const [, seconds, fraction = ''] = /^(.{19})(?:\.(\d+))?Z$/.exec(instant ?? '') ?? [];
  return seconds === undefined ? null : `${seconds}.${fraction.padEnd(6, '0')}`;
}
