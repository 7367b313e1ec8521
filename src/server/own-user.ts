import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { findPeerUser } from './peer-user.js';
import { refuseRequest, type Refusal } from './refuse-request.js';

/** Who may ask besides the user who started the server: nothing on the machine is closed to root. */
const ROOT = 0;

const REFUSAL: Refusal = {
  title: "This is another user's hm-elements",
  paragraphs: [
    'It shows what the Halton Meter of the user who started it recorded, prompts and answers too, and only to that user.',
    'To see your own, start it yourself: <code>npx hm-elements --port 0</code>',
  ],
  detail: 'This server answers only to the user who started it.',
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
      void verdict.then((isAllowed) =>
        isAllowed ? listener(request, response) : refuseRequest(request, response, REFUSAL),
      );
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
