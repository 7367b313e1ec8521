import assert from 'node:assert/strict';
import type { WireCallsAnswer } from '../../src/api/call.js';
import { ask } from './our-figures.js';

const POLL_MS = 20;

/** Asks for everything, again and again, and gives how often. */
export async function readUntil(isOver: AbortSignal, origin: string): Promise<number> {
  const paths = ['/api/projects?last=30d', '/api/calls?limit=200', '/api/calls?sort=cost&offset=500', '/api/pricing'];
  let rounds = 0;
  while (!isOver.aborted) {
    await Promise.all(paths.map((path) => ask(`${origin}${path}`)));
    rounds++;
  }
  return rounds;
}

/** Sends JSON to the daemon and gives its answer. */
export async function post(url: string, body: unknown): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Waits until our server counts so many calls, and no more. */
export async function waitForTotal(origin: string, expected: number): Promise<void> {
  const { total } = await waitForAnswer(
    () => ask<WireCallsAnswer>(`${origin}/api/calls?limit=1`),
    (answer) => answer.total >= expected,
  );
  assert.equal(total, expected);
}

/** Asks until an answer is the one waited for; the runner's own limit ends a wait in vain. */
export async function waitForAnswer<T>(read: () => Promise<T>, isIt: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await read();
    if (isIt(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
