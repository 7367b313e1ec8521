import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { BASE_HEADERS } from './headers.js';
import { findPeerUser } from './peer-user.js';

/** Who may ask besides the user who started the server: nothing on the machine is closed to root. */
const ROOT = 0;

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>Another user's hm-elements</title>
  </head>
  <body>
    <main>
      <h1>This is another user's hm-elements</h1>
      <p>It shows what the Halton Meter of the user who started it recorded, prompts and answers too, and only to that user.</p>
      <p>To see your own, start it yourself: <code>npx hm-elements --port 0</code></p>
    </main>
  </body>
</html>
`;

const PROBLEM = JSON.stringify({
  type: 'about:blank',
  title: 'Refused',
  status: 403,
  detail: 'This server answers only to the user who started it.',
});

const HEADERS = {
  ...BASE_HEADERS,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  Connection: 'close',
};

/**
 * Lets in only what programs of the server's own user ask, and of root: the daemon's file is closed to all others, and a
 * port on loopback is open to them all. Linux alone says cheaply whose program holds the other end of a connection; where
 * that can't be found out the listener is given back as it is, and `isGuarded` is false.
 */
export async function onlyForOwnUser(
  listener: RequestListener,
  findUser = findPeerUser,
): Promise<{ readonly listener: RequestListener; readonly isGuarded: boolean }> {
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined || !(await canTell(findUser))) {
    return { listener, isGuarded: false };
  }
  // A connection stays with who opened it.
  const verdicts = new WeakMap<Socket, Promise<boolean>>();
  const judge = async (socket: Socket): Promise<boolean> => {
    const user = await findUser(socket).catch(() => null);
    return user === own || user === ROOT;
  };
  return {
    isGuarded: true,
    listener: (request, response) => {
      const { socket } = request;
      let verdict = verdicts.get(socket);
      if (verdict === undefined) verdicts.set(socket, (verdict = judge(socket)));
      void verdict.then((isAllowed) => (isAllowed ? listener(request, response) : refuse(request, response)));
    },
  };
}

async function canTell(findUser: typeof findPeerUser): Promise<boolean> {
  const nobody = { localAddress: '127.0.0.1', localPort: 0, remoteAddress: '127.0.0.1', remotePort: 0 };
  return findUser(nobody).then(
    () => true,
    () => false,
  );
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  const bytes = Buffer.from(wantsPage ? PAGE : PROBLEM, 'utf8');
  response.writeHead(403, {
    ...HEADERS,
    'Content-Type': wantsPage ? 'text/html; charset=utf-8' : 'application/problem+json; charset=utf-8',
    'Content-Length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
