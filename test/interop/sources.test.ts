import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { WireStatus } from '../../src/api/status.js';
import { makeFolder, removeFolder, startBuilt } from '../built-server.js';
import { planCalls } from './call-plan.js';
import { ensureBuilt } from './ensure-built.js';
import { findHaltonMeter, type HaltonMeter } from './find-halton-meter.js';
import { databasePath, runPython } from './halton-cli.js';
import { startHaltonDaemon } from './halton-daemon.js';
import { waitForAnswer } from './live.js';

async function readStatus(origin: string): Promise<WireStatus | null> {
  const response = await fetch(`${origin}/api/status`);
  return response.ok ? ((await response.json()) as WireStatus) : null;
}

function beside(meter: HaltonMeter): void {
  it('shows made-up calls, then what the daemon records once it is started, and goes on when it stops and is back', async () => {
    await ensureBuilt();
    const home = await makeFolder();
    const server = await startBuilt([], home);
    const waitFor = (isIt: (status: WireStatus) => boolean): Promise<WireStatus | null> =>
      waitForAnswer(
        () => readStatus(server.url),
        (status) => status !== null && isIt(status),
      );
    assert.equal((await readStatus(server.url))?.source, 'demo');

    const plan = planCalls(new Date());
    let daemon = await startHaltonDaemon(meter, home);
    await access(databasePath(home));
    const empty = await waitFor(({ source }) => source === 'database');
    assert.equal(empty?.database?.calls, 0);
    await runPython(meter, home, 'write_calls.py', [databasePath(home)], JSON.stringify(plan));
    await waitFor(({ database }) => database?.calls === plan.calls.length);
    await waitFor(({ daemon: { url, reachable } }) => reachable && url === daemon.url);

    await daemon.stop();
    const stopped = await waitFor(({ daemon: { reachable } }) => !reachable);
    assert.deepEqual([stopped?.source, stopped?.database?.calls], ['database', plan.calls.length]);
    assert.ok(stopped?.daemon.unreachable_since);
    daemon = await startHaltonDaemon(meter, home);
    await waitFor(({ daemon: { url, reachable } }) => reachable && url === daemon.url);
    await server.stop();
    await daemon.stop();
    await removeFolder(home);
  });

  it('waits for a daemon that serves /api where that is asked for, and says that this one does not', async () => {
    const home = await makeFolder();
    const daemon = await startHaltonDaemon(meter, home);
    const server = await startBuilt(['--source', 'api'], home);
    const status = await readStatus(server.url);
    assert.deepEqual(
      [status?.source, status?.waiting, status?.database, status?.reason],
      [
        'api',
        true,
        null,
        `Waiting for a daemon that serves /api at ${daemon.url}: it answers, and does not serve /api.`,
      ],
    );
    await server.stop();
    await daemon.stop();
    await removeFolder(home);
  });
}

const meter = await findHaltonMeter();
if ('missing' in meter) {
  console.log(`interop: skipped, ${meter.missing}`);
  it('follows the published daemon', { skip: meter.missing });
} else {
  describe(`our server, while halton-meter ${meter.version} comes and goes`, () => beside(meter));
}
