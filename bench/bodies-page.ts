import type { BodyMeta } from '../src/bodies/worker/protocol.js';
import type { Rows, TextRow, TreeRow } from '../src/bodies/worker/rows.js';

/** What the bench asks of its page. */
export interface BenchPage {
  /** Starts the worker. */
  start(): Promise<void>;
  /** Milliseconds until the first rows of a call's request are on the screen. */
  firstRows(call: string): Promise<number>;
  /** Milliseconds until the first bytes of it are there. */
  firstBytes(call: string): Promise<number>;
  /** Opens several side by side, as text and as tree, and scrolls through all of them. */
  openAndScroll(calls: readonly string[]): Promise<void>;
  /** Opens one, and goes to its last row. */
  openWhole(call: string): Promise<{ firstMs: number; readMs: number; rows: number; last: string }>;
  closeAll(): Promise<void>;
}

type Shown = Rows<TextRow> | Rows<TreeRow>;

/** Runs in the page, so that it holds all that it needs: it speaks to the worker as src/parts/body-connection.ts does. */
function makeBenchPage(): BenchPage {
  const JUMPS = 30;
  const ROWS = 45;
  const COLUMNS = 80;
  const waiting = new Map<number, (answer: unknown) => void>();
  const hears = new Map<string, (meta: BodyMeta) => void>();
  const panes: HTMLElement[] = [];
  let asked = 0;
  let worker: Worker;

  const ask = <T>(name: string, params: unknown): Promise<T> =>
    new Promise((resolve) => {
      const id = asked++;
      waiting.set(id, resolve as (answer: unknown) => void);
      worker.postMessage({ type: 'ask', ask: id, name, params });
    });

  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    });

  const addPane = (): HTMLElement => {
    const pane = document.createElement('pre');
    pane.style.cssText =
      'position:fixed;top:0;height:100vh;width:25vw;margin:0;overflow:hidden;font:12px/18px monospace';
    pane.style.left = `${(panes.length % 4) * 25}vw`;
    pane.append(...Array.from({ length: ROWS }, () => document.createElement('div')));
    panes.push(pane);
    document.body.append(pane);
    return pane;
  };

  const draw = (pane: HTMLElement, { rows }: Shown): void => {
    for (let index = 0; index < ROWS; index++) pane.children[index]!.textContent = rows[index]?.text ?? '';
  };

  /** Resolves with first rows on the screen; `read` resolves when all is read. */
  const open = async (key: string, pane: HTMLElement): Promise<{ read: Promise<BodyMeta> }> => {
    const first = new Promise<BodyMeta>((resolve) => hears.set(key, resolve));
    const source = { origin: location.origin, callId: key };
    const body = { key, source, side: 'request', provider: null, contentType: 'application/json', endsEarly: false };
    const read = ask<BodyMeta>('open', { ...body, columns: COLUMNS });
    await first;
    draw(pane, await ask<Shown>('textRows', { key, from: 0, to: ROWS }));
    await painted();
    void ask('painted', { key });
    return { read };
  };

  const closeAll = async (): Promise<void> => {
    for (const key of hears.keys()) await ask('close', { key });
    hears.clear();
    for (const pane of panes.splice(0)) pane.remove();
  };

  return {
    closeAll,
    start: () =>
      new Promise((resolve, reject) => {
        const { trustedTypes } = window as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
        };
        const policy = trustedTypes.createPolicy('hm-worker', { createScriptURL: (url: string) => url });
        worker = new Worker(policy.createScriptURL('/elements/body-worker.js'), { type: 'module' });
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }) => {
          const message = data as { type: string; ask: number; answer: unknown; news: { meta: BodyMeta } };
          if (message.type === 'ready') resolve();
          else if (message.type === 'news') hears.get(message.news.meta.key)?.(message.news.meta);
          else waiting.get(message.ask)?.(message.answer);
        };
      }),
    firstRows: async (call) => {
      const startMs = performance.now();
      const { read } = await open(call, addPane());
      const tookMs = performance.now() - startMs;
      await read;
      await closeAll();
      return tookMs;
    },
    firstBytes: async (call) => {
      const startMs = performance.now();
      const answer = await fetch(`/api/bodies/${call}/request`);
      const reader = answer.body!.getReader();
      await reader.read();
      const tookMs = performance.now() - startMs;
      while (!(await reader.read()).done);
      return tookMs;
    },
    openAndScroll: async (calls) => {
      const opened = await Promise.all(calls.map((call) => open(call, addPane())));
      const metas = await Promise.all(opened.map(({ read }) => read));
      for (let jump = 1; jump <= JUMPS; jump++) {
        await Promise.all(
          metas.map(async ({ key, textRows, treeRows }, index) => {
            const [name, total] = jump % 2 === 0 ? ['textRows', textRows] : ['treeRows', treeRows];
            const from = Math.max(0, Math.floor((total * jump) / JUMPS) - ROWS);
            draw(panes[index]!, await ask<Shown>(name, { key, from, to: from + ROWS }));
          }),
        );
        await painted();
      }
      for (const { key } of metas) {
        await ask('foldAll', { key, id: null, isOpen: true });
        const messages = await ask<{ rows: unknown[] }>('messages', { key, from: 0, to: 20 });
        if (messages.rows.length !== 20) throw new Error('The conversation has no messages.');
      }
      await ask('compare', { keys: calls });
      await painted();
    },
    openWhole: async (call) => {
      const startMs = performance.now();
      const pane = addPane();
      const { read } = await open(call, pane);
      const firstMs = performance.now() - startMs;
      const { textRows: rows } = await read;
      const readMs = performance.now() - startMs;
      const end = await ask<Rows<TextRow>>('textRows', { key: call, from: rows - 1, to: rows });
      draw(pane, end);
      await painted();
      return { firstMs, readMs, rows, last: end.rows[0]!.text };
    },
  };
}

/** The script that leaves it on the window. */
export const BENCH_PAGE = `const __name = (value) => value; window.bench = (${makeBenchPage.toString()})();`;
