import type { Page } from 'puppeteer-core';

/** One task of a page's main thread, in milliseconds: its own time, and by the clock, in which it may wait for a processor. */
export interface MainThreadTask {
  readonly cpuMs: number;
  readonly wallMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * Every task of the page's main thread while `act` runs.
 * @throws Error where the trace tells of none: then nothing was measured.
 */
export async function traceMainThread(page: Page, act: () => Promise<void>): Promise<MainThreadTask[]> {
  const client = await page.createCDPSession();
  const events: TraceEvent[] = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] },
  });
  await act();
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = events.flatMap(({ name, pid, tid, dur, tdur }) =>
    name === 'RunTask' && dur !== undefined && threads.some((thread) => thread.pid === pid && thread.tid === tid)
      ? { cpuMs: (tdur ?? 0) / 1000, wallMs: dur / 1000 }
      : [],
  );
  if (tasks.length === 0) throw new Error('The trace tells of no task of the main thread.');
  return tasks;
}
