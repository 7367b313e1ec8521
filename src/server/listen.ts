import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly port: number;
  readonly servers: readonly Server[];
  /** Stops listening and cuts what is open, kept-alive connections too. */
  close(): Promise<void>;
}

/** The port belongs to another program, on one of the two loopback addresses. */
export class PortTakenError extends Error {
  constructor(
    readonly port: number,
    address: string,
    code: string,
  ) {
    const why = code === 'EACCES' ? `Port ${port} may not be used by this user` : `Port ${port} is already in use`;
    super(`${why} (on ${address}). Choose another one with --port.`);
  }
}

/** Tried again this often when the free port that the system gave us on one address is taken on the other. */
const FREE_PORT_TRIES = 10;

/** A machine without IPv6 answers one of these; any other failure on ::1 is a real one. */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPROTONOSUPPORT']);

/**
 * Listens on 127.0.0.1 and ::1, and on nothing else. Both are needed: browsers try ::1 first for `localhost`, so
 * whoever else held that one would get our requests.
 * @throws PortTakenError where either address is taken.
 */
export async function listenOnLoopback(port: number, onRequest: RequestListener): Promise<Listening> {
  for (let tries = 1; ; tries++) {
    const first = await listenOn('127.0.0.1', port, onRequest);
    const taken = (first.address() as AddressInfo).port;
    try {
      const second = await listenOn('::1', taken, onRequest);
      return listening(taken, [first, second]);
    } catch (error) {
      if (NO_IPV6.has((error as NodeJS.ErrnoException).code ?? '')) return listening(taken, [first]);
      await closeAll([first]);
      if (port !== 0 || tries === FREE_PORT_TRIES) throw error;
    }
  }
}

function listening(port: number, servers: readonly Server[]): Listening {
  return { port, servers, close: () => closeAll(servers) };
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}

function listenOn(host: string, port: number, onRequest: RequestListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onRequest);
    // Without these Node answers `100 Continue` or `417` by itself, before the guard has seen the request.
    server.on('checkContinue', onRequest);
    server.on('checkExpectation', onRequest);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const shown = host.includes(':') ? `[${host}]` : host;
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new PortTakenError(port, shown, error.code!) : error);
    });
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}
