import { once } from 'node:events';
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import * as z from 'zod/mini';

// A server made of the same parts as ours that has nothing to tell: no process with them can hold less memory.

const answer = z.object({ path: z.string() });
const app = new Hono();
app.get('*', (context) => context.json(z.parse(answer, { path: context.req.path })));

const worker = new Worker(new URL('./empty-worker.mjs', import.meta.url), {
  workerData: process.argv[2],
  resourceLimits: { maxYoungGenerationSizeMb: 4 },
});
await once(worker, 'message');
const server = createServer(getRequestListener(app.fetch));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
