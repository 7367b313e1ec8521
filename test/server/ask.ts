import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  /** The Host header as it is sent; null sends none. Without it, the server's own name. */
  readonly host?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: '127.0.0.1' | '::1';
}

/** Asks a server on loopback for exactly this target, with exactly these headers. */
export function ask(port: number, target: string, asked: Asked = {}): Promise<Answer> {
  const host = asked.host === undefined ? `localhost:${port}` : asked.host;
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: asked.address ?? '127.0.0.1',
      port,
      path: target,
      method: asked.method ?? 'GET',
      setHost: false,
      headers: { ...(host !== null && { Host: host }), ...asked.headers },
      agent: false,
    });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    outgoing.end();
  });
}

/** Sends these bytes as they are and reads what comes until the server closes. */
export async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return text;
}
