/** Lets whatever else waits have its turn: questions in a worker, the user in a page. */
export async function takeTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
}

/** Work that is done in small steps: `step` answers whether there is more. Stops when aborted. */
export async function workInTurns(step: () => boolean, signal: AbortSignal): Promise<void> {
  while (step()) {
    await takeTurn();
    signal.throwIfAborted();
  }
}
