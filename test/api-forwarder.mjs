import { request } from 'node:http';

/**
 * Lets elements on a test page find a real server's API at the page's own origin, and misbehave on demand. What stands
 * before `/api` in an address chooses; a test says for example `daemon="/problem"`:
 *
 * - nothing          the demo's database: three months of calls of every kind, the same in each run
 * - `/captured`      the rows of test/fixtures/captured.json, as the published daemon wrote them
 * - `/empty`         a database with the daemon's tables and no row
 * - `/down`          the connection is cut without an answer
 * - `/broken`        200, and JSON that ends in the middle
 * - `/wrong`         200, and JSON of another shape
 * - `/problem`       503 problem+json, as for a locked database
 * - `/hang`          no answer, until the page goes away
 * - `/hold/NAME/…`   what follows (`/hold/x/api/…`, `/hold/x/captured/api/…`), but not before somebody asks for
 *                    `/release/NAME`; released is released, for later requests too
 */

const PROBLEM = {
  type: 'about:blank',
  title: 'Database locked',
  status: 503,
  detail: 'Another program holds a lock on the database.',
};

/**
 * @param {(kind: 'demo' | 'captured' | 'empty') => Promise<number>} findPort the port of the real server for a database
 * @returns {import('koa').Middleware}
 */
export function forwardApi(findPort) {
  /** @type {Map<string, { promise: Promise<void>, release: () => void }>} */
  const gates = new Map();
  const gate = (name) => {
    if (!gates.has(name)) {
      let release;
      const promise = new Promise((resolve) => (release = resolve));
      gates.set(name, { promise, release });
    }
    return gates.get(name);
  };

  return async (context, next) => {
    const released = /^\/release\/([^/]+)$/.exec(context.path)?.[1];
    if (released !== undefined) {
      gate(released).release();
      context.body = 'released';
      return;
    }
    const asked = /^(?:\/hold\/([^/]+))?(?:\/(captured|empty|down|broken|wrong|problem|hang))?(\/api\/.*)$/.exec(
      context.url,
    );
    if (!asked) return next();
    const [, held, prefix, target] = asked;
    if (held !== undefined) await gate(held).promise;
    if (prefix === 'hang') await new Promise((resolve) => context.res.once('close', resolve));
    if (prefix === 'down' || prefix === 'hang') {
      context.respond = false;
      // Never sent; the runner would else report a page that is missing.
      context.res.statusCode = 502;
      context.req.socket.destroy();
    } else if (prefix === 'broken' || prefix === 'wrong') {
      context.type = 'application/json';
      context.body = prefix === 'broken' ? '{"calls": [{"id": "a' : '{"unexpected": true}';
    } else if (prefix === 'problem') {
      context.status = PROBLEM.status;
      context.body = JSON.stringify(PROBLEM);
      context.type = 'application/problem+json';
    } else {
      await forward(context, await findPort(prefix ?? 'demo'), target);
    }
  };
}

async function forward(context, port, target) {
  const answer = await new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, accept: context.get('accept') };
    const outgoing = request({ host: '127.0.0.1', port, path: target, method: context.method, headers }, resolve);
    outgoing.once('error', reject);
    context.res.once('close', () => outgoing.destroy());
    outgoing.end();
  });
  context.status = answer.statusCode;
  for (const name of ['content-type', 'cache-control', 'etag']) {
    if (answer.headers[name] !== undefined) context.set(name, answer.headers[name]);
  }
  context.body = answer;
}
